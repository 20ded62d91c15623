/* Files of many reports: bytes ==> items. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "intake/items.h"
#include "model/languages.h"
#include "pack.h"

static ChPack *pack;

static int make_pack(void **state)
{
  (void)state;
  ChError err = {0};
  ChPackWriter *w = ch_pack_writer_new();
  ch_languages_compile(w, "data", &err);
  ch_intake_compile(w, "data", &err);
  pack = open_written(w, &err);
  return pack ? 0 : -1;
}

static int drop_pack(void **state)
{
  (void)state;
  ch_pack_close(pack);
  return 0;
}

/* What comes out, an item a line: "id|published|outlet|title|lang|url|author|bytes". */
typedef struct Out {
  ChSlice in;
  size_t at, step, most;
  ChBuf lines, faults;
  ChItemsCount count;
  ChError err;
} Out;

static ptrdiff_t give(void *context, char *to, size_t room)
{
  Out *o = context;
  size_t k = o->in.n - o->at;
  k = k < room ? k : room;
  k = o->step && k > o->step ? o->step : k;
  memcpy(to, o->in.p + o->at, k);
  o->at += k;
  return (ptrdiff_t)k;
}

static bool take(void *context, const ChItem *item)
{
  Out *o = context;
  const ChMeta *m = &item->meta;
  ch_buf_printf(&o->lines, "%.*s|%.*s|%.*s|%.*s|%.*s|%.*s|%.*s|", CH_ARG(m->id), CH_ARG(m->published), CH_ARG(m->outlet), CH_ARG(m->title),
                CH_ARG(m->lang), CH_ARG(m->url), CH_ARG(m->author));
  ch_buf_slice(&o->lines, ch_slice(item->bytes.p, item->bytes.n < 400 ? item->bytes.n : 400));
  ch_buf_char(&o->lines, '\n');
  return !o->most || --o->most;
}

static void fault(void *context, size_t number, const char *text)
{
  Out *o = context;
  ch_buf_printf(&o->faults, "%zu: %s\n", number, text);
}

static void walk(Out *o, const char *name, ChSlice bytes, const char *map)
{
  size_t step = o->step, most = o->most;
  *o = (Out){.in = bytes, .step = step, .most = most};
  ChItems in = {.input = {give, o}, .name = ch_slice_z(name), .pack = pack, .map = ch_slice_z(map), .each = take, .fault = fault, .context = o};
  ch_intake_items(&in, &o->count, &o->err);
}

static void drop(Out *o)
{
  ch_buf_free(&o->lines);
  ch_buf_free(&o->faults);
}

static void expect(const char *name, ChSlice bytes, const char *map, const char *lines)
{
  for (size_t step = 0; step < 8; step += 7) { /* at once, and seven bytes at a time */
    Out o = {.step = step};
    walk(&o, name, bytes, map);
    if (o.err.status != CH_OK)
      fail_msg("%s: %s", name, o.err.text);
    if (!ch_slice_is(ch_buf_view(&o.lines), lines))
      fail_msg("%s ==>\n%.*s\nnot\n%s", name, CH_ARG(ch_buf_view(&o.lines)), lines);
    drop(&o);
  }
}

#define PAGE(title, text)                                                                                                             \
  "<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body><article><h1>" title "</h1>\n<div>" text "</div></article></body></html>\n\n"

/* ---- feeds ---- */

