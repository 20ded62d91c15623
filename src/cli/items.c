/* Files that hold many reports, and what stands beside a report in a file of its own. */
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/cli.h"
#include "cli/items.h"

bool ch_cli_many(const char *path)
{
  char head[4096];
  int fd = strcmp(path, "-") == 0 ? -1 : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat st;
  ssize_t n = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? read(fd, head, sizeof head) : 0;
  if (fd >= 0)
    close(fd);
  return n > 0 && ch_intake_many(ch_slice_z(path), ch_slice(head, (size_t)n));
}

typedef struct Walk {
  ChCli *cli;
  const char *path;
  ChCliEach each;
  void *context;
  const ChMeta *known;
  ChBuf id;
  int fd;
  ChSlice rest;    /* fetched and not read yet */
  const char *url; /* fetched from there, NULL = a file */
  bool page;       /* a page is all that was fetched: the address is its id */
} Walk;

static ptrdiff_t read_file(void *context, char *to, size_t room) { return read(((const Walk *)context)->fd, to, room); }

static ptrdiff_t read_fetched(void *context, char *to, size_t room)
{
  Walk *w = context;
  size_t k = w->rest.n < room ? w->rest.n : room;
  memcpy(to, w->rest.p, k);
  w->rest = ch_slice(w->rest.p + k, w->rest.n - k);
  return (ptrdiff_t)k;
}

static void on_fault(void *context, size_t number, const char *text)
{
  const Walk *w = context;
  ch_cli_complain(w->cli, "%s: item %zu: %s", w->path, number, text);
}

/* Known from outside comes before what the file says. */
static void over(ChSlice *of, ChSlice known) { *of = known.n ? known : *of; }

static bool on_item(void *context, const ChItem *item)
{
  Walk *w = context;
  ChItem own = *item;
  w->id.n = 0;
  if (own.meta.id.n)
    ch_buf_slice(&w->id, own.meta.id);
  else if (w->page)
    ch_buf_slice(&w->id, w->known->id);
  else
    ch_buf_printf(&w->id, "%.*s#%zu", CH_ARG(w->known->id), item->number);
  own.meta.id = ch_buf_view(&w->id);
  over(&own.meta.published, w->known->published);
  over(&own.meta.outlet, w->known->outlet);
  over(&own.meta.title, w->known->title);
  over(&own.meta.lang, w->known->lang);
  return w->each(w->context, &own);
}

static void say_counts(ChCli *cli, const char *path, const ChItemsCount *n)
{
  size_t before = cli->complaints; /* no fault of anybody's */
  if (n->revisits)
    ch_cli_complain(cli, "%s: note: %zu revisits: pages that had not changed since they were last fetched", path, n->revisits);
  if (n->left_out)
    ch_cli_complain(cli, "%s: note: %zu records without an article left out", path, n->left_out);
  if (!n->items && n->kind != CH_ITEMS_ONE && !n->faults)
    ch_cli_complain(cli, "%s: note: no reports in it", path);
  cli->complaints = before;
}

size_t ch_cli_items(ChCli *cli, const ChPack *pack, const char *path, const char *map, const ChMeta *known, ChCliEach each, void *context)
{
  ChError err = {0};
  ChItemsCount count = {0};
  Walk w = {.cli = cli, .path = path, .each = each, .context = context, .known = known};
  const char *slash = strrchr(path, '/');
  w.fd = open(path, O_RDONLY | O_CLOEXEC);
  if (w.fd < 0)
    ch_error_set(&err, CH_ERR_IO, "cannot be opened: %s", strerror(errno));
  ChItems in = {.input = {read_file, &w},
                .name = ch_slice_z(slash ? slash + 1 : path),
                .pack = pack,
                .map = ch_slice_z(map),
                .each = on_item,
                .fault = on_fault,
                .context = &w};
  if (!ch_failed(&err))
    ch_intake_items(&in, &count, &err);
  if (w.fd >= 0)
    close(w.fd);
  say_counts(cli, path, &count);
  if (ch_failed(&err))
    ch_cli_complain_error(cli, &err, path);
  ch_buf_free(&w.id);
  return count.items;
}

/* ---- addresses ---- */

#ifndef CH_VERSION
#define CH_VERSION "0"
#endif

ChFetcher *ch_cli_fetcher(ChError *err)
{
  ChFetchOptions options = {.agent = "chancery/" CH_VERSION " (reads reports of diplomacy; obeys robots.txt)"};
  return ch_fetch_open(&options, err);
}

