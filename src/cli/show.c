/* chancery show: one event, or all that a report says, from the store. */
#include <string.h>

#include "cli/cli.h"
#include "record/record.h"

enum { AS_OF, JSON, EXPLAIN, STORE };
static const ChOption options[] = {
    [AS_OF] = {"as-of", 0, "DATE", "an event as reports told it by then"},
    [JSON] = {"json", 0, NULL, "print JSON"},
    [EXPLAIN] = {"explain", 0, NULL, "also print the rule and confidence of each field"},
    [STORE] = CH_OPTION_STORE,
    {NULL, 0, NULL, NULL},
};

static json_t *find_event(json_t *reading, ChSlice id)
{
  json_t *events = json_object_get(reading, "events");
  for (size_t i = 0; i < json_array_size(events); i++) {
    json_t *e = json_array_get(events, i);
    const char *z = json_string_value(json_object_get(e, "id"));
    if (z && ch_slice_is(id, z))
      return e;
  }
  return NULL;
}

/* "report:e3" or "report"; a report's own id may hold colons. */
static void split_id(const char *z, ChSlice *report, ChSlice *event)
{
  const char *colon = strrchr(z, ':');
  bool has = colon && colon[1] == 'e' && colon[2] && strspn(colon + 2, "0123456789") == strlen(colon + 2);
  *report = has ? ch_slice(z, (size_t)(colon - z)) : ch_slice_z(z);
  *event = has ? ch_slice_z(colon + 1) : CH_LIT("");
}

static void set_page(const ChCli *cli, json_t *reading, json_t *event, ChBuf *out)
{
  ChPage page = ch_cli_page();
  page.explain = cli->value[EXPLAIN] != NULL;
  if (!cli->value[JSON] && event) {
    ch_out_event_page(reading, event, &page, out);
  } else if (!cli->value[JSON]) {
    ch_out_reading_page(reading, &page, out);
  } else if (event) {
    json_t *o = json_object(), *head = json_object_get(reading, "report");
    json_object_set_new(o, "id", json_string(cli->operand[0]));
    json_object_set(o, "report", json_object_get(head, "id"));
    json_object_set(o, "published", json_object_get(head, "published"));
    json_object_update_missing(o, event);
    ch_out_json(o, true, out);
    json_decref(o);
  } else {
    ch_out_json(reading, true, out);
  }
}

/* A happening: what all reports tell of it. */
static ChExit show_happening(ChCli *cli)
{
  ChError err = {0};
  ChBuf out = {0};
  ChPage page = ch_cli_page();
  page.explain = cli->value[EXPLAIN] != NULL;
  ChPack *pack = ch_cli_pack(&err);
  ChStore *s = pack ? ch_cli_store(cli->value[STORE], false, &err) : NULL;
  if (s)
    ch_store_use(s, pack);
  json_t *h = s ? ch_store_happening(s, ch_slice_z(cli->operand[0]), ch_slice_z(cli->value[AS_OF]), &err) : NULL;
  ch_store_close(s);
  if (ch_failed(&err))
    ch_cli_complain_error(cli, &err, NULL);
  else if (cli->value[JSON])
    ch_out_json(h, true, &out);
  else
    ch_out_happening_page(h, &page, &out);
  bool done = !cli->complaints && ch_cli_print(cli, &out);
  json_decref(h);
  ch_buf_free(&out);
  ch_pack_close(pack);
  return done ? CH_EXIT_DONE : CH_EXIT_UNUSABLE;
}

static ChExit run(ChCli *cli)
{
  ChError err = {0};
  uint64_t unused;
  if (!ch_cli_day(cli, "as-of", cli->value[AS_OF]))
    return CH_EXIT_UNUSABLE;
  if (cli->value[AS_OF] || ch_record_id_parse(ch_slice_z(cli->operand[0]), &unused))
    return show_happening(cli);
  ChSlice report, id;
  ChBuf out = {0};
  split_id(cli->operand[0], &report, &id);
  ChStore *s = ch_cli_store(cli->value[STORE], false, &err);
  json_t *reading = s ? ch_store_reading(s, report, &err) : NULL, *event = NULL;
  ch_store_close(s);
  if (reading && id.n && !(event = find_event(reading, id)))
    ch_error_set(&err, CH_ERR_NOTFOUND, "no event %.*s in report %.*s", CH_ARG(id), CH_ARG(report));
  if (ch_failed(&err))
    ch_cli_complain_error(cli, &err, NULL);
  else
    set_page(cli, reading, event, &out);
  bool done = !cli->complaints && ch_cli_print(cli, &out);
  ch_buf_free(&out);
  json_decref(reading);
  return done ? CH_EXIT_DONE : CH_EXIT_UNUSABLE;
}

const ChCommand ch_command_show = {
    "show",
    "EVENT",
    "show one event of the store with the words that carry it",
    "EVENT is an id as 'chancery events' prints it (h-...): all that reports tell of it, its history, what contradicts, the words that "
    "carry it. REPORT:e3 is what one report says of it, or with --as-of the event that this belongs to; REPORT alone all that the report says.",
    options,
    1,
    1,
    run};
