#include "intake/html.h"

#include <libxml/HTMLparser.h>
#include <libxml/xmlerror.h>
#include <stdlib.h>
#include <strings.h>

#include "base/utf8.h"
#include "intake/clean.h"
#include "intake/page.h"

enum { /* what an element does; children inherit all but BLOCK and BREAK */
       SKIP = 1 << 0,
       LINK = 1 << 1,
       BLOCK = 1 << 2,
       BREAK = 1 << 3,
       ARTICLE = 1 << 4, /* names of its own classes do not count against it */
       PAGE = 1 << 5,    /* nor do those of what holds it */
       TITLE = 1 << 6,
       H1 = 1 << 7,
       SCRIPT = 1 << 8,
       JSONLD = 1 << 9,
       HEAD = 1 << 10,
       HEADING = 1 << 11,
       ITEM = 1 << 12,
       PARAGRAPH = 1 << 13,
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
    {"blockquote", BLOCK | PARAGRAPH},
    {"body", BLOCK | PAGE},
    {"br", BREAK},
    {"button", SKIP},
    {"canvas", SKIP},
    {"caption", BLOCK},
    {"center", BLOCK},
    {"dd", BLOCK | ITEM},
    {"dir", BLOCK},
    {"div", BLOCK},
    {"dl", BLOCK},
    {"dt", BLOCK | ITEM},
    {"figcaption", BLOCK | SKIP},
    {"figure", BLOCK},
    {"footer", BLOCK | SKIP},
    {"form", BLOCK | SKIP},
    {"h1", BLOCK | H1 | HEADING},
    {"h2", BLOCK | HEADING},
    {"h3", BLOCK | HEADING},
    {"h4", BLOCK | HEADING},
    {"h5", BLOCK | HEADING},
    {"h6", BLOCK | HEADING},
    {"head", HEAD},
    {"header", BLOCK},
    {"hr", BLOCK},
    {"iframe", SKIP},
    {"li", BLOCK | ITEM},
    {"main", BLOCK | PAGE},
    {"menu", BLOCK},
    {"nav", BLOCK | SKIP},
    {"noscript", SKIP},
    {"object", SKIP},
    {"ol", BLOCK},
    {"option", SKIP},
    {"p", BLOCK | PARAGRAPH},
    {"pre", BLOCK | PARAGRAPH},
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

typedef struct Level {
  uint32_t what, node;
} Level;

typedef struct Reader {
  ChPage page;
  ChSlice source;
  htmlParserCtxtPtr parser;
  Level level[CH_HTML_DEPTH];
  uint32_t depth;
  ChPageBlock now;
  bool open, space; /* a block has begun; a blank is due */
  uint32_t breaks;  /* <br> in a row */
  ChBuf json;       /* of the JSON-LD script that is open */
  bool h1_done;
} Reader;

enum { JSON_MAX = 256 * 1024, NODES_MAX = 1 << 20, HEAD_MAX = 16 * 1024 };

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
  r->now.end = (uint32_t)r->page.text.n;
  if (r->now.end > r->now.start)
    ch_buf_add(&r->page.blocks, &r->now, sizeof r->now);
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
    ch_buf_add(&r->page.raw, &at, sizeof at);
  ch_buf_add(&r->page.text, enc, k);
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
    r->now = (ChPageBlock){.start = (uint32_t)r->page.text.n, .node = l->node, .h1 = l->what & H1, .heading = l->what & HEADING};
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

static void set_field(ChBuf *b, const char *z)
{
  if (!b->n)
    ch_page_field(b, z, strlen(z));
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
    ch_page_field(&r->page.head_title, p, n);
  if (l->what & (SKIP | TITLE | HEAD))
    return;
  if (l->what & H1 && !r->h1_done)
    ch_page_field(&r->page.h1_title, p, n);
  bool plain;
  size_t at = source_offset(r, p, n, &plain);
  for (size_t i = 0, used; i < n; i += used)
    take(r, ch_utf8_decode(p + i, n - i, &used), (uint32_t)(plain ? at + i : at));
}

/* ---- the envelope ---- */

static void on_meta(Reader *r, const xmlChar **atts)
{
  ChPage *p = &r->page;
  const struct {
    const char *name;
    ChBuf *field;
    bool day;
  } known[] = {
      {"article:published_time", &p->out->published, true},
      {"datePublished", &p->item_date, true},
      {"pubdate", &p->item_date, true},
      {"publishdate", &p->item_date, true},
      {"date", &p->item_date, true},
      {"dc.date", &p->item_date, true},
      {"dc.date.issued", &p->item_date, true},
      {"dcterms.issued", &p->item_date, true},
      {"dcterms.created", &p->item_date, true},
      {"og:site_name", &p->out->outlet, false},
      {"og:title", &p->og_title, false},
      {"og:url", &p->url, false},
      {"application-name", &p->app_name, false},
      {"author", &p->author_text, false},
      {"article:author", &p->author_text, false},
      {"dc.creator", &p->author_text, false},
  };
  const char *content = attribute(atts, "content");
  const char *keys[] = {attribute(atts, "property"), attribute(atts, "name"), attribute(atts, "itemprop")};
  for (size_t i = 0; i < 3; i++)
    for (size_t k = 0; *keys[i] && k < sizeof known / sizeof *known; k++) {
      if (strcasecmp(keys[i], known[k].name) != 0)
        continue;
      if (known[k].day)
        ch_page_iso(known[k].field, content);
      else
        set_field(known[k].field, content);
    }
}

/* ---- tags ---- */

/* What attributes say of an element: dropped at once, or hints for the choice. */
static uint32_t read_attributes(Reader *r, const char *tag, const xmlChar **atts, Level *l)
{
  const char *role = attribute(atts, "role"), *item = attribute(atts, "itemprop"), *style = attribute(atts, "style");
  bool article = l->what & (ARTICLE | PAGE) || has_word(item, "articleBody");
  uint32_t hints = 0;
  if (!article) {
    const char *names[] = {attribute(atts, "class"), attribute(atts, "id"), role};
    for (size_t i = 0; i < 3; i++)
      hints |= ch_page_hints(&r->page.rules, names[i]);
  }
  const char *none = strcasestr(style, "display");
  none = none ? none + strlen("display") : "";
  while (*none == ' ' || *none == ':')
    none++;
  if (strcasecmp(attribute(atts, "aria-hidden"), "true") == 0 || strncasecmp(none, "none", 4) == 0)
    l->what |= SKIP;
  for (size_t i = 0; atts && atts[i]; i += 2)
    if (strcasecmp((const char *)atts[i], "hidden") == 0)
      l->what |= SKIP;
  if (has_word(item, "articleBody"))
    hints |= CH_HINT_BODY;
  if (has_word(item, "author"))
    hints |= CH_HINT_AUTHOR;
  if (has_word(item, "datePublished"))
    ch_page_iso(&r->page.item_date, *attribute(atts, "content") ? attribute(atts, "content") : attribute(atts, "datetime"));
  if (strcasecmp(tag, "link") == 0 && has_word(attribute(atts, "rel"), "canonical"))
    set_field(&r->page.url, attribute(atts, "href"));
  return hints & CH_HINT_SKIP ? hints & ~(uint32_t)CH_HINT_BODY : hints;
}

/* The element's place among the nodes: its own where it is a block, else its parent's. */
static void add_node(Reader *r, Level *l, uint32_t what, uint32_t hints)
{
  size_t n = r->page.nodes.n / sizeof(ChPageNode);
  bool block = what & BLOCK;
  if (!block && hints & CH_HINT_SKIP && r->open)
    l->what |= SKIP; /* a mark inside a paragraph */
  if ((!block && (!hints || r->open)) || n >= NODES_MAX)
    return;
  const ChPageNode *up = n ? (const ChPageNode *)(const void *)r->page.nodes.p + l->node : NULL;
  uint32_t inherit = up ? up->hints & ~(uint32_t)CH_HINT_BODY : 0;
  ChPageNode node = {.parent = n ? l->node : 0,
                     .hints = hints | (what & PAGE ? 0 : inherit),
                     .heading = what & HEADING,
                     .item = l->what & ITEM,
                     .paragraph = what & PARAGRAPH,
                     .article = what & ARTICLE};
  ch_buf_add(&r->page.nodes, &node, sizeof node);
  l->node = (uint32_t)n;
  if (!block)
    end_block(r);
}

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
  Level up = *top(r), l = {(up.what & ~(uint32_t)(BLOCK | BREAK | ARTICLE | PAGE | PARAGRAPH)) | what, up.node};
  if (what & BLOCK)
    end_block(r);
  uint32_t hints = read_attributes(r, tag, atts, &l);
  if (what & SCRIPT && strcasecmp(attribute(atts, "type"), "application/ld+json") == 0)
    l.what |= JSONLD;
  if (what & BREAK && r->open && ++r->breaks > 1)
    end_block(r);
  if (!(l.what & (SKIP | HEAD)))
    add_node(r, &l, what, hints);
  if (strcasecmp(tag, "meta") == 0)
    on_meta(r, atts);
  else if (strcasecmp(tag, "html") == 0)
    set_field(&r->page.out->lang, attribute(atts, "lang"));
  else if (strcasecmp(tag, "time") == 0 && !(l.what & SKIP) && !(hints & CH_HINT_SKIP))
    ch_page_iso(&r->page.time_tag, attribute(atts, "datetime"));
  r->level[r->depth++] = l;
}

