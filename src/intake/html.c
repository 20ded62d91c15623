#include "intake/html.h"

#include <jansson.h>
#include <libxml/HTMLparser.h>
#include <libxml/xmlerror.h>
#include <stdlib.h>
#include <strings.h>

#include "base/utf8.h"
#include "intake/clean.h"

enum { /* what an element does; children inherit all but BLOCK and BREAK */
       SKIP = 1 << 0,
       LINK = 1 << 1,
       BLOCK = 1 << 2,
       BREAK = 1 << 3,
       ARTICLE = 1 << 4,
       MAIN = 1 << 5,
       TITLE = 1 << 6,
       H1 = 1 << 7,
       SCRIPT = 1 << 8,
       JSONLD = 1 << 9,
       HEAD = 1 << 10,
};

typedef struct Element {
  const char *name;
  uint32_t what;
} Element;

/* Sorted by name. */
static const Element elements[] = {
    {"a", LINK},
    {"address", BLOCK},
    {"article", BLOCK | ARTICLE},
    {"aside", BLOCK | SKIP},
    {"blockquote", BLOCK},
    {"body", BLOCK},
    {"br", BREAK},
    {"button", SKIP},
    {"canvas", SKIP},
    {"caption", BLOCK},
    {"center", BLOCK},
    {"dd", BLOCK},
    {"dir", BLOCK},
    {"div", BLOCK},
    {"dl", BLOCK},
    {"dt", BLOCK},
    {"figcaption", BLOCK | SKIP},
    {"figure", BLOCK},
    {"footer", BLOCK | SKIP},
    {"form", BLOCK | SKIP},
    {"h1", BLOCK | H1},
    {"h2", BLOCK},
    {"h3", BLOCK},
    {"h4", BLOCK},
    {"h5", BLOCK},
    {"h6", BLOCK},
    {"head", HEAD},
    {"header", BLOCK},
    {"hr", BLOCK},
    {"iframe", SKIP},
    {"li", BLOCK},
    {"main", BLOCK | MAIN},
    {"menu", BLOCK},
    {"nav", BLOCK | SKIP},
    {"noscript", SKIP},
    {"object", SKIP},
    {"ol", BLOCK},
    {"option", SKIP},
    {"p", BLOCK},
    {"pre", BLOCK},
    {"script", SKIP | SCRIPT},
    {"section", BLOCK},
    {"select", SKIP},
    {"style", SKIP | SCRIPT},
    {"svg", SKIP},
    {"table", BLOCK},
    {"tbody", BLOCK},
    {"td", BLOCK},
    {"template", SKIP},
    {"textarea", SKIP},
    {"th", BLOCK},
    {"thead", BLOCK},
    {"title", TITLE},
    {"tr", BLOCK},
    {"ul", BLOCK},
    {"video", SKIP},
};

typedef struct Block {
  uint32_t start, end; /* of the gathered text */
  uint32_t article;    /* number of the innermost article that holds it, 0 = none */
  uint32_t letters, linked;
  bool main, h1;
} Block;

typedef struct Level {
  uint32_t what, article;
} Level;

typedef struct Reader {
  ChHtml *page;
  ChSlice source;
  htmlParserCtxtPtr parser;
  Level level[CH_HTML_DEPTH];
  uint32_t depth, articles;
  ChBuf text, raw; /* everything gathered */
  ChBuf blocks;    /* Block each */
  Block now;
  bool open, space; /* a block has begun; a blank is due */
  uint32_t breaks;  /* <br> in a row */
  ChBuf json;       /* of the JSON-LD script that is open */
  ChBuf head_title, og_title, h1_title;
  ChBuf time_tag, item_date, json_date, json_outlet;
  bool h1_done;
} Reader;

enum { JSON_MAX = 256 * 1024, FIELD_MAX = 1000 };

static int by_name(const void *key, const void *row) { return strcasecmp(key, ((const Element *)row)->name); }

static const char *attribute(const xmlChar **atts, const char *name)
{
  for (size_t i = 0; atts && atts[i]; i += 2)
    if (strcasecmp((const char *)atts[i], name) == 0)
      return atts[i + 1] ? (const char *)atts[i + 1] : "";
  return "";
}

