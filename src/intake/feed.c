/* RSS and Atom. libxml2's push parser reads the feed as UTF-8 after our own decoding. No entity is declared, loaded or expanded: references
 * become numbers before the parser sees them. */
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "intake/html.h"
#include "intake/items_work.h"

/* Vocabularies of which elements count. */
enum { NS_OTHER, NS_FEED, NS_DC, NS_CONTENT, NS_YANDEX };

typedef struct FeedReader {
  ChItemsRun *run;
  xmlParserCtxtPtr parser;
  ChItemDraft now, feed; /* the item; what the feed says of all */
  ChBuf content, summary, full, updated;
  bool content_html, in_item, markup; /* markup: inside XHTML, which is written out again */
  uint32_t depth, item_depth, head_depth, field_depth; /* of the element that is open, the item, the channel, the field */
  ChBuf *field; /* where text goes */
  size_t number, taken;
} FeedReader;

static int space_of(const xmlChar *uri)
{
  static const struct {
    const char *uri;
    int space;
  } known[] = {{"http://www.w3.org/2005/Atom", NS_FEED},
               {"http://purl.org/atom/ns#", NS_FEED},
               {"http://purl.org/rss/1.0/", NS_FEED},
               {"http://my.netscape.com/rdf/simple/0.9/", NS_FEED},
               {"http://backend.userland.com/rss2", NS_FEED},
               {"http://purl.org/dc/elements/1.1/", NS_DC},
               {"http://purl.org/dc/terms/", NS_DC},
               {"http://purl.org/rss/1.0/modules/content/", NS_CONTENT},
               {"http://news.yandex.ru", NS_YANDEX}};
  if (!uri)
    return NS_FEED;
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (strcmp((const char *)uri, known[i].uri) == 0)
      return known[i].space;
  return NS_OTHER;
}

/* The value of an attribute as a slice; SAX2 gives five pointers for each. */
static ChSlice attribute(const xmlChar **atts, int n, const char *name)
{
  for (int i = 0; i < n; i++)
    if (strcmp((const char *)atts[i * 5], name) == 0)
      return ch_slice((const char *)atts[i * 5 + 3], (size_t)(atts[i * 5 + 4] - atts[i * 5 + 3]));
  return CH_LIT("");
}

static bool is(const xmlChar *name, const char *z) { return strcmp((const char *)name, z) == 0; }

static void open_field(FeedReader *f, ChBuf *field)
{
  if (field->n)
    return; /* the first of several */
  f->field = field;
  f->field_depth = f->depth;
}

static void escape_add(FeedReader *f, ChSlice s)
{
  for (size_t i = 0; i < s.n; i++) {
    if (f->markup && s.p[i] == '<')
      ch_buf_text(f->field, "&lt;");
    else if (f->markup && s.p[i] == '&')
      ch_buf_text(f->field, "&amp;");
    else
      ch_buf_char(f->field, s.p[i]);
  }
}

static void add_text(FeedReader *f, ChSlice s)
{
  if (f->field && f->field->n + s.n <= CH_INTAKE_MAX && f->taken + s.n <= 2 * (size_t)CH_INTAKE_MAX) {
    escape_add(f, s);
    f->taken += s.n;
  }
}

