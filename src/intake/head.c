/* What a page says of its article beside the text: title, outlet, day, author, from JSON-LD, metadata, and what stands about the text. */
#include <jansson.h>
#include <strings.h>

#include "base/utf8.h"
#include "intake/clean.h"
#include "intake/page.h"

enum { FIELD_MAX = 1000 };

void ch_page_field(ChBuf *b, const char *p, size_t n)
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

static void set_text(ChBuf *b, const char *z)
{
  if (!b->n && z)
    ch_page_field(b, z, strlen(z));
}

void ch_page_iso(ChBuf *b, const char *z)
{
  char day[11] = "";
  size_t digits = strspn(z, "0123456789");
  if (b->n)
    return;
  if (digits == 8)
    snprintf(day, sizeof day, "%.4s-%.2s-%.2s", z, z + 4, z + 6);
  else if (digits == 4 && z[4] == '-' && strspn(z + 5, "0123456789") == 2 && z[7] == '-' && strspn(z + 8, "0123456789") >= 2)
    snprintf(day, sizeof day, "%.10s", z);
  if (day[0] && (day[0] == '1' || day[0] == '2') && strcmp(day + 5, "01-00") > 0 && strcmp(day + 5, "12-32") < 0)
    ch_buf_add(b, day, 10);
}

/* ---- JSON-LD ---- */

static const char *text_of(const json_t *o, const char *key) { return json_string_value(json_object_get(o, key)); }

/* The name of a person or an organization: a string, an object with a name, the first of an array, or a reference into the graph. */
static const char *name_of(const json_t *v, const json_t *graph)
{
  if (json_is_array(v))
    v = json_array_get(v, 0);
  if (json_is_string(v))
    return json_string_value(v);
  const char *name = text_of(v, "name"), *id = text_of(v, "@id");
  for (size_t i = 0; !name && id && i < json_array_size(graph) && i < 1000; i++) {
    const char *other = text_of(json_array_get(graph, i), "@id");
    if (other && strcmp(other, id) == 0)
      name = text_of(json_array_get(graph, i), "name");
  }
  return name;
}

/* Is the object's type one of an article's? schema.org: Article and what comes under it. */
static bool is_article(const json_t *o)
{
  static const char *const ends[] = {"Article", "Posting", "Report"};
  const json_t *type = json_object_get(o, "@type");
  for (size_t i = 0; i < (json_is_array(type) ? json_array_size(type) : 1); i++) {
    const char *z = json_string_value(json_is_array(type) ? json_array_get(type, i) : type);
    for (size_t k = 0; z && k < 3; k++)
      if (ch_slice_ends(ch_slice_z(z), ch_slice_z(ends[k])))
        return true;
  }
  return false;
}

static void take_object(ChPage *p, const json_t *o, const json_t *graph)
{
  bool article = is_article(o);
  if (p->json_article && !article)
    return;
  if (article && !p->json_article) {
    ChBuf *all[] = {&p->json_title, &p->json_date, &p->json_outlet, &p->json_author};
    for (size_t i = 0; i < 4; i++)
      all[i]->n = 0;
    p->json_article = true;
  }
  const char *day = text_of(o, "datePublished");
  if (day)
    ch_page_iso(&p->json_date, day);
  set_text(&p->json_outlet, name_of(json_object_get(o, "publisher"), graph));
  if (!article)
    return;
  set_text(&p->json_title, text_of(o, "headline"));
  set_text(&p->json_author, name_of(json_object_get(o, "author"), graph));
}

void ch_page_json(ChPage *p, ChSlice json)
{
  json_t *root = json.n ? json_loadb(json.p, json.n, 0, NULL) : NULL;
  const json_t *graph = json_is_object(root) ? json_object_get(root, "@graph") : NULL, *list = graph ? graph : root;
  for (size_t i = 0; json_is_array(list) && i < json_array_size(list); i++)
    take_object(p, json_array_get(list, i), list);
  take_object(p, root, list);
  json_decref(root);
}

/* ---- title and outlet ---- */

static ChSlice view(const ChBuf *b) { return ch_slice_trim(ch_buf_view(b)); }

