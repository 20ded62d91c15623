#include "world/spelling.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/utf8.h"
#include "world/compile.h"

enum { BEFORE = 2, WINDOW = 9, LETTERS = 64, SCHEMES = 200 };

/* ---- compiling ---- */

static int by_text(const void *a, const void *b)
{
  const ChSpellRow *x = a, *y = b;
  if (x->scheme != y->scheme)
    return x->scheme < y->scheme ? -1 : 1;
  int c = ch_slice_cmp(ch_slice(x->text, x->text_n), ch_slice(y->text, y->text_n));
  return c ? c : (int)x->before_n - (int)y->before_n;
}

/* Index of a scheme by name, CH_NONE. */
static uint32_t scheme_of(const ChPackWriter *w, const ChBuf *schemes, ChSlice name)
{
  const ChScheme *at = (const ChScheme *)(const void *)schemes->p;
  for (size_t i = 0; i < schemes->n / sizeof *at; i++)
    if (ch_slice_eq(ch_pack_writer_text(w, at[i].name), name))
      return (uint32_t)i;
  return CH_NONE;
}

static void read_schemes(Compile *c, const char *path, ChBuf *schemes)
{
  enum { SCHEME, HYPHEN, STATES };
  static const char *const columns[] = {"scheme", "hyphen", "states", NULL}, *const hyphens[] = {"keep", "blank", "join"};
  ChDataFile f;
  uint32_t of[4096] = {0}, most = 0;
  ch_datafile_open(&f, path, "schemes", 1, columns, c->err);
  while (ch_datafile_next(&f)) {
    ChScheme s = {.name = ch_pack_writer_word(c->w, f.cell[SCHEME]), .hyphen = 3};
    uint32_t index = (uint32_t)(schemes->n / sizeof s);
    for (uint8_t h = 0; h < 3; h++)
      if (ch_slice_is(f.cell[HYPHEN], hyphens[h]))
        s.hyphen = h;
    if (s.hyphen == 3)
      ch_datafile_fault(&f, HYPHEN, "neither 'keep', 'blank' nor 'join'");
    if (!f.cell[SCHEME].n || index >= SCHEMES || scheme_of(c->w, schemes, f.cell[SCHEME]) != CH_NONE)
      ch_datafile_fault(&f, SCHEME, "no name, a name that stands twice, or too many schemes");
    ch_buf_add(schemes, &s, sizeof s);
    for (ChSlice rest = f.cell[STATES]; rest.n;) {
      ChSlice id = ch_slice_cut(&rest, ';');
      uint32_t state = ch_compile_find(c, CH_WORLD_STATE, id);
      if (!c->ids[CH_WORLD_STATE].read)
        continue;
      if (state >= sizeof of / sizeof *of || of[state])
        ch_datafile_fault(&f, STATES, "no such state, or one that has a scheme: '%.*s'", CH_ARG(id));
      else
        of[state] = index;
      if (state < sizeof of / sizeof *of && state >= most)
        most = state + 1;
    }
  }
  ch_datafile_close(&f);
  if (ch_failed(c->err))
    return;
  ch_pack_writer_add(c->w, "world.schemes", schemes->p, sizeof(ChScheme), schemes->n / sizeof(ChScheme));
  ch_pack_writer_add(c->w, "world.state-schemes", of, sizeof *of, most);
}

static bool put(char *out, size_t cap, uint8_t *n, ChSlice s)
{
  if (*n + s.n > cap)
    return false;
  if (s.n)
    memcpy(out + *n, s.p, s.n);
  *n = (uint8_t)(*n + s.n);
  return true;
}

