/* The table of commands, and what is made from it: parsing, --help. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

#ifndef CH_VERSION
#define CH_VERSION "0"
#endif

static const ChCommand *const commands[] = {
    &ch_command_read,     &ch_command_ingest, &ch_command_events,  &ch_command_show, &ch_command_search, &ch_command_who,
    &ch_command_brief,    &ch_command_timeline, &ch_command_calendar, &ch_command_conflicts, &ch_command_correct, &ch_command_corrections, &ch_command_withdraw, &ch_command_rebuild, &ch_command_verify, &ch_command_export, &ch_command_analyse, &ch_command_dump, &ch_command_pack,
};
enum { COMMANDS = sizeof commands / sizeof commands[0] };

static const char about[] = "chancery reads reports of diplomacy and keeps the record of who meets whom, when, where and on what.\n";

static void option_head(const ChOption *o, ChBuf *b)
{
  if (o->letter)
    ch_buf_printf(b, "-%c, ", o->letter);
  ch_buf_printf(b, "--%s", o->name);
  if (o->value)
    ch_buf_printf(b, " %s", o->value);
}

static void help_command(const ChCommand *c, ChBuf *b)
{
  ChPage page = ch_cli_page();
  ch_buf_printf(b, "usage: chancery %s%s%s%s\n\n", c->name, c->options->name ? " [OPTION...]" : "", *c->operands ? " " : "",
                c->operands);
  ch_out_wrap(b, ch_slice_z(c->help), 0, 0, page.width);
  ch_buf_text(b, "\n\noptions:\n");
  for (const ChOption *o = c->options; o->name; o++) {
    ChBuf head = {0};
    option_head(o, &head);
    ch_buf_printf(b, "  %-22.*s  ", CH_ARG(ch_buf_view(&head)));
    ch_out_wrap(b, ch_slice_z(o->help), (uint32_t)(head.n > 22 ? head.n + 4 : 26), 26, page.width);
    ch_buf_char(b, '\n');
    ch_buf_free(&head);
  }
  ch_buf_printf(b, "  %-22s  print this\n", "-h, --help");
}

static void help_all(ChBuf *b)
{
  ChPage page = ch_cli_page();
  ch_buf_text(b, "usage: chancery COMMAND [OPTION...] [ARGUMENT...]\n\n");
  ch_out_wrap(b, ch_slice_z(about), 0, 0, page.width);
  ch_buf_text(b, "\n\ncommands:\n");
  for (size_t i = 0; i < COMMANDS; i++) {
    ch_buf_printf(b, "  %-11s ", commands[i]->name);
    ch_out_wrap(b, ch_slice_z(commands[i]->summary), 14, 14, page.width);
    ch_buf_char(b, '\n');
  }
  ch_buf_text(b,
              "\n'chancery COMMAND --help' tells more of a command. Exit status: 0 done, 1 done with complaints, 2 unusable input or\n"
              "arguments.\n");
}

static const ChCommand *find_command(const char *name)
{
  for (size_t i = 0; i < COMMANDS; i++)
    if (strcmp(commands[i]->name, name) == 0)
      return commands[i];
  return NULL;
}

/* Where the option stands in the table; SIZE_MAX where it does not. */
static size_t find_option(const ChCommand *c, const char *arg, size_t n)
{
  for (size_t i = 0; c->options[i].name; i++) {
    const ChOption *o = &c->options[i];
    bool whole = strncmp(arg, "--", 2) == 0 && strlen(o->name) == n - 2 && memcmp(arg + 2, o->name, n - 2) == 0;
    if (whole || (o->letter && n == 2 && arg[0] == '-' && arg[1] == o->letter))
      return i;
  }
  return SIZE_MAX;
}