static bool has_word(const char *list, const char *word)
{
  ChSlice rest = ch_slice_z(list);
  while (rest.p) {
    ChSlice w = ch_slice_cut(&rest, ' ');
    if (w.n == strlen(word) && strncasecmp(w.p, word, w.n) == 0)
      return true;
  }
  return false;
}

/* ---- gathering text ---- */

static void end_block(Reader *r)
{
  r->space = false;
  r->breaks = 0;
  if (!r->open)
    return;
  r->open = false;
  r->now.end = (uint32_t)r->text.n;
  if (r->now.end > r->now.start)
    ch_buf_add(&r->blocks, &r->now, sizeof r->now);
}

static const Level *top(const Reader *r)
{
  static const Level none = {0};
  return r->depth ? &r->level[r->depth - 1] : &none;
}

static void put(Reader *r, uint32_t cp, uint32_t at)
{
  char enc[4];
  size_t k = ch_utf8_encode(cp, enc);
  for (size_t i = 0; i < k; i++)
    ch_buf_add(&r->raw, &at, sizeof at);
  ch_buf_add(&r->text, enc, k);
}

/* One character of the page's text; blanks collapse. */
static void take(Reader *r, uint32_t cp, uint32_t at)
{
  cp = ch_clean(cp);
  if (cp == CH_CLEAN_DROP || cp == CH_CLEAN_CONTROL)
    return;
  if (cp == ' ' || cp == '\n') {
    r->space = r->open;
    return;
  }
  const Level *l = top(r);
  if (!r->open) {
    r->open = true;
    r->now = (Block){.start = (uint32_t)r->text.n, .article = l->article, .main = l->what & MAIN, .h1 = l->what & H1};
  } else if (r->breaks) {
    put(r, '\n', at);
  } else if (r->space) {
    put(r, ' ', at);
  }
  r->space = false;
  r->breaks = 0;
  r->now.letters++;
  if (l->what & LINK)
    r->now.linked++;
  put(r, cp, at);
}

/* Offset in the source of text that the parser has just handed out: it stands right before the parser's place, or is a character
 * reference there. */
static size_t source_offset(const Reader *r, const char *p, size_t n, bool *plain)
{
  const xmlParserInput *in = r->parser->input;
  size_t end = in ? (size_t)in->consumed + (size_t)(in->cur - in->base) : 0;
  if (end > r->source.n)
    end = r->source.n;
  *plain = true;
  if (n <= end && memcmp(r->source.p + end - n, p, n) == 0)
    return end - n;
  if (n <= r->source.n - end && memcmp(r->source.p + end, p, n) == 0)
    return end;
  *plain = false;
  size_t at = end;
  while (at > 0 && end - at < 12 && r->source.p[at - 1] != '&')
    at--;
  return at && r->source.p[at - 1] == '&' ? at - 1 : end;
}

static void add_field(ChBuf *b, const char *p, size_t n)
{
  for (size_t i = 0, used; i < n && b->n < FIELD_MAX; i += used) {
    uint32_t cp = ch_clean(ch_utf8_decode(p + i, n - i, &used));
    char enc[4];
    if (cp == CH_CLEAN_DROP || cp == CH_CLEAN_CONTROL)
      continue;
    if (cp != ' ' && cp != '\n')
      ch_buf_add(b, enc, ch_utf8_encode(cp, enc));
    else if (b->n && b->p[b->n - 1] != ' ')
      ch_buf_char(b, ' ');
  }
}

static void set_field(ChBuf *b, const char *z)
{
  if (!b->n)
    add_field(b, z, strlen(z));
}

static void on_text(void *ctx, const xmlChar *chars, int len)
{
  Reader *r = ctx;
  const char *p = (const char *)chars;
  size_t n = len > 0 ? (size_t)len : 0;
  const Level *l = top(r);
  if (l->what & JSONLD) {
    if (r->json.n + n <= JSON_MAX)
      ch_buf_add(&r->json, p, n);
    return;
  }
  if (l->what & TITLE && !(l->what & SKIP))
    add_field(&r->head_title, p, n);
  if (l->what & (SKIP | TITLE | HEAD))
    return;
  if (l->what & H1 && !r->h1_done)
    add_field(&r->h1_title, p, n);
  bool plain;
  size_t at = source_offset(r, p, n, &plain);
  for (size_t i = 0, used; i < n; i += used)
    take(r, ch_utf8_decode(p + i, n - i, &used), (uint32_t)(plain ? at + i : at));
}

