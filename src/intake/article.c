/* The article among the blocks of a page. Each block speaks for its place or against it: sentences for it, links and short lines against
 * it. The element whose blocks speak for it most, all in all, holds the article (the largest sum over a part of the tree, after the
 * maximum subsequence of Pasternack and Roth, "Extracting article text from the web with maximum subsequence segmentation", 2009).
 * Names of classes and phrases of the languages take out what looks like text and is none. */
#include <stdlib.h>

#include "base/utf8.h"
#include "intake/page.h"

enum { SENTENCE = 40, LONG = 100, SHORT = 40 };

typedef struct Chooser {
  ChPage *page;
  ChPageBlock *block;
  ChPageNode *node;
  size_t n, nodes, title;
  uint8_t *phrase; /* ChPhrase of each block */
  bool hints;      /* classes and phrases count */
} Chooser;

static bool mostly_links(const ChPageBlock *b) { return b->linked * 10 > b->letters * 6 && !b->h1; }

/* Does the text end as a sentence does? Closing quotation marks and brackets may follow the stop. */
static bool ends_sentence(ChSlice t)
{
  while (t.n) {
    size_t k = 1, used;
    while (k < t.n && k < 4 && ((unsigned char)t.p[t.n - k] & 0xC0) == 0x80)
      k++;
    uint32_t cp = ch_utf8_decode(t.p + t.n - k, k, &used);
    if (cp == '.' || cp == '!' || cp == '?' || cp == 0x2026 || cp == ':' || cp == ';')
      return true;
    if (cp != '"' && cp != '\'' && cp != ')' && cp != 0xBB && cp != 0x201D && cp != 0x201C && cp != 0x2019)
      return false;
    t.n -= k;
  }
  return false;
}

static bool has_letters(ChSlice t)
{
  size_t letters = 0;
  for (size_t i = 0, used; i < t.n && letters < 3; i += used)
    letters += ch_cp_letter(ch_utf8_decode(t.p + i, t.n - i, &used));
  return letters >= 3;
}

static bool dropped(const Chooser *c, size_t i)
{
  const ChPageBlock *b = &c->block[i];
  if (mostly_links(b))
    return true;
  if (!c->hints)
    return false;
  uint32_t hints = c->node[b->node].hints;
  return hints & CH_HINT_SKIP || c->phrase[i] != CH_PHRASE_NONE || (hints & (CH_HINT_DATE | CH_HINT_AUTHOR) && b->letters < LONG) ||
         !has_letters(ch_page_block_text(c->page, b));
}

static bool is_text(const Chooser *c, size_t i)
{
  const ChPageBlock *b = &c->block[i];
  if (i == c->title || b->heading || dropped(c, i))
    return false;
  return b->letters >= LONG || (b->letters >= SENTENCE && ends_sentence(ch_page_block_text(c->page, b)));
}

static double weight(const Chooser *c, size_t i)
{
  const ChPageBlock *b = &c->block[i];
  if (i == c->title || (c->hints && c->node[b->node].hints & CH_HINT_SKIP))
    return 0;
  if (is_text(c, i))
    return (double)b->letters - 2.0 * b->linked;
  return mostly_links(b) ? -20 - 0.2 * b->letters : c->node[b->node].item || b->heading ? -5 : -15;
}

static bool inside(const Chooser *c, uint32_t node, size_t holder) { return node >= holder && node < c->node[holder].end; }

/* A heading of something else takes with it all that follows in the element that it opens. */
static void drop_section(Chooser *c, size_t i)
{
  uint32_t holder = c->block[i].node;
  while (holder && (i + 1 == c->n || !inside(c, c->block[i + 1].node, holder)))
    holder = c->node[holder].parent;
  if (!holder || (i > 0 && inside(c, c->block[i - 1].node, holder)))
    return;
  for (size_t k = i + 1; k < c->n && inside(c, c->block[k].node, holder); k++)
    if (c->phrase[k] == CH_PHRASE_NONE)
      c->phrase[k] = CH_PHRASE_WHOLE;
}

