/* chancery calendar: what is to come. */
#include <time.h>

#include "cli/happenings.h"

enum { FROM, TO, WHO, WHERE, AS_OF, JSON, ICS, STORE };
static const ChOption options[] = {
    [FROM] = {"from", 0, "DATE", "from this day on (today)"},
    [TO] = {"to", 0, "DATE", "up to this day"},
    [WHO] = {"who", 0, "NAME", "only with this person, state or body"},
    [WHERE] = {"where", 0, "PLACE", "only there"},
    [AS_OF] = {"as-of", 0, "DATE", "only what reports told by then"},
    [JSON] = {"json", 0, NULL, "print one JSON object a line"},
    [ICS] = {"ics", 0, NULL, "print a calendar (iCalendar) for calendar programs"},
    [STORE] = CH_OPTION_STORE,
    {NULL, 0, NULL, NULL},
};

static ChExit run(ChCli *cli)
{
  const char *const *v = cli->value;
  char today[16];
  time_t now = time(NULL);
  struct tm tm;
  localtime_r(&now, &tm);
  strftime(today, sizeof today, "%Y-%m-%d", &tm);
  if (!ch_cli_edtf(cli, "from", v[FROM]) || !ch_cli_edtf(cli, "to", v[TO]) || !ch_cli_day(cli, "as-of", v[AS_OF]))
    return CH_EXIT_UNUSABLE;
  ChStoreQuery q = {.who = ch_slice_z(v[WHO]),
                    .where = ch_slice_z(v[WHERE]),
                    .from = ch_slice_z(v[FROM] ? v[FROM] : today),
                    .to = ch_slice_z(v[TO]),
                    .coming = true};
  if (v[ICS]) {
    ChExportTask task = {.format = ch_export_format("ics"), .store = v[STORE], .as_of = v[AS_OF], .query = q};
    return ch_cli_export(cli, &task);
  }
  return ch_cli_list_events(cli, v[STORE], &q, v[AS_OF], v[JSON] != NULL) ? CH_EXIT_DONE : CH_EXIT_UNUSABLE;
}

const ChCommand ch_command_calendar = {
    "calendar",
    "",
    "list the events of the store that are to come",
    "Lists what is under way or to come, by day, each with how sure it is: ongoing, scheduled, expected, possible, proposed, or "
    "postponed "
    "to that day. Events without a date follow where their report is not older than the first day asked for.",
    options,
    0,
    0,
    run};
