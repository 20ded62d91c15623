/* chancery read: reports to readings. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

enum { JSON, EXPLAIN, PUBLISHED, OUTLET, TITLE, LANG, WORLD };
static const ChOption options[] = {
    [JSON] = {"json", 0, NULL, "print JSON: one file indented, several files one object a line"},
    [EXPLAIN] = {"explain", 0, NULL,
                 "also print the rule and confidence of each field, the reasons for the report's date, and all notes"},
    [PUBLISHED] = {"published", 0, "DATE", "the day of the report (YYYY-MM-DD)"},
    [OUTLET] = {"outlet", 0, "NAME", "who published it"},
    [TITLE] = {"title", 0, "TEXT", "its title"},
    [LANG] = {"lang", 0, "CODE", "its language"},
    [WORLD] = CH_OPTION_WORLD,
    {NULL, 0, NULL, NULL},
};

static ChSlice given(const ChCli *cli, size_t option) { return ch_slice_z(cli->value[option]); }

/* The file's name without folders and ending. */
static ChSlice file_id(const char *path)
{
  const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
  return strcmp(path, "-") == 0 ? CH_LIT("") : ch_slice(name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

static bool read_one(ChCli *cli, ChReader *reader, const char *path, ChBuf *out)
{
  ChError err = {0};
  ChMeta meta = {.id = file_id(path),
                 .published = given(cli, PUBLISHED),
                 .outlet = given(cli, OUTLET),
                 .title = given(cli, TITLE),
                 .lang = given(cli, LANG)};
  ch_reader_read(reader, path, &meta, &err);
  json_t *reading = ch_failed(&err) ? NULL : ch_out_reading(&reader->report);
  if (!reading) {
    ch_error_set(&err, CH_ERR_LIMIT, "not enough memory"); /* unless another fault stands */
    ch_cli_complain_error(cli, &err, path);
    return false;
  }
  if (cli->value[JSON]) {
    ch_out_json(reading, cli->operands == 1, out);
  } else {
    ChPage page = ch_cli_page();
    page.explain = cli->value[EXPLAIN] != NULL;
    if (cli->operands > 1)
      ch_buf_printf(out, "==> %s <==\n", path);
    ch_out_reading_page(reading, &page, out);
    if (cli->operands > 1)
      ch_buf_char(out, '\n');
  }
  json_decref(reading);
  bool printed = ch_cli_print(cli, out);
  ch_reader_complain(reader, cli, path, cli->value[EXPLAIN] != NULL);
  return printed;
}

static ChExit run(ChCli *cli)
{
  if (!ch_cli_published(cli, cli->value[PUBLISHED]))
    return CH_EXIT_UNUSABLE;
  ChError err = {0};
  ChReader reader;
  ChBuf out = {0};
  size_t done = 0;
  ch_reader_open(&reader, cli->value[WORLD], &err);
  if (ch_failed(&err))
    ch_cli_complain_error(cli, &err, NULL);
  bool usable = reader.pack && ch_cli_lang(cli, reader.pack, cli->value[LANG]);
  for (size_t i = 0; usable && i < cli->operands; i++)
    done += read_one(cli, &reader, cli->operand[i], &out);
  ch_buf_free(&out);
  ch_reader_close(&reader);
  return done ? CH_EXIT_DONE : CH_EXIT_UNUSABLE;
}

const ChCommand ch_command_read = {"read",
                                   "FILE...",
                                   "read reports and print what they say",
                                   "Reads each report (plain text or HTML in any character set; - is standard input) and prints its "
                                   "reading: people, events, statements, "
                                   "each with the words that carry it.",
                                   options,
                                   1,
                                   SIZE_MAX,
                                   run};