static void rss(void **state)
{
  (void)state;
  expect("feed.xml",
         CH_LIT("<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' "
                "xmlns:m='http://search.yahoo.com/mrss/'><channel><title>The Wire</title><language>en-us</language>"
                "<item><title>Talks &amp; tea &mdash; held</title><link>https://w.example/1</link><guid isPermaLink='false'>77</guid>"
                "<pubDate>Mon, 04 May 2026 23:30:00 +0300</pubDate><m:title>No</m:title><description>short</description>"
                "<content:encoded><![CDATA[<p>They met &amp; left.</p>]]></content:encoded></item>"
                "<item><guid>https://w.example/2</guid><title>Second</title><description>&lt;b&gt;They&lt;/b&gt; met.</description></item>"
                "</channel></rss>"),
         NULL,
         "w.example/77|2026-05-04|The Wire|Talks & tea \xE2\x80\x94 held|en|https://w.example/1||" PAGE(
             "Talks &amp; tea \xE2\x80\x94 held", "<p>They met &amp; left.</p>") "https://w.example/2||The Wire|Second|en|https://w.example/2||" PAGE("Second",
                                                                                                                                  "<b>They</b> "
                                                                                                                                  "met."));
  /* RDF, in windows-1251, its items beside the channel */
  expect("old.rdf",
         CH_LIT("<?xml version='1.0' encoding='windows-1251'?><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
                "xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>R</title></channel>"
                "<item rdf:about='x'><title>\xCC\xE8\xED\xF1\xEA</title><link>http://r.example/1</link><dc:date>2004-03-02T10:00:00Z</dc:date>"
                "<dc:creator>N. N.</dc:creator><description>\xCC\xE8\xED\xF1\xEA.</description></item></rdf:RDF>"),
         NULL,
         "http://r.example/1|2004-03-02|R|\xD0\x9C\xD0\xB8\xD0\xBD\xD1\x81\xD0\xBA||http://r.example/1|N. N.|" PAGE("\xD0\x9C\xD0\xB8\xD0\xBD\xD1\x81\xD0\xBA",
                                                                                                        "\xD0\x9C\xD0\xB8\xD0\xBD\xD1\x81\xD0\xBA."));
}

static void atom(void **state)
{
  (void)state;
  expect("feed.atom",
         CH_LIT("<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>House</title><id>urn:f</id>"
                "<entry><title>One</title><id>tag:h,2026:1</id><link rel='self' href='no'/><link rel='alternate' href='https://h.example/1'/>"
                "<updated>2026-05-06T00:00:00Z</updated><author><name>C. D.</name></author><source><title>Other</title><id>o</id></source>"
                "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>A &lt; <b>B</b></p></div></content></entry>"
                "<entry><title>Two</title><id>tag:h,2026:2</id><published>2026-01-02T00:00:00Z</published><content>plain &lt;text&gt;</content>"
                "</entry></feed>"),
         NULL,
         "tag:h,2026:1|2026-05-06|House|One|en|https://h.example/1|C. D.|" PAGE("One", "<div><p>A &lt; <b>B</b></p></div>") "tag:h,2026:2|2026-"
                                                                                                                    "01-02|House|Two|en||"
                                                                                                                    "|" PAGE("Two",
                                                                                                                             "<p>plain &lt;text>"));
}

static void broken_feeds(void **state)
{
  (void)state;
  Out o = {0};
  /* entities of the document's own are never expanded, outside ones never read */
  walk(&o, "f.xml",
       CH_LIT("<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;'><!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><channel><item>"
              "<title>&b;&x;</title></item></channel></rss>"),
       NULL);
  assert_non_null(strstr(o.lines.p, "|&b;&x;|"));
  drop(&o);
  /* cut short: what is whole is handed out, and it is said */
  walk(&o, "f.xml", CH_LIT("<rss><channel><item><title>One</title></item><item><title>Tw"), NULL);
  assert_int_equal(o.count.items, 1);
  assert_int_equal(o.count.faults, 1);
  drop(&o);
  /* attributes beyond measure */
  ChBuf many = {0};
  ch_buf_text(&many, "<rss><channel><item ");
  for (int i = 0; i < 5000; i++)
    ch_buf_printf(&many, "a%d='b' ", i);
  ch_buf_text(&many, "><title>x</title></item></channel></rss>");
  walk(&o, "f.xml", ch_buf_view(&many), NULL);
  assert_int_equal(o.err.status, CH_ERR_INPUT);
  drop(&o);
  ch_buf_free(&many);
}

/* ---- JSON ---- */

