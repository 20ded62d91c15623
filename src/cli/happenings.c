/* Happenings for the commands that export them: from the store, or from a file of JSON Lines. */
#include <string.h>

#include "base/file.h"
#include "cli/happenings.h"

typedef struct Source {
  ChHappeningEach *each;
  void *context;
  bool on;
} Source;

/* ---- single events of stored readings, each as a happening of one member (until the store keeps the record) ---- */

static json_t *string(ChSlice s) { return s.n ? json_stringn(s.p, s.n) : json_null(); }

static ChSlice get(const json_t *o, const char *key)
{
  const json_t *v = json_object_get(o, key);
  return json_is_string(v) ? ch_slice(json_string_value(v), json_string_length(v)) : CH_LIT("");
}

static json_t *label(const json_t *e)
{
  const json_t *who = json_object_get(e, "participants");
  ChBuf b = {0};
  for (size_t i = 0; i < json_array_size(who) && i < 3; i++)
    ch_buf_printf(&b, "%s%.*s", b.n ? ", " : "", CH_ARG(get(json_array_get(who, i), "name")));
  const char *const keys[] = {"place", "time"};
  for (size_t i = 0; i < 2; i++)
    if (get(e, keys[i]).n)
      ch_buf_printf(&b, "%s%.*s", b.n ? ", " : "", CH_ARG(get(e, keys[i])));
  json_t *o = string(ch_buf_view(&b));
  ch_buf_free(&b);
  return o;
}

static json_t *one_member(const ChStoreEvent *e)
{
  json_t *h = ch_store_event_json(e), *evidence = json_array(), *links = json_object_get(h, "links"), *quotes = json_object_get(h, "evidence");
  json_t *report = string(e->report), *published = string(e->published), *source = json_object_get(h, "attribution");
  for (size_t i = 0; i < json_array_size(quotes); i++)
    json_array_append_new(evidence, json_pack("{s:O,s:O}", "report", report, "quote", json_array_get(quotes, i)));
  for (size_t i = 0; i < json_array_size(links); i++) {
    ChSlice to = get(json_array_get(links, i), "event");
    json_object_set_new(json_array_get(links, i), "event", json_sprintf("%.*s:%.*s", CH_ARG(e->report), CH_ARG(to)));
  }
  json_object_set_new(h, "attribution", json_is_string(source) ? json_pack("[O]", source) : json_array());
  json_object_set_new(h, "evidence", evidence);
  json_object_set_new(h, "label", label(h));
  json_object_set_new(h, "members", json_pack("[O]", json_object_get(h, "id")));
  json_object_set_new(h, "reports", json_pack("[{s:O,s:O}]", "id", report, "published", published));
  json_object_set_new(h, "history", json_pack("[{s:O,s:O,s:o,s:o,s:o}]", "report", report, "published", published, "status",
                                              string(e->status), "time", string(e->time), "place", string(e->place)));
  json_object_set_new(h, "conflicts", json_array());
  json_object_del(h, "report");
  json_object_del(h, "published");
  json_decref(report);
  json_decref(published);
  return h;
}

static bool from_event(void *context, const ChStoreEvent *e)
{
  Source *s = context;
  json_t *h = one_member(e);
  s->on = s->each(s->context, h);
  json_decref(h);
  return s->on;
}

void ch_cli_happenings(const char *store, const ChStoreQuery *q, ChHappeningEach *each, void *context, ChError *err)
{
  Source source = {.each = each, .context = context, .on = true};
  ChStore *s = ch_cli_store(store, false, err);
  if (s)
    ch_store_events(s, q, from_event, &source, err);
  ch_store_close(s);
}

/* ---- JSON Lines ---- */

enum { FILE_MAX = 1 << 30 };

void ch_cli_happenings_file(const char *path, ChHappeningEach *each, void *context, ChError *err)
{
  ChBuf bytes = {0};
  uint32_t number = 0;
  bool on = true;
  ch_file_read(path, FILE_MAX, &bytes, err);
  ChSlice rest = ch_buf_view(&bytes);
  while (on && rest.n && !ch_failed(err)) {
    const char *end = memchr(rest.p, '\n', rest.n);
    ChSlice line = ch_slice(rest.p, end ? (size_t)(end - rest.p) : rest.n);
    rest = ch_slice(rest.p + line.n + (end ? 1 : 0), rest.n - line.n - (end ? 1 : 0));
    number++;
    if (!ch_slice_trim(line).n)
      continue;
    json_error_t fault;
    json_t *h = json_loadb(line.p, line.n, 0, &fault);
    if (json_is_object(h))
      on = each(context, h);
    else
      ch_error_at(err, CH_ERR_FORMAT, ch_slice_z(path), number, 0, "%s", h ? "not a JSON object" : fault.text);
    json_decref(h);
  }
  ch_buf_free(&bytes);
}
