/* chancery brief: what is known of a person, state or body, on one page. */
#include <time.h>

#include "cli/happenings.h"
#include "model/wording.h"
#include "out/brief.h"
#include "world/day.h"

enum { WITH, LANG, AS_OF, JSON, INPUT, STORE, STATEMENTS = 8 };
static const ChOption options[] = {
    [WITH] = {"with", 0, "NAME", "only what it has to do with this person, state or body"},
    [LANG] = {"lang", 0, "CODE", "the language of the page (that of the tables' printed names)"},
    [AS_OF] = {"as-of", 0, "DATE", "as it was known on this day (today)"},
    [JSON] = {"json", 0, NULL, "print JSON"},
    [INPUT] = {"input", 0, "FILE", "the events of this file, as 'export jsonl' writes them, not those of the store"},
    [STORE] = CH_OPTION_STORE,
    {NULL, 0, NULL, NULL},
};

static json_t *string(ChSlice s) { return s.n ? json_stringn(s.p, s.n) : json_null(); }

static bool keep_statement(void *context, const ChStoreStatement *x)
{
  json_array_append_new(context, json_pack("{s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "speaker", string(x->speaker), "of", string(x->of), "act",
                                           string(x->act), "about", string(x->about), "target", string(x->target), "report",
                                           string(x->report), "published", string(x->published), "quote", string(x->quote)));
  return true;
}

static void collect(ChCli *cli, ChBriefSource *s, ChSlice as_of, json_t *happenings, json_t *statements, ChError *err)
{
  const char *const *v = cli->value;
  ChAbout about = {.pack = s->pack, .from = v[INPUT], .store = v[STORE], .name = s->name, .with = s->with, .as_of = as_of};
  ch_cli_about(&about, happenings, err);
  ChStore *store = v[INPUT] ? NULL : ch_cli_store(v[STORE], false, err);
  if (store)
    ch_store_statements(store, s->name, s->with, as_of, STATEMENTS, keep_statement, statements, err);
  ch_store_close(store);
}

static ChSlice print_language(const ChCli *cli, const ChPack *pack)
{
  size_t n;
  const uint32_t *print = ch_pack_section(pack, "world.print", sizeof *print, &n);
  return cli->value[LANG] ? ch_slice_z(cli->value[LANG]) : ch_language_code(pack, n ? *print : 0);
}

static void brief(ChCli *cli, const ChPack *pack, ChSlice as_of, ChBuf *out, ChError *err)
{
  int32_t last;
  uint32_t other;
  json_t *happenings = json_array(), *statements = json_array();
  ChSlice told = ch_slice_z(cli->value[AS_OF]); /* "" = by all reports that there are */
  ChBriefSource s = {.pack = pack, .happenings = happenings, .statements = statements};
  ch_day_span(as_of, &s.day, &last);
  s.name = ch_cli_printed_name(pack, cli->operand[0], &s.ref);
  s.with = ch_cli_printed_name(pack, cli->value[WITH], &other);
  collect(cli, &s, told, happenings, statements, err);
  json_t *o = ch_failed(err) ? NULL : ch_out_brief(&s);
  ChPage page = ch_cli_page();
  if (o && cli->value[JSON])
    ch_out_json(o, true, out);
  else if (o)
    ch_out_brief_page(o, pack, print_language(cli, pack), &page, out);
  else
    ch_error_set(err, CH_ERR_LIMIT, "not enough memory");
  if (o && s.ref == CH_NONE && !json_array_size(happenings) && !json_array_size(statements))
    ch_error_set(err, CH_ERR_NOTFOUND, "nothing is known of '%s'", cli->operand[0]);
  json_decref(o);
  json_decref(happenings);
  json_decref(statements);
}

static ChExit run(ChCli *cli)
{
  ChError err = {0};
  ChBuf out = {0};
  char today[16];
  time_t now = time(NULL);
  struct tm tm;
  localtime_r(&now, &tm);
  strftime(today, sizeof today, "%Y-%m-%d", &tm);
  const char *as_of = cli->value[AS_OF] ? cli->value[AS_OF] : today;
  if (!ch_cli_day(cli, "as-of", as_of))
    return CH_EXIT_UNUSABLE;
  ChPack *pack = ch_cli_pack(&err);
  if (pack && cli->value[LANG] && !ch_wording_has(pack, ch_slice_z(cli->value[LANG])))
    ch_cli_complain(cli, "brief: --lang: no wording in this language: %s", cli->value[LANG]);
  else if (pack)
    brief(cli, pack, ch_slice_z(as_of), &out, &err);
  if (ch_failed(&err))
    ch_cli_complain_error(cli, &err, NULL);
  bool done = !cli->complaints && ch_cli_print(cli, &out);
  ch_pack_close(pack);
  ch_buf_free(&out);
  return done ? CH_EXIT_DONE : CH_EXIT_UNUSABLE;
}

const ChCommand ch_command_brief = {
    "brief",
    "NAME",
    "one page on a person, state or body: who, last and next, topics, positions",
    "Prints who it is on the day (from the tables of the world), what it last took part in and what comes next, open topics, documents "
    "still to be concluded, what it said, and where reports differ. NAME may stand in any language of the tables. Events bear their ids "
    "for 'chancery show', statements their reports.",
    options,
    1,
    1,
    run};
