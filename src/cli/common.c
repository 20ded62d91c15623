#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/cli.h"
#include "intake/intake.h"
#include "model/languages.h"
#include "out/place.h"
#include "pipeline/dump.h"
#include "pipeline/pipeline.h"
#include "world/world.h"
#include "world/day.h"

#ifndef CH_SHARE
#define CH_SHARE "/usr/local/share/chancery"
#endif

/* ---- complaints and results ---- */

void ch_cli_complain(ChCli *cli, const char *fmt, ...)
{
  va_list ap;
  cli->complaints++;
  fflush(stdout);
  if (cli->progress && cli->progress->shown && cli->progress->drawn != cli->progress->began)
    fputs("\r\033[K", stderr);
  fputs("chancery: ", stderr);
  va_start(ap, fmt);
  vfprintf(stderr, fmt, ap);
  va_end(ap);
  fputc('\n', stderr);
}

void ch_cli_complain_error(ChCli *cli, ChError *err, const char *file)
{
  char text[sizeof(ChError) + 64];
  if (!err->file[0] && file)
    snprintf(err->file, sizeof err->file, "%s", file);
  ch_error_format(err, text, sizeof text);
  ch_cli_complain(cli, "%s", text);
  *err = (ChError){0};
}

bool ch_cli_print(ChCli *cli, ChBuf *b)
{
  bool ok = !b->failed && fwrite(b->p ? b->p : "", 1, b->n, stdout) == b->n;
  if (b->failed)
    ch_cli_complain(cli, "not enough memory for the output");
  else if (!ok && errno != EPIPE)
    ch_cli_complain(cli, "standard output cannot be written: %s", strerror(errno));
  b->n = 0;
  return ok;
}

ChPage ch_cli_page(void)
{
  ChPage page = {.width = 100, .bold = isatty(STDOUT_FILENO) != 0};
  struct winsize w;
  const char *columns = getenv("COLUMNS");
  uint32_t n = 0;
  if (columns && ch_slice_uint(ch_slice_z(columns), 10000, &n))
    page.width = n;
  else if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col)
    page.width = w.ws_col;
  if (page.width < CH_PAGE_MIN)
    page.width = CH_PAGE_MIN;
  if (page.width > CH_PAGE_MAX)
    page.width = CH_PAGE_MAX;
  if (getenv("NO_COLOR"))
    page.bold = false;
  return page;
}

bool ch_cli_day(ChCli *cli, const char *option, const char *z)
{
  int32_t first, last;
  bool ok = !z || (strlen(z) == 10 && ch_day_span(ch_slice_z(z), &first, &last));
  if (!ok)
    ch_cli_complain(cli, "%s: --%s needs a day as YYYY-MM-DD, not '%s'", cli->command->name, option, z);
  return ok;
}

bool ch_cli_edtf(ChCli *cli, const char *option, const char *z)
{
  int32_t first, last;
  bool ok = !z || ch_day_span(ch_slice_z(z), &first, &last);
  if (!ok)
    ch_cli_complain(cli, "%s: --%s needs a date (YYYY-MM-DD, YYYY-MM or YYYY) or an interval (A/B), not '%s'", cli->command->name,
                    option, z);
  return ok;
}

/* ---- the pack ---- */

ChPack *ch_cli_pack(ChError *err)
{
  const char *named = getenv("CHANCERY_PACK");
  if (named && *named)
    return ch_pack_open(named, err);
  char path[PATH_MAX + 32];
  ssize_t n = readlink("/proc/self/exe", path, PATH_MAX);
  while (n > 0 && path[n - 1] != '/')
    n--;
  if (n > 0) {
    snprintf(path + n, sizeof path - (size_t)n, "chancery.pack");
    if (access(path, F_OK) == 0)
      return ch_pack_open(path, err);
  }
  if (access(CH_SHARE "/chancery.pack", F_OK) == 0)
    return ch_pack_open(CH_SHARE "/chancery.pack", err);
  ch_error_set(err, CH_ERR_NOTFOUND, "no pack: neither CHANCERY_PACK nor %s nor " CH_SHARE "/chancery.pack; 'chancery pack' makes one",
               n > 0 ? path : "chancery.pack");
  return NULL;
}

bool ch_cli_lang(ChCli *cli, const ChPack *pack, const char *code)
{
  if (!code || ch_language_index(pack, ch_slice_z(code)) < CH_LANGUAGES_MAX)
    return true;
  ChBuf known = {0};
  size_t n;
  const ChLanguage *list = ch_languages(pack, &n);
  for (size_t i = 0; i < n; i++)
    ch_buf_printf(&known, " %.*s", CH_ARG(ch_pack_word(pack, list[i].code)));
  ch_cli_complain(cli, "%s: --lang: no such language: %s; the pack has:%s", cli->command->name, code, known.p ? known.p : " none");
  ch_buf_free(&known);
  return false;
}

/* ---- the store ---- */

