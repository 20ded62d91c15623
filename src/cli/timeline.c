/* chancery timeline: all that somebody took part in or will, in order, with how it came to be known. */
#include <stdlib.h>

#include "cli/happenings.h"
#include "world/day.h"

enum { WITH, FROM, TO, AS_OF, JSON, INPUT, STORE };
static const ChOption options[] = {
    [WITH] = {"with", 0, "NAME", "only together with this person, state or body"},
    [FROM] = {"from", 0, "DATE", "not over before this day, month or year"},
    [TO] = {"to", 0, "DATE", "begun by this day, month or year"},
    [AS_OF] = {"as-of", 0, "DATE", "only what reports told by this day"},
    [JSON] = {"json", 0, NULL, "print one JSON object a line"},
    [INPUT] = {"input", 0, "FILE", "the events of this file, as 'export jsonl' writes them, not those of the store"},
    [STORE] = CH_OPTION_STORE,
    {NULL, 0, NULL, NULL},
};

static ChSlice get(const json_t *o, const char *key)
{
  const json_t *v = json_object_get(o, key);
  return json_is_string(v) ? ch_slice(json_string_value(v), json_string_length(v)) : CH_LIT("");
}

typedef struct Entry {
  const json_t *h;
  int32_t first;
  ChSlice known; /* when it was first told: where those without a date stand */
} Entry;

static int by_time(const void *x, const void *y)
{
  const Entry *a = x, *b = y;
  if (a->first != b->first)
    return a->first < b->first ? -1 : 1;
  int by_report = ch_slice_cmp(a->known, b->known);
  return by_report ? by_report : ch_slice_cmp(get(a->h, "id"), get(b->h, "id"));
}

/* The day on which it stands: its first, else its last, else that of its first report. */
static Entry entry_of(const json_t *h)
{
  int32_t first, last;
  Entry e = {.h = h, .first = CH_DAY_MAX, .known = get(json_array_get(json_object_get(h, "reports"), 0), "published")};
  if (ch_day_span(get(h, "time"), &first, &last))
    e.first = first != CH_DAY_MIN ? first : last;
  else if (ch_day_span(e.known, &first, &last))
    e.first = first;
  return e;
}

/* "  2017-02-11 expected 2017-02-15/2017-02-16, Astana [report]": each step but where there was only one. */
static void add_history(const json_t *h, const ChPage *page, ChBuf *out)
{
  enum { INDENT = 6 };
  const json_t *steps = json_object_get(h, "history");
  for (size_t i = 0; json_array_size(steps) > 1 && i < json_array_size(steps); i++) {
    const json_t *s = json_array_get(steps, i);
    ChSlice place = get(s, "place"), time = get(s, "time"), published = get(s, "published");
    ChBuf b = {0};
    ch_buf_printf(&b, "%.*s: %.*s", CH_ARG(published.n ? published : CH_LIT("-")), CH_ARG(get(s, "status")));
    ch_buf_printf(&b, " %.*s%s%.*s [%.*s]", CH_ARG(time.n ? time : CH_LIT("-")), place.n ? ", " : "", CH_ARG(place), CH_ARG(get(s, get(s, "by").n ? "by" : "report")));
    ch_buf_printf(out, "%*s", INDENT, "");
    ch_out_wrap(out, ch_buf_view(&b), INDENT, INDENT + 2, page->width);
    ch_buf_char(out, '\n');
    ch_buf_free(&b);
  }
}

static void add_line(const json_t *h, const ChPage *page, ChBuf *out)
{
  const json_t *who = json_object_get(h, "participants");
  ChBuf names = {0};
  for (size_t i = 0; i < json_array_size(who); i++)
    ch_buf_printf(&names, "%s%.*s", i ? ", " : "", CH_ARG(get(json_array_get(who, i), "name")));
  ChEventLine line = {.id = get(h, "id"),
                      .time = get(h, "time"),
                      .status = get(h, "status"),
                      .kind = get(h, "kind"),
                      .place = get(h, "place"),
                      .who = ch_buf_view(&names)};
  ch_out_event_lines(&line, 1, page, out);
  ch_buf_free(&names);
  add_history(h, page, out);
}

static void print(ChCli *cli, const json_t *list, ChBuf *out, ChError *err)
{
  size_t n = json_array_size(list);
  ChPage page = ch_cli_page();
  Entry *order = malloc((n + 1) * sizeof *order);
  if (!order) {
    ch_error_set(err, CH_ERR_LIMIT, "not enough memory");
    return;
  }
  for (size_t i = 0; i < n; i++)
    order[i] = entry_of(json_array_get(list, i));
  qsort(order, n, sizeof *order, by_time);
  for (size_t i = 0; i < n; i++) {
    if (cli->value[JSON])
      ch_out_json(order[i].h, false, out);
    else
      add_line(order[i].h, &page, out);
  }
  free(order);
}

static ChExit run(ChCli *cli)
{
  const char *const *v = cli->value;
  ChError err = {0};
  ChBuf out = {0};
  uint32_t ref, other;
  if (!ch_cli_edtf(cli, "from", v[FROM]) || !ch_cli_edtf(cli, "to", v[TO]) || !ch_cli_day(cli, "as-of", v[AS_OF]))
    return CH_EXIT_UNUSABLE;
  ChPack *pack = ch_cli_pack(&err);
  json_t *list = json_array();
  if (pack) {
    ChAbout about = {.pack = pack, .from = v[INPUT], .store = v[STORE], .as_of = ch_slice_z(v[AS_OF]), .first = ch_slice_z(v[FROM]),
                     .last = ch_slice_z(v[TO])};
    about.name = ch_cli_printed_name(pack, cli->operand[0], &ref);
    about.with = ch_cli_printed_name(pack, v[WITH], &other);
    ch_cli_about(&about, list, &err);
  }
  if (!ch_failed(&err))
    print(cli, list, &out, &err);
  if (ch_failed(&err))
    ch_cli_complain_error(cli, &err, NULL);
  bool done = !cli->complaints && ch_cli_print(cli, &out);
  json_decref(list);
  ch_pack_close(pack);
  ch_buf_free(&out);
  return done ? CH_EXIT_DONE : CH_EXIT_UNUSABLE;
}

const ChCommand ch_command_timeline = {
    "timeline",
    "NAME",
    "all that a person, state or body took part in or will, in order of time",
    "Lists the events of the name, oldest first, those without a date by their first report. Under an event that changed stands what each "
    "report made of it. NAME may stand in any language of the tables.",
    options,
    1,
    1,
    run};
