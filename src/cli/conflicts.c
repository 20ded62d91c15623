/* chancery conflicts: where reports, or sources in one, contradict each other and no later one settles it. */
#include "cli/happenings.h"

enum { WHO, FROM, TO, AS_OF, JSON, STORE };
static const ChOption options[] = {
    [WHO] = {"who", 0, "NAME", "only with this person, state or body"},
    [FROM] = {"from", 0, "DATE", "not over before this day, month or year"},
    [TO] = {"to", 0, "DATE", "begun by this day, month or year"},
    [AS_OF] = {"as-of", 0, "DATE", "only what reports told by then"},
    [JSON] = {"json", 0, NULL, "print one JSON object a line"},
    [STORE] = CH_OPTION_STORE,
    {NULL, 0, NULL, NULL},
};

typedef struct Listing {
  ChBuf out;
  ChPage page;
  bool json;
} Listing;

static bool add(void *context, const json_t *h)
{
  Listing *l = context;
  if (!json_array_size(json_object_get(h, "conflicts")))
    return true;
  if (l->json)
    ch_out_json(h, false, &l->out);
  else
    ch_out_conflict_page(h, &l->page, &l->out);
  return !l->out.failed;
}

static ChExit run(ChCli *cli)
{
  const char *const *v = cli->value;
  ChError err = {0};
  if (!ch_cli_edtf(cli, "from", v[FROM]) || !ch_cli_edtf(cli, "to", v[TO]) || !ch_cli_day(cli, "as-of", v[AS_OF]))
    return CH_EXIT_UNUSABLE;
  ChStoreQuery q = {.who = ch_slice_z(v[WHO]), .from = ch_slice_z(v[FROM]), .to = ch_slice_z(v[TO])};
  Listing l = {.json = v[JSON] != NULL, .page = ch_cli_page()};
  ChPack *pack = ch_cli_pack(&err);
  if (pack)
    ch_cli_happenings(pack, v[STORE], &q, ch_slice_z(v[AS_OF]), add, &l, &err);
  ch_pack_close(pack);
  if (ch_failed(&err))
    ch_cli_complain_error(cli, &err, NULL);
  bool done = !cli->complaints && ch_cli_print(cli, &l.out);
  ch_buf_free(&l.out);
  return done ? CH_EXIT_DONE : CH_EXIT_UNUSABLE;
}

const ChCommand ch_command_conflicts = {
    "conflicts",
    "",
    "list what reports give differently and no later report settles",
    "Lists the events of which reports, or sources in one report, give another status, time or place, each value with its report.",
    options,
    0,
    0,
    run};
