/* chancery ingest: reports into the store. */
#include <errno.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "cli/cli.h"
#include "cli/items.h"

enum { ID, PUBLISHED, OUTLET, TITLE, LANG, MAP, READING, AGAIN, JSON, STORE, WORLD };
static const ChOption options[] = {
    [ID] = {"id", 0, "ID", "the report's id, for a single file (its name without the ending)"},
    [PUBLISHED] = {"published", 0, "DATE", "the day of the report (YYYY-MM-DD)"},
    [OUTLET] = {"outlet", 0, "NAME", "who published it"},
    [TITLE] = {"title", 0, "TEXT", "its title"},
    [LANG] = {"lang", 0, "CODE", "its language"},
    [MAP] = CH_OPTION_MAP,
    [READING] = {"reading", 0, NULL, "the files are ready readings (.json, as 'chancery read --json' prints them), not reports"},
    [AGAIN] = {"again", 0, NULL, "read also what is unchanged, as after a change of the pack"},
    [JSON] = {"json", 0, NULL, "print a JSON object for each report: id and state (new, changed, same)"},
    [STORE] = CH_OPTION_STORE,
    [WORLD] = CH_OPTION_WORLD,
    {NULL, 0, NULL, NULL},
};

/* One file to take in. */
typedef struct Item {
  char *path;
  ChSlice id; /* of `path`, or as given */
} Item;

typedef struct Ingest {
  ChCli *cli;
  Item *items;
  size_t n, cap;
  size_t states[3]; /* by ChStoreState */
  size_t failed;
} Ingest;

static bool ends(const char *name, const char *ending)
{
  size_t n = strlen(name), k = strlen(ending);
  return n > k && strcasecmp(name + n - k, ending) == 0;
}

/* By the name: what a folder's reports are, and files of many. Other files of many must be named on the command line. */
static bool is_report(const Ingest *in, const char *name)
{
  if (in->cli->value[READING])
    return ends(name, ".json") && !ends(name, ".meta.json");
  static const char *const endings[] = {".txt",   ".html", ".htm",     ".xhtml",   ".xml",  ".rss",    ".atom",
                                        ".rdf",   ".jsonl", ".ndjson", ".jsonl.gz", ".warc", ".warc.gz", ".warc.zst",
                                        ".ndjson.gz", ".jsonl.zst"};
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
    if (ends(name, endings[i]))
      return true;
  return false;
}

static bool is_sidecar(const char *name) { return ends(name, ".meta.json"); }