/* A child of an item. */
static void item_child(FeedReader *f, const xmlChar *name, int space, const xmlChar **atts, int n)
{
  ChItemDraft *d = &f->now;
  ChSlice type = attribute(atts, n, "type");
  if (is(name, "title") && space != NS_OTHER) {
    open_field(f, &d->field[CH_ITEM_TITLE]);
  } else if (is(name, "link") && space == NS_FEED) {
    ChSlice href = attribute(atts, n, "href"), rel = attribute(atts, n, "rel");
    if (!href.n)
      open_field(f, &d->field[CH_ITEM_URL]);
    else if ((!rel.n || ch_slice_is(rel, "alternate")) && !d->field[CH_ITEM_URL].n)
      ch_buf_slice(&d->field[CH_ITEM_URL], href);
  } else if ((is(name, "guid") || is(name, "id")) && space == NS_FEED) {
    open_field(f, &d->field[CH_ITEM_ID]);
  } else if (is(name, "pubDate") || is(name, "published") || is(name, "issued") || (is(name, "date") && space == NS_DC)) {
    open_field(f, &d->field[CH_ITEM_PUBLISHED]);
  } else if (is(name, "updated") || is(name, "modified")) {
    open_field(f, &f->updated);
  } else if ((is(name, "encoded") && space == NS_CONTENT) || (is(name, "content") && space == NS_FEED)) {
    f->content_html = space == NS_CONTENT || !(type.n == 0 || ch_slice_is(type, "text") || ch_slice_is(type, "text/plain"));
    f->markup = ch_slice_is(type, "xhtml");
    open_field(f, &f->content);
  } else if (is(name, "full-text") && space == NS_YANDEX) {
    open_field(f, &f->full);
  } else if ((is(name, "description") || is(name, "summary")) && space != NS_OTHER) {
    f->markup = ch_slice_is(type, "xhtml");
    open_field(f, &f->summary);
  } else if (is(name, "creator") && space == NS_DC) {
    open_field(f, &d->field[CH_ITEM_AUTHOR]);
  } else if (is(name, "language")) {
    open_field(f, &d->field[CH_ITEM_LANG]);
  }
}

static void start_item(FeedReader *f, const xmlChar **atts, int n)
{
  ch_item_draft_clear(&f->now);
  ChBuf *all[] = {&f->content, &f->summary, &f->full, &f->updated};
  for (size_t i = 0; i < 4; i++)
    all[i]->n = 0;
  f->in_item = true;
  f->item_depth = f->depth;
  f->content_html = false;
  f->taken = 0;
  f->number++;
  ch_buf_slice(&f->now.field[CH_ITEM_LANG], attribute(atts, n, "lang"));
  if (!f->now.field[CH_ITEM_LANG].n)
    ch_buf_slice(&f->now.field[CH_ITEM_LANG], ch_buf_view(&f->feed.field[CH_ITEM_LANG]));
}

static void write_tag(FeedReader *f, const xmlChar *name, const char *open)
{
  if (f->field->n < CH_INTAKE_MAX)
    ch_buf_printf(f->field, "%s%s>", open, (const char *)name);
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_ns, const xmlChar **ns, int n,
                     int defaults, const xmlChar **atts)
{
  (void)prefix, (void)n_ns, (void)ns, (void)defaults;
  FeedReader *f = ctx;
  int space = space_of(uri);
  f->depth++;
  if (f->field) {
    if (f->markup)
      write_tag(f, name, "<");
  } else if (!f->in_item && (is(name, "item") || is(name, "entry")) && space == NS_FEED) {
    start_item(f, atts, n);
  } else if (f->in_item && f->depth == f->item_depth + 1) {
    item_child(f, name, space, atts, n);
  } else if (f->in_item && f->depth == f->item_depth + 2 && is(name, "name") && space == NS_FEED) {
    open_field(f, &f->now.field[CH_ITEM_AUTHOR]);
  } else if (!f->in_item && (is(name, "channel") || is(name, "feed")) && space == NS_FEED) {
    f->head_depth = f->depth;
    ch_buf_slice(&f->feed.field[CH_ITEM_LANG], attribute(atts, n, "lang"));
  } else if (!f->in_item && f->depth == f->head_depth + 1 && space != NS_OTHER) {
    if (is(name, "title"))
      open_field(f, &f->feed.field[CH_ITEM_OUTLET]);
    else if (is(name, "language"))
      open_field(f, &f->feed.field[CH_ITEM_LANG]);
    else if (is(name, "link") && !attribute(atts, n, "href").n)
      open_field(f, &f->feed.field[CH_ITEM_URL]);
  }
}

