/* chancery who: what is known of a name. */
#include "cli/cli.h"
#include "world/world.h"

enum { ON, JSON, WORLD, MOST = 12 };
static const ChOption options[] = {
    [ON] = {"on", 0, "DATE", "as it was on that day (YYYY-MM-DD, a month or a year: its first day)"},
    [JSON] = {"json", 0, NULL, "print one JSON object a line"},
    [WORLD] = CH_OPTION_WORLD,
    {NULL, 0, NULL, NULL},
};

static bool add(ChCli *cli, json_t *o, ChBuf *out)
{
  ChPage page = ch_cli_page();
  if (cli->value[JSON]) {
    ch_out_json(o, false, out);
  } else {
    if (out->n)
      ch_buf_char(out, '\n');
    ch_out_who_page(o, &page, out);
  }
  json_decref(o);
  return !out->failed;
}

/* A post in words ("the foreign minister of X"): the reader finds what it is, the tables who held it. */
static size_t by_post(ChCli *cli, ChReader *reader, const ChMeta *meta, int32_t day, ChBuf *out, ChError *err)
{
  ch_buf_slice(&reader->bytes, ch_slice_z(cli->operand[0]));
  reader->last = "names";
  ch_reader_parse(reader, "-", meta, err);
  const ChReport *r = &reader->report;
  ChWorld w = ch_world_of(reader->pack);
  size_t found = 0;
  for (size_t i = 0; !ch_failed(err) && i < r->entities.n; i++) {
    const ChEntity *x = &r->entities.at[i];
    uint32_t post = ch_world_post(&w, x->post_id), body = x->state == CH_NONE ? ch_world_body(&w, x->of) : CH_NONE;
    if (!x->by_post || post == CH_NONE)
      continue;
    found += add(cli, ch_out_succession(reader->pack, post, x->state, body, day), out);
  }
  return found;
}

static ChExit run(ChCli *cli)
{
  ChError err = {0};
  ChBuf out = {0};
  ChReader reader = {0};
  ChMeta meta = {.published = ch_slice_z(cli->value[ON])};
  int32_t day = CH_DAY_MAX, last;
  uint32_t refs[MOST];
  if (!ch_cli_edtf(cli, "on", cli->value[ON]))
    return CH_EXIT_UNUSABLE;
  if (cli->value[ON])
    ch_day_span(meta.published, &day, &last);
  ch_reader_open(&reader, cli->value[WORLD], &err);
  size_t n = reader.pack ? ch_world_lookup(reader.pack, ch_slice_z(cli->operand[0]), refs, MOST) : 0;
  for (size_t i = 0; i < n; i++)
    add(cli, ch_out_who(reader.pack, refs[i], day), &out);
  if (reader.pack && !n)
    n = by_post(cli, &reader, &meta, day, &out, &err);
  ch_reader_close(&reader);
  if (ch_failed(&err))
    ch_cli_complain_error(cli, &err, NULL);
  else if (!n)
    ch_cli_complain(cli, "nothing is known of '%s'", cli->operand[0]);
  bool done = !cli->complaints && ch_cli_print(cli, &out);
  ch_buf_free(&out);
  return done ? CH_EXIT_DONE : CH_EXIT_UNUSABLE;
}

const ChCommand ch_command_who = {
    "who",
    "NAME",
    "what is known of a person, state, body, place, post",
    "NAME may stand in any language of the tables, in any spelling or case of grammar; an id of the tables; or a post in words "
    "('the foreign minister of Kazakhstan'), which prints who held it. Each fact bears its source.",
    options,
    1,
    1,
    run};