/* The part of a page's title that is not `name`, where `name` stands at its start or its end and a sign parts them; "" else. */
static ChSlice other_part(ChSlice title, ChSlice name)
{
  if (!name.n || title.n <= name.n + 1)
    return CH_LIT("");
  ChSlice rest;
  if (ch_slice_starts(title, name))
    rest = ch_slice(title.p + name.n, title.n - name.n);
  else if (ch_slice_ends(title, name))
    rest = ch_slice(title.p, title.n - name.n);
  else
    return CH_LIT("");
  bool front = rest.p == title.p;
  size_t used, signs = 0;
  while (rest.n) { /* signs and blanks between */
    size_t k = 1;
    while (front && k < rest.n && k < 4 && ((unsigned char)rest.p[rest.n - k] & 0xC0) == 0x80)
      k++;
    uint32_t cp = ch_utf8_decode(front ? rest.p + rest.n - k : rest.p, front ? k : rest.n, &used);
    if (ch_cp_letter(cp) || ch_cp_digit(cp))
      break;
    signs += cp != ' ';
    rest = front ? ch_slice(rest.p, rest.n - k) : ch_slice(rest.p + used, rest.n - used);
  }
  return signs ? rest : CH_LIT("");
}

/* The last piece between " - ", " | " and the like: a site's name comes last. */
static ChSlice last_piece(ChSlice s)
{
  for (size_t i = s.n; i-- > 0;) {
    size_t end = i, used;
    if (s.p[i] != ' ')
      continue;
    while (end > 0 && s.p[end - 1] != ' ')
      end--;
    uint32_t cp = end < i ? ch_utf8_decode(s.p + end, i - end, &used) : ' ';
    if (end > 0 && end < i && i - end <= 3 && cp != ' ' && !ch_cp_letter(cp) && !ch_cp_digit(cp))
      return ch_slice(s.p + i + 1, s.n - i - 1);
  }
  return s;
}

/* Do the two have the same start, as far as the shorter goes? One of them may have the site's name at its end. */
static bool agree(ChSlice a, ChSlice b) { return a.n && b.n && (ch_slice_starts(a, b) || ch_slice_starts(b, a)); }

/* A name alone on a line: two to four words, each with a capital. */
static bool is_name(ChSlice s)
{
  size_t n = 0, used;
  while (s.p && n < 6) {
    ChSlice w = ch_slice_cut(&s, ' ');
    if (!w.n || !ch_cp_upper(ch_utf8_decode(w.p, w.n, &used)))
      return false;
    n++;
  }
  return n >= 2 && n <= 4;
}

/* Where a page parts its lines by <br> alone, the title's block may go on with the author. The block is cut after its first line. */
static void cut_title(ChPage *p, ChPageBlock *b)
{
  ChSlice text = ch_page_block_text(p, b), rest = text;
  ChSlice line = ch_slice_cut(&rest, '\n');
  if (!rest.p)
    return;
  b->end = b->start + (uint32_t)line.n;
  ChSlice next = ch_slice_cut(&rest, '\n');
  if (!p->author_text.n && is_name(next))
    ch_page_field(&p->author_text, next.p, next.n);
}

size_t ch_page_title(ChPage *p)
{
  size_t n;
  ChPageBlock *b = ch_page_blocks(p, &n);
  ChSlice h1 = view(&p->h1_title), og = view(&p->og_title), json = view(&p->json_title), head = view(&p->head_title);
  ChSlice title = h1, given = og.n ? og : json;
  if (!h1.n || (given.n && !agree(h1, given) && (!head.n || !agree(head, h1)))) {
    title = given.n ? given : head;
    ChSlice outlet = view(p->out->outlet.n ? &p->out->outlet : &p->json_outlet), rest = other_part(title, outlet);
    if (rest.n)
      title = rest;
  }
  if (!h1.n || !ch_slice_eq(title, h1)) { /* a block that is the title, or a side of it */
    for (size_t i = 0; i < n; i++) {
      ChSlice lines = ch_page_block_text(p, &b[i]), t = ch_slice_cut(&lines, '\n');
      bool side = t.n * 3 > title.n && b[i].linked * 2 < b[i].letters && other_part(title, t).n;
      if (ch_slice_eq(t, title) || side) {
        ch_buf_slice(&p->out->title, t);
        cut_title(p, &b[i]);
        return i;
      }
    }
  }
  ch_buf_slice(&p->out->title, title);
  for (size_t i = 0; i < n; i++)
    if (b[i].h1 && ch_slice_eq(ch_slice_trim(ch_page_block_text(p, &b[i])), title))
      return i;
  return SIZE_MAX;
}

