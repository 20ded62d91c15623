/* chancery dump: what stands in a report after a stage. */
#include <string.h>

#include "cli/cli.h"
#include "pipeline/dump.h"
#include "pipeline/pipeline.h"

enum { AFTER, PUBLISHED, WORLD };
static const ChOption options[] = {
    [AFTER] = {"after", 0, "STAGE", "the stage to stop after: intake, language, names, when, who, events, discourse (the last)"},
    [PUBLISHED] = {"published", 0, "DATE", "the day of the report (YYYY-MM-DD)"},
    [WORLD] = CH_OPTION_WORLD,
    {NULL, 0, NULL, NULL},
};

static void complain_stage(ChCli *cli, const char *stage)
{
  ChBuf names = {0};
  for (const ChStage *s = ch_pipeline_stages(); s->name; s++)
    ch_buf_printf(&names, " %s", s->name);
  ch_cli_complain(cli, "dump: no such stage: %s; there are: " CH_STAGE_INTAKE "%s", stage, names.p ? names.p : "");
  ch_buf_free(&names);
}

static ChExit run(ChCli *cli)
{
  const char *stage = cli->value[AFTER] ? cli->value[AFTER] : "discourse";
  if (!ch_pipeline_knows(stage)) {
    complain_stage(cli, stage);
    return CH_EXIT_UNUSABLE;
  }
  if (!ch_cli_day(cli, "published", cli->value[PUBLISHED]))
    return CH_EXIT_UNUSABLE;
  ChError err = {0};
  ChReader reader;
  ChMeta meta = {.published = ch_slice_z(cli->value[PUBLISHED])};
  ChBuf out = {0};
  bool printed = false;
  ch_reader_open(&reader, cli->value[WORLD], &err);
  reader.last = stage;
  ch_reader_read(&reader, cli->operand[0], &meta, &err);
  if (ch_failed(&err)) {
    ch_cli_complain_error(cli, &err, reader.pack ? cli->operand[0] : NULL);
  } else {
    ch_pipeline_dump(&reader.report, stage, &out);
    printed = ch_cli_print(cli, &out);
    ch_reader_complain(&reader, cli, cli->operand[0], true);
  }
  ch_buf_free(&out);
  ch_reader_close(&reader);
  return printed ? CH_EXIT_DONE : CH_EXIT_UNUSABLE;
}

const ChCommand ch_command_dump = {"dump",
                                   "FILE",
                                   "print what stands in a report after a stage of the reading",
                                   "Reads the report up to the stage and prints what that stage filled. For work on Chancery itself; "
                                   "the form may change at any time.",
                                   options,
                                   1,
                                   1,
                                   run};