static void json_lines(void **state)
{
  (void)state;
  expect("a.jsonl",
         CH_LIT("{\"id\": 7, \"headline\": {\"main\": \"Talks\"}, \"body\": \"They met.\", \"date\": \"2026-05-05T10:00\", \"source\": {\"name\": "
                "\"S\"}, \"link\": \"https://j.example/7\", \"language\": \"ru\"}\n\n"
                "{\"body\": \"<p>They met.</p>\", \"timestamp\": 1777939200000}\n"),
         NULL,
         "j.example/7|2026-05-05|S|Talks|ru|https://j.example/7||Talks\n\nThey met.\n"
         "|2026-05-05||||||<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body><article><div><p>They "
         "met.</p></div></article></body></html>\n\n");
  expect("a.ndjson", CH_LIT("{\"x\": {\"y\": \"Here.\"}, \"text\": \"Not here.\", \"when\": \"5 May 2026\"}"), "text=x.y, published=when",
         "|2026-05-05||||||Here.\n");
  expect("a.json", CH_LIT("{\"version\": \"https://jsonfeed.org/version/1.1\",\n \"items\": [{\"content_text\": \"One.\"}, {\"content_text\": \"Two.\"}]}"),
         NULL, "|||||||One.\n|||||||Two.\n");
  expect("a.json", CH_LIT("[{\"text\": \"One.\"}]"), NULL, "|||||||One.\n");
}

static void broken_json(void **state)
{
  (void)state;
  Out o = {0};
  walk(&o, "a.jsonl", CH_LIT("{\"text\": \"One.\"}\n{\"text\": \n[1]\n{\"other\": 1}\n{\"text\": \"Two.\"}\n"), NULL);
  assert_int_equal(o.err.status, CH_OK);
  assert_int_equal(o.count.items, 2);
  assert_int_equal(o.count.faults, 3);
  assert_non_null(strstr(o.faults.p, "4: no text in it"));
  drop(&o);
  char *deep = malloc(600000);
  assert_non_null(deep);
  for (size_t i = 0; i < 600000; i++)
    deep[i] = '[';
  walk(&o, "a.json", ch_slice(deep, 600000), NULL);
  assert_int_equal(o.err.status, CH_ERR_INPUT);
  drop(&o);
  free(deep);
  ChError err = {0};
  assert_false(ch_intake_map_check(CH_LIT("texts=body"), &err));
  assert_int_equal(err.status, CH_ERR_USAGE);
  err = (ChError){0};
  assert_true(ch_intake_map_check(CH_LIT("text=body,title=a.b"), &err));
}

/* ---- WARC ---- */

static void record(ChBuf *out, const char *type, const char *uri, const char *content, ChSlice block)
{
  ch_buf_printf(out, "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n", type, uri, content,
                block.n);
  ch_buf_slice(out, block);
  ch_buf_text(out, "\r\n\r\n");
}

static void gzip(ChSlice in, ChBuf *out)
{
  z_stream z = {0};
  static char chunk[1 << 20];
  assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
  z.next_in = (unsigned char *)(uintptr_t)in.p;
  z.avail_in = (unsigned)in.n;
  int status = Z_OK;
  while (status == Z_OK) {
    z.next_out = (unsigned char *)chunk;
    z.avail_out = sizeof chunk;
    status = deflate(&z, Z_FINISH);
    ch_buf_add(out, chunk, sizeof chunk - z.avail_out);
  }
  deflateEnd(&z);
}

#define HTTP "application/http; msgtype=response"
#define HELLO "<html><p>They met.</p></html>"
enum { RECORDS = 8 };

