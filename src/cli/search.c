/* chancery search: words in reports and in what they tell. */
#include "cli/cli.h"

#include <stdlib.h>

#include "world/terms.h"

enum { FROM, TO, KIND, STATUS, EVENTS, REPORTS, MOST, AS_OF, JSON, STORE };
static const ChOption options[] = {
    [FROM] = {"from", 0, "DATE", "events not over before, reports not published before this day, month or year"},
    [TO] = {"to", 0, "DATE", "events begun by, reports published by this day, month or year"},
    [KIND] = {"kind", 0, "KIND", "only events of this kind: visit, meeting, call, conference, signing ..."},
    [STATUS] = {"status", 0, "STATUS", "only events of this status: held, scheduled, cancelled ..."},
    [EVENTS] = {"events", 0, NULL, "only events, no whole reports"},
    [REPORTS] = {"reports", 0, NULL, "only whole reports, no events"},
    [MOST] = {"most", 0, "N", "at most so many (20)"},
    [AS_OF] = {"as-of", 0, "DATE", "only what reports told by then"},
    [JSON] = {"json", 0, NULL, "print one JSON object a line"},
    [STORE] = CH_OPTION_STORE,
    {NULL, 0, NULL, NULL},
};

typedef struct Listing {
  ChPage page;
  ChBuf out;
  bool json;
  size_t n;
} Listing;

static json_t *string(ChSlice s) { return s.n ? json_stringn(s.p, s.n) : json_null(); }

/* The excerpt in one line; the words found between the two marks. */
static void excerpt(ChSlice text, const char *open, const char *close, ChBuf *out)
{
  for (size_t i = 0; i < text.n; i++) {
    char c = text.p[i];
    if (c == 1 || c == 2)
      ch_buf_text(out, c == 1 ? open : close);
    else
      ch_buf_char(out, c == '\n' || c == '\r' || c == '\t' ? ' ' : c);
  }
}

static void add_json(const ChStoreHit *h, ChBuf *out)
{
  ChBuf text = {0};
  excerpt(h->excerpt, "[", "]", &text);
  json_t *o = json_pack("{s:o,s:o,s:o,s:o,s:o}", "report", string(h->report), "published", string(h->published), "outlet", string(h->outlet),
                        "title", string(h->title), "excerpt", string(ch_buf_view(&text)));
  if (h->event.n) {
    json_object_set_new(o, "id", json_sprintf("%.*s:%.*s", CH_ARG(h->report), CH_ARG(h->event)));
    const struct {
      const char *key;
      ChSlice value;
    } own[] = {{"time", h->time}, {"kind", h->kind}, {"status", h->status}, {"place", h->place}, {"who", h->who}};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
      json_object_set_new(o, own[i].key, string(own[i].value));
  }
  ch_out_json(o, false, out);
  json_decref(o);
  ch_buf_free(&text);
}

/* "2017-06-08 astana/01  outlet: title" or an event's line, and under it the excerpt. */
static void add_page(Listing *l, const ChStoreHit *h)
{
  enum { INDENT = 2 };
  ChBuf head = {0}, text = {0};
  if (h->event.n) {
    ChBuf id = {0};
    ch_buf_printf(&id, "%.*s:%.*s", CH_ARG(h->report), CH_ARG(h->event));
    ChEventLine line = {.id = ch_buf_view(&id), .time = h->time, .status = h->status, .kind = h->kind, .place = h->place, .who = h->who};
    ch_out_event_lines(&line, 1, &l->page, &l->out);
    ch_buf_free(&id);
  } else {
    ch_buf_printf(&head, "%.*s report %.*s", CH_ARG(h->published.n ? h->published : CH_LIT("-")), CH_ARG(h->report));
    if (h->title.n)
      ch_buf_printf(&head, "  %.*s", CH_ARG(h->title));
    if (h->outlet.n)
      ch_buf_printf(&head, " (%.*s)", CH_ARG(h->outlet));
    ch_out_wrap(&l->out, ch_buf_view(&head), 0, INDENT, l->page.width);
    ch_buf_char(&l->out, '\n');
  }
  excerpt(h->excerpt, "[", "]", &text);
  ch_buf_printf(&l->out, "%*s", INDENT, "");
  ch_out_wrap(&l->out, ch_buf_view(&text), INDENT, INDENT, l->page.width);
  ch_buf_char(&l->out, '\n');
  ch_buf_free(&head);
  ch_buf_free(&text);
}

