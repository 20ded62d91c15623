#include "when/match.h"

#include "base/utf8.h"

void ch_when_scan_init(ChWhenScan *s, ChReport *r, ChSlice lang)
{
  *s = (ChWhenScan){.r = r, .g = ch_when_grammar(r->pack, lang), .fold = ch_fold_of(r->pack, lang)};
}

/* ---- items ---- */

static ChSlice token_text(const ChReport *r, uint32_t t) { return ch_report_slice(r, r->tokens.at[t].span); }

static void look_up(ChWhenScan *s, ChWhenItem *it, ChWord norm, ChWord key)
{
  size_t n;
  it->norm = ch_when_words(&s->g, norm, &n);
  it->norms = (uint16_t)n;
  it->key = ch_when_words(&s->g, key, &n);
  it->keys = (uint16_t)n;
}

static bool in_class(const ChWhenItem *it, uint16_t cls, int16_t *value)
{
  for (int pass = 0; pass < 2; pass++) {
    const ChWhenWord *w = pass ? it->key : it->norm;
    uint16_t n = pass ? it->keys : it->norms;
    for (uint16_t i = 0; i < n; i++) {
      if (w[i].cls != cls || ((w[i].flags & CH_WHEN_WORD_KEY) != 0) != (pass == 1))
        continue;
      if ((w[i].flags & CH_WHEN_WORD_CAPITAL) && !it->capital)
        continue;
      *value = w[i].value;
      return true;
    }
  }
  return false;
}

