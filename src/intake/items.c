#include "intake/items.h"

#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <time.h>

#include "base/utf8.h"
#include "intake/charset.h"
#include "intake/items_work.h"
#include "intake/page.h"
#include "model/languages.h"

/* ---- drafts ---- */

void ch_item_draft_clear(ChItemDraft *d)
{
  for (size_t i = 0; i < CH_ITEM_FIELDS; i++)
    d->field[i].n = 0;
  d->html = false;
}

void ch_item_draft_free(ChItemDraft *d)
{
  for (size_t i = 0; i < CH_ITEM_FIELDS; i++)
    ch_buf_free(&d->field[i]);
}

static ChSlice view(const ChItemDraft *d, ChItemField f) { return ch_slice_trim(ch_buf_view(&d->field[f])); }

static void escape(ChBuf *out, ChSlice s)
{
  for (size_t i = 0; i < s.n; i++) {
    if (s.p[i] == '<')
      ch_buf_text(out, "&lt;");
    else if (s.p[i] == '&')
      ch_buf_text(out, "&amp;");
    else
      ch_buf_char(out, s.p[i]);
  }
}

/* The primary part of a label ("ru-RU") where the pack has that language. */
static ChSlice known_language(const ChPack *pack, ChSlice label, char *code, size_t cap)
{
  size_t k = 0;
  while (k < label.n && k + 1 < cap && (label.p[k] | 32) >= 'a' && (label.p[k] | 32) <= 'z') {
    code[k] = (char)(label.p[k] | 32);
    k++;
  }
  ChSlice s = ch_slice(code, k);
  return pack && ch_language_index(pack, s) < CH_LANGUAGES_MAX ? s : CH_LIT("");
}

/* An id is good everywhere where it is an address; any other is good within its site only, so the site stands before it. */
static void make_id(ChBuf *out, ChSlice id, ChSlice url)
{
  ChSlice sign = CH_LIT("://");
  if (!id.n || ch_slice_find(id, sign) != SIZE_MAX || ch_slice_starts(id, CH_LIT("urn:")) || ch_slice_starts(id, CH_LIT("tag:"))) {
    ch_buf_slice(out, id.n ? id : url);
    return;
  }
  size_t at = ch_slice_find(url, sign);
  if (at == SIZE_MAX)
    return;
  ChSlice host = ch_slice(url.p + at + sign.n, url.n - at - sign.n);
  host = ch_slice_cut(&host, '/');
  ch_buf_printf(out, "%.*s/%.*s", CH_ARG(host), CH_ARG(id));
}

void ch_items_give(ChItemsRun *run, ChItem *item)
{
  item->number = item->number ? item->number : run->count->items + 1;
  if (ch_utf8_invalid(item->meta.id) != SIZE_MAX || item->meta.id.n > 2000)
    item->meta.id = CH_LIT("");
  run->count->items++;
  if (!run->in->each(run->in->context, item))
    run->enough = true;
}

