/* chancery verify, chancery rebuild: is the store sound; all that is made of its reports, made again. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

enum { DEEP, STORE, WORLD };
static const ChOption verify_options[] = {
    [DEEP] = {"deep", 0, NULL, "also read every report again and compare"},
    [STORE] = CH_OPTION_STORE,
    [WORLD] = CH_OPTION_WORLD,
    {NULL, 0, NULL, NULL},
};
enum { REBUILD_STORE, REBUILD_WORLD };
static const ChOption rebuild_options[] = {
    [REBUILD_STORE] = CH_OPTION_STORE,
    [REBUILD_WORLD] = CH_OPTION_WORLD,
    {NULL, 0, NULL, NULL},
};

typedef struct Ids {
  ChArena arena;
  CH_VEC(ChSlice) at;
} Ids;

static bool add_id(void *context, ChSlice id)
{
  Ids *ids = context;
  *CH_PUSH(&ids->arena, &ids->at) = ch_arena_copy(&ids->arena, id);
  return true;
}

/* What goes over all reports of a store works with. */
typedef struct Over {
  ChCli *cli;
  ChReader reader;
  ChStore *store;
  Ids ids;
  size_t faults;
} Over;

/* The report as it came and what is read in it now; NULL and an error. */
static json_t *read_again(Over *o, ChSlice id, ChArena *arena, ChStoreReport *report, ChError *err)
{
  char name[300];
  *report = ch_store_raw(o->store, id, &o->reader.bytes, arena, err);
  if (ch_failed(err))
    return NULL;
  if (report->ready)
    return json_loadb(report->bytes.p, report->bytes.n, 0, NULL);
  snprintf(name, sizeof name, "%.*s", (int)(report->name.n < 299 ? report->name.n : 299), report->name.p ? report->name.p : "");
  ch_reader_parse(&o->reader, name, &report->meta, err);
  if (ch_failed(err))
    return NULL;
  report->text = o->reader.report.text;
  return ch_out_reading(&o->reader.report);
}

static void each_report(Over *o, void (*what)(Over *o, const ChStoreReport *report, json_t *reading, ChError *err), ChError *fatal)
{
  ChProgress progress;
  ch_store_ids(o->store, add_id, &o->ids, fatal);
  ch_progress_start(&progress, o->ids.at.n);
  o->cli->progress = &progress;
  for (size_t i = 0; i < o->ids.at.n && !ch_failed(fatal); i++) {
    ChError err = {0};
    ChArena arena;
    ChStoreReport report;
    ChBuf label = {0};
    ch_arena_init(&arena, SIZE_MAX);
    json_t *reading = read_again(o, o->ids.at.at[i], &arena, &report, &err);
    if (reading)
      what(o, &report, reading, &err);
    else
      ch_error_set(&err, CH_ERR_LIMIT, "it can no longer be read");
    ch_buf_printf(&label, "%.*s", CH_ARG(o->ids.at.at[i]));
    if (err.status == CH_ERR_BUSY || err.status == CH_ERR_FORMAT || err.status == CH_ERR_IO)
      *fatal = err;
    else if (ch_failed(&err))
      ch_cli_complain_error(o->cli, &err, label.p);
    json_decref(reading);
    ch_buf_free(&label);
    ch_arena_free(&arena);
    ch_progress_step(&progress);
  }
  ch_progress_end(&progress);
  o->cli->progress = NULL;
}

static bool open_all(Over *o, ChCli *cli, const char *store, const char *world, ChError *err)
{
  *o = (Over){.cli = cli};
  ch_arena_init(&o->ids.arena, SIZE_MAX);
  ch_reader_open(&o->reader, world, err);
  o->store = o->reader.pack ? ch_cli_store(store, false, err) : NULL;
  if (o->store)
    ch_store_use(o->store, o->reader.pack);
  return o->store != NULL;
}

static void close_all(Over *o)
{
  ch_store_close(o->store);
  ch_reader_close(&o->reader);
  ch_arena_free(&o->ids.arena);
}

/* ---- rebuild ---- */

static void put_again(Over *o, const ChStoreReport *report, json_t *reading, ChError *err) { ch_store_put(o->store, report, reading, err); }

static ChExit run_rebuild(ChCli *cli)
{
  Over o;
  ChError err = {0};
  if (open_all(&o, cli, cli->value[REBUILD_STORE], cli->value[REBUILD_WORLD], &err))
    each_report(&o, put_again, &err);
  bool done = o.store && !ch_failed(&err);
  if (done)
    printf("%zu reports read again\n", o.ids.at.n);
  else
    ch_cli_complain_error(cli, &err, NULL);
  close_all(&o);
  return !done ? CH_EXIT_UNUSABLE : cli->complaints ? CH_EXIT_COMPLAINTS : CH_EXIT_DONE;
}

const ChCommand ch_command_rebuild = {
    "rebuild",
    "",
    "make all that is made of the store's reports again",
    "Reads every report of the store again with the pack of now and puts what was made of it in the place of what stood there. The reports as they came "
    "and the corrections by people stay as they are.",
    rebuild_options,
    0,
    0,
    run_rebuild};

/* ---- verify ---- */

static bool tell_fault(void *context, ChSlice fault)
{
  Over *o = context;
  o->faults++;
  ch_cli_complain(o->cli, "%.*s", CH_ARG(fault));
  return true;
}

static void compare(Over *o, const ChStoreReport *report, json_t *reading, ChError *err)
{
  json_t *kept = ch_store_reading(o->store, report->meta.id, err);
  if (kept && !json_equal(kept, reading)) {
    o->faults++;
    ch_cli_complain(o->cli, "%.*s: its reading is not what is read in it now ('chancery rebuild')", CH_ARG(report->meta.id));
  }
  json_decref(kept);
}

static ChExit run_verify(ChCli *cli)
{
  Over o;
  ChError err = {0};
  size_t n = 0;
  if (open_all(&o, cli, cli->value[STORE], cli->value[WORLD], &err))
    ch_store_verify(o.store, tell_fault, &o, &n, &err);
  if (o.store && !ch_failed(&err) && cli->value[DEEP])
    each_report(&o, compare, &err);
  bool asked = o.store && !ch_failed(&err);
  if (asked)
    printf("%zu reports, %zu faults\n", n, o.faults);
  else
    ch_cli_complain_error(cli, &err, NULL);
  close_all(&o);
  return !asked ? CH_EXIT_UNUSABLE : cli->complaints ? CH_EXIT_COMPLAINTS : CH_EXIT_DONE;
}

const ChCommand ch_command_verify = {
    "verify",
    "",
    "look whether the store is sound",
    "Looks whether the file is sound, the reports are byte for byte as they came, and the tables and the index of words fit the readings; with --deep, whether "
    "every report still reads as it did. Exit status 1 where there is a fault; 'chancery rebuild' mends what was made of the reports.",
    verify_options,
    0,
    0,
    run_verify};