/* One option at argv[*i]; false after a complaint. */
static bool take_option(ChCli *cli, int argc, char **argv, int *i)
{
  char *arg = argv[*i], *equals = strncmp(arg, "--", 2) == 0 ? strchr(arg, '=') : NULL;
  size_t n = equals ? (size_t)(equals - arg) : strlen(arg);
  size_t at = find_option(cli->command, arg, n);
  if (at == SIZE_MAX) {
    ch_cli_complain(cli, "%s: no such option: %.*s (see 'chancery %s --help')", cli->command->name, (int)n, arg, cli->command->name);
    return false;
  }
  const ChOption *o = &cli->command->options[at];
  if (!o->value) {
    if (equals)
      ch_cli_complain(cli, "%s: --%s takes no value", cli->command->name, o->name);
    cli->value[at] = "";
    return !equals;
  }
  if (!equals && *i + 1 >= argc) {
    ch_cli_complain(cli, "%s: --%s needs a value: %s", cli->command->name, o->name, o->value);
    return false;
  }
  cli->value[at] = equals ? equals + 1 : argv[++*i];
  return true;
}

static bool parse(ChCli *cli, int argc, char **argv, bool *help)
{
  bool options = true;
  for (int i = 0; i < argc; i++) {
    if (options && strcmp(argv[i], "--") == 0) {
      options = false;
    } else if (options && (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)) {
      *help = true;
      return true;
    } else if (options && argv[i][0] == '-' && argv[i][1]) {
      if (!take_option(cli, argc, argv, &i))
        return false;
    } else {
      cli->operand[cli->operands++] = argv[i];
    }
  }
  const ChCommand *c = cli->command;
  if (cli->operands < c->least)
    ch_cli_complain(cli, "%s: %s is missing (see 'chancery %s --help')", c->name, c->operands, c->name);
  if (cli->operands > c->most)
    ch_cli_complain(cli, "%s: too many arguments: %s (see 'chancery %s --help')", c->name, cli->operand[c->most], c->name);
  return cli->operands >= c->least && cli->operands <= c->most;
}

static int run_command(ChCli *cli, int argc, char **argv)
{
  ChBuf b = {0};
  bool help = false;
  ChExit status = CH_EXIT_UNUSABLE;
  if (parse(cli, argc, argv, &help)) {
    if (help) {
      help_command(cli->command, &b);
      status = ch_cli_print(cli, &b) ? CH_EXIT_DONE : CH_EXIT_UNUSABLE;
    } else {
      status = cli->command->run(cli);
    }
  }
  ch_buf_free(&b);
  if (fflush(stdout) != 0 && status == CH_EXIT_DONE) {
    ch_cli_complain(cli, "standard output cannot be written");
    status = CH_EXIT_UNUSABLE;
  }
  return status == CH_EXIT_DONE && cli->complaints ? CH_EXIT_COMPLAINTS : (int)status;
}

static int without_command(ChCli *cli, const char *first)
{
  ChBuf b = {0};
  int status = CH_EXIT_DONE;
  if (first && (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0 || strcmp(first, "help") == 0)) {
    help_all(&b);
  } else if (first && strcmp(first, "--version") == 0) {
    ch_buf_printf(&b, "chancery %s\n", CH_VERSION);
  } else {
    if (first)
      ch_cli_complain(cli, "no such command: %s (see 'chancery --help')", first);
    else
      ch_cli_complain(cli, "a command is missing (see 'chancery --help')");
    status = CH_EXIT_UNUSABLE;
  }
  if (!ch_cli_print(cli, &b))
    status = CH_EXIT_UNUSABLE;
  ch_buf_free(&b);
  return status;
}

int ch_cli_main(int argc, char **argv)
{
  setlocale(LC_CTYPE, "");
  ChCli cli = {0};
  if (argc < 2 || !find_command(argv[1]))
    return without_command(&cli, argc < 2 ? NULL : argv[1]);
  cli.command = find_command(argv[1]);
  cli.operand = calloc((size_t)argc, sizeof *cli.operand);
  if (!cli.operand) {
    ch_cli_complain(&cli, "not enough memory");
    return CH_EXIT_UNUSABLE;
  }
  int status = run_command(&cli, argc - 2, argv + 2);
  free(cli.operand);
  return status;
}
