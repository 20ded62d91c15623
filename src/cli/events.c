/* chancery events: events of the store by filters. */
#include "cli/happenings.h"

enum { WHO, WITH, WHERE, KIND, STATUS, FROM, TO, AS_OF, JSON, STORE };
static const ChOption options[] = {
    [WHO] = {"who", 0, "NAME", "a person, state or body that takes part"},
    [WITH] = {"with", 0, "NAME", "another one that takes part"},
    [WHERE] = {"where", 0, "PLACE", "where it is"},
    [KIND] = {"kind", 0, "KIND", "its kind: visit, meeting, call, conference, signing ..."},
    [STATUS] = {"status", 0, "STATUS", "its status: held, ongoing, scheduled, expected, possible, cancelled ..."},
    [FROM] = {"from", 0, "DATE", "not over before this day, month or year"},
    [TO] = {"to", 0, "DATE", "begun by this day, month or year"},
    [AS_OF] = {"as-of", 0, "DATE", "only what reports told by then"},
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

static ChSlice copy(ChArena *a, const json_t *h, const char *key)
{
  const json_t *v = json_object_get(h, key);
  return ch_arena_copy(a, ch_slice(json_string_value(v) ? json_string_value(v) : "", json_string_length(v)));
}

/* "A, B (3 reports)" */
static ChSlice who(ChArena *a, const json_t *h)
{
  const json_t *list = json_object_get(h, "participants");
  size_t reports = json_array_size(json_object_get(h, "reports"));
  ChBuf b = {0};
  for (size_t i = 0; i < json_array_size(list); i++)
    ch_buf_printf(&b, "%s%s", i ? ", " : "", json_string_value(json_object_get(json_array_get(list, i), "name")));
  if (reports > 1)
    ch_buf_printf(&b, "%s(%zu reports)", b.n ? " " : "", reports);
  ChSlice text = ch_arena_copy(a, ch_buf_view(&b));
  ch_buf_free(&b);
  return text;
}

static bool add(void *context, const json_t *h)
{
  Listing *l = context;
  ChArena *a = &l->arena;
  if (l->json) {
    ch_out_json(h, false, &l->out);
    return !l->out.failed;
  }
  *CH_PUSH(a, &l->lines) = (ChEventLine){.id = copy(a, h, "id"),
                                         .time = copy(a, h, "time"),
                                         .status = copy(a, h, "status"),
                                         .kind = copy(a, h, "kind"),
                                         .place = copy(a, h, "place"),
                                         .who = who(a, h)};
  return true;
}

bool ch_cli_list_events(ChCli *cli, const char *store, const ChStoreQuery *q, const char *as_of, bool json)
{
  ChError err = {0};
  Listing l = {.json = json};
  ch_arena_init(&l.arena, SIZE_MAX);
  ChPack *pack = ch_cli_pack(&err);
  if (pack)
    ch_cli_happenings(pack, store, q, ch_slice_z(as_of), add, &l, &err);
  bool done = !ch_failed(&err);
  if (done) {
    ChPage page = ch_cli_page();
    ch_out_event_lines(l.lines.at, l.lines.n, &page, &l.out);
    done = ch_cli_print(cli, &l.out);
  } else {
    ch_cli_complain_error(cli, &err, NULL);
  }
  ch_pack_close(pack);
  ch_buf_free(&l.out);
  ch_arena_free(&l.arena);
  return done;
}

static ChExit run(ChCli *cli)
{
  const char *const *v = cli->value;
  if (!ch_cli_edtf(cli, "from", v[FROM]) || !ch_cli_edtf(cli, "to", v[TO]) || !ch_cli_day(cli, "as-of", v[AS_OF]))
    return CH_EXIT_UNUSABLE;
  ChStoreQuery q = {.who = ch_slice_z(v[WHO]),
                    .with = ch_slice_z(v[WITH]),
                    .where = ch_slice_z(v[WHERE]),
                    .kind = ch_slice_z(v[KIND]),
                    .status = ch_slice_z(v[STATUS]),
                    .from = ch_slice_z(v[FROM]),
                    .to = ch_slice_z(v[TO])};
  return ch_cli_list_events(cli, v[STORE], &q, v[AS_OF], v[JSON] != NULL) ? CH_EXIT_DONE : CH_EXIT_UNUSABLE;
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