static void read_rules(Compile *c, const char *path, const char *section, const ChBuf *schemes)
{
  enum { SCHEME, FORMER, FROM, LATTER, TO };
  static const char *const columns[] = {"scheme", "before", "from", "after", "to", NULL};
  if (ch_failed(c->err) || access(path, F_OK) != 0)
    return;
  ChDataFile f;
  ChBuf rows = {0};
  ch_datafile_open(&f, path, "spelling", 1, columns, c->err);
  while (ch_datafile_next(&f)) {
    ChSpellRow r = {0};
    uint32_t scheme = scheme_of(c->w, schemes, f.cell[SCHEME]);
    if (scheme == CH_NONE)
      ch_datafile_fault(&f, SCHEME, "no such scheme: '%.*s'", CH_ARG(f.cell[SCHEME]));
    bool fits = put(r.text, sizeof r.text, &r.text_n, f.cell[FORMER]);
    r.before_n = r.text_n;
    fits = fits && put(r.text, sizeof r.text, &r.text_n, f.cell[FROM]) && put(r.text, sizeof r.text, &r.text_n, f.cell[LATTER]);
    r.take_n = (uint8_t)f.cell[FROM].n;
    fits = fits && put(r.to, sizeof r.to, &r.to_n, f.cell[TO]);
    ChSlice seen = ch_slice(r.text, r.text_n), former = ch_slice(r.text, r.before_n);
    if (!fits || !r.take_n || ch_utf8_count(seen) > WINDOW || ch_utf8_count(former) > BEFORE)
      ch_datafile_fault(&f, FROM, "'from' is empty, or the rule is too long");
    r.scheme = (uint16_t)scheme;
    ch_buf_add(&rows, &r, sizeof r);
  }
  ch_datafile_close(&f);
  if (rows.n)
    qsort(rows.p, rows.n / sizeof(ChSpellRow), sizeof(ChSpellRow), by_text);
  if (!ch_failed(c->err))
    ch_pack_writer_add(c->w, section, rows.p, sizeof(ChSpellRow), rows.n / sizeof(ChSpellRow));
  ch_buf_free(&rows);
}

void ch_spelling_compile(Compile *c)
{
  char path[1024], section[CH_PACK_NAME];
  ChBuf schemes = {0};
  snprintf(path, sizeof path, "%s/world/schemes.tsv", c->data);
  if (ch_failed(c->err) || access(path, F_OK) != 0)
    return;
  read_schemes(c, path, &schemes);
  for (size_t l = 0; l < c->n_langs; l++) {
    ChSlice code = ch_pack_writer_text(c->w, c->langs[l].code);
    snprintf(path, sizeof path, "%s/language/%.*s/spelling.tsv", c->data, CH_ARG(code));
    snprintf(section, sizeof section, "%.*s/spelling", CH_ARG(code));
    read_rules(c, path, section, &schemes);
    snprintf(path, sizeof path, "%s/language/%.*s/latin-by-scheme.tsv", c->data, CH_ARG(code));
    snprintf(section, sizeof section, "%.*s/respelling", CH_ARG(code));
    read_rules(c, path, section, &schemes);
  }
  ch_buf_free(&schemes);
}

/* ---- spelling ---- */

ChSpelling ch_spelling_of(const ChPack *p, ChSlice lang, ChSpellWay way)
{
  ChSpelling s = {.way = way};
  s.rows = ch_pack_section_of(p, lang, way == CH_SPELL_OWN ? "spelling" : "respelling", sizeof *s.rows, &s.n);
  s.schemes = ch_pack_section(p, "world.schemes", sizeof *s.schemes, &s.n_schemes);
  s.of = ch_pack_section(p, "world.state-schemes", sizeof *s.of, &s.n_of);
  return s;
}

/* A word between the signs of its ends, cut into code points. Rules see its letters without marks, as most tables of names have them; but one
 * for the letter with its mark goes first. */
typedef struct Letters {
  char text[CH_FOLD_MAX + 2];
  size_t at[LETTERS + 3], n; /* byte of each letter, and the end */
  uint32_t marked[LETTERS + 3]; /* the letter where it has a mark, else 0 */
} Letters;

static const ChSpellRow *find(const ChSpelling *s, uint16_t scheme, ChSlice text, uint8_t before)
{
  size_t lo = 0, hi = s->n;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    const ChSpellRow *r = &s->rows[mid];
    int c = r->scheme != scheme ? (r->scheme < scheme ? -1 : 1) : ch_slice_cmp(ch_slice(r->text, r->text_n), text);
    c = c ? c : (int)r->before_n - (int)before;
    if (c == 0)
      return r;
    if (c < 0)
      lo = mid + 1;
    else
      hi = mid;
  }
  return NULL;
}