/* ---- the envelope ---- */

/* "2010-07-16T10:00:00Z" -> "2010-07-16"; nothing where it does not begin with a day. */
static void set_day(ChBuf *b, const char *z)
{
  if (b->n || strlen(z) < 10)
    return;
  for (size_t i = 0; i < 10; i++)
    if ((i == 4 || i == 7) ? z[i] != '-' : z[i] < '0' || z[i] > '9')
      return;
  ch_buf_add(b, z, 10);
}

static void on_meta(Reader *r, const xmlChar **atts)
{
  const char *content = attribute(atts, "content");
  const char *keys[] = {attribute(atts, "property"), attribute(atts, "name"), attribute(atts, "itemprop")};
  for (size_t i = 0; i < 3; i++) {
    const char *k = keys[i];
    if (strcasecmp(k, "article:published_time") == 0)
      set_day(&r->page->published, content);
    else if (strcasecmp(k, "datePublished") == 0 || strcasecmp(k, "pubdate") == 0 || strcasecmp(k, "date") == 0 ||
             strcasecmp(k, "dc.date") == 0 || strcasecmp(k, "dc.date.issued") == 0 || strcasecmp(k, "dcterms.issued") == 0)
      set_day(&r->item_date, content);
    else if (strcasecmp(k, "og:site_name") == 0)
      set_field(&r->page->outlet, content);
    else if (strcasecmp(k, "og:title") == 0)
      set_field(&r->og_title, content);
  }
}

static void take_object(Reader *r, const json_t *o)
{
  const char *day = json_string_value(json_object_get(o, "datePublished"));
  if (day)
    set_day(&r->json_date, day);
  const json_t *by = json_object_get(o, "publisher");
  const char *name = by ? json_string_value(json_object_get(by, "name")) : NULL;
  if (name)
    set_field(&r->json_outlet, name);
}

/* The objects of a JSON-LD script stand at the top, in an array, or under @graph. */
static void end_json(Reader *r)
{
  json_t *root = r->json.n ? json_loadb(r->json.p, r->json.n, 0, NULL) : NULL;
  const json_t *list = json_is_object(root) && json_object_get(root, "@graph") ? json_object_get(root, "@graph") : root;
  if (json_is_array(list))
    for (size_t i = 0; i < json_array_size(list); i++)
      take_object(r, json_array_get(list, i));
  take_object(r, root);
  json_decref(root);
  r->json.n = 0;
}

/* ---- tags ---- */

static void on_start(void *ctx, const xmlChar *name, const xmlChar **atts)
{
  Reader *r = ctx;
  const char *tag = (const char *)name;
  const Element *e = bsearch(tag, elements, sizeof elements / sizeof *elements, sizeof *elements, by_name);
  uint32_t what = e ? e->what : 0;
  if (r->depth == CH_HTML_DEPTH) {
    xmlStopParser(r->parser);
    return;
  }
  Level up = *top(r), l = {(up.what & ~(uint32_t)(BLOCK | BREAK)) | what, up.article};
  if (has_word(attribute(atts, "itemprop"), "articleBody"))
    l.what |= ARTICLE, what |= ARTICLE;
  const char *role = attribute(atts, "role");
  if (strcasecmp(role, "main") == 0)
    l.what |= MAIN;
  if (strcasecmp(role, "navigation") == 0 || strcasecmp(role, "search") == 0 || strcasecmp(role, "complementary") == 0 ||
      strcasecmp(attribute(atts, "aria-hidden"), "true") == 0)
    l.what |= SKIP;
  if (what & ARTICLE)
    l.article = ++r->articles;
  if (what & SCRIPT && strcasecmp(attribute(atts, "type"), "application/ld+json") == 0)
    l.what |= JSONLD;
  if (what & (BLOCK | ARTICLE))
    end_block(r);
  if (what & BREAK && r->open && ++r->breaks > 1)
    end_block(r);
  if (strcasecmp(tag, "meta") == 0)
    on_meta(r, atts);
  else if (strcasecmp(tag, "html") == 0)
    set_field(&r->page->lang, attribute(atts, "lang"));
  else if (strcasecmp(tag, "time") == 0 && !(l.what & SKIP))
    set_day(&r->time_tag, attribute(atts, "datetime"));
  r->level[r->depth++] = l;
}

