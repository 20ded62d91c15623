/* Inside the exports: what the writers share. */
#ifndef CH_OUT_EXPORT_INNER_H
#define CH_OUT_EXPORT_INNER_H

#include "model/codes.h"
#include "model/deeds.h"
#include "out/export.h"
#include "out/gazetteer.h"

enum { CH_EXPORT_FILES = 16 };

typedef struct ChExportWriter {
  void (*open)(ChExport *x);                           /* NULL = nothing to do */
  void (*happening)(ChExport *x, const json_t *h);
  void (*close)(ChExport *x);                          /* NULL = nothing to do */
  void (*drop)(ChExport *x);                           /* frees x->own; NULL = nothing to do */
} ChExportWriter;

struct ChExport {
  const ChExportFormat *format;
  ChExportHow how;
  ChGazetteer *world;
  ChBuf out[CH_EXPORT_FILES]; /* written but not handed over yet */
  size_t happenings;          /* so far */
  bool stopped;
  void *own; /* the writer's */
};

extern const ChExportWriter ch_export_lines, ch_export_csv, ch_export_ics, ch_export_geojson, ch_export_polecat, ch_export_gdelt, ch_export_icews,
    ch_export_popolo;

/* ---- reading a happening ---- */

/* A text of an object, "" where it is not one. */
ChSlice ch_export_text(const json_t *o, const char *key);
/* The text of an element of a list, or of its `key` where that is not NULL. */
ChSlice ch_export_item(const json_t *list, size_t i, const char *key);
/* First and last day of a happening's time; false where it has none. An open end is CH_DAY_MIN or CH_DAY_MAX. */
bool ch_export_days(const json_t *h, int32_t *first, int32_t *last);
/* The day on which the last of its reports was published, "" where none says. */
ChSlice ch_export_revised(const json_t *h);
/* How often it changed after its first report. */
size_t ch_export_changes(const json_t *h);
/* Longitude and latitude: its own, else of its place in the world's tables; false where neither is known. */
bool ch_export_point(const ChExport *x, const json_t *h, double *lon, double *lat);
/* The row of the world that a happening's place is, by id, else by name; a venue "V, CITY" stands in its city. CH_NONE ... */
ChGazette ch_export_place(const ChExport *x, const json_t *h);

/* ---- writing ---- */

/* A cell of a comma-separated table (RFC 4180), after a comma unless it is the row's first. */
void ch_export_csv_cell(ChBuf *out, bool first, ChSlice text);
/* Days since 1970-01-01 as "YYYYMMDD". */
void ch_export_day8(int32_t day, char out[9]);

#endif
