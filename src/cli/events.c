/* chancery events: events of the store by filters. */
#include "cli/cli.h"

enum { WHO, WITH, WHERE, KIND, STATUS, FROM, TO, JSON, STORE };
static const ChOption options[] = {
    [WHO] = {"who", 0, "NAME", "a person, state or body that takes part"},
    [WITH] = {"with", 0, "NAME", "another one that takes part"},
    [WHERE] = {"where", 0, "PLACE", "where it is"},
    [KIND] = {"kind", 0, "KIND", "its kind: visit, meeting, call, conference, signing ..."},
    [STATUS] = {"status", 0, "STATUS", "its status: held, ongoing, scheduled, expected, possible, cancelled ..."},
    [FROM] = {"from", 0, "DATE", "not over before this day, month or year"},
    [TO] = {"to", 0, "DATE", "begun by this day, month or year"},
    [JSON] = {"json", 0, NULL, "print one JSON object a line"},
    [STORE] = CH_OPTION_STORE,
    {NULL, 0, NULL, NULL},
};

/* The events found, as lines or JSON. */
typedef struct Listing {
  ChArena arena;
  CH_VEC(ChEventLine) lines;
  ChBuf out;
  bool json;
} Listing;

static bool add_json(Listing *l, const ChStoreEvent *e)
{
  json_t *o = ch_store_event_json(e);
  ch_out_json(o, false, &l->out);
  json_decref(o);
  return !l->out.failed;
}

static bool add_event(void *context, const ChStoreEvent *e)
{
  Listing *l = context;
  if (l->json)
    return add_json(l, e);
  ChArena *a = &l->arena;
  *CH_PUSH(a, &l->lines) = (ChEventLine){.id = ch_arena_printf(a, "%.*s:%.*s", CH_ARG(e->report), CH_ARG(e->id)),
                                         .time = ch_arena_copy(a, e->time),
                                         .status = ch_arena_copy(a, e->status),
                                         .kind = ch_arena_copy(a, e->kind),
                                         .place = ch_arena_copy(a, e->place),
                                         .who = ch_arena_copy(a, e->who)};
  return true;
}

bool ch_cli_list_events(ChCli *cli, const char *store, const ChStoreQuery *q, bool json)
{
  ChError err = {0};
  Listing l = {.json = json};
  ch_arena_init(&l.arena, SIZE_MAX);
  ChStore *s = ch_cli_store(store, false, &err);
  if (s)
    ch_store_events(s, q, add_event, &l, &err);
  ch_store_close(s);
  bool done = !ch_failed(&err);
  if (done) {
    ChPage page = ch_cli_page();
    ch_out_event_lines(l.lines.at, l.lines.n, &page, &l.out);
    done = ch_cli_print(cli, &l.out);
  } else {
    ch_cli_complain_error(cli, &err, NULL);
  }
  ch_buf_free(&l.out);
  ch_arena_free(&l.arena);
  return done;
}

static ChExit run(ChCli *cli)
{
  const char *const *v = cli->value;
  if (!ch_cli_edtf(cli, "from", v[FROM]) || !ch_cli_edtf(cli, "to", v[TO]))
    return CH_EXIT_UNUSABLE;
  ChStoreQuery q = {.who = ch_slice_z(v[WHO]),
                    .with = ch_slice_z(v[WITH]),
                    .where = ch_slice_z(v[WHERE]),
                    .kind = ch_slice_z(v[KIND]),
                    .status = ch_slice_z(v[STATUS]),
                    .from = ch_slice_z(v[FROM]),
                    .to = ch_slice_z(v[TO])};
  return ch_cli_list_events(cli, v[STORE], &q, v[JSON] != NULL) ? CH_EXIT_DONE : CH_EXIT_UNUSABLE;
}

const ChCommand ch_command_events = {"events",
                                     "",
                                     "list the events of the store that fit filters",
                                     "Lists events by time: date, status, kind, place, who takes part, and the id that 'chancery "
                                     "show' takes. Names match from the start "
                                     "of any word, in any script of the reports, whatever the case.",
                                     options,
                                     0,
                                     0,
                                     run};
