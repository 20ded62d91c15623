/* libchancery over the folders below: see include/chancery.h. */
#include "chancery.h"

#include <stdio.h>
#include <stdlib.h>

#include "intake/intake.h"
#include "out/out.h"
#include "pipeline/pipeline.h"
#include "store/store.h"
#include "world/world.h"

#ifndef CH_VERSION
#define CH_VERSION "0"
#endif

#define PUBLIC __attribute__((visibility("default")))

struct Chancery {
  ChPack *pack;
};

struct ChanceryStore {
  ChStore *store;
};

static void tell(ChanceryError *out, const ChError *err)
{
  if (!out)
    return;
  out->status = (ChanceryStatus)err->status;
  out->text[0] = '\0';
  if (ch_failed(err))
    ch_error_format(err, out->text, sizeof out->text);
}

/* The buffer as a text of the caller's. */
static char *give(ChBuf *b, ChError *err)
{
  char *z = ch_failed(err) || b->failed ? NULL : malloc(b->n + 1);
  if (z) {
    memcpy(z, b->p ? b->p : "", b->n);
    z[b->n] = '\0';
  } else {
    ch_error_set(err, CH_ERR_LIMIT, "not enough memory");
  }
  ch_buf_free(b);
  return z;
}

PUBLIC const char *chancery_version(void) { return CH_VERSION; }

PUBLIC void chancery_free(char *text) { free(text); }

/* ---- reading ---- */

PUBLIC Chancery *chancery_open(const char *pack, const char *world, ChanceryError *error)
{
  ChError err = {0};
  Chancery *c = calloc(1, sizeof *c);
  if (!c)
    ch_error_set(&err, CH_ERR_LIMIT, "not enough memory");
  else
    c->pack = ch_pack_open(pack, &err);
  if (c && c->pack && world) {
    ChPack *base = c->pack;
    c->pack = ch_world_overlay(base, world, &err);
    ch_pack_close(base);
  }
  tell(error, &err);
  if (!ch_failed(&err))
    return c;
  free(c);
  return NULL;
}

PUBLIC void chancery_close(Chancery *c)
{
  if (!c)
    return;
  ch_pack_close(c->pack);
  free(c);
}

static ChMeta meta_of(const ChanceryReport *r)
{
  return (ChMeta){.id = ch_slice_z(r->id),
                  .published = ch_slice_z(r->published),
                  .outlet = ch_slice_z(r->outlet),
                  .title = ch_slice_z(r->title),
                  .lang = ch_slice_z(r->lang)};
}

/* `text` (may be NULL) receives the clean text. */
static json_t *read_report(const Chancery *c, const ChanceryReport *r, ChBuf *text, ChError *err)
{
  ChArena arena;
  ChReport report;
  int32_t first, last;
  ChIntake in = {.source = ch_intake_source(ch_slice_z(r->file_name)), .meta = meta_of(r)};
  if (in.meta.published.n && (in.meta.published.n != 10 || !ch_day_span(in.meta.published, &first, &last)))
    ch_error_set(err, CH_ERR_USAGE, "published is no day: %.*s", CH_ARG(in.meta.published));
  ch_arena_init(&arena, CH_REPORT_MEMORY);
  ch_intake_report(&report, &arena, c->pack, ch_slice(r->bytes, r->size), &in, err);
  ch_pipeline_run(&report, NULL, err);
  json_t *reading = ch_failed(err) ? NULL : ch_out_reading(&report);
  if (!reading)
    ch_error_set(err, CH_ERR_LIMIT, "not enough memory");
  else if (text)
    ch_buf_slice(text, report.text);
  ch_arena_free(&arena);
  return reading;
}

PUBLIC char *chancery_read(const Chancery *c, const ChanceryReport *report, ChanceryError *error)
{
  ChError err = {0};
  ChBuf out = {0};
  json_t *reading = read_report(c, report, NULL, &err);
  if (reading)
    ch_out_json(reading, false, &out);
  json_decref(reading);
  char *text = give(&out, &err);
  tell(error, &err);
  return text;
}

/* ---- the store ---- */

PUBLIC ChanceryStore *chancery_store_open(const char *path, bool create, ChanceryError *error)
{
  ChError err = {0};
  ChanceryStore *s = calloc(1, sizeof *s);
  if (!s)
    ch_error_set(&err, CH_ERR_LIMIT, "not enough memory");
  else
    s->store = ch_store_open(path, create, &err);
  tell(error, &err);
  if (!ch_failed(&err))
    return s;
  free(s);
  return NULL;
}

PUBLIC void chancery_store_close(ChanceryStore *s)
{
  if (!s)
    return;
  ch_store_close(s->store);
  free(s);
}

PUBLIC ChanceryState chancery_store_ingest(ChanceryStore *s, const Chancery *c, const ChanceryReport *report, ChanceryError *error)
{
  ChError err = {0};
  ChStoreReport in = {.bytes = ch_slice(report->bytes, report->size), .name = ch_slice_z(report->file_name), .meta = meta_of(report)};
  ChStoreState state = CH_STORE_NEW;
  if (!in.meta.id.n)
    ch_error_set(&err, CH_ERR_USAGE, "the report has no id");
  else
    state = ch_store_state(s->store, &in, &err);
  if (!ch_failed(&err) && state != CH_STORE_SAME) {
    ChBuf text = {0};
    json_t *reading = read_report(c, report, &text, &err);
    in.text = ch_buf_view(&text);
    ch_store_use(s->store, c->pack);
    ch_store_put(s->store, &in, reading, &err);
    json_decref(reading);
    ch_buf_free(&text);
  }
  tell(error, &err);
  return ch_failed(&err) ? CHANCERY_FAILED : (ChanceryState)state;
}

static bool add_event(void *context, const ChStoreEvent *e)
{
  ChBuf *out = context;
  json_t *o = ch_store_event_json(e);
  ch_out_json(o, false, out);
  json_decref(o);
  return !out->failed;
}

PUBLIC char *chancery_store_events(ChanceryStore *s, const ChanceryQuery *query, ChanceryError *error)
{
  ChError err = {0};
  ChBuf out = {0};
  ChStoreQuery q = {.who = ch_slice_z(query->who),
                    .with = ch_slice_z(query->with),
                    .where = ch_slice_z(query->where),
                    .kind = ch_slice_z(query->kind),
                    .status = ch_slice_z(query->status),
                    .from = ch_slice_z(query->from),
                    .to = ch_slice_z(query->to),
                    .coming = query->coming};
  ch_store_events(s->store, &q, add_event, &out, &err);
  char *text = give(&out, &err);
  tell(error, &err);
  return text;
}

PUBLIC char *chancery_store_reading(ChanceryStore *s, const char *report_id, ChanceryError *error)
{
  ChError err = {0};
  ChBuf out = {0};
  json_t *reading = ch_store_reading(s->store, ch_slice_z(report_id), &err);
  if (reading)
    ch_out_json(reading, false, &out);
  json_decref(reading);
  char *text = give(&out, &err);
  tell(error, &err);
  return text;
}
