/* chancery read: reports to readings. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/items.h"

enum { JSON, EXPLAIN, PUBLISHED, OUTLET, TITLE, LANG, MAP, WORLD };
static const ChOption options[] = {
    [JSON] = {"json", 0, NULL, "print JSON: one file indented, several files one object a line"},
    [EXPLAIN] = {"explain", 0, NULL,
                 "also print the rule and confidence of each field, the reasons for the report's date, and all notes"},
    [PUBLISHED] = {"published", 0, "DATE", "the day of the report (YYYY-MM-DD)"},
    [OUTLET] = {"outlet", 0, "NAME", "who published it"},
    [TITLE] = {"title", 0, "TEXT", "its title"},
    [LANG] = {"lang", 0, "CODE", "its language"},
    [MAP] = CH_OPTION_MAP,
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

typedef struct Work {
  ChCli *cli;
  ChReader *reader;
  const char *path;
  ChBuf out;
  size_t done;
  bool many; /* several readings are printed */
} Work;

/* Prints the reading of the reader's report, or complains. */
static void print_one(Work *w, const char *label, ChError *err)
{
  ChCli *cli = w->cli;
  json_t *reading = ch_failed(err) ? NULL : ch_out_reading(&w->reader->report);
  if (!reading) {
    ch_error_set(err, CH_ERR_LIMIT, "not enough memory"); /* unless another fault stands */
    ch_cli_complain_error(cli, err, label);
    return;
  }
  if (cli->value[JSON]) {
    ch_out_json(reading, !w->many, &w->out);
  } else {
    ChPage page = ch_cli_page();
    page.explain = cli->value[EXPLAIN] != NULL;
    if (w->many)
      ch_buf_printf(&w->out, "==> %s <==\n", label);
    ch_out_reading_page(reading, &page, &w->out);
    if (w->many)
      ch_buf_char(&w->out, '\n');
  }
  json_decref(reading);
  w->done += ch_cli_print(cli, &w->out);
  ch_reader_complain(w->reader, cli, label, cli->value[EXPLAIN] != NULL);
}

static bool read_item(void *context, const ChItem *item)
{
  Work *w = context;
  ChError err = {0};
  ChBuf label = {0}, name = {0};
  w->reader->bytes.n = 0;
  ch_buf_slice(&w->reader->bytes, item->bytes);
  ch_buf_printf(&label, "%s: item %zu", w->path, item->number);
  ch_buf_slice(&name, item->name);
  if (w->reader->bytes.failed || label.failed || name.failed)
    ch_error_set(&err, CH_ERR_LIMIT, "not enough memory");
  ch_reader_parse(w->reader, name.p ? name.p : "", &item->meta, &err);
  print_one(w, label.p ? label.p : w->path, &err);
  ch_buf_free(&label);
  ch_buf_free(&name);
  return true;
}

static void read_path(Work *w, const char *path)
{
  ChCli *cli = w->cli;
  ChError err = {0};
  ChSidecar beside;
  ChMeta meta = {.id = file_id(path),
                 .published = given(cli, PUBLISHED),
                 .outlet = given(cli, OUTLET),
                 .title = given(cli, TITLE),
                 .lang = given(cli, LANG)};
  w->path = path;
  w->many = cli->operands > 1;
  ch_cli_sidecar_open(&beside, cli, w->reader->pack, path);
  ch_cli_sidecar_under(&meta, &beside.meta);
  if (ch_cli_many(path)) {
    w->many = true;
    ch_cli_items(cli, w->reader->pack, path, cli->value[MAP], &meta, read_item, w);
  } else {
    ch_reader_read(w->reader, path, &meta, &err);
    print_one(w, path, &err);
  }
  ch_cli_sidecar_close(&beside);
}

static ChExit run(ChCli *cli)
{
  if (!ch_cli_day(cli, "published", cli->value[PUBLISHED]))
    return CH_EXIT_UNUSABLE;
  ChError err = {0};
  if (!ch_intake_map_check(given(cli, MAP), &err)) {
    ch_cli_complain_error(cli, &err, NULL);
    return CH_EXIT_UNUSABLE;
  }
  ChReader reader;
  Work w = {.cli = cli, .reader = &reader};
  ch_reader_open(&reader, cli->value[WORLD], &err);
  if (ch_failed(&err))
    ch_cli_complain_error(cli, &err, NULL);
  bool usable = reader.pack && ch_cli_lang(cli, reader.pack, cli->value[LANG]);
  for (size_t i = 0; usable && i < cli->operands; i++)
    read_path(&w, cli->operand[i]);
  ch_buf_free(&w.out);
  ch_reader_close(&reader);
  return w.done ? CH_EXIT_DONE : CH_EXIT_UNUSABLE;
}

const ChCommand ch_command_read = {"read",
                                   "FILE...",
                                   "read reports and print what they say",
                                   "Reads each report (plain text or HTML in any character set; - is standard input; each report of a feed, a JSON "
                                   "Lines or a WARC file) and prints its "
                                   "reading: people, events, statements, "
                                   "each with the words that carry it.",
                                   options,
                                   1,
                                   SIZE_MAX,
                                   run};
