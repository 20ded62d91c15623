/* chancery export: the store's happenings, or its readings, in the formats of others. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "cli/happenings.h"

enum { OUT, INPUT, AS_OF, DYADS, STORE };
static const ChOption options[] = {
    [OUT] = {"out", 0, "PATH", "the file to write, or the folder, made where it is missing (standard output)"},
    [INPUT] = {"input", 0, "FILE", "the events of this file, as 'export jsonl' writes them, not those of the store"},
    [AS_OF] = {"as-of", 0, "DATE", "only what reports told by then"},
    [DYADS] = {"dyads", 0, NULL, "one row for each pair of actor and recipient"},
    [STORE] = CH_OPTION_STORE,
    {NULL, 0, NULL, NULL},
};

static void make_folder(const char *path, ChError *err)
{
  struct stat st;
  if (ch_failed(err) || mkdir(path, 0777) == 0)
    return;
  int why = errno;
  if (why != EEXIST || stat(path, &st) != 0 || !S_ISDIR(st.st_mode))
    ch_error_at(err, CH_ERR_IO, ch_slice_z(path), 0, 0, "cannot be made: %s", strerror(why));
}

/* ---- happenings ---- */

typedef struct Writing {
  ChCli *cli;
  ChExport *x;
  ChFileOut *files; /* NULL: standard output */
  size_t n;
  ChError *err;
} Writing;

static bool take(void *context, size_t file, ChSlice bytes)
{
  Writing *w = context;
  if (w->files) {
    ch_file_add(&w->files[file], bytes, w->err);
    return !ch_failed(w->err);
  }
  ChBuf b = {0};
  ch_buf_slice(&b, bytes);
  bool ok = ch_cli_print(w->cli, &b);
  ch_buf_free(&b);
  return ok;
}

static bool pass(void *context, const json_t *h) { return ch_export_happening(((Writing *)context)->x, h); }

static void begin_files(Writing *w, const ChExportTask *task)
{
  const char *const *names = task->format->files;
  for (w->n = 1; names && names[w->n]; w->n++)
    ;
  w->files = calloc(w->n, sizeof *w->files);
  if (!w->files)
    ch_error_set(w->err, CH_ERR_LIMIT, "not enough memory");
  if (names)
    make_folder(task->out, w->err);
  for (size_t i = 0; w->files && i < w->n; i++) {
    ChBuf path = {0};
    ch_buf_printf(&path, names ? "%s/%s" : "%s", task->out, names ? names[i] : "");
    ch_file_begin(&w->files[i], path.p ? path.p : "", w->err);
    ch_buf_free(&path);
  }
}

static void write_happenings(Writing *w, const ChExportTask *task, const ChPack *pack)
{
  ChExportHow how = {.pack = pack, .dyads = task->dyads, .write = take, .context = w};
  w->x = ch_export_open(task->format, &how, w->err);
  if (w->x && task->from)
    ch_cli_happenings_file(task->from, pass, w, w->err);
  else if (w->x)
    ch_cli_happenings(pack, task->store, &task->query, ch_slice_z(task->as_of), pass, w, w->err);
  ch_export_close(w->x, w->err);
}

ChExit ch_cli_export(ChCli *cli, const ChExportTask *task)
{
  ChError err = {0};
  Writing w = {.cli = cli, .err = &err};
  ChPack *pack = ch_cli_pack(&err);
  if (pack && task->out)
    begin_files(&w, task);
  if (!ch_failed(&err))
    write_happenings(&w, task, pack);
  for (size_t i = 0; w.files && i < w.n; i++)
    ch_file_end(&w.files[i], &err);
  free(w.files);
  ch_pack_close(pack);
  if (ch_failed(&err))
    ch_cli_complain_error(cli, &err, NULL);
  return cli->complaints ? CH_EXIT_UNUSABLE : CH_EXIT_DONE;
}

/* ---- the record ---- */

/* The record as one JSON list, on standard output or in the file. */
static ChExit export_records(ChCli *cli)
{
  ChError err = {0};
  ChBuf out = {0};
  ChPack *pack = ch_cli_pack(&err);
  ChStore *s = pack ? ch_cli_store(cli->value[STORE], false, &err) : NULL;
  if (s)
    ch_store_use(s, pack);
  json_t *record = s ? ch_store_record(s, ch_slice_z(cli->value[AS_OF]), &err) : NULL;
  if (record)
    ch_out_json(record, true, &out);
  if (record && cli->value[OUT])
    ch_file_write(cli->value[OUT], ch_buf_view(&out), &err);
  json_decref(record);
  ch_store_close(s);
  ch_pack_close(pack);
  if (ch_failed(&err))
    ch_cli_complain_error(cli, &err, NULL);
  bool done = !cli->complaints && (cli->value[OUT] || ch_cli_print(cli, &out));
  ch_buf_free(&out);
  return done ? CH_EXIT_DONE : CH_EXIT_UNUSABLE;
}