/* The records of the test's crawl, one after another, each also by itself. */
static void crawl(ChBuf *all, ChBuf *each)
{
  ChBuf packed = {0}, chunked = {0};
  gzip(CH_LIT(HELLO), &packed);
  ch_buf_text(&chunked, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (size_t i = 0; i < packed.n; i += 10) {
    size_t k = packed.n - i < 10 ? packed.n - i : 10;
    ch_buf_printf(&chunked, "%zx\r\n", k);
    ch_buf_add(&chunked, packed.p + i, k);
    ch_buf_text(&chunked, "\r\n");
  }
  ch_buf_text(&chunked, "0\r\n\r\n");
  record(&each[0], "warcinfo", "", "application/warc-fields", CH_LIT("software: x\r\n"));
  record(&each[1], "request", "https://w.example/1", "application/http; msgtype=request", CH_LIT("GET / HTTP/1.1\r\n\r\n"));
  record(&each[2], "response", "https://w.example/1", HTTP,
         CH_LIT("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1251\r\n\r\n<p>\xCC\xE8\xED\xF1\xEA</p>"));
  record(&each[3], "response", "<https://w.example/2>", HTTP, ch_buf_view(&chunked));
  record(&each[4], "response", "https://w.example/3", HTTP, CH_LIT("HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nno"));
  record(&each[5], "response", "https://w.example/4.jpg", HTTP, CH_LIT("HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n\xFF\xD8"));
  record(&each[6], "revisit", "https://w.example/1", HTTP, CH_LIT("HTTP/1.1 200 OK\r\n\r\n"));
  record(&each[7], "conversion", "https://w.example/5", "text/plain", CH_LIT("Plain text."));
  for (size_t i = 0; i < RECORDS; i++)
    ch_buf_slice(all, ch_buf_view(&each[i]));
  ch_buf_free(&packed);
  ch_buf_free(&chunked);
}

#define CRAWLED                                                                                                                       \
  "https://w.example/1|||||https://w.example/1||<p>\xD0\x9C\xD0\xB8\xD0\xBD\xD1\x81\xD0\xBA</p>\n"                                    \
  "https://w.example/2|||||https://w.example/2||" HELLO "\nhttps://w.example/5|||||https://w.example/5||Plain text.\n"

static void warc(void **state)
{
  (void)state;
  ChBuf all = {0}, each[RECORDS] = {{0}}, members = {0};
  crawl(&all, each);
  expect("a.warc", ch_buf_view(&all), NULL, CRAWLED);
  for (size_t i = 0; i < RECORDS; i++)
    gzip(ch_buf_view(&each[i]), &members);
  expect("a.warc.gz", ch_buf_view(&members), NULL, CRAWLED);
  Out o = {0};
  walk(&o, "a.warc.gz", ch_buf_view(&members), NULL);
  assert_int_equal(o.count.kind, CH_ITEMS_WARC);
  assert_int_equal(o.count.revisits, 1);
  assert_int_equal(o.count.left_out, 4);
  drop(&o);
  /* cut short in the last member: the items before it stand */
  walk(&o, "a.warc.gz", ch_slice(members.p, members.n - 20), NULL);
  assert_int_equal(o.err.status, CH_ERR_INPUT);
  assert_non_null(strstr(o.err.text, "cut short"));
  assert_int_equal(o.count.items, 2);
  drop(&o);
  /* enough is enough */
  o = (Out){.most = 1};
  walk(&o, "a.warc.gz", ch_buf_view(&members), NULL);
  assert_int_equal(o.count.items, 1);
  drop(&o);
  for (size_t i = 0; i < RECORDS; i++)
    ch_buf_free(&each[i]);
  ch_buf_free(&all);
  ch_buf_free(&members);
}

/* Frames packed with a dictionary that stands before them, plain or packed itself. */
static void warc_zstd(void **state)
{
  (void)state;
  ChBuf all = {0}, each[RECORDS] = {{0}};
  crawl(&all, each);
  static const char words[] = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://w.example/\r\nContent-Type: application/http; "
                              "msgtype=response\r\nContent-Length: <html><p>They met.</p></html>";
  for (int packed = 0; packed < 2; packed++) {
    char dict[1024];
    size_t n = packed ? ZSTD_compress(dict, sizeof dict, words, sizeof words, 3) : sizeof words;
    if (!packed)
      memcpy(dict, words, sizeof words);
    ChBuf file = {0};
    unsigned char head[8] = {0x5D, 0x2A, 0x4D, 0x18, (unsigned char)n, (unsigned char)(n >> 8), 0, 0};
    ch_buf_add(&file, head, sizeof head);
    ch_buf_add(&file, dict, n);
    ZSTD_CCtx *c = ZSTD_createCCtx();
    assert_false(ZSTD_isError(ZSTD_CCtx_loadDictionary(c, words, sizeof words)));
    for (size_t i = 0; i < RECORDS; i++) {
      char frame[4096];
      size_t k = ZSTD_compress2(c, frame, sizeof frame, each[i].p, each[i].n);
      assert_false(ZSTD_isError(k));
      ch_buf_add(&file, frame, k);
    }
    ZSTD_freeCCtx(c);
    expect("a.warc.zst", ch_buf_view(&file), NULL, CRAWLED);
    Out o = {0};
    walk(&o, "a.warc.zst", ch_slice(file.p, file.n - 5), NULL);
    assert_int_equal(o.err.status, CH_ERR_INPUT);
    drop(&o);
    ch_buf_free(&file);
  }
  for (size_t i = 0; i < RECORDS; i++)
    ch_buf_free(&each[i]);
  ch_buf_free(&all);
}

static void broken_warc(void **state)
{
  (void)state;
  static const char *const rows[] = {
      "WARC/1.0\r\nWARC-Type: response\r\n\r\n",
      "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999999999\r\n\r\n",
      "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 100\r\n\r\nshort",
      "WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\nelse\r\n\r\n",
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    Out o = {0};
    walk(&o, "a.warc", ch_slice_z(rows[i]), NULL);
    if (o.err.status != CH_ERR_INPUT)
      fail_msg("row %zu: no fault", i);
    drop(&o);
  }
  Out o = {0};
  ChBuf odd = {0};
  record(&odd, "response", "https://w.example/1", HTTP, CH_LIT("no head"));
  record(&odd, "response", "https://w.example/2", HTTP, CH_LIT("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\n\xFF\xFE\x01"));
  record(&odd, "response", "https://w.example/3", HTTP, CH_LIT("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" HELLO));
  walk(&o, "a.warc", ch_buf_view(&odd), NULL);
  assert_int_equal(o.err.status, CH_OK);
  assert_int_equal(o.count.faults, 2);
  assert_int_equal(o.count.items, 1);
  drop(&o);
  ch_buf_free(&odd);
}

/* A little that unpacks to very much. */
static void bombs(void **state)
{
  (void)state;
  size_t n = (size_t)100 << 20;
  char *zeros = calloc(1, n);
  assert_non_null(zeros);
  ChBuf packed = {0};
  gzip(ch_slice(zeros, n), &packed);
  Out o = {0};
  walk(&o, "a.txt.gz", ch_buf_view(&packed), NULL);
  assert_int_equal(o.err.status, CH_ERR_INPUT);
  assert_int_equal(o.count.items, 0);
  drop(&o);
  char frame[65536];
  size_t k = ZSTD_compress(frame, sizeof frame, zeros, n, 3);
  assert_false(ZSTD_isError(k));
  walk(&o, "a.jsonl.zst", ch_slice(frame, k), NULL);
  assert_int_equal(o.err.status, CH_ERR_INPUT);
  assert_non_null(strstr(o.err.text, "bomb"));
  drop(&o);
  /* a page packed inside a record */
  ChBuf block = {0}, file = {0};
  ch_buf_text(&block, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n");
  ch_buf_slice(&block, ch_buf_view(&packed));
  record(&file, "response", "https://w.example/1", HTTP, ch_buf_view(&block));
  walk(&o, "a.warc", ch_buf_view(&file), NULL);
  assert_int_equal(o.err.status, CH_OK);
  assert_int_equal(o.count.faults, 1);
  drop(&o);
  ch_buf_free(&block);
  ch_buf_free(&file);
  ch_buf_free(&packed);
  free(zeros);
}

static void kinds(void **state)
{
  (void)state;
  assert_true(ch_intake_many(CH_LIT("a"), CH_LIT("\x1F\x8B\x08")));
  assert_true(ch_intake_many(CH_LIT("a"), CH_LIT("WARC/1.0\r\n")));
  assert_true(ch_intake_many(CH_LIT("a.xml"), CH_LIT("<?xml version='1.0'?>\n<!-- c --><rss>")));
  assert_true(ch_intake_many(CH_LIT("a.jsonl"), CH_LIT("{")));
  assert_false(ch_intake_many(CH_LIT("a.txt"), CH_LIT("{\"text\": 1}")));
  assert_false(ch_intake_many(CH_LIT("a.html"), CH_LIT("<!DOCTYPE html><html>")));
  expect("a.txt", CH_LIT("One report."), NULL, "|||||||One report.\n");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rss),  cmocka_unit_test(atom),      cmocka_unit_test(broken_feeds), cmocka_unit_test(json_lines), cmocka_unit_test(broken_json),
      cmocka_unit_test(warc), cmocka_unit_test(warc_zstd), cmocka_unit_test(broken_warc),  cmocka_unit_test(bombs),      cmocka_unit_test(kinds),
  };
  return cmocka_run_group_tests(tests, make_pack, drop_pack);
}