static void on_end(void *ctx, const xmlChar *name)
{
  Reader *r = ctx;
  const Element *e = bsearch(name, elements, sizeof elements / sizeof *elements, sizeof *elements, by_name);
  if (top(r)->what & JSONLD)
    end_json(r);
  if (e && e->what & BLOCK)
    end_block(r);
  if (e && e->what & H1 && r->h1_title.n)
    r->h1_done = true;
  if (r->depth)
    r->depth--;
}

/* ---- choosing ---- */

static bool mostly_links(const Block *b) { return b->linked * 10 > b->letters * 6 && !b->h1; }

/* Which blocks to keep: of the article with most text, of the main part, or all. */
static uint32_t choose(const Block *b, size_t n, uint32_t articles, bool *only_main)
{
  uint32_t *sums = calloc((size_t)articles + 1, sizeof *sums), best = 0, total = 0, in_main = 0;
  for (size_t i = 0; sums && i < n; i++) {
    if (mostly_links(&b[i]))
      continue;
    total += b[i].letters;
    in_main += b[i].main ? b[i].letters : 0;
    if (b[i].article)
      sums[b[i].article] += b[i].letters;
  }
  for (uint32_t i = 1; sums && i <= articles; i++)
    if (!best || sums[i] > sums[best])
      best = i;
  if (best && sums[best] < 250 && sums[best] < total / 2)
    best = 0;
  *only_main = !best && (in_main >= 250 || in_main > total / 2);
  free(sums);
  return best;
}

static void copy_out(Reader *r, uint32_t from, uint32_t to)
{
  ChHtml *page = r->page;
  uint32_t at = 0;
  if (r->raw.n)
    memcpy(&at, r->raw.p + from * sizeof at, sizeof at);
  for (int i = 0; page->text.n && i < 2; i++) {
    ch_buf_char(&page->text, '\n');
    ch_buf_add(&page->raw, &at, sizeof at);
  }
  ch_buf_add(&page->text, r->text.p + from, to - from);
  ch_buf_add(&page->raw, r->raw.p + from * sizeof at, (to - from) * sizeof at);
}

/* A <title> often ends in the site's name after a sign between blanks. */
static void drop_site(ChBuf *title, ChSlice site)
{
  ChSlice t = ch_buf_view(title);
  if (!site.n || t.n <= site.n + 3 || !ch_slice_ends(t, site))
    return;
  size_t at = t.n - site.n;
  while (at > 0 && t.p[at - 1] == ' ')
    at--;
  size_t sign = at;
  while (sign > 0 && t.p[sign - 1] != ' ')
    sign--;
  if (at - sign > 0 && at - sign <= 3 && sign > 1 && !ch_cp_letter((unsigned char)t.p[sign]))
    title->n = sign - 1;
}