/* ---- readings ---- */

typedef struct Export {
  const char *dir;
  ChError *err;
  size_t written;
} Export;

/* DIR/ID.json, '/' in the id as "__": whole or not at all. */
static bool write_one(void *context, ChSlice report, ChSlice json)
{
  Export *x = context;
  ChBuf path = {0}, text = {0};
  ch_buf_printf(&path, "%s/", x->dir);
  for (size_t i = 0; i < report.n; i++) {
    if (report.p[i] == '/')
      ch_buf_text(&path, "__");
    else
      ch_buf_char(&path, report.p[i]);
  }
  ch_buf_text(&path, ".json");
  ch_buf_slice(&text, json);
  ch_buf_char(&text, '\n');
  ch_file_write(path.p, ch_buf_view(&text), x->err);
  x->written += !ch_failed(x->err);
  ch_buf_free(&path);
  ch_buf_free(&text);
  return !ch_failed(x->err);
}

static ChExit export_readings(ChCli *cli)
{
  ChError err = {0};
  Export x = {.dir = cli->value[OUT], .err = &err};
  ChStore *s = ch_cli_store(cli->value[STORE], false, &err);
  if (s)
    make_folder(x.dir, &err);
  if (s && !ch_failed(&err))
    ch_store_readings(s, write_one, &x, &err);
  ch_store_close(s);
  if (!ch_failed(&err))
    return CH_EXIT_DONE;
  ch_cli_complain_error(cli, &err, NULL);
  return x.written ? CH_EXIT_COMPLAINTS : CH_EXIT_UNUSABLE;
}

static void list_formats(ChBuf *b)
{
  size_t n;
  const ChExportFormat *f = ch_export_formats(&n);
  ch_buf_text(b, "records, readings");
  for (size_t i = 0; i < n; i++)
    ch_buf_printf(b, ", %s", f[i].name);
}

static ChExit run(ChCli *cli)
{
  const char *const *v = cli->value;
  bool readings = strcmp(cli->operand[0], "readings") == 0, records = strcmp(cli->operand[0], "records") == 0;
  const ChExportFormat *format = ch_export_format(cli->operand[0]);
  if (!ch_cli_day(cli, "as-of", v[AS_OF]))
    return CH_EXIT_UNUSABLE;
  if (!readings && !records && !format) {
    ChBuf b = {0};
    list_formats(&b);
    ch_cli_complain(cli, "export: no such format: %s; there are: %s", cli->operand[0], b.p ? b.p : "");
    ch_buf_free(&b);
  } else if ((readings || (format && format->files)) && !v[OUT]) {
    ch_cli_complain(cli, "export: --out DIR is missing");
  } else if (v[DYADS] && !(format && format->dyads)) {
    ch_cli_complain(cli, "export: --dyads: %s has no pairs", cli->operand[0]);
  } else if ((readings || records) && v[INPUT]) {
    ch_cli_complain(cli, "export: --input: %s come from the store", cli->operand[0]);
  } else if (readings) {
    return export_readings(cli);
  } else if (records) {
    return export_records(cli);
  } else {
    ChExportTask task = {.format = format, .from = v[INPUT], .store = v[STORE], .out = v[OUT], .as_of = v[AS_OF], .dyads = v[DYADS] != NULL};
    return ch_cli_export(cli, &task);
  }
  return CH_EXIT_UNUSABLE;
}

const ChCommand ch_command_export = {
    "export",
    "FORMAT",
    "write the events, or the readings, in other formats",
    "Writes the events of the store, each with its participants, documents, history, conflicts and evidence. FORMAT is one of: "
    "jsonl (JSON Lines: all that the record has); csv (a folder of tables with a codebook and datapackage.json); ics (iCalendar); "
    "geojson; popolo (people, states, bodies and their posts); polecat (40 columns, PLOVER codes); gdelt (61 columns) and icews (20), both with CAMEO codes; records (the whole record as one JSON list); or readings (the reading of each report as DIR/ID.json, '/' in the id as '__'). A file is written whole or not at all. "
    "docs/exports.md tells what stands where.",
    options,
    1,
    1,
    run};
