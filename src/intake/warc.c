/* WARC 0.17 to 1.1 (ISO 28500): pages among the records of a crawl. A record is read at once, up to CH_INTAKE_MAX; the file never is. */
#include <stdlib.h>
#include <strings.h>

#include "base/utf8.h"
#include "intake/charset.h"
#include "intake/html.h"
#include "intake/items_work.h"

enum { HEAD_MAX = 64 * 1024 };

typedef struct Record {
  ChBuf head, block;
  ChSlice type, uri, content_type; /* of head */
  uint64_t length;
  size_t number;
} Record;

static bool same(ChSlice a, const char *z) { return a.n == strlen(z) && strncasecmp(a.p, z, a.n) == 0; }

static bool starts(ChSlice a, const char *z) { return a.n >= strlen(z) && strncasecmp(a.p, z, strlen(z)) == 0; }

/* The value of a header among lines of "Name: value"; "" where there is none. */
static ChSlice header(ChSlice lines, const char *name)
{
  for (ChSlice rest = lines; rest.p;) {
    ChSlice value = ch_slice_cut(&rest, '\n');
    ChSlice key = ch_slice_cut(&value, ':');
    if (value.p && same(key, name))
      return ch_slice_trim(value);
  }
  return CH_LIT("");
}

/* The lines of a head up to the empty one; false at the end of the file. */
static bool read_head(ChItemsRun *run, ChBuf *out)
{
  out->n = 0;
  for (size_t blank = 0;;) {
    ChSlice hand = ch_stream_peek(run->stream, 1, run->err);
    if (!hand.n)
      return false;
    const char *lf = memchr(hand.p, '\n', hand.n);
    size_t k = lf ? (size_t)(lf - hand.p) + 1 : hand.n;
    if (out->n + k > HEAD_MAX) {
      ch_error_set(run->err, CH_ERR_INPUT, "not a WARC record at byte %llu", (unsigned long long)ch_stream_at(run->stream));
      return false;
    }
    size_t before = out->n;
    ch_buf_add(out, hand.p, k);
    ch_stream_take(run->stream, k);
    bool at_start = before == 0 || out->p[before - 1] == '\n';
    bool empty = lf && at_start && ch_slice_trim(ch_slice(out->p + before, out->n - before)).n == 0;
    if (empty && before == 0) { /* between records */
      out->n = 0;
      if (++blank > 1000)
        return false;
    } else if (empty) {
      return true;
    }
  }
}

static bool next_record(ChItemsRun *run, Record *r)
{
  if (!read_head(run, &r->head))
    return false;
  ChSlice head = ch_buf_view(&r->head);
  r->number++;
  ChSlice length = header(head, "Content-Length");
  r->length = 0;
  bool ok = ch_slice_starts(head, CH_LIT("WARC/")) && length.n && length.n < 16;
  for (size_t i = 0; ok && i < length.n; i++) {
    ok = length.p[i] >= '0' && length.p[i] <= '9';
    r->length = r->length * 10 + (uint64_t)(length.p[i] - '0');
  }
  if (!ok) {
    ch_error_set(run->err, CH_ERR_INPUT, "not a WARC record: record %zu, before byte %llu", r->number,
                 (unsigned long long)ch_stream_at(run->stream));
    return false;
  }
  r->type = header(head, "WARC-Type");
  r->content_type = header(head, "Content-Type");
  r->uri = header(head, "WARC-Target-URI");
  if (r->uri.n > 2 && r->uri.p[0] == '<' && r->uri.p[r->uri.n - 1] == '>') /* 1.0 as some write it */
    r->uri = ch_slice(r->uri.p + 1, r->uri.n - 2);
  return true;
}

/* ---- HTTP ---- */

/* Takes a chunked body apart; false where it is not chunked (crawlers often keep it whole under the old header). */
static bool unchunk(ChSlice in, ChBuf *out)
{
  size_t at = 0;
  while (at < in.n) {
    uint64_t size = 0;
    size_t digits = 0;
    for (; at < in.n && digits < 8; at++, digits++) {
      char c = in.p[at];
      int v = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
      if (v < 0)
        break;
      size = size * 16 + (uint64_t)v;
    }
    const char *lf = digits ? memchr(in.p + at, '\n', in.n - at < 4096 ? in.n - at : 4096) : NULL;
    if (!lf)
      return false;
    at = (size_t)(lf - in.p) + 1;
    if (!size)
      return true;
    size_t k = in.n - at < size ? in.n - at : (size_t)size;
    ch_buf_add(out, in.p + at, k);
    at += k;
    if (k < size)
      return true; /* cut short: what there is */
    at += at < in.n && in.p[at] == '\r';
    at += at < in.n && in.p[at] == '\n';
  }
  return true;
}

typedef struct Response {
  ChSlice head, body, type;
  uint32_t status;
} Response;

static bool split_response(ChSlice block, Response *out)
{
  size_t at = 0;
  *out = (Response){0};
  if (!ch_slice_starts(block, CH_LIT("HTTP/")))
    return false;
  for (;;) {
    const char *lf = at < block.n ? memchr(block.p + at, '\n', block.n - at) : NULL;
    if (!lf || at > HEAD_MAX)
      return false;
    size_t next = (size_t)(lf - block.p) + 1;
    bool empty = ch_slice_trim(ch_slice(block.p + at, next - at)).n == 0;
    at = next;
    if (empty)
      break;
  }
  out->head = ch_slice(block.p, at);
  out->body = ch_slice(block.p + at, block.n - at);
  out->type = header(out->head, "Content-Type");
  ChSlice rest = out->head;
  ch_slice_cut(&rest, ' ');
  return ch_slice_uint(rest.p ? ch_slice_cut(&rest, ' ') : CH_LIT(""), 999, &out->status);
}