void ch_items_draft(ChItemsRun *run, const ChItemDraft *d, size_t number)
{
  ChSlice title = view(d, CH_ITEM_TITLE), text = view(d, CH_ITEM_TEXT);
  if (!title.n && !text.n) {
    run->count->left_out++;
    return;
  }
  ChBuf bytes = {0}, day = {0}, id = {0};
  char code[16];
  if (d->html) {
    ch_buf_text(&bytes, "<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body><article>");
    if (title.n) {
      ch_buf_text(&bytes, "<h1>");
      escape(&bytes, title);
      ch_buf_text(&bytes, "</h1>\n");
    }
    ch_buf_text(&bytes, "<div>");
    ch_buf_slice(&bytes, text);
    ch_buf_text(&bytes, "</div></article></body></html>\n");
  } else {
    if (title.n && !ch_slice_starts(text, title))
      ch_buf_printf(&bytes, "%.*s%s", CH_ARG(title), text.n ? "\n\n" : "");
    ch_buf_slice(&bytes, text);
  }
  ch_items_day(&day, view(d, CH_ITEM_PUBLISHED));
  make_id(&id, view(d, CH_ITEM_ID), view(d, CH_ITEM_URL));
  ChItem item = {.bytes = ch_buf_view(&bytes),
                 .name = d->html ? CH_LIT("item.html") : CH_LIT("item.txt"),
                 .meta = {.id = ch_buf_view(&id),
                          .published = ch_buf_view(&day),
                          .outlet = view(d, CH_ITEM_OUTLET),
                          .title = title,
                          .lang = known_language(run->in->pack, view(d, CH_ITEM_LANG), code, sizeof code),
                          .author = view(d, CH_ITEM_AUTHOR),
                          .url = view(d, CH_ITEM_URL)},
                 .number = number};
  if (bytes.failed || day.failed || id.failed)
    ch_error_set(run->err, CH_ERR_LIMIT, "not enough memory");
  else if (bytes.n > CH_INTAKE_MAX)
    ch_items_fault(run, number, "too large: more than %d bytes", CH_INTAKE_MAX);
  else
    ch_items_give(run, &item);
  ch_buf_free(&bytes);
  ch_buf_free(&day);
  ch_buf_free(&id);
}

void ch_items_fault(ChItemsRun *run, size_t number, const char *fmt, ...)
{
  char text[400];
  va_list ap;
  va_start(ap, fmt);
  vsnprintf(text, sizeof text, fmt, ap);
  va_end(ap);
  run->count->faults++;
  if (run->in->fault)
    run->in->fault(run->in->context, number, text);
}

/* ---- fields ---- */

void ch_items_day(ChBuf *out, ChSlice text)
{
  char z[64];
  uint32_t digits = 0;
  snprintf(z, sizeof z, "%.*s", (int)(text.n < 63 ? text.n : 63), text.p);
  while (z[digits] >= '0' && z[digits] <= '9')
    digits++;
  struct tm tm = {0};
  if ((digits == 10 || digits == 13) && z[digits] == '\0') { /* seconds or milliseconds since 1970 */
    time_t t = (time_t)(strtoll(z, NULL, 10) / (digits == 13 ? 1000 : 1));
    if (gmtime_r(&t, &tm))
      strftime(z, sizeof z, "%Y-%m-%d", &tm);
    ch_page_iso(out, z);
    return;
  }
  ch_page_iso(out, z);
  locale_t c = out->n ? (locale_t)0 : newlocale(LC_ALL_MASK, "C", (locale_t)0);
  if (!c)
    return;
  /* RFC 822: the day of the week may be left out, the year may have two digits. */
  static const char *const forms[] = {"%a, %d %b %Y", "%d %b %Y", "%a %d %b %Y", "%a, %d %b %y", "%a %b %d %H:%M:%S %Y"};
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
    memset(&tm, 0, sizeof tm);
    if (!strptime_l(z, forms[i], &tm, c) || tm.tm_year < 70)
      continue;
    strftime(z, sizeof z, "%Y-%m-%d", &tm);
    ch_page_iso(out, z);
    break;
  }
  freelocale(c);
}

bool ch_items_slurp(ChItemsRun *run, ChBuf *out)
{
  ch_stream_read(run->stream, CH_INTAKE_MAX, out, run->err);
  if (!ch_failed(run->err) && ch_stream_peek(run->stream, 1, run->err).n)
    ch_error_set(run->err, CH_ERR_INPUT, "too large: the limit is %d bytes", CH_INTAKE_MAX);
  if (out->failed)
    ch_error_set(run->err, CH_ERR_LIMIT, "not enough memory");
  return !ch_failed(run->err);
}

void ch_items_utf8(const ChPack *pack, ChSlice bytes, ChSlice declared, ChBuf *out)
{
  ChCharset cs;
  ChDecoder d;
  ch_charset_detect(&cs, pack, bytes, declared);
  ch_decoder_open(&d, &cs, bytes);
  while (ch_decoder_next(&d)) {
    char enc[4];
    ch_buf_add(out, enc, ch_utf8_encode(d.cp, enc));
  }
  ch_decoder_close(&d);
}