static bool add(void *context, const ChStoreHit *h)
{
  Listing *l = context;
  l->n++;
  if (l->json)
    add_json(h, &l->out);
  else
    add_page(l, h);
  return !l->out.failed;
}

/* A number from 1 to a million; complains where it is none. */
static bool number(ChCli *cli, const char *z, size_t *out)
{
  char *end;
  unsigned long n = z ? strtoul(z, &end, 10) : 20;
  if (z && (*z < '0' || *z > '9' || *end || n < 1 || n > 1000000)) {
    ch_cli_complain(cli, "search: --most: not a number from 1 to 1000000: %s", z);
    return false;
  }
  *out = n;
  return true;
}

/* The operands as one question; a phrase that the shell took out of its quotes is one again. */
static void question(const ChCli *cli, ChBuf *words)
{
  for (size_t i = 0; i < cli->operands; i++) {
    ChSlice w = ch_slice_z(cli->operand[i]);
    bool phrase = ch_slice_find(w, CH_LIT(" ")) != SIZE_MAX && ch_slice_find(w, CH_LIT("\"")) == SIZE_MAX && cli->operands > 1;
    ch_buf_printf(words, "%s%s%.*s%s", i ? " " : "", phrase ? "\"" : "", CH_ARG(w), phrase ? "\"" : "");
  }
}

static bool is_term(ChCli *cli, const ChPack *pack, const char *option, const char *z, bool kind)
{
  ChTermTables t = ch_term_tables(pack);
  ChWord word = z ? ch_pack_find(pack, ch_slice_z(z)) : CH_NO_WORD;
  bool known = !z || (word && (kind ? ch_term_kind(&t, word) != NULL : ch_term_status(&t, word) != NULL));
  if (!known)
    ch_cli_complain(cli, "search: --%s: not one of them: %s", option, z);
  return known;
}

static ChExit run(ChCli *cli)
{
  const char *const *v = cli->value;
  ChError err = {0};
  ChBuf words = {0};
  Listing l = {.page = ch_cli_page(), .json = v[JSON] != NULL};
  ChStoreSearch q = {.from = ch_slice_z(v[FROM]), .to = ch_slice_z(v[TO]), .kind = ch_slice_z(v[KIND]), .status = ch_slice_z(v[STATUS]),
                     .as_of = ch_slice_z(v[AS_OF]), .reports = !v[EVENTS], .events = !v[REPORTS] || v[EVENTS]};
  if (!ch_cli_edtf(cli, "from", v[FROM]) || !ch_cli_edtf(cli, "to", v[TO]) || !ch_cli_day(cli, "as-of", v[AS_OF]) || !number(cli, v[MOST], &q.most))
    return CH_EXIT_UNUSABLE;
  question(cli, &words);
  q.words = ch_buf_view(&words);
  ChPack *pack = ch_cli_pack(&err);
  bool fine = pack && is_term(cli, pack, "kind", v[KIND], true) && is_term(cli, pack, "status", v[STATUS], false);
  ChStore *s = fine ? ch_cli_store(v[STORE], false, &err) : NULL;
  if (s) {
    ch_store_use(s, pack);
    ch_store_search(s, &q, add, &l, &err);
  }
  ch_store_close(s);
  if (ch_failed(&err))
    ch_cli_complain_error(cli, &err, NULL);
  bool done = !cli->complaints && ch_cli_print(cli, &l.out);
  ch_pack_close(pack);
  ch_buf_free(&words);
  ch_buf_free(&l.out);
  return done ? CH_EXIT_DONE : CH_EXIT_UNUSABLE;
}

const ChCommand ch_command_search = {
    "search",
    "WORDS...",
    "find reports and events by words, in any inflection",
    "Finds the reports and the events in which all of the words stand, in any inflection and in either script where they are names; words between "
    "double quotes stand side by side. The likeliest come first, events with the id that 'chancery show' takes. The words found stand in brackets.",
    options,
    1,
    SIZE_MAX,
    run};