static void end_item(FeedReader *f)
{
  ChItemDraft *d = &f->now;
  const ChBuf *text = f->content.n ? &f->content : f->full.n ? &f->full : &f->summary;
  f->in_item = false;
  d->html = true;
  if (text == &f->full || (text == &f->content && !f->content_html)) { /* plain: its lines are paragraphs */
    for (ChSlice rest = ch_buf_view(text); rest.p;) {
      ChSlice line = ch_slice_cut(&rest, '\n');
      ch_buf_text(&d->field[CH_ITEM_TEXT], line.n ? "<p>" : "");
      for (size_t i = 0; i < line.n; i++)
        ch_buf_text(&d->field[CH_ITEM_TEXT], line.p[i] == '<' ? "&lt;" : line.p[i] == '&' ? "&amp;" : (char[]){line.p[i], '\0'});
    }
  } else {
    ch_buf_slice(&d->field[CH_ITEM_TEXT], ch_buf_view(text));
  }
  if (!d->field[CH_ITEM_PUBLISHED].n)
    ch_buf_slice(&d->field[CH_ITEM_PUBLISHED], ch_buf_view(&f->updated));
  ch_buf_slice(&d->field[CH_ITEM_OUTLET], ch_buf_view(&f->feed.field[CH_ITEM_OUTLET]));
  if (!d->field[CH_ITEM_URL].n && ch_slice_starts(ch_slice_trim(ch_buf_view(&d->field[CH_ITEM_ID])), CH_LIT("http")))
    ch_buf_slice(&d->field[CH_ITEM_URL], ch_buf_view(&d->field[CH_ITEM_ID]));
  if (!f->run->enough && !ch_failed(f->run->err))
    ch_items_draft(f->run, d, f->number);
  if (f->run->enough || ch_failed(f->run->err))
    xmlStopParser(f->parser);
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
  (void)prefix, (void)uri;
  FeedReader *f = ctx;
  if (f->field && f->depth == f->field_depth) {
    f->field = NULL;
    f->markup = false;
  } else if (f->field && f->markup) {
    write_tag(f, name, "</");
  } else if (f->in_item && f->depth == f->item_depth) {
    end_item(f);
  }
  f->depth--;
}

static void on_text(void *ctx, const xmlChar *p, int n) { add_text(ctx, ch_slice((const char *)p, n > 0 ? (size_t)n : 0)); }

static xmlEntityPtr on_entity(void *ctx, const xmlChar *name)
{
  (void)ctx;
  return xmlGetPredefinedEntity(name);
}

static void quiet(void *ctx, const char *fmt, ...)
{
  (void)ctx;
  (void)fmt;
}

static void free_reader(FeedReader *f)
{
  ch_item_draft_free(&f->now);
  ch_item_draft_free(&f->feed);
  ChBuf *all[] = {&f->content, &f->summary, &f->full, &f->updated};
  for (size_t i = 0; i < 4; i++)
    ch_buf_free(all[i]);
}

enum { TAG_MAX = 8 * 1024 };

/* Bytes of a CDATA section or a comment that begins here. */
static size_t untouched(ChSlice s)
{
  bool data = ch_slice_starts(s, CH_LIT("<![CDATA["));
  if (!data && !ch_slice_starts(s, CH_LIT("<!--")))
    return 0;
  size_t end = ch_slice_find(s, data ? CH_LIT("]]>") : CH_LIT("-->"));
  return end == SIZE_MAX ? s.n : end + 3;
}

/* References by name become numbers: feeds use HTML's names unannounced, and the parser drops references after its first complaint. A name
 * that nobody knows, and a sign alone, are text. */