/* Makes the folders of a path that are missing; what fails shows when the file is opened. */
static void make_folders(char *path)
{
  for (char *p = strchr(path + 1, '/'); p; p = strchr(p + 1, '/')) {
    *p = '\0';
    mkdir(path, 0777);
    *p = '/';
  }
}

ChStore *ch_cli_store(const char *named, bool create, ChError *err)
{
  char path[PATH_MAX];
  const char *env = getenv("CHANCERY_STORE"), *xdg = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
  if (!named && env && *env)
    named = env;
  if (named)
    return ch_store_open(named, create, err);
  if (xdg && *xdg == '/') {
    snprintf(path, sizeof path, "%s/chancery/chancery.db", xdg);
  } else if (home && *home) {
    snprintf(path, sizeof path, "%s/.local/share/chancery/chancery.db", home);
  } else {
    ch_error_set(err, CH_ERR_USAGE, "no place for the store: neither --store nor CHANCERY_STORE nor HOME is set");
    return NULL;
  }
  if (create)
    make_folders(path);
  return ch_store_open(path, create, err);
}

/* ---- reading reports ---- */

void ch_reader_open(ChReader *reader, const char *world, ChError *err)
{
  *reader = (ChReader){.pack = ch_cli_pack(err)};
  if (!world)
    world = getenv("CHANCERY_WORLD");
  if (reader->pack && world && *world) {
    ChPack *base = reader->pack;
    reader->pack = ch_world_overlay(base, world, err);
    ch_pack_close(base);
  }
  ch_arena_init(&reader->arena, CH_REPORT_MEMORY);
}

void ch_reader_close(ChReader *reader)
{
  ch_arena_free(&reader->arena);
  ch_buf_free(&reader->bytes);
  ch_pack_close(reader->pack);
}

void ch_reader_load(ChReader *reader, const char *path, ChError *err)
{
  reader->bytes.n = 0;
  ch_file_read(path, CH_INTAKE_MAX, &reader->bytes, err);
}

void ch_reader_parse(ChReader *reader, const char *path, const ChMeta *meta, ChError *err)
{
  ch_arena_reset(&reader->arena);
  ChIntake in = {.source = ch_intake_source(ch_slice_z(path)), .meta = *meta};
  ch_intake_report(&reader->report, &reader->arena, reader->pack, ch_buf_view(&reader->bytes), &in, err);
  if (!reader->last || strcmp(reader->last, CH_STAGE_INTAKE) != 0)
    ch_pipeline_run(&reader->report, reader->last, err);
}

void ch_reader_read(ChReader *reader, const char *path, const ChMeta *meta, ChError *err)
{
  ch_reader_load(reader, path, err);
  ch_reader_parse(reader, path, meta, err);
}

void ch_reader_complain(const ChReader *reader, ChCli *cli, const char *path, bool notes)
{
  const ChReport *r = &reader->report;
  ChPlaces places;
  if (!r->diags.n)
    return;
  ch_places_init(&places, r->text);
  for (size_t i = 0; i < r->diags.n; i++) {
    const ChDiag *d = &r->diags.at[i];
    ChPosition at = ch_places_at(&places, d->span.start);
    size_t before = cli->complaints;
    if (d->level != CH_LEVEL_NOTE || notes)
      ch_cli_complain(cli, "%s:%u:%u: %s: %s", path, at.line, at.column, ch_level_name(d->level), ch_fault_text(d->fault));
    if (d->level == CH_LEVEL_NOTE)
      cli->complaints = before;
  }
  ch_places_free(&places);
}

/* ---- progress ---- */

static int64_t now_ms(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void ch_progress_start(ChProgress *p, size_t all)
{
  *p = (ChProgress){.all = all, .began = now_ms(), .shown = isatty(STDERR_FILENO) != 0};
  p->drawn = p->began;
}

void ch_progress_step(ChProgress *p)
{
  enum { BAR = 30, QUIET_MS = 500, EVERY_MS = 100 };
  p->done++;
  int64_t now = p->shown ? now_ms() : 0;
  if (!p->shown || now - p->began < QUIET_MS || now - p->drawn < EVERY_MS || !p->all)
    return;
  p->drawn = now;
  size_t full = p->done >= p->all ? BAR : p->done * BAR / p->all;
  char bar[BAR + 1];
  memset(bar, '#', full);
  memset(bar + full, '.', BAR - full);
  bar[BAR] = '\0';
  int64_t left = (now - p->began) / (int64_t)p->done * (int64_t)(p->all - (p->done < p->all ? p->done : p->all)) / 1000;
  fprintf(stderr, "\r[%s] %zu of %zu, %lld s left \033[K", bar, p->done, p->all, (long long)left);
  fflush(stderr);
}

void ch_progress_end(ChProgress *p)
{
  if (p->shown && p->drawn != p->began)
    fputs("\r\033[K", stderr);
  p->shown = false;
}