/* The path below `skip` bytes, without its ending. */
static ChSlice id_of(const char *path, size_t skip)
{
  const char *name = path + skip, *dot = strrchr(name, '.');
  while (*name == '/')
    name++;
  return ch_slice(name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

static void add_item(Ingest *in, const char *path, size_t skip)
{
  if (in->n == in->cap) {
    size_t cap = in->cap ? in->cap * 2 : 64;
    Item *more = realloc(in->items, cap * sizeof *more);
    if (!more)
      abort();
    in->items = more;
    in->cap = cap;
  }
  char *own = strdup(path);
  if (!own)
    abort();
  ChSlice id = id_of(own, skip);
  if (ch_utf8_invalid(id) != SIZE_MAX) {
    ch_cli_complain(in->cli, "%s: error: the name is not UTF-8 and gives no id; use --id", path);
    in->failed++;
    free(own);
    return;
  }
  in->items[in->n++] = (Item){own, id};
}

static int by_name(const FTSENT **a, const FTSENT **b) { return strcmp((*a)->fts_name, (*b)->fts_name); }

/* Files below a folder, in order of name; hidden ones are left out. */
static void add_folder(Ingest *in, const char *folder)
{
  char *roots[] = {(char *)(uintptr_t)folder, NULL};
  size_t before = in->n, skip = strlen(folder);
  FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
  for (FTSENT *e; fts && (e = fts_read(fts));) {
    if (e->fts_level > 0 && e->fts_name[0] == '.') {
      fts_set(fts, e, FTS_SKIP);
    } else if (e->fts_info == FTS_DNR || e->fts_info == FTS_ERR || e->fts_info == FTS_NS) {
      ch_cli_complain(in->cli, "%s: error: cannot be read: %s", e->fts_path, strerror(e->fts_errno));
      in->failed++;
    } else if (e->fts_info == FTS_F && is_report(in, e->fts_name)) {
      add_item(in, e->fts_path, skip);
    } else if (e->fts_info != FTS_D && e->fts_info != FTS_DP && !is_sidecar(e->fts_name)) {
      ch_cli_complain(in->cli, "%s: warning: skipped: its name is not that of a report", e->fts_path);
    }
  }
  if (fts)
    fts_close(fts);
  if (in->n == before)
    ch_cli_complain(in->cli, "%s: error: no reports in this folder", folder);
}

static void add_path(Ingest *in, const char *path)
{
  char *roots[] = {(char *)(uintptr_t)path, NULL};
  FTS *fts = fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, NULL);
  FTSENT *e = fts ? fts_read(fts) : NULL;
  int info = e ? e->fts_info : FTS_NS;
  int fault = e ? e->fts_errno : errno;
  if (fts)
    fts_close(fts);
  const char *slash = strrchr(path, '/');
  if (info == FTS_D) {
    add_folder(in, path);
  } else if (info == FTS_F && (is_report(in, path) || (!in->cli->value[READING] && ch_cli_many(path)))) {
    add_item(in, path, slash ? (size_t)(slash - path) : 0);
  } else if (info == FTS_F) {
    ch_cli_complain(in->cli, "%s: warning: skipped: its name is not that of a report", path);
  } else {
    ch_cli_complain(in->cli, "%s: error: cannot be opened: %s", path, strerror(fault ? fault : EINVAL));
    in->failed++;
  }
}

/* An address is its own id, without what comes after #. */
static void add_url(Ingest *in, const char *url)
{
  size_t before = in->n;
  add_item(in, url, 0);
  if (in->n > before)
    in->items[before].id = ch_slice(in->items[before].path, strcspn(in->items[before].path, "#"));
}

static int by_id(const void *a, const void *b) { return ch_slice_cmp((*(Item *const *)a)->id, (*(Item *const *)b)->id); }

/* Two files of one id would replace each other each time: the later ones are left out (their id is emptied). */
static void drop_doubles(Ingest *in)
{
  Item **order = malloc((in->n + 1) * sizeof(Item *));
  if (!order)
    abort();
  for (size_t i = 0; i < in->n; i++)
    order[i] = &in->items[i];
  qsort(order, in->n, sizeof(Item *), by_id);
  for (size_t i = 0; i < in->n;) {
    size_t first = i, end = i + 1;
    for (; end < in->n && ch_slice_eq(order[end]->id, order[i]->id); end++)
      if (order[end] < order[first])
        first = end;
    for (; i < end; i++)
      if (i != first) {
        if (strcmp(order[i]->path, order[first]->path) != 0) {
          ch_cli_complain(in->cli, "%s: error: has the id %.*s of %s", order[i]->path, CH_ARG(order[i]->id), order[first]->path);
          in->failed++;
        }
        order[i]->id = CH_LIT("");
      }
  }
  free(order);
}

/* ---- one report ---- */

/* What one pass over the files works with. */
typedef struct Work {
  Ingest *in;
  ChReader *reader;
  ChStore *store;
  ChBuf out;
  const char *path;
  ChFetcher *fetcher; /* opened by the first address */
  bool fatal;
} Work;

static void print_state(Work *w, ChSlice id, ChStoreState state)
{
  static const char *const names[] = {"new", "changed", "same"};
  w->in->states[state]++;
  if (!w->in->cli->value[JSON])
    return;
  json_t *o = json_object();
  json_object_set_new(o, "id", json_stringn(id.p, id.n));
  json_object_set_new(o, "state", json_string(names[state]));
  ch_out_json(o, false, &w->out);
  json_decref(o);
  ch_cli_print(w->in->cli, &w->out);
}

/* The reading in the bytes; its id, unless another is given, is its own. NULL and an error where it is none. */
static json_t *ready_reading(const Ingest *in, ChSlice bytes, ChStoreReport *report, ChError *err)
{
  json_error_t where;
  json_t *reading = ch_failed(err) ? NULL : json_loadb(bytes.p, bytes.n, 0, &where);
  json_t *head = json_object_get(reading, "report"), *id = json_object_get(head, "id");
  if (!reading)
    ch_error_at(err, CH_ERR_INPUT, CH_LIT(""), (uint32_t)where.line, (uint32_t)where.column, "no JSON: %s", where.text);
  else if (!json_is_object(head) || !json_is_array(json_object_get(reading, "events")))
    ch_error_set(err, CH_ERR_INPUT, "no reading: an object with \"report\" and \"events\" is needed");
  else if (!in->cli->value[ID] && json_string_length(id))
    report->meta.id = ch_slice(json_string_value(id), json_string_length(id));
  report->ready = true;
  return reading;
}

/* Reads the report, whose bytes are the reader's, and puts it in the store; nothing to do where it is there unchanged. `ready` is its
 * reading where that is what the bytes are, else NULL. `label` names it in complaints. */
static void take_report(Work *w, const ChStoreReport *report, json_t *ready, const char *label, ChError *err)
{
  ChCli *cli = w->in->cli;
  char name[300];
  ChStoreState state = ch_failed(err) ? CH_STORE_NEW : ch_store_state(w->store, report, err);
  if (state == CH_STORE_SAME && cli->value[AGAIN])
    state = CH_STORE_CHANGED;
  if (!ch_failed(err) && state != CH_STORE_SAME) {
    snprintf(name, sizeof name, "%.*s", (int)(report->name.n < 299 ? report->name.n : 299), report->name.p);
    if (!report->ready)
      ch_reader_parse(w->reader, name, &report->meta, err);
    json_t *reading = report->ready ? json_incref(ready) : ch_failed(err) ? NULL : ch_out_reading(&w->reader->report);
    if (!reading)
      ch_error_set(err, CH_ERR_LIMIT, "not enough memory"); /* unless another fault stands */
    ChStoreReport whole = *report;
    if (!report->ready)
      whole.text = w->reader->report.text;
    if (!ch_failed(err))
      ch_store_put(w->store, &whole, reading, err);
    json_decref(reading);
    if (!ch_failed(err) && !report->ready)
      ch_reader_complain(w->reader, cli, label, false);
  }
  w->fatal = w->fatal || err->status == CH_ERR_BUSY || err->status == CH_ERR_FORMAT;
  if (ch_failed(err)) {
    w->in->failed++;
    ch_cli_complain_error(cli, err, label);
  } else {
    print_state(w, report->meta.id, state);
  }
}

static bool take_one_of_many(void *context, const ChItem *item)
{
  Work *w = context;
  ChError err = {0};
  ChBuf label = {0};
  w->reader->bytes.n = 0;
  ch_buf_slice(&w->reader->bytes, item->bytes);
  if (w->reader->bytes.failed)
    ch_error_set(&err, CH_ERR_LIMIT, "not enough memory");
  ch_buf_printf(&label, "%s: item %zu", w->path, item->number);
  ChStoreReport report = {.bytes = ch_buf_view(&w->reader->bytes), .name = item->name, .meta = item->meta};
  take_report(w, &report, NULL, label.p ? label.p : w->path, &err);
  ch_buf_free(&label);
  return !w->fatal;
}

static ChMeta given(const Ingest *in, const Item *item)
{
  const char *const *v = in->cli->value;
  return (ChMeta){.id = item->id,
                  .published = ch_slice_z(v[PUBLISHED]),
                  .outlet = ch_slice_z(v[OUTLET]),
                  .title = ch_slice_z(v[TITLE]),
                  .lang = ch_slice_z(v[LANG])};
}

static void take_url(Work *w, const Item *item, const ChMeta *meta)
{
  ChError err = {0};
  ChBuf etag = {0}, modified = {0};
  ChSlice url = ch_slice_z(item->path);
  size_t failed = w->in->failed;
  if (!w->fetcher)
    w->fetcher = ch_cli_fetcher(&err);
  if (!w->in->cli->value[AGAIN])
    ch_store_visit(w->store, url, &etag, &modified, &err);
  ChCliPage page = {.url = item->path, .map = w->in->cli->value[MAP], .etag = ch_buf_view(&etag), .modified = ch_buf_view(&modified)};
  if (!ch_failed(&err)) {
    ch_cli_fetch(w->in->cli, w->fetcher, w->reader->pack, &page, meta, take_one_of_many, w);
    w->in->states[CH_STORE_SAME] += page.unchanged;
    if (page.whole && w->in->failed == failed && !w->fatal)
      ch_store_visited(w->store, url, ch_buf_view(&page.new_etag), ch_buf_view(&page.new_modified), &err);
  }
  if (ch_failed(&err))
    ch_cli_complain_error(w->in->cli, &err, item->path);
  ch_buf_free(&etag);
  ch_buf_free(&modified);
  ch_buf_free(&page.new_etag);
  ch_buf_free(&page.new_modified);
}

static bool take(Work *w, const Item *item)
{
  ChError err = {0};
  ChSidecar beside;
  const char *slash = strrchr(item->path, '/');
  ChStoreReport report = {.name = ch_slice_z(slash ? slash + 1 : item->path), .meta = given(w->in, item)};
  w->path = item->path;
  if (ch_fetch_is_url(item->path)) {
    take_url(w, item, &report.meta);
    return !w->fatal;
  }
  ch_cli_sidecar_open(&beside, w->in->cli, w->reader->pack, item->path);
  ch_cli_sidecar_under(&report.meta, &beside.meta);
  if (!w->in->cli->value[READING] && ch_cli_many(item->path)) {
    ch_cli_items(w->in->cli, w->reader->pack, item->path, w->in->cli->value[MAP], &report.meta, take_one_of_many, w);
  } else {
    ch_reader_load(w->reader, item->path, &err);
    report.bytes = ch_buf_view(&w->reader->bytes);
    json_t *ready = w->in->cli->value[READING] ? ready_reading(w->in, report.bytes, &report, &err) : NULL;
    take_report(w, &report, ready, item->path, &err);
    json_decref(ready);
  }
  ch_cli_sidecar_close(&beside);
  return !w->fatal;
}

static void take_all(Ingest *in)
{
  ChError err = {0};
  ChReader reader;
  ChProgress progress;
  ch_reader_open(&reader, in->cli->value[WORLD], &err);
  bool usable = reader.pack && ch_cli_lang(in->cli, reader.pack, in->cli->value[LANG]);
  ChStore *store = !usable ? NULL : ch_cli_store(in->cli->value[STORE], true, &err);
  if (ch_failed(&err))
    ch_cli_complain_error(in->cli, &err, NULL);
  if (store)
    ch_store_use(store, reader.pack);
  Work w = {.in = in, .reader = &reader, .store = store};
  ch_progress_start(&progress, in->n);
  in->cli->progress = &progress;
  for (size_t i = 0; store && i < in->n; i++) {
    if (in->items[i].id.n && !take(&w, &in->items[i]))
      break;
    ch_progress_step(&progress);
  }
  ch_progress_end(&progress);
  in->cli->progress = NULL;
  ch_store_close(store);
  ch_reader_close(&reader);
  ch_fetch_close(w.fetcher);
  ch_buf_free(&w.out);
}

static ChExit run(ChCli *cli)
{
  Ingest in = {.cli = cli};
  if (!ch_cli_day(cli, "published", cli->value[PUBLISHED]))
    return CH_EXIT_UNUSABLE;
  if (cli->value[ID] && !*cli->value[ID]) {
    ch_cli_complain(cli, "ingest: --id is empty");
    return CH_EXIT_UNUSABLE;
  }
  ChError err = {0};
  if (!ch_intake_map_check(ch_slice_z(cli->value[MAP]), &err)) {
    ch_cli_complain_error(cli, &err, NULL);
    return CH_EXIT_UNUSABLE;
  }
  for (size_t i = 0; i < cli->operands; i++)
    if (ch_fetch_is_url(cli->operand[i]))
      add_url(&in, cli->operand[i]);
    else
      add_path(&in, cli->operand[i]);
  if (cli->value[ID] && in.n > 1) {
    ch_cli_complain(cli, "ingest: --id is for one file, not for %zu", in.n);
    in.failed = in.n;
  } else {
    if (cli->value[ID] && in.n == 1)
      in.items[0].id = ch_slice_z(cli->value[ID]);
    drop_doubles(&in);
    if (in.n)
      take_all(&in);
  }
  size_t done = in.states[CH_STORE_NEW] + in.states[CH_STORE_CHANGED] + in.states[CH_STORE_SAME];
  if (!cli->value[JSON] && done)
    printf("%zu new, %zu changed, %zu the same\n", in.states[CH_STORE_NEW], in.states[CH_STORE_CHANGED], in.states[CH_STORE_SAME]);
  for (size_t i = 0; i < in.n; i++)
    free(in.items[i].path);
  free(in.items);
  return done ? CH_EXIT_DONE : CH_EXIT_UNUSABLE;
}

const ChCommand ch_command_ingest = {"ingest",
                                     "FILE|DIR|URL...",
                                     "read reports into the store",
                                     "Reads .txt and .html files, feeds (.xml, .rss, .atom), JSON Lines and WARC files, packed or not, those "
                                     "in folders and the folders below, and pages and feeds from the web (robots.txt is obeyed), into the store, one "
                                     "transaction a report. A report's id is "
                                     "its path below the argument without the ending; in a file of many its address. Reports that are there already, unchanged, are "
                                     "left alone; changed ones are read again.",
                                     options,
                                     1,
                                     SIZE_MAX,
                                     run};