static void on_end(void *ctx, const xmlChar *name)
{
  Reader *r = ctx;
  const Element *e = bsearch(name, elements, sizeof elements / sizeof *elements, sizeof *elements, by_name);
  if (top(r)->what & JSONLD) {
    ch_page_json(&r->page, ch_buf_view(&r->json));
    r->json.n = 0;
  }
  if (e && e->what & BLOCK)
    end_block(r);
  if (e && e->what & H1 && r->page.h1_title.n)
    r->h1_done = true;
  if (r->depth)
    r->depth--;
}

/* ---- the article ---- */

static void copy_out(Reader *r, uint32_t from, uint32_t to)
{
  ChHtml *out = r->page.out;
  uint32_t at = 0;
  if (r->page.raw.n)
    memcpy(&at, r->page.raw.p + from * sizeof at, sizeof at);
  for (int i = 0; out->text.n && i < 2; i++) {
    ch_buf_char(&out->text, '\n');
    ch_buf_add(&out->raw, &at, sizeof at);
  }
  ch_buf_add(&out->text, r->page.text.p + from, to - from);
  ch_buf_add(&out->raw, r->page.raw.p + from * sizeof at, (to - from) * sizeof at);
}

static void finish(Reader *r)
{
  ChPage *p = &r->page;
  end_block(r);
  size_t n, title = ch_page_title(p), first = ch_page_choose(p, title);
  ch_page_envelope(p, title, first);
  const ChPageBlock *b = ch_page_blocks(p, &n);
  ChSlice heading = ch_buf_view(&p->out->title);
  if (title < n) {
    copy_out(r, b[title].start, b[title].end);
  } else if (heading.n) { /* from the head: it has no place in the page's text */
    uint32_t at = 0;
    ch_buf_slice(&p->out->text, heading);
    for (size_t i = 0; i < heading.n; i++)
      ch_buf_add(&p->out->raw, &at, sizeof at);
  }
  for (size_t i = 0; i < n; i++)
    if (b[i].keep && i != title && !ch_slice_eq(ch_page_block_text(p, &b[i]), heading))
      copy_out(r, b[i].start, b[i].end);
}