/* ---- kinds ---- */

static bool ends(ChSlice s, const char *z)
{
  size_t n = strlen(z);
  return s.n >= n && strncasecmp(s.p + s.n - n, z, n) == 0;
}

/* The name of the first element of an XML text, past its head, comments and document type. Zero bytes of UTF-16 are passed over. */
static ChSlice root_element(ChSlice head, char *name, size_t cap)
{
  size_t n = 0;
  char last = 0;
  for (size_t i = 0; i < head.n; i++) {
    char c = head.p[i];
    if (!c)
      continue;
    if (!n && last == '<' && c != '?' && c != '!' && c != '/')
      name[n++] = c;
    else if (n && (c == ' ' || c == '>' || c == '/' || c == '\n' || c == '\r' || c == '\t' || n == cap))
      break;
    else if (n)
      name[n++] = c;
    last = c;
  }
  return ch_slice(name, n);
}

static bool is_feed(ChSlice head)
{
  char name[16];
  ChSlice root = root_element(head, name, sizeof name);
  return ch_slice_is(root, "rss") || ch_slice_is(root, "feed") || ch_slice_is(root, "rdf:RDF") || ch_slice_is(root, "RDF") ||
         ch_slice_is(root, "atom:feed");
}

static bool json_name(ChSlice name)
{
  while (ends(name, ".gz") || ends(name, ".zst"))
    name.n -= ends(name, ".gz") ? 3 : 4;
  return ends(name, ".json") || ends(name, ".jsonl") || ends(name, ".ndjson");
}

static ChItemsKind kind_of(ChSlice name, ChSlice head)
{
  if (ch_slice_starts(head, CH_LIT("WARC/")))
    return CH_ITEMS_WARC;
  if (json_name(name))
    return CH_ITEMS_JSON;
  return is_feed(head) ? CH_ITEMS_FEED : CH_ITEMS_ONE;
}

bool ch_intake_many(ChSlice name, ChSlice head)
{
  bool packed = ch_slice_starts(head, CH_LIT("\x1F\x8B")) || ch_slice_starts(head, CH_LIT("\x28\xB5\x2F\xFD")) ||
                (head.n >= 4 && (unsigned char)head.p[0] >> 4 == 5 && memcmp(head.p + 1, "\x2A\x4D\x18", 3) == 0);
  return packed || kind_of(name, head) != CH_ITEMS_ONE;
}

static void give_one(ChItemsRun *run)
{
  ChBuf bytes = {0};
  ChSlice name = run->in->name;
  while (ends(name, ".gz") || ends(name, ".zst"))
    name.n -= ends(name, ".gz") ? 3 : 4;
  ChItem item = {.name = name};
  if (ch_items_slurp(run, &bytes)) {
    item.bytes = ch_buf_view(&bytes);
    ch_items_give(run, &item);
  }
  ch_buf_free(&bytes);
}

void ch_intake_items(const ChItems *in, ChItemsCount *count, ChError *err)
{
  enum { HEAD = 4096 };
  *count = (ChItemsCount){0};
  ChItemsRun run = {.in = in, .count = count, .err = err, .stream = ch_stream_open(in->input, err)};
  if (!run.stream)
    return;
  ChSlice head = ch_stream_peek(run.stream, HEAD, err);
  count->kind = kind_of(in->name, head);
  if (head.n)
    *err = err->status == CH_ERR_INPUT ? (ChError){0} : *err; /* it comes again when what there is has been read */
  if (!ch_failed(err)) {
    switch (count->kind) {
    case CH_ITEMS_WARC:
      ch_items_warc(&run);
      break;
    case CH_ITEMS_JSON:
      ch_items_json(&run);
      break;
    case CH_ITEMS_FEED:
      ch_items_feed(&run);
      break;
    case CH_ITEMS_ONE:
      give_one(&run);
      break;
    }
  }
  ch_stream_close(run.stream);
}