bool ch_intake_is_page(ChSlice type)
{
  return starts(type, "text/html") || starts(type, "application/xhtml") || starts(type, "text/plain");
}

static bool is_page(ChSlice type, ChSlice body)
{
  if (!type.n)
    return body.n && memchr(body.p, '<', body.n < 256 ? body.n : 256);
  return ch_intake_is_page(type);
}

static ChSlice charset_of(ChSlice type)
{
  for (size_t i = 0; i + 8 < type.n; i++)
    if (strncasecmp(type.p + i, "charset=", 8) == 0) {
      ChSlice s = ch_slice(type.p + i + 8, type.n - i - 8);
      s = ch_slice_cut(&s, ';');
      while (s.n && (s.p[0] == '"' || s.p[0] == '\''))
        s = ch_slice(s.p + 1, s.n - 1);
      while (s.n && (s.p[s.n - 1] == '"' || s.p[s.n - 1] == '\''))
        s.n--;
      return s;
    }
  return CH_LIT("");
}

ChSlice ch_intake_http_page(const ChPack *pack, ChSlice body, ChSlice type, ChBuf *out)
{
  ChSlice charset = charset_of(type);
  if (!charset.n || ch_html_charset(body).n || ch_utf8_invalid(body) == SIZE_MAX)
    return body;
  ch_items_utf8(pack, body, charset, out);
  return ch_buf_view(out);
}

static void give_page(ChItemsRun *run, Record *r, ChSlice body, ChSlice type)
{
  bool plain = starts(type, "text/plain");
  ChBuf text = {0};
  body = ch_intake_http_page(run->in->pack, body, type, &text);
  ChItem item = {.bytes = body,
                 .name = plain ? CH_LIT("item.txt") : CH_LIT("item.html"),
                 .meta = {.id = r->uri, .url = r->uri},
                 .number = r->number};
  if (text.failed)
    ch_error_set(run->err, CH_ERR_LIMIT, "not enough memory");
  else
    ch_items_give(run, &item);
  ch_buf_free(&text);
}

static void take_response(ChItemsRun *run, Record *r)
{
  Response http;
  if (!split_response(ch_buf_view(&r->block), &http)) {
    ch_items_fault(run, r->number, "no HTTP response in the record");
    return;
  }
  if (http.status != 200 || (http.type.n && !is_page(http.type, http.body))) {
    run->count->left_out++;
    return;
  }
  ChBuf whole = {0}, plain = {0};
  ChSlice body = http.body, packing = header(http.head, "Content-Encoding");
  if (starts(header(http.head, "Transfer-Encoding"), "chunked") && unchunk(body, &whole))
    body = ch_buf_view(&whole);
  bool packed = packing.n && !same(packing, "identity");
  /* Crawlers unpack bodies and often leave the header. */
  bool really = packed && (ch_slice_starts(body, CH_LIT("\x1F\x8B")) || ch_slice_starts(body, CH_LIT("\x28\xB5\x2F\xFD")) ||
                           same(packing, "deflate") || ch_utf8_invalid(ch_slice(body.p, body.n < 64 ? body.n : 64)) != SIZE_MAX);
  bool ok = true;
  if (really) {
    ok = ch_stream_unpack(packing, body, CH_INTAKE_MAX, &plain);
    ok = ok || (plain.n && plain.n < CH_INTAKE_MAX); /* cut short: what there is */
    body = ch_buf_view(&plain);
  }
  if (!ok)
    ch_items_fault(run, r->number, "the page is packed in a way that cannot be read, or is too large: %.*s", CH_ARG(packing));
  else if (!is_page(http.type, body) || !body.n)
    run->count->left_out++;
  else
    give_page(run, r, body, http.type);
  ch_buf_free(&whole);
  ch_buf_free(&plain);
}

static void take_record(ChItemsRun *run, Record *r)
{
  bool response = same(r->type, "response") && (starts(r->uri, "http") || !r->uri.n);
  bool direct = (same(r->type, "resource") || same(r->type, "conversion")) && is_page(r->content_type, CH_LIT(""));
  bool wanted = response || direct;
  run->count->revisits += same(r->type, "revisit");
  run->count->left_out += !wanted && !same(r->type, "revisit");
  bool large = r->length > (uint64_t)CH_INTAKE_MAX + HEAD_MAX;
  r->block.n = 0;
  uint64_t got = ch_stream_read(run->stream, r->length, wanted && !large ? &r->block : NULL, run->err);
  if (got < r->length) { /* what packing has to say of it stands already */
    ch_error_set(run->err, CH_ERR_INPUT, "cut short in record %zu", r->number);
  } else if (wanted && large) {
    ch_items_fault(run, r->number, "too large: %llu bytes, the limit is %d", (unsigned long long)r->length, CH_INTAKE_MAX);
  } else if (r->block.failed) {
    ch_error_set(run->err, CH_ERR_LIMIT, "not enough memory");
  } else if (response) {
    take_response(run, r);
  } else if (direct) {
    give_page(run, r, ch_buf_view(&r->block), r->content_type);
  }
}

void ch_items_warc(ChItemsRun *run)
{
  Record r = {0};
  while (!run->enough && !ch_failed(run->err) && next_record(run, &r))
    take_record(run, &r);
  ch_buf_free(&r.head);
  ch_buf_free(&r.block);
}