/* The page or file that was fetched, item by item. */
static void walk_fetched(Walk *w, const ChPack *pack, const char *map, const ChFetched *got, ChItemsCount *count, ChError *err)
{
  ChBuf text = {0};
  ChSlice type = ch_buf_view(&got->type), body = ch_buf_view(&got->body), path = ch_slice_z(w->url);
  path.n = strcspn(w->url, "?#");
  bool page = ch_intake_is_page(type);
  w->page = page;
  w->rest = page ? ch_intake_http_page(pack, body, type, &text) : body;
  bool json = ch_slice_find(type, CH_LIT("json")) != SIZE_MAX;
  ChItems in = {.input = {read_fetched, w},
                .name = json ? CH_LIT("fetched.json") : page ? (type.n > 10 && type.p[5] == 'p' ? CH_LIT("page.txt") : CH_LIT("page.html")) : path,
                .pack = pack,
                .map = ch_slice_z(map),
                .each = on_item,
                .fault = on_fault,
                .context = w};
  if (text.failed)
    ch_error_set(err, CH_ERR_LIMIT, "not enough memory");
  else
    ch_intake_items(&in, count, err);
  ch_buf_free(&text);
}

size_t ch_cli_fetch(ChCli *cli, ChFetcher *fetcher, const ChPack *pack, ChCliPage *page, const ChMeta *known, ChCliEach each, void *context)
{
  ChError err = {0};
  ChItemsCount count = {0};
  ChFetched got;
  Walk w = {.cli = cli, .path = page->url, .each = each, .context = context, .known = known, .url = page->url};
  ch_fetch_get(fetcher, page->url, page->etag, page->modified, &got, &err);
  page->unchanged = !ch_failed(&err) && got.unchanged;
  if (!ch_failed(&err) && !got.unchanged)
    walk_fetched(&w, pack, page->map, &got, &count, &err);
  if (!page->unchanged)
    say_counts(cli, page->url, &count);
  page->whole = !ch_failed(&err) && !got.unchanged && count.items && !count.faults;
  ch_buf_slice(&page->new_etag, ch_buf_view(&got.etag));
  ch_buf_slice(&page->new_modified, ch_buf_view(&got.modified));
  if (ch_failed(&err))
    ch_cli_complain_error(cli, &err, NULL);
  ch_fetched_free(&got);
  ch_buf_free(&w.id);
  return count.items;
}

/* ---- sidecars ---- */

static ChSlice text_of(const json_t *o, const char *key)
{
  const json_t *v = json_object_get(o, key);
  return json_is_string(v) ? ch_slice(json_string_value(v), json_string_length(v)) : CH_LIT("");
}

void ch_cli_sidecar_open(ChSidecar *s, ChCli *cli, const ChPack *pack, const char *path)
{
  enum { MAX = 1 << 20 };
  *s = (ChSidecar){0};
  const char *dot = strrchr(path, '.'), *slash = strrchr(path, '/');
  size_t stem = dot && (!slash || dot > slash) ? (size_t)(dot - path) : strlen(path);
  ChBuf name = {0}, bytes = {0};
  ch_buf_printf(&name, "%.*s.meta.json", (int)stem, path);
  if (strcmp(path, "-") == 0 || access(name.p ? name.p : "", F_OK) != 0) {
    ch_buf_free(&name);
    return;
  }
  ChError err = {0};
  json_error_t where;
  ch_file_read(name.p, MAX, &bytes, &err);
  s->root = ch_failed(&err) ? NULL : json_loadb(bytes.p ? bytes.p : "", bytes.n, 0, &where);
  if (!ch_failed(&err) && !json_is_object(s->root))
    ch_error_set(&err, CH_ERR_INPUT, "no JSON object");
  s->meta = (ChMeta){.published = text_of(s->root, "published"),
                     .outlet = text_of(s->root, "outlet"),
                     .title = text_of(s->root, "title"),
                     .lang = text_of(s->root, "lang"),
                     .author = text_of(s->root, "author"),
                     .url = text_of(s->root, "url")};
  size_t before = cli->complaints;
  if ((s->meta.published.n && !ch_cli_day(cli, "published", json_string_value(json_object_get(s->root, "published")))) ||
      (s->meta.lang.n && !ch_cli_lang(cli, pack, json_string_value(json_object_get(s->root, "lang")))))
    ch_cli_complain(cli, "%s: warning: the sidecar is left out", name.p);
  if (cli->complaints > before)
    s->meta = (ChMeta){0};
  if (ch_failed(&err))
    ch_cli_complain_error(cli, &err, name.p);
  ch_buf_free(&bytes);
  ch_buf_free(&name);
}

void ch_cli_sidecar_close(ChSidecar *s)
{
  json_decref(s->root);
  *s = (ChSidecar){0};
}

void ch_cli_sidecar_under(ChMeta *given, const ChMeta *beside)
{
  ChSlice *to[] = {&given->published, &given->outlet, &given->title, &given->lang, &given->author, &given->url};
  const ChSlice from[] = {beside->published, beside->outlet, beside->title, beside->lang, beside->author, beside->url};
  for (size_t i = 0; i < sizeof from / sizeof *from; i++)
    if (!to[i]->n)
      *to[i] = from[i];
}