static void drop_sections(Chooser *c)
{
  for (size_t i = 0; i < c->n; i++) {
    if (c->phrase[i] == CH_PHRASE_SECTION)
      drop_section(c, i);
    if (c->phrase[i] != CH_PHRASE_END)
      continue;
    while (++i < c->n)
      c->phrase[i] = CH_PHRASE_WHOLE;
  }
}

static void read_phrases(Chooser *c)
{
  for (size_t i = 0; i < c->n; i++) {
    size_t used;
    ChPhrase what = i == c->title ? CH_PHRASE_NONE : ch_page_phrase(&c->page->rules, ch_page_block_text(c->page, &c->block[i]), &used);
    uint32_t longest = what == CH_PHRASE_BYLINE ? 80 : 400; /* a long block that starts so is text after all */
    c->phrase[i] = (uint8_t)(c->block[i].letters > longest ? CH_PHRASE_NONE : what);
  }
  drop_sections(c);
}

static void sum_up(Chooser *c)
{
  for (size_t i = 0; i < c->nodes; i++) {
    c->node[i].sum = 0;
    c->node[i].direct = 0;
  }
  for (size_t i = 0; i < c->n; i++) {
    c->node[c->block[i].node].sum += weight(c, i);
    c->node[c->block[i].node].direct += is_text(c, i);
  }
  for (size_t i = c->nodes; i-- > 1;) {
    ChPageNode *n = &c->node[i];
    c->node[n->parent].sum += n->sum;
    if (n->paragraph && n->direct)
      c->node[n->parent].direct++;
  }
}

/* The element that holds the article; CH_NONE-like SIZE_MAX where nothing looks like text. */
static size_t best_node(const Chooser *c)
{
  size_t best = 0;
  for (size_t i = 1; i < c->nodes; i++)
    if (c->node[i].sum >= c->node[best].sum)
      best = i;
  double most = c->node[best].sum;
  if (most <= 0)
    return SIZE_MAX;
  for (size_t i = best + 1; i < c->nodes; i++) { /* closer: children come after parents */
    bool named = c->hints && c->node[i].hints & CH_HINT_BODY;
    if (c->node[i].sum < (named ? 0.55 : 0.85) * most || (!named && c->node[best].hints & CH_HINT_BODY))
      continue;
    if (inside(c, (uint32_t)i, best))
      best = i;
  }
  while (c->node[best].paragraph && c->node[best].parent && !c->node[best].direct)
    best = c->node[best].parent;
  return best;
}

/* A block among the article's text that is no sentence: a heading, an item, a short paragraph beside paragraphs. */
static bool fits(const Chooser *c, const ChPageBlock *b)
{
  const ChPageNode *n = &c->node[b->node];
  return b->heading || n->item || n->paragraph || n->direct || b->letters >= SHORT;
}

static void keep_inside(Chooser *c, size_t holder, size_t *first)
{
  size_t last = 0;
  *first = c->n;
  for (size_t i = 0; i < c->n; i++)
    if (is_text(c, i) && inside(c, c->block[i].node, holder)) {
      *first = *first == c->n ? i : *first;
      last = i;
    }
  for (size_t i = *first; i < c->n; i++) {
    ChPageBlock *b = &c->block[i];
    if (i == c->title || dropped(c, i) || !inside(c, b->node, holder))
      continue;
    bool tail = i > last && !c->node[b->node].item && !ends_sentence(ch_page_block_text(c->page, b));
    b->keep = is_text(c, i) || (!tail && fits(c, b));
  }
  /* A lead stands between the title and the text. */
  for (size_t i = c->title < *first ? c->title + 1 : *first; i < *first; i++)
    if (is_text(c, i)) {
      c->block[i].keep = true;
      *first = i;
      break;
    }
  /* A heading with nothing under it. */
  bool under = false;
  for (size_t i = c->n; i-- > *first;) {
    if (c->block[i].keep && c->block[i].heading && !under)
      c->block[i].keep = false;
    under = c->block[i].keep ? !c->block[i].heading : under;
  }
}

typedef struct Print {
  uint64_t hash;
  size_t block;
} Print;