static void finish(Reader *r)
{
  ChHtml *page = r->page;
  end_block(r);
  if (!page->published.n)
    ch_buf_slice(&page->published, ch_buf_view(r->json_date.n ? &r->json_date : r->item_date.n ? &r->item_date : &r->time_tag));
  if (!page->outlet.n)
    ch_buf_slice(&page->outlet, ch_slice_trim(ch_buf_view(&r->json_outlet)));
  drop_site(&r->head_title, ch_slice_trim(ch_buf_view(&page->outlet)));
  ChBuf *title = r->h1_title.n ? &r->h1_title : r->og_title.n ? &r->og_title : &r->head_title;
  ch_buf_slice(&page->title, ch_slice_trim(ch_buf_view(title)));

  const Block *b = (const Block *)(const void *)r->blocks.p;
  size_t n = r->blocks.n / sizeof *b;
  bool only_main;
  uint32_t article = choose(b, n, r->articles, &only_main);
  ChSlice heading = ch_buf_view(&page->title);
  bool titled = false;
  for (size_t i = 0; i < n && !titled; i++)
    if (b[i].h1 && (titled = ch_slice_eq(ch_slice_trim(ch_slice(r->text.p + b[i].start, b[i].end - b[i].start)), heading)))
      copy_out(r, b[i].start, b[i].end);
  if (!titled && heading.n) { /* from the head: it has no place in the page's text */
    uint32_t at = 0;
    ch_buf_slice(&page->text, heading);
    for (size_t i = 0; i < heading.n; i++)
      ch_buf_add(&page->raw, &at, sizeof at);
  }
  for (size_t i = 0; i < n; i++) {
    bool again = ch_slice_eq(ch_slice(r->text.p + b[i].start, b[i].end - b[i].start), heading);
    if (!again && !mostly_links(&b[i]) && (!article || b[i].article == article) && (!only_main || b[i].main))
      copy_out(r, b[i].start, b[i].end);
  }
}

static void quiet(void *ctx, const char *fmt, ...)
{
  (void)ctx;
  (void)fmt;
}

void ch_html_read(ChHtml *page, ChSlice source, ChError *err)
{
  *page = (ChHtml){0};
  if (ch_failed(err))
    return;
  Reader *r = calloc(1, sizeof *r);
  htmlSAXHandler sax = {.startElement = on_start,
                        .endElement = on_end,
                        .characters = on_text,
                        .ignorableWhitespace = on_text,
                        .cdataBlock = on_text,
                        .warning = quiet,
                        .error = quiet,
                        .fatalError = quiet};
  htmlParserCtxtPtr parser = r ? htmlCreatePushParserCtxt(&sax, r, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8) : NULL;
  if (!parser) {
    ch_error_set(err, CH_ERR_LIMIT, "not enough memory to read the page");
    free(r);
    return;
  }
  r->page = page;
  r->source = source;
  r->parser = parser;
  htmlCtxtUseOptions(parser,
                     HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_RECOVER | HTML_PARSE_IGNORE_ENC);
  htmlParseChunk(parser, source.p, (int)source.n, 0);
  htmlParseChunk(parser, "", 0, 1);
  finish(r);
  bool failed = r->text.failed || r->raw.failed || r->blocks.failed || page->text.failed || page->raw.failed;
  if (parser->myDoc)
    xmlFreeDoc(parser->myDoc);
  htmlFreeParserCtxt(parser);
  ChBuf *bufs[] = {&r->text,     &r->raw,      &r->blocks,    &r->json,      &r->head_title, &r->og_title,
                   &r->h1_title, &r->time_tag, &r->item_date, &r->json_date, &r->json_outlet};
  for (size_t i = 0; i < sizeof bufs / sizeof bufs[0]; i++)
    ch_buf_free(bufs[i]);
  free(r);
  if (failed)
    ch_error_set(err, CH_ERR_LIMIT, "not enough memory to read the page");
}

void ch_html_free(ChHtml *page)
{
  ChBuf *bufs[] = {&page->text, &page->raw, &page->title, &page->published, &page->outlet, &page->lang};
  for (size_t i = 0; i < sizeof bufs / sizeof bufs[0]; i++)
    ch_buf_free(bufs[i]);
}

ChSlice ch_html_charset(ChSlice bytes)
{
  ChSlice head = ch_slice(bytes.p, bytes.n < 2048 ? bytes.n : 2048);
  for (size_t i = 0; i + 8 < head.n; i++) {
    if (strncasecmp(head.p + i, "charset=", 8) != 0 && (i + 9 >= head.n || strncasecmp(head.p + i, "encoding=", 9) != 0))
      continue;
    size_t at = i + 8 + ((head.p[i] | 32) == 'e');
    while (at < head.n && (head.p[at] == '"' || head.p[at] == '\'' || head.p[at] == ' '))
      at++;
    size_t end = at;
    while (end < head.n && (ch_cp_letter((unsigned char)head.p[end] & 0x7F) || strchr("0123456789-_:.", head.p[end])))
      end++;
    return ch_slice(head.p + at, end - at);
  }
  return CH_LIT("");
}
