/* Exports: happenings of the record in the formats of others (docs/exports.md). One traversal, one writer a format: open, hand over the
 * happenings in the order wanted, close. A happening is the JSON that the record gives (docs/exports.md, "The happening"); what lacks or is
 * of another type counts as null, so no JSON can make a writer fail; what has no id is
 * not written. Output goes to a callback, file by file; a format that is one stream
 * has one file. The same happenings in the same order give the same bytes. */
#ifndef CH_OUT_EXPORT_H
#define CH_OUT_EXPORT_H

#include <jansson.h>

#include "base/buf.h"
#include "base/error.h"
#include "model/pack.h"

typedef struct ChExport ChExport;

/* A format. `files`: names in the folder to write; NULL: one stream. `dyads`: takes ChExportHow.dyads. */
typedef struct ChExportFormat {
  const char *name, *summary;
  const char *const *files;
  bool dyads;
  const struct ChExportWriter *writer;
} ChExportFormat;

const ChExportFormat *ch_export_formats(size_t *n);
/* By name; NULL where there is none. */
const ChExportFormat *ch_export_format(const char *name);

typedef struct ChExportHow {
  const ChPack *pack; /* states, places and codes; lives until the close */
  bool dyads;         /* one row for each pair of actor and recipient, where the format has a choice */
  /* Takes the next bytes of a file (its index in `files`, else 0); false ends the writing (the callback knows why). */
  bool (*write)(void *context, size_t file, ChSlice bytes);
  void *context;
} ChExportHow;

/* NULL and CH_ERR_LIMIT where memory is short. */
ChExport *ch_export_open(const ChExportFormat *format, const ChExportHow *how, ChError *err);
/* False once the callback gave false, or memory is short. */
bool ch_export_happening(ChExport *x, const json_t *happening);
/* Writes what ends the files, unless writing has failed, and frees. CH_ERR_LIMIT where memory was short. */
void ch_export_close(ChExport *x, ChError *err);

#endif