/* A piece of a token as a word item. */
static ChWhenItem word_item(ChWhenScan *s, ChSlice text)
{
  ChWhenItem it = {.kind = CH_WHEN_WORD};
  char out[CH_FOLD_MAX];
  size_t n = ch_fold_norm(&s->fold, text, out), used;
  if (n > 1 && out[n - 1] == '.')
    n--;
  ChWord norm = ch_pack_find(s->r->pack, ch_slice(out, n));
  n = ch_fold_key(&s->fold, text, out);
  look_up(s, &it, norm, ch_pack_find(s->r->pack, ch_slice(out, n)));
  it.capital = text.n && ch_cp_upper(ch_utf8_decode(text.p, text.n, &used));
  it.letter = text.n && ch_cp_letter(ch_utf8_decode(text.p, text.n, &used));
  return it;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static size_t digits(ChSlice s, size_t at)
{
  size_t n = at;
  while (n < s.n && is_digit(s.p[n]))
    n++;
  return n - at;
}

/* Bytes of a dash or hyphen at s.p[at], 0 where there is none. */
static size_t dash_at(ChSlice s, size_t at)
{
  if (at >= s.n)
    return 0;
  size_t used;
  uint32_t cp = ch_utf8_decode(s.p + at, s.n - at, &used);
  return cp == '-' || (cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212 ? used : 0;
}

static bool all_dashes(ChSlice s)
{
  size_t at = 0, n;
  while ((n = dash_at(s, at)) > 0)
    at += n;
  return s.n && at == s.n;
}

static uint32_t number(ChSlice s, size_t at, size_t n)
{
  uint32_t v = 0;
  for (size_t i = 0; i < n && i < 9; i++)
    v = v * 10 + (uint32_t)(s.p[at + i] - '0');
  return n > 9 ? UINT32_MAX : v;
}

static void push(ChWhenScan *s, ChWhenItem it) { *CH_PUSH(s->r->arena, &s->items) = it; }

/* A date or time of numbers without blanks from here ("08.04.2021", "18:10"), which may run over several tokens; 0 or its bytes. */
static size_t numeric_shape(ChSlice s, uint8_t *kind)
{
  size_t n = digits(s, 0), part[3] = {n}, parts = 1;
  if (!n || n > 4)
    return 0;
  char sep = n < s.n ? s.p[n] : 0;
  if (sep != '.' && sep != '/' && sep != '-' && sep != ':')
    return 0;
  while (parts < 3 && n < s.n && s.p[n] == sep) {
    size_t k = digits(s, n + 1);
    if (!k || k > 4)
      break;
    part[parts++] = k;
    n += 1 + k;
  }
  if (n < s.n && is_digit(s.p[n]))
    return 0;
  *kind = sep == ':' ? CH_WHEN_CLOCK : CH_WHEN_TEMPLATE;
  if (sep == ':')
    return parts >= 2 && part[0] <= 2 && part[1] == 2 ? n : 0;
  if (sep == '-' && parts == 2)
    return 0; /* "16-17" is a range */
  return parts == 3 || (parts == 2 && sep != '-') ? n : 0;
}

/* Pushes the numeric shape at token t and gives the token after it; t where there is none. */
static uint32_t push_shape(ChWhenScan *s, uint32_t t, uint32_t end)
{
  const ChReport *r = s->r;
  uint32_t from = r->tokens.at[t].span.start, limit = r->tokens.at[end - 1].span.end;
  uint8_t kind = 0;
  ChSlice text = ch_slice(r->text.p + from, limit - from < 16 ? limit - from : 16);
  size_t n = numeric_shape(text, &kind);
  if (!n)
    return t;
  uint32_t stop = from + (uint32_t)n, last = t;
  while (last + 1 < end && r->tokens.at[last].span.end < stop)
    last++;
  ChSlice rest = ch_slice(r->text.p + stop, r->tokens.at[last].span.end - stop);
  /* after it only marks, or the time of an ISO 8601 stamp */
  if (rest.n) {
    size_t used;
    uint32_t cp = ch_utf8_decode(rest.p, rest.n, &used);
    if (ch_cp_letter(cp) && !(cp == 'T' && rest.n > 1 && is_digit(rest.p[1])))
      return t;
  }
  push(s, (ChWhenItem){.token = t, .last = last, .kind = kind, .starts = true, .ends = true, .text = ch_slice(text.p, n)});
  return last + 1;
}

/* A number with what hangs on it: "16", "79th", "1990s", "16-17", "29-" + ending. Gives the bytes used. */
static size_t push_number(ChWhenScan *s, ChSlice text, size_t at, ChWhenItem it)
{
  size_t n = digits(text, at), end = at + n, dash = dash_at(text, end);
  it.kind = CH_WHEN_NUMBER;
  it.width = (uint8_t)(n < 255 ? n : 255);
  it.value = number(text, at, n);
  size_t tail = end + dash, stop = tail, used;
  while (stop < text.n && ch_cp_letter(ch_utf8_decode(text.p + stop, text.n - stop, &used)))
    stop += used;
  if (stop > tail) {
    ChWhenItem word = word_item(s, ch_slice(text.p + tail, stop - tail));
    int16_t skip;
    if (in_class(&word, CH_WHEN_CLASS_ORDEND, &skip))
      it.ending |= CH_WHEN_ENDS_ORDINAL;
    if (in_class(&word, CH_WHEN_CLASS_DECEND, &skip))
      it.ending |= CH_WHEN_ENDS_DECADE;
    if (it.ending)
      end = stop;
  }
  it.starts = at == 0;
  it.ends = end == text.n || (end + 1 == text.n && text.p[end] == '.');
  push(s, it);
  return it.ends ? text.n : end;
}

/* A token that has digits or hyphens, piece by piece. */
static void push_pieces(ChWhenScan *s, uint32_t t, ChWhenItem base)
{
  ChSlice text = token_text(s->r, t);
  for (size_t at = 0, pieces = 0; at < text.n && pieces < 8; pieces++) {
    size_t dash = dash_at(text, at), n = 0;
    ChWhenItem it = base;
    if (dash) {
      it.kind = CH_WHEN_DASH;
      n = dash;
    } else if (is_digit(text.p[at])) {
      at = push_number(s, text, at, it) + 0;
      continue;
    } else {
      while (at + n < text.n && !dash_at(text, at + n) && !is_digit(text.p[at + n])) {
        size_t used;
        ch_utf8_decode(text.p + at + n, text.n - at - n, &used);
        n += used;
      }
      ChWhenItem word = word_item(s, ch_slice(text.p + at, n));
      word.token = it.token;
      word.last = it.last;
      word.genitive = it.genitive;
      it = word;
    }
    it.starts = at == 0;
    it.ends = at + n == text.n;
    push(s, it);
    at += n;
  }
}

static bool has_piece(ChSlice text)
{
  for (size_t i = 0; i < text.n; i++)
    if (is_digit(text.p[i]) || dash_at(text, i))
      return true;
  return false;
}

/* Can any pattern use the item? */
static bool of_use(const ChWhenItem *it) { return it->kind != CH_WHEN_WORD || it->norms || it->keys; }

/* Items of token t; the token after. *use = whether any of them can be used. */
static uint32_t push_token(ChWhenScan *s, uint32_t t, uint32_t end, bool *use)
{
  const ChToken *k = &s->r->tokens.at[t];
  ChSlice text = token_text(s->r, t);
  ChWhenItem it = {.token = t, .last = t, .kind = CH_WHEN_WORD, .starts = true, .ends = true, .capital = (k->flags & CH_TOKEN_CAPITAL) != 0,
                   .genitive = k->morph.kase == CH_CASE_GEN};
  size_t used, from = s->items.n;
  *use = true;
  if (text.n && is_digit(text.p[0])) {
    uint32_t after = push_shape(s, t, end);
    if (after > t)
      return after;
    push_pieces(s, t, it);
    return t + 1;
  }
  if (all_dashes(text)) {
    it.kind = CH_WHEN_DASH;
    push(s, it);
    return t + 1;
  }
  look_up(s, &it, k->norm, k->key);
  it.letter = text.n && ch_cp_letter(ch_utf8_decode(text.p, text.n, &used));
  if (!of_use(&it) && text.n > 1 && text.p[text.n - 1] == '.') {
    ChWhenItem word = word_item(s, text);
    it.norm = word.norm, it.norms = word.norms, it.key = word.key, it.keys = word.keys;
  }
  int16_t skip;
  if (in_class(&it, CH_WHEN_CLASS_CLITIC, &skip) && s->items.n && !(k->flags & CH_TOKEN_SPACE_BEFORE)) {
    s->items.at[s->items.n - 1].last = t;
    return t + 1;
  }
  if (of_use(&it) || !has_piece(text)) {
    *use = of_use(&it);
    push(s, it);
    return t + 1;
  }
  push_pieces(s, t, it);
  *use = false;
  for (size_t i = from; i < s->items.n; i++)
    *use = *use || (s->items.at[i].kind != CH_WHEN_DASH && of_use(&s->items.at[i]));
  return t + 1;
}

/* ---- patterns ---- */

typedef struct State {
  ChWhenScan *s;
  const ChWhenRow *row;
  ChWhenMatch m;
  bool some; /* an item of the expression was taken */
} State;

static bool template_fits(const ChWhenItem *it, const char *shape, ChWhenSlots *slots)
{
  size_t at = 0;
  uint32_t y = 0, m = 0, d = 0;
  for (size_t i = 0; i < 8 && shape[i]; i++) {
    if (shape[i] == '.' || shape[i] == '/' || shape[i] == '-') {
      if (at >= it->text.n || it->text.p[at] != shape[i])
        return false;
      at++;
      continue;
    }
    size_t n = digits(it->text, at);
    uint32_t v = number(it->text, at, n);
    if (n == 0 || (shape[i] == 'y' ? n != 4 : n > 2) || (shape[i] == 'Y' && n != 2))
      return false;
    if (shape[i] == 'y')
      y = v;
    else if (shape[i] == 'Y')
      y = v < 70 ? 2000 + v : 1900 + v;
    else if (shape[i] == 'm')
      m = v;
    else
      d = v;
    at += n;
  }
  if (at != it->text.n || m > 12 || d > 31 || m == 0 || d == 0 || (y && (y < 1800 || y > 2199)))
    return false;
  slots->y[0] = (int16_t)y;
  slots->m[0] = (int8_t)m;
  slots->d[0] = (int8_t)d;
  slots->days = 1;
  return true;
}

static void take_number(ChWhenSlots *slots, int32_t v)
{
  if (slots->n == CH_WHEN_UNSET)
    slots->n = (int16_t)(v > 9999 ? 9999 : v);
}

static bool take_day(State *st, const ChWhenItem *it, uint32_t pos)
{
  ChWhenSlots *s = &st->m.slots;
  if (it->kind != CH_WHEN_NUMBER || it->width > 2 || it->value < 1 || it->value > 31 || it->ending == CH_WHEN_ENDS_DECADE || s->days == 4)
    return false;
  st->m.day_item[s->days] = pos;
  s->d[s->days++] = (int8_t)it->value;
  return true;
}

static bool take_year(ChWhenSlots *s, const ChWhenItem *it, uint32_t low, uint32_t high)
{
  if (it->kind != CH_WHEN_NUMBER || it->width != 4 || it->value < low || it->value > high || it->ending == CH_WHEN_ENDS_DECADE)
    return false;
  s->y[s->y[0] != 0] = (int16_t)it->value;
  return true;
}

/* Number classes; false where the item is not of the class. */
static bool take_numeric(State *st, const ChWhenItem *it, uint16_t cls, uint32_t pos)
{
  ChWhenSlots *s = &st->m.slots;
  int16_t v;
  switch (cls) {
  case CH_WHEN_CLASS_DAY: return take_day(st, it, pos);
  case CH_WHEN_CLASS_YEAR: return take_year(s, it, 1000, 2199);
  case CH_WHEN_CLASS_NEAR: return it->value % 1000 != 0 && take_year(s, it, 1985, 2049);
  case CH_WHEN_CLASS_YY:
    if (it->kind != CH_WHEN_NUMBER || it->width != 2 || it->ending)
      return false;
    s->y[s->y[0] != 0] = (int16_t)(it->value < 70 ? 2000 + it->value : 1900 + it->value);
    return true;
  case CH_WHEN_CLASS_DECADE:
    if (it->kind != CH_WHEN_NUMBER || !(it->ending & CH_WHEN_ENDS_DECADE) || (it->width != 4 && it->width != 2) || it->value % 10)
      return false;
    s->y[0] = (int16_t)(it->width == 4 ? it->value : 1900 + it->value);
    s->y[1] = (int16_t)(s->y[0] + 9);
    return it->value >= 10 && s->y[0] < 2200;
  case CH_WHEN_CLASS_NUM:
    /* four digits that may be a year are no quantity */
    if (it->kind == CH_WHEN_NUMBER && !it->ending && it->width <= 5 && (it->width != 4 || it->value < 1000 || it->value > 2199)) {
      take_number(s, (int32_t)it->value);
      return true;
    }
    if (!in_class(it, CH_WHEN_CLASS_NUMBER, &v))
      return false;
    take_number(s, v);
    return true;
  default:
    if (it->kind == CH_WHEN_NUMBER && (it->ending & CH_WHEN_ENDS_ORDINAL) && it->width <= 4) {
      take_number(s, (int32_t)it->value);
      return true;
    }
    if (!in_class(it, CH_WHEN_CLASS_ORDINAL, &v))
      return false;
    take_number(s, v);
    return true;
  }
}

static bool take_word(ChWhenSlots *s, const ChWhenItem *it, uint16_t cls)
{
  int16_t v;
  if (it->kind != CH_WHEN_WORD || !in_class(it, cls, &v))
    return false;
  switch (cls) {
  case CH_WHEN_CLASS_MONTH: s->m[s->m[0] != 0] = (int8_t)v; break;
  case CH_WHEN_CLASS_WEEKDAY: s->w = (int8_t)v; break;
  case CH_WHEN_CLASS_UNIT: s->u = s->u ? s->u : (int8_t)v; break;
  case CH_WHEN_CLASS_SEASON: s->s = (int8_t)v; break;
  case CH_WHEN_CLASS_EDGE: s->e = s->e ? s->e : (int8_t)v; break;
  case CH_WHEN_CLASS_REL: s->r = s->r == CH_WHEN_UNSET ? v : s->r; break;
  case CH_WHEN_CLASS_NUMBER:
  case CH_WHEN_CLASS_ORDINAL: take_number(s, v); break;
  default:
    if (cls >= CH_WHEN_CLASS_FREE && v > 0 && s->w == 0 && v <= 7)
      s->w = (int8_t)v; /* a free class with values stands for weekdays that are ambiguous words */
    break;
  }
  return true;
}

/* Does the element take this one item? Captures into st. */
static bool take(State *st, const ChWhenElement *e, const ChWhenItem *it, uint32_t pos)
{
  switch (e->cls) {
  case CH_WHEN_CLASS_DASH: return it->kind == CH_WHEN_DASH;
  case CH_WHEN_CLASS_CLOCK: return it->kind == CH_WHEN_CLOCK;
  case CH_WHEN_CLASS_TEMPLATE: return it->kind == CH_WHEN_TEMPLATE && template_fits(it, e->shape, &st->m.slots);
  case CH_WHEN_CLASS_GEN: return it->kind == CH_WHEN_WORD && it->genitive && it->letter;
  case CH_WHEN_CLASS_WORD: return it->kind == CH_WHEN_WORD && it->letter;
  default: break;
  }
  if (e->cls < CH_WHEN_CLASS_DASH)
    return take_numeric(st, it, e->cls, pos);
  return take_word(&st->m.slots, it, e->cls);
}

static bool holds(const State *st, const ChWhenElement *e, uint32_t pos)
{
  State probe = *st;
  return pos < st->s->items.n && take(&probe, e, &st->s->items.at[pos], pos);
}

static void extend(State *st, uint32_t from, uint32_t to)
{
  if (!st->some)
    st->m.start = from;
  st->some = true;
  st->m.end = to;
}

static bool may_be_inner(const ChWhenMatch *m, uint16_t cls)
{
  while (m->row->op == CH_WHEN_OP_FIRST && m->subs)
    m = m->sub[0];
  if (cls == CH_WHEN_CLASS_CAL)
    return m->row->op == CH_WHEN_OP_DATE || m->row->op == CH_WHEN_OP_INYEAR || m->row->op == CH_WHEN_OP_LIST;
  switch ((ChWhenOp)m->row->op) {
  case CH_WHEN_OP_NONE:
  case CH_WHEN_OP_CUE:
  case CH_WHEN_OP_PERIOD:
  case CH_WHEN_OP_CLOCK:
  case CH_WHEN_OP_EVENT:
  case CH_WHEN_OP_SAME:
  case CH_WHEN_OP_ANNIVERSARY: return false;
  case CH_WHEN_OP_LIST: return m->row->k != 1;
  default: return true;
  }
}

/* Element `e` of the row at item `pos`; the depth is that of the pattern. */
static bool match_from(State *st, uint32_t ei, uint32_t pos, uint32_t begin)
{
  ChWhenScan *s = st->s;
  if (ei == st->row->elements && st->some) {
    /* an optional comma with nothing after it is none of the expression's */
    const ChWhenItem *last = &s->items.at[st->m.end - 1];
    if (st->m.end > st->m.start + 1 && last->kind == CH_WHEN_WORD && ch_slice_is(token_text(s->r, last->token), ","))
      st->m.end--;
  }
  if (ei == st->row->elements)
    return st->some && s->items.at[st->m.start].starts && s->items.at[st->m.end - 1].ends;
  const ChWhenElement *e = &s->g.elements[st->row->element + ei];
  if (e->flags & CH_WHEN_NOT) {
    bool behind = pos == begin && !st->some;
    if (behind ? pos > 0 && holds(st, e, pos - 1) : holds(st, e, pos))
      return false;
    return match_from(st, ei + 1, pos, begin);
  }
  State saved = *st;
  if (e->cls == CH_WHEN_CLASS_DATE || e->cls == CH_WHEN_CLASS_CAL) {
    for (ChWhenMatch *m = pos < s->chart.n ? s->chart.at[pos] : NULL; m; m = m->next) {
      if (m->row->level >= st->row->level || st->m.subs == CH_WHEN_SUBS || !may_be_inner(m, e->cls))
        continue;
      st->m.sub[st->m.subs++] = m;
      if (!(e->flags & CH_WHEN_CONTEXT))
        extend(st, pos, m->end);
      if (match_from(st, ei + 1, m->end, begin))
        return true;
      *st = saved;
    }
  } else if (pos < s->items.n && take(st, e, &s->items.at[pos], pos)) {
    if (!(e->flags & CH_WHEN_CONTEXT))
      extend(st, pos, pos + 1);
    if (match_from(st, ei + 1, pos + 1, begin))
      return true;
    *st = saved;
  }
  return (e->flags & CH_WHEN_OPTIONAL) && match_from(st, ei + 1, pos, begin);
}

static bool before(const ChWhenMatch *a, const ChWhenMatch *b)
{
  if (a->end != b->end)
    return a->end > b->end;
  if (a->row->score != b->row->score)
    return a->row->score > b->row->score;
  return a->row->element < b->row->element;
}

/* Puts a match in the chart, longest first; of equal length the better, then the earlier row stands first. Of one level and length only
 * the best is kept. */
static void add_match(ChWhenScan *s, const ChWhenMatch *m)
{
  ChWhenMatch **at = &s->chart.at[m->start];
  uint32_t n = 0;
  for (; *at && n < CH_WHEN_CHART && !before(m, *at); at = &(*at)->next, n++)
    if ((*at)->end == m->end && (*at)->row->level == m->row->level)
      return;
  if (n == CH_WHEN_CHART)
    return;
  ChWhenMatch *new = ch_arena_alloc(s->r->arena, sizeof *new);
  *new = *m;
  new->next = *at;
  *at = new;
}

/* What the meaning fixes is captured from the start. */
static ChWhenSlots fixed_slots(const ChWhenRow *row)
{
  ChWhenSlots s = {.n = row->n, .r = row->r};
  s.u = row->u == CH_WHEN_UNSET ? 0 : (int8_t)row->u;
  s.e = row->e == CH_WHEN_UNSET ? 0 : (int8_t)row->e;
  s.w = row->w == CH_WHEN_UNSET ? 0 : (int8_t)row->w;
  return s;
}

static void try_class(ChWhenScan *s, uint32_t pos, uint16_t level, uint16_t cls)
{
  size_t n;
  const ChWhenFirst *f = ch_when_firsts(&s->g, level, cls, &n);
  for (size_t i = 0; i < n; i++) {
    const ChWhenRow *row = &s->g.rows[f[i].row];
    State st = {.s = s, .row = row, .m = {.row = row, .slots = fixed_slots(row)}};
    if (match_from(&st, 0, pos, pos))
      add_match(s, &st.m);
  }
}

static void try_number(ChWhenScan *s, uint32_t pos, uint16_t level)
{
  const ChWhenItem *it = &s->items.at[pos];
  if (it->width <= 2) {
    try_class(s, pos, level, CH_WHEN_CLASS_DAY);
    try_class(s, pos, level, CH_WHEN_CLASS_YY);
  }
  if (it->width == 4) {
    try_class(s, pos, level, CH_WHEN_CLASS_YEAR);
    try_class(s, pos, level, CH_WHEN_CLASS_NEAR);
  }
  try_class(s, pos, level, it->ending & CH_WHEN_ENDS_ORDINAL ? CH_WHEN_CLASS_ORD : CH_WHEN_CLASS_NUM);
  if (it->ending & CH_WHEN_ENDS_DECADE)
    try_class(s, pos, level, CH_WHEN_CLASS_DECADE);
}

/* The rows that may begin with the word, by its classes. */
static void try_word(ChWhenScan *s, uint32_t pos, uint16_t level)
{
  const ChWhenItem *it = &s->items.at[pos];
  for (int pass = 0; pass < 2; pass++) {
    const ChWhenWord *w = pass ? it->key : it->norm;
    uint16_t n = pass ? it->keys : it->norms;
    for (uint16_t i = 0; i < n; i++) {
      if (((w[i].flags & CH_WHEN_WORD_KEY) != 0) != (pass == 1))
        continue;
      try_class(s, pos, level, w[i].cls);
      if (w[i].cls == CH_WHEN_CLASS_NUMBER)
        try_class(s, pos, level, CH_WHEN_CLASS_NUM);
      else if (w[i].cls == CH_WHEN_CLASS_ORDINAL)
        try_class(s, pos, level, CH_WHEN_CLASS_ORD);
    }
  }
}

static void match_at(ChWhenScan *s, uint32_t pos, uint16_t level)
{
  switch ((ChWhenItemKind)s->items.at[pos].kind) {
  case CH_WHEN_WORD: try_word(s, pos, level); break;
  case CH_WHEN_NUMBER: try_number(s, pos, level); break;
  case CH_WHEN_CLOCK: try_class(s, pos, level, CH_WHEN_CLASS_CLOCK); break;
  case CH_WHEN_TEMPLATE: try_class(s, pos, level, CH_WHEN_CLASS_TEMPLATE); break;
  case CH_WHEN_DASH: try_class(s, pos, level, CH_WHEN_CLASS_DASH); break;
  }
  if (s->chart.at[pos]) {
    try_class(s, pos, level, CH_WHEN_CLASS_DATE);
    try_class(s, pos, level, CH_WHEN_CLASS_CAL);
  }
}

static void match_rows(ChWhenScan *s)
{
  for (uint16_t level = 1; level < CH_WHEN_LEVELS; level++)
    for (uint32_t pos = 0; pos < s->items.n; pos++)
      match_at(s, pos, level);
}

/* ---- choice ---- */

/* Longer expressions beat the sum of their parts. */
static float weight(const ChWhenMatch *m)
{
  float n = (float)(m->end - m->start);
  return m->row->score * n * (1 + 0.25f * n) + 0.01f * (float)m->row->level;
}

static ChWhenMatch *best_at(const ChWhenScan *s, size_t i)
{
  ChWhenMatch *best = NULL;
  float most = s->best.at[i + 1];
  for (ChWhenMatch *m = s->chart.at[i]; m; m = m->next) {
    float v = weight(m) + s->best.at[m->end];
    if (v > most) {
      most = v;
      best = m;
    }
  }
  s->best.at[i] = most;
  return best;
}

/* Tokens of a chosen match and its inner ones (as deep as the levels). */
static void settle(const ChWhenScan *s, ChWhenMatch *m)
{
  m->token = s->items.at[m->start].token;
  m->tokens = s->items.at[m->end - 1].last + 1 - m->token;
  for (uint32_t d = 0; d < (uint32_t)m->slots.days; d++)
    m->day_token[d] = m->day_item[d] < s->items.n ? s->items.at[m->day_item[d]].token : m->token;
  for (uint32_t k = 0; k < m->subs; k++)
    settle(s, m->sub[k]);
}

static void choose(ChWhenScan *s)
{
  ChArena *a = s->r->arena;
  s->best.n = 0;
  for (size_t i = 0; i <= s->items.n; i++)
    *CH_PUSH(a, &s->best) = 0;
  for (size_t i = s->items.n; i-- > 0;) {
    ChWhenMatch *m = best_at(s, i);
    s->chart.at[i] = m; /* from here on the chart holds the choice */
  }
  for (size_t i = 0; i < s->items.n;) {
    ChWhenMatch *m = s->chart.at[i];
    if (!m) {
      i++;
      continue;
    }
    settle(s, m);
    *CH_PUSH(a, &s->chosen) = m;
    i = m->end;
  }
}

static void run(ChWhenScan *s)
{
  s->chart.n = 0;
  for (size_t i = 0; i < s->items.n; i++)
    *CH_PUSH(s->r->arena, &s->chart) = NULL;
  match_rows(s);
  choose(s);
}

void ch_when_scan(ChWhenScan *s, uint32_t token, uint32_t tokens)
{
  s->chosen.n = 0;
  s->items.n = 0;
  if (!s->g.n_rows)
    return;
  bool any = false;
  for (uint32_t t = token, end = token + tokens; t < end;) {
    bool use;
    size_t before = s->items.n;
    t = push_token(s, t, end, &use);
    any = any || use;
    if (use)
      continue;
    /* the idle item closes the run (patterns may look at it) and opens the next */
    if (any)
      run(s);
    size_t keep = s->items.n - before;
    if (any || before) {
      memmove(s->items.at, s->items.at + before, keep * sizeof *s->items.at);
      s->items.n = keep;
    }
    any = false;
  }
  if (any)
    run(s);
}