static bool number_references(ChSlice in, ChBuf *out)
{
  const char *tag = in.p + in.n; /* where the open tag began; the end: none is open */
  for (size_t i = 0; i < in.n;) {
    ChSlice rest = ch_slice(in.p + i, in.n - i);
    size_t k = untouched(rest);
    if (tag < rest.p && rest.p - tag > TAG_MAX)
      return false; /* the parser compares each attribute of a tag with all others */
    if (rest.p[0] == '<' || rest.p[0] == '>')
      tag = k || rest.p[0] == '>' ? in.p + in.n : rest.p;
    if (k == 0 && rest.p[0] != '&') {
      const char *stop = rest.p;
      while (k < rest.n && stop[k] != '&' && (k == 0 || (stop[k] != '<' && stop[k] != '>')))
        k++;
    }
    if (k) {
      ch_buf_add(out, rest.p, k);
      i += k;
      continue;
    }
    char name[16] = "";
    size_t n = 0;
    while (1 + n < rest.n && n + 1 < sizeof name && ((rest.p[1 + n] | 32) >= 'a' || rest.p[1 + n] <= '9') && rest.p[1 + n] != ';' &&
           rest.p[1 + n] > ' ')
      n++;
    memcpy(name, rest.p + 1, n);
    bool ended = 1 + n < rest.n && rest.p[1 + n] == ';' && n;
    const htmlEntityDesc *e = ended && name[0] != '#' ? htmlEntityLookup((const xmlChar *)name) : NULL;
    if (ended && name[0] == '#')
      ch_buf_printf(out, "&%s;", name);
    else if (e || (ended && strcmp(name, "apos") == 0))
      ch_buf_printf(out, "&#%u;", e ? e->value : '\'');
    else
      ch_buf_text(out, "&#38;");
    i += ended && (e || name[0] == '#' || strcmp(name, "apos") == 0) ? n + 2 : 1;
  }
  return true;
}

static void parse(FeedReader *f, ChSlice text)
{
  enum { STEP = 64 * 1024 };
  xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                       .startElementNs = on_start,
                       .endElementNs = on_end,
                       .characters = on_text,
                       .ignorableWhitespace = on_text,
                       .cdataBlock = on_text,
                       .getEntity = on_entity,
                       .warning = quiet,
                       .error = quiet,
                       .fatalError = quiet};
  f->parser = xmlCreatePushParserCtxt(&sax, f, NULL, 0, NULL);
  if (!f->parser) {
    ch_error_set(f->run->err, CH_ERR_LIMIT, "not enough memory");
    return;
  }
  xmlCtxtUseOptions(f->parser, XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_IGNORE_ENC);
  for (size_t at = 0; at < text.n && !f->run->enough && !ch_failed(f->run->err); at += STEP)
    xmlParseChunk(f->parser, text.p + at, (int)(text.n - at < STEP ? text.n - at : STEP), 0);
  xmlParseChunk(f->parser, "", 0, 1);
  int code = f->parser->errNo;
  bool broken = !f->parser->wellFormed;
  if (broken && !f->run->enough && !ch_failed(f->run->err))
    ch_items_fault(f->run, f->number, "the feed is not well-formed XML%s; what could be read was read",
                   code == XML_ERR_INTERNAL_ERROR ? ": nested too deep or too large" : "");
  if (f->parser->myDoc)
    xmlFreeDoc(f->parser->myDoc);
  xmlFreeParserCtxt(f->parser);
}

void ch_items_feed(ChItemsRun *run)
{
  ChBuf bytes = {0}, text = {0};
  if (ch_items_slurp(run, &bytes))
    ch_items_utf8(run->in->pack, ch_buf_view(&bytes), ch_html_charset(ch_buf_view(&bytes)), &text);
  ch_buf_free(&bytes);
  FeedReader *f = ch_failed(run->err) ? NULL : calloc(1, sizeof *f);
  if (f) {
    f->run = run;
    ChBuf plain = {0};
    if (number_references(ch_buf_view(&text), &plain))
      parse(f, ch_buf_view(&plain));
    else
      ch_error_set(run->err, CH_ERR_INPUT, "a tag of more than %d bytes", TAG_MAX);
    ch_buf_free(&plain);
    free_reader(f);
    free(f);
  }
  ch_buf_free(&text);
}
