/* chancery export: the store's readings as files. */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "cli/cli.h"

enum { OUT, STORE };
static const ChOption options[] = {
    [OUT] = {"out", 0, "DIR", "the folder to write to; made where it is missing"},
    [STORE] = CH_OPTION_STORE,
    {NULL, 0, NULL, NULL},
};

typedef struct Export {
  const char *dir;
  ChError *err;
  size_t written;
} Export;

/* DIR/ID.json, '/' in the id as "__": whole or not at all. */
static bool write_one(void *context, ChSlice report, ChSlice json)
{
  Export *x = context;
  ChBuf path = {0}, text = {0};
  ch_buf_printf(&path, "%s/", x->dir);
  for (size_t i = 0; i < report.n; i++) {
    if (report.p[i] == '/')
      ch_buf_text(&path, "__");
    else
      ch_buf_char(&path, report.p[i]);
  }
  ch_buf_text(&path, ".json");
  ch_buf_slice(&text, json);
  ch_buf_char(&text, '\n');
  ch_file_write(path.p, ch_buf_view(&text), x->err);
  x->written += !ch_failed(x->err);
  ch_buf_free(&path);
  ch_buf_free(&text);
  return !ch_failed(x->err);
}

static ChExit run(ChCli *cli)
{
  ChError err = {0};
  Export x = {.dir = cli->value[OUT], .err = &err};
  if (strcmp(cli->operand[0], "readings") != 0) {
    ch_cli_complain(cli, "export: no such format: %s; there is: readings", cli->operand[0]);
    return CH_EXIT_UNUSABLE;
  }
  if (!x.dir) {
    ch_cli_complain(cli, "export: --out DIR is missing");
    return CH_EXIT_UNUSABLE;
  }
  ChStore *s = ch_cli_store(cli->value[STORE], false, &err);
  if (s && mkdir(x.dir, 0777) != 0 && errno != EEXIST)
    ch_error_at(&err, CH_ERR_IO, ch_slice_z(x.dir), 0, 0, "cannot be made: %s", strerror(errno));
  if (s && !ch_failed(&err))
    ch_store_readings(s, write_one, &x, &err);
  ch_store_close(s);
  if (!ch_failed(&err))
    return CH_EXIT_DONE;
  ch_cli_complain_error(cli, &err, NULL);
  return x.written ? CH_EXIT_COMPLAINTS : CH_EXIT_UNUSABLE;
}

const ChCommand ch_command_export = {
    "export",
    "readings",
    "write the store's readings as files",
    "Writes the reading of each report to DIR/ID.json ('/' in the id as '__'), each file whole or not at all.",
    options,
    1,
    1,
    run};