static void quiet(void *ctx, const char *fmt, ...)
{
  (void)ctx;
  (void)fmt;
}

/* The parser compares each attribute of a tag with all others, so beyond ATTRIBUTES they are blanked, in a copy; offsets stay. */
static ChSlice tame(ChSlice source, ChBuf *copy)
{
  enum { ATTRIBUTES = 500 };
  size_t pieces = 0;
  char quote = 0;
  bool tag = false;
  for (size_t i = 0; i < source.n; i++) {
    char c = source.p[i];
    if (!tag) {
      tag = c == '<' && i + 1 < source.n && ch_cp_letter((unsigned char)source.p[i + 1] & 0x7F);
      pieces = 0;
      continue;
    }
    if (quote)
      quote = c == quote ? 0 : quote;
    else if (c == '"' || c == '\'')
      quote = c;
    else if (c == '>')
      tag = false;
    else
      pieces += c == ' ' || c == '\n' || c == '/' || c == '=';
    if (tag && pieces > 2 * ATTRIBUTES) {
      if (!copy->n)
        ch_buf_slice(copy, source);
      if (!copy->failed)
        copy->p[i] = ' ';
    }
  }
  return copy->n && !copy->failed ? ch_buf_view(copy) : source;
}

void ch_html_read(ChHtml *page, const ChPack *pack, ChSlice source, ChError *err)
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
  r->page.out = page;
  ch_page_rules(&r->page.rules, pack);
  add_node(r, &(Level){0}, BLOCK, 0);
  r->source = source;
  r->parser = parser;
  htmlCtxtUseOptions(parser,
                     HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_RECOVER | HTML_PARSE_IGNORE_ENC);
  ChBuf tamed = {0};
  r->source = tame(source, &tamed);
  htmlParseChunk(parser, r->source.p, (int)r->source.n, 0);
  htmlParseChunk(parser, "", 0, 1);
  if (!r->page.nodes.failed && !r->page.blocks.failed && !r->page.text.failed && !r->page.raw.failed)
    finish(r);
  ChPage *p = &r->page;
  bool failed = p->text.failed || p->raw.failed || p->blocks.failed || p->nodes.failed || page->text.failed || page->raw.failed;
  if (parser->myDoc)
    xmlFreeDoc(parser->myDoc);
  htmlFreeParserCtxt(parser);
  ChBuf *bufs[] = {&p->text,      &p->raw,       &p->blocks,    &p->nodes, &p->head_title,  &p->og_title,    &p->h1_title,    &p->json_title,
                   &p->time_tag,  &p->item_date, &p->json_date, &p->url,   &p->author_text, &p->json_outlet, &p->json_author, &p->app_name,
                   &r->json,      &tamed};
  for (size_t i = 0; i < sizeof bufs / sizeof bufs[0]; i++)
    ch_buf_free(bufs[i]);
  free(r);
  if (failed)
    ch_error_set(err, CH_ERR_LIMIT, "not enough memory to read the page");
}

void ch_html_free(ChHtml *page)
{
  ChBuf *bufs[] = {&page->text, &page->raw, &page->title, &page->published, &page->outlet, &page->author, &page->lang};
  for (size_t i = 0; i < sizeof bufs / sizeof bufs[0]; i++)
    ch_buf_free(bufs[i]);
}

ChSlice ch_html_charset(ChSlice bytes)
{
  ChSlice head = ch_slice(bytes.p, bytes.n < HEAD_MAX ? bytes.n : HEAD_MAX);
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