static int by_hash(const void *a, const void *b)
{
  const Print *x = a, *y = b;
  return x->hash != y->hash ? (x->hash < y->hash ? -1 : 1) : (x->block > y->block) - (x->block < y->block);
}

/* What a page says twice (a print version, a quotation set large) is kept once, where it comes first. */
static void drop_doubles(Chooser *c)
{
  Print *prints = malloc((c->n + 1) * sizeof *prints);
  size_t n = 0;
  for (size_t i = 0; prints && i < c->n; i++)
    if (c->block[i].keep && c->block[i].letters >= SHORT)
      prints[n++] = (Print){ch_slice_hash(ch_page_block_text(c->page, &c->block[i])), i};
  if (n)
    qsort(prints, n, sizeof *prints, by_hash);
  for (size_t i = 1; i < n; i++)
    if (prints[i].hash == prints[i - 1].hash)
      c->block[prints[i].block].keep = false;
  free(prints);
}

static size_t letters_kept(const Chooser *c)
{
  size_t sum = 0;
  for (size_t i = 0; i < c->n; i++)
    sum += c->block[i].keep ? c->block[i].letters : 0;
  return sum;
}

static size_t choose(Chooser *c)
{
  for (size_t i = 0; i < c->n; i++)
    c->block[i].keep = false;
  sum_up(c);
  size_t holder = best_node(c), first = c->n;
  if (holder != SIZE_MAX)
    keep_inside(c, holder, &first);
  drop_doubles(c);
  return first;
}

/* Nothing looks like text: the element that calls itself an article and has most letters, where it has a good part of them, else all that is
 * not known for something else. */
static void keep_rest(Chooser *c)
{
  size_t holder = 0, all = 0;
  for (size_t i = 0; i < c->nodes; i++)
    c->node[i].sum = 0;
  for (size_t i = 0; i < c->n; i++) {
    ChPageBlock *b = &c->block[i];
    b->keep = i != c->title && !mostly_links(b) && !(c->node[b->node].hints & CH_HINT_SKIP);
    c->node[b->node].sum += b->keep || i == c->title ? b->letters : 0;
    all += b->keep ? b->letters : 0;
  }
  for (size_t i = c->nodes; i-- > 1;) {
    c->node[c->node[i].parent].sum += c->node[i].sum;
    if (c->node[i].article && c->node[i].sum * 3 > (double)all && (!holder || c->node[i].sum >= c->node[holder].sum))
      holder = i;
  }
  for (size_t i = 0; holder && i < c->n; i++)
    c->block[i].keep = c->block[i].keep && inside(c, c->block[i].node, holder);
}

size_t ch_page_choose(ChPage *page, size_t title)
{
  Chooser c = {.page = page, .title = title, .hints = true};
  c.block = ch_page_blocks(page, &c.n);
  c.node = (ChPageNode *)(void *)page->nodes.p;
  c.nodes = page->nodes.n / sizeof *c.node;
  for (size_t i = c.nodes; i-- > 0;) {
    c.node[i].end = c.node[i].end > i + 1 ? c.node[i].end : (uint32_t)i + 1;
    ChPageNode *up = &c.node[c.node[i].parent];
    up->end = up->end > c.node[i].end ? up->end : c.node[i].end;
  }
  c.phrase = calloc(c.n + 1, 1);
  if (!c.phrase || !c.n) {
    free(c.phrase);
    return c.n;
  }
  read_phrases(&c);
  size_t first = choose(&c), with = letters_kept(&c), all = 0;
  for (size_t i = 0; i < c.n; i++)
    all += mostly_links(&c.block[i]) ? 0 : c.block[i].letters;
  if (with < 250 && with < all / 4) { /* the hints may have been wrong */
    c.hints = false;
    first = choose(&c);
    if (letters_kept(&c) < 2 * with) {
      c.hints = true;
      first = choose(&c);
    }
  }
  if (!letters_kept(&c)) {
    first = c.n;
    keep_rest(&c);
  }
  free(c.phrase);
  return first;
}
