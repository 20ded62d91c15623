/* Happenings for the commands that export them (cli/happenings.c), and the writing of an export (cli/export.c). */
#ifndef CH_CLI_HAPPENINGS_H
#define CH_CLI_HAPPENINGS_H

#include "cli/cli.h"
#include "out/export.h"
#include "world/world.h"

/* Takes the next one; false ends. */
typedef bool ChHappeningEach(void *context, const json_t *happening);

/* Those of the store that fit, in the record's order, from reports up to and on `as_of` ("" = all). */
void ch_cli_happenings(const ChPack *pack, const char *store, const ChStoreQuery *q, ChSlice as_of, ChHappeningEach *each, void *context, ChError *err);
/* Those of a file of JSON Lines ("-" = standard input), as 'export jsonl' writes them. */
void ch_cli_happenings_file(const char *path, ChHappeningEach *each, void *context, ChError *err);

/* The name that readings print for what is asked for, in any language of the tables, and its row in the world (ch_world_ref), CH_NONE and the words
 * as they are where the tables do not know it. NULL gives "". */
ChSlice ch_cli_printed_name(const ChPack *pack, const char *asked, uint32_t *ref);
/* The happenings in which `name` (and `with`, "" = anybody) takes part, as far as any report of them was published by `as_of` ("" = all): of the file
 * `from`, else of the store. Adds them to the list. */
typedef struct ChAbout {
  const ChPack *pack;
  const char *from, *store;
  ChSlice name, with, as_of, first, last; /* first, last: EDTF; "" = any */
} ChAbout;
void ch_cli_about(const ChAbout *about, json_t *list, ChError *err);

/* What to export and where to: happenings of `from`, else of the store. `out`: the file, for formats of several files the folder; NULL: standard
 * output. */
typedef struct ChExportTask {
  const ChExportFormat *format;
  const char *from, *store, *out, *as_of;
  ChStoreQuery query;
  bool dyads;
} ChExportTask;
ChExit ch_cli_export(ChCli *cli, const ChExportTask *task);

#endif