/* ---- day and author ---- */

/* ".../2021/04/12/..." */
static bool url_day(const ChPage *p, char *day)
{
  ChSlice u = ch_buf_view(&p->url);
  for (size_t i = 0; i + 11 < u.n; i++) {
    const char *z = u.p + i;
    if (z[0] == '/' && z[5] == '/' && z[8] == '/' && z[11] == '/') {
      char text[11];
      snprintf(text, sizeof text, "%.4s-%.2s-%.2s", z + 1, z + 6, z + 9);
      if (ch_page_day(&p->rules, ch_slice(text, 10), day))
        return true;
    }
  }
  return false;
}

/* A day in the elements that are named so, else in the short blocks from the title to the text, else in the page's title or before it. */
static bool text_day(const ChPage *p, size_t title, size_t first, char *day)
{
  enum { SHORT = 120 };
  size_t n;
  const ChPageBlock *b = ch_page_blocks(p, &n);
  const ChPageNode *node = (const ChPageNode *)(const void *)p->nodes.p;
  for (size_t pass = 0; pass < 3; pass++)
    for (size_t i = pass == 1 && title < n ? title : 0; i < n && (pass == 0 || i < first); i++) {
      uint32_t hints = node[b[i].node].hints;
      bool named = hints & CH_HINT_DATE && !(hints & CH_HINT_SKIP);
      if (b[i].letters < SHORT && (pass || named) && i != title && ch_page_day(&p->rules, ch_page_block_text(p, &b[i]), day))
        return true;
    }
  return ch_page_day(&p->rules, view(&p->head_title), day);
}

/* A byline in an element that is named so, or by the words it starts with. */
static void text_author(ChPage *p, size_t first)
{
  size_t n, used;
  const ChPageBlock *b = ch_page_blocks(p, &n);
  const ChPageNode *node = (const ChPageNode *)(const void *)p->nodes.p;
  for (size_t pass = 0; pass < 2; pass++)
    for (size_t i = 0; i < n && i < first; i++) {
      uint32_t hints = node[b[i].node].hints;
      ChSlice t = ch_page_block_text(p, &b[i]);
      ChPhrase what = b[i].letters < 80 ? ch_page_phrase(&p->rules, t, &used) : CH_PHRASE_NONE;
      bool byline = what == CH_PHRASE_BYLINE;
      if (b[i].letters > 80 || hints & CH_HINT_SKIP || (pass ? !byline : !(hints & CH_HINT_AUTHOR)))
        continue;
      t = byline && used < t.n ? ch_slice(t.p + used, t.n - used) : t;
      while (t.n && (t.p[0] == ':' || t.p[0] == ' '))
        t = ch_slice(t.p + 1, t.n - 1);
      for (size_t k = 0; k < t.n; k++)
        if (t.p[k] == ',' || t.p[k] == '|' || t.p[k] == '\n' || (t.p[k] >= '0' && t.p[k] <= '9'))
          t.n = k;
      t = ch_slice_trim(t);
      ch_page_field(&p->out->author, t.p, t.n);
      return;
    }
}

void ch_page_envelope(ChPage *p, size_t title, size_t first)
{
  ChHtml *out = p->out;
  ChSlice head = view(&p->head_title);
  if (!out->outlet.n)
    ch_buf_slice(&out->outlet, view(p->json_outlet.n ? &p->json_outlet : &p->app_name));
  if (!out->outlet.n)
    ch_buf_slice(&out->outlet, last_piece(other_part(head, view(&out->title))));
  if (out->outlet.n > 100)
    out->outlet.n = 0;
  char day[11];
  const ChBuf *known = p->json_date.n ? &p->json_date : p->item_date.n ? &p->item_date : &p->time_tag;
  if (!out->published.n)
    ch_buf_slice(&out->published, ch_buf_view(known));
  if (!out->published.n && (url_day(p, day) || text_day(p, title, first, day)))
    ch_buf_add(&out->published, day, 10);
  ChSlice author = view(p->json_author.n ? &p->json_author : &p->author_text);
  if (!out->author.n && author.n && ch_slice_find(author, CH_LIT("://")) == SIZE_MAX)
    ch_buf_slice(&out->author, author);
  if (!out->author.n)
    text_author(p, first);
}