/* The rule of the scheme that sees most at the letter; the bytes that it takes. */
static const ChSpellRow *rule_at(const ChSpelling *s, uint16_t scheme, const Letters *w, size_t i, size_t *take)
{
  char enc[4];
  size_t k = w->marked[i] ? ch_utf8_encode(w->marked[i], enc) : 0;
  const ChSpellRow *own = k ? find(s, scheme, ch_slice(enc, k), 0) : NULL;
  if (k && !own)
    own = find(s, 0, ch_slice(enc, k), 0);
  *take = w->at[i + 1] - w->at[i];
  if (own)
    return own;
  for (size_t seen = WINDOW; seen > 0; seen--)
    for (size_t former = 0; former <= BEFORE && former < seen && former <= i; former++) {
      size_t from = i - former, end = from + seen;
      if (end > w->n || w->at[end] - w->at[from] > sizeof s->rows->text)
        continue;
      const ChSpellRow *r = find(s, scheme, ch_slice(w->text + w->at[from], w->at[end] - w->at[from]), (uint8_t)(w->at[i] - w->at[from]));
      if (r) {
        *take = r->take_n;
        return r;
      }
    }
  return NULL;
}

static void cut(Letters *w, ChSlice part)
{
  size_t at = 1, used;
  *w = (Letters){.text = "^", .n = 1};
  for (size_t i = 0; i < part.n && w->n <= LETTERS && at + 4 < CH_FOLD_MAX; i += used, w->n++) {
    uint32_t cp = ch_cp_lower(ch_utf8_decode(part.p + i, part.n - i, &used)), bare = ch_cp_bare(cp);
    w->marked[w->n] = bare != cp ? cp : 0;
    w->at[w->n] = at;
    at += ch_utf8_encode(bare, w->text + at);
  }
  w->text[at] = '$';
  w->at[w->n++] = at;
  w->at[w->n] = at + 1;
}

/* A part of a word between hyphens; its number of bytes at `out`. */
static size_t spell(const ChSpelling *s, uint16_t scheme, ChSlice part, char *out, size_t room)
{
  Letters w;
  size_t n = 0;
  cut(&w, part);
  for (size_t i = 1; i + 1 < w.n;) {
    size_t take, letter = w.at[i + 1] - w.at[i];
    const ChSpellRow *r = rule_at(s, scheme, &w, i, &take);
    if (!r && scheme)
      r = rule_at(s, 0, &w, i, &take);
    size_t put_n = r ? r->to_n : letter;
    if (n + put_n > room)
      break;
    memcpy(out + n, r ? r->to : w.text + w.at[i], put_n);
    n += put_n;
    size_t next = w.at[i] + take;
    while (i + 1 < w.n && w.at[i] < next)
      i++;
  }
  return n;
}

/* A capital for the first letter of out[0..n); the new number of bytes. */
static size_t capital(char *out, size_t n, size_t room)
{
  size_t used;
  char enc[4];
  if (!n)
    return 0;
  size_t e = ch_utf8_encode(ch_cp_capital(ch_utf8_decode(out, n, &used)), enc);
  if (n - used + e > room)
    return n;
  memmove(out + e, out + used, n - used);
  memcpy(out, enc, e);
  return n - used + e;
}

size_t ch_spelling_name(const ChSpelling *s, uint32_t state, ChSlice name, char out[CH_FOLD_MAX])
{
  uint16_t scheme = state < s->n_of ? (uint16_t)s->of[state] : 0;
  ChHyphen hyphen = s->way == CH_SPELL_OWN && scheme < s->n_schemes ? (ChHyphen)s->schemes[scheme].hyphen : CH_HYPHEN_KEEP;
  size_t n = 0, start = 0;
  if (!s->n)
    return 0;
  for (size_t i = 0; i <= name.n; i++) {
    if (i < name.n && name.p[i] != ' ' && name.p[i] != '-')
      continue;
    ChSlice part = ch_slice(name.p + start, i - start);
    if (part.n) {
      size_t used, k = spell(s, scheme, part, out + n, CH_FOLD_MAX - n);
      bool joined = hyphen == CH_HYPHEN_JOIN && start && name.p[start - 1] == '-';
      bool big = ch_cp_upper(ch_utf8_decode(part.p, part.n, &used)) || (hyphen == CH_HYPHEN_BLANK && start && name.p[start - 1] == '-');
      n += big && !joined ? capital(out + n, k, CH_FOLD_MAX - n) : k;
    }
    bool join = i < name.n && name.p[i] == '-' && hyphen == CH_HYPHEN_JOIN;
    if (i < name.n && !join && n < CH_FOLD_MAX)
      out[n++] = hyphen == CH_HYPHEN_BLANK ? ' ' : name.p[i];
    start = i + 1;
  }
  return n;
}
