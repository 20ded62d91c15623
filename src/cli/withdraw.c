/* chancery withdraw: takes a report out of the store. */
#include "cli/cli.h"

enum { STORE };
static const ChOption options[] = {
    [STORE] = CH_OPTION_STORE,
    {NULL, 0, NULL, NULL},
};

static ChExit run(ChCli *cli)
{
  ChStore *s = NULL;
  ChError err = {0};
  ChPack *pack = ch_cli_pack(&err);
  s = pack ? ch_cli_store(cli->value[STORE], false, &err) : NULL;
  if (s)
    ch_store_use(s, pack);
  for (size_t i = 0; s && i < cli->operands && !ch_failed(&err); i++)
    ch_store_withdraw(s, ch_slice_z(cli->operand[i]), &err);
  ch_store_close(s);
  ch_pack_close(pack);
  if (ch_failed(&err))
    ch_cli_complain_error(cli, &err, NULL);
  return cli->complaints ? CH_EXIT_UNUSABLE : CH_EXIT_DONE;
}

const ChCommand ch_command_withdraw = {
    "withdraw",
    "REPORT...",
    "take reports out of the store",
    "Takes reports and all that was read in them out of the store; the record is then what it would be had they never come.",
    options,
    1,
    SIZE_MAX,
    run};
