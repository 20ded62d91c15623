/* Names of people by their shape, and what they are in the nominative and in print. */
#include "base/utf8.h"
#include "names/inner.h"

enum { WORDS = 6, OPTIONS = 12 };

/* "al-Qaddafi": a particle and a name in one word. */
static bool particled(const Names *n, uint32_t i)
{
  ChSlice rest = form(n, i);
  size_t hyphen = ch_slice_find(rest, CH_LIT("-")), used;
  if (hyphen == SIZE_MAX || hyphen + 1 >= rest.n)
    return false;
  ChSlice particle = ch_slice(rest.p, hyphen + 1), name = ch_slice(rest.p + hyphen + 1, rest.n - hyphen - 1);
  const Lang *l = lang_at(n, i);
  char out[CH_FOLD_MAX];
  uint32_t cp = ch_utf8_decode(name.p, name.n, &used);
  char first[8], lower[16];
  memcpy(first, name.p, used);
  bool capital = ch_utf8_lower(ch_slice(first, used), lower, sizeof lower) != used || memcmp(first, lower, used) != 0;
  (void)cp;
  for (int with = 0; with < 2 && capital; with++) { /* listed with its hyphen or without */
    size_t k = ch_fold_norm(&l->fold, ch_slice(particle.p, particle.n - (size_t)with), out), values = 0;
    uint32_t node = ch_phrases_step(&l->lex, CH_PHRASE_ROOT, ch_pack_find(n->r->pack, ch_slice(out, k)));
    const ChPhraseValue *v = node ? ch_phrases_values(&l->lex, node, &values) : NULL;
    for (size_t j = 0; j < values; j++)
      if (l->rows[v[j].value].kind == LEX_PARTICLE)
        return true;
  }
  return false;
}

/* May the token be a word of a person's name? */
static bool name_word(const Names *n, uint32_t i)
{
  const ChToken *t = tok(n, i);
  if ((!(t->flags & CH_TOKEN_CAPITAL) && !particled(n, i)) || (t->flags & (CH_TOKEN_PUNCT | CH_TOKEN_NUMBER)))
    return false;
  if (is_lex(n, i, LEX_GIVEN))
    return true;
  if (is_lex(n, i, LEX_STOP) || is_lex(n, i, LEX_GROUP) || is_lex(n, i, LEX_COUNTERPART) || is_lex(n, i, LEX_BODY_TAIL))
    return false;
  if ((t->flags & CH_TOKEN_ACRONYM) && ch_utf8_count(form(n, i)) <= 3)
    return false;
  return !ch_names_hit(n, i, CH_WORLD_STATE, 0xFF).tokens && !ch_names_hit(n, i, CH_WORLD_POST, ANY_NAME).tokens &&
         !ch_names_hit(n, i, CH_WORLD_OUTLET, ANY_NAME).tokens && !ch_names_hit(n, i, CH_WORLD_BODY, ANY_NAME).tokens;
}

static bool initial(const Names *n, uint32_t i) { return tok(n, i)->flags & CH_TOKEN_INITIAL; }

/* Bytes of the clitic that the token ends in ("Bogdanov's": 2). */
static size_t clitic(const Names *n, uint32_t i)
{
  const Lang *l = lang_at(n, i);
  ChSlice f = form(n, i);
  for (size_t k = 1; k < 8 && k < f.n; k++) {
    char out[CH_FOLD_MAX];
    size_t m = ch_fold_norm(&l->fold, ch_slice(f.p + f.n - k, k), out);
    uint32_t node = ((unsigned char)f.p[f.n - k] & 0xC0) == 0x80
                        ? 0
                        : ch_phrases_step(&l->lex, CH_PHRASE_ROOT, ch_pack_find(n->r->pack, ch_slice(out, m)));
    size_t values = 0;
    const ChPhraseValue *v = node ? ch_phrases_values(&l->lex, node, &values) : NULL;
    for (size_t j = 0; j < values; j++)
      if (l->rows[v[j].value].kind == LEX_CLITIC)
        return k;
  }
  return 0;
}

uint32_t ch_names_person_shape(Names *n, uint32_t token, uint32_t end, bool strong)
{
  Hit full = ch_names_hit(n, token, CH_WORLD_PERSON, ANY_NAME);
  Hit place = ch_names_hit(n, token, CH_WORLD_PLACE, ANY_NAME), state = ch_names_hit(n, token, CH_WORLD_STATE, 0xFF);
  uint32_t i = token, words = 0, initials = 0;
  while (i < end && initial(n, i) && initials < 3) {
    i++;
    initials++;
  }
  bool given = i < end && is_lex(n, i, LEX_GIVEN);
  uint32_t stop = i; /* after the last word */
  while (i < end && words < WORDS) {
    if (i > token && (tok(n, i)->flags & CH_TOKEN_PUNCT))
      break;
    if (is_lex(n, i, LEX_PARTICLE) && (words || strong || is_capital(n, i)) && i + 1 < end && name_word(n, i + 1) &&
        !is_lex(n, i, LEX_GIVEN)) {
      i++;
      continue;
    }
    if (words && initial(n, i)) { /* "Hillary R. Clinton" */
      i++;
      continue;
    }
    if (!name_word(n, i))
      break;
    if (words && !given && !initials && i >= token + full.tokens && is_lex(n, i, LEX_GIVEN) && i + 1 < end && name_word(n, i + 1) &&
        !is_lex(n, i - 1, LEX_PARTICLE))
      break; /* "of X Given Surname": another name begins */
    if (words && i > token + full.tokens && ch_names_hit(n, i, CH_WORLD_PLACE, ANY_NAME).tokens > 1)
      break;
    words++;
    stop = ++i;
    if (clitic(n, i - 1))
      break; /* "Bogdanov's" ends a name */
  }
  uint32_t len = words ? stop - token : 0;
  if (full.tokens >= 2 && full.tokens >= len)
    return full.tokens;
  if (full.tokens >= 2 && words > 0) /* "A bin B" of "A bin B bin C Al D" */
    return len > full.tokens && is_lex(n, token + full.tokens, LEX_PARTICLE) ? len : full.tokens;
  if (place.tokens >= len || state.tokens >= len)
    return full.tokens >= 2 ? full.tokens : 0;
  if (words == 0)
    return 0;
  if (strong && words == 1 && !initials) { /* a word alone after a title: a known surname, or more than a word by its hyphens */
    bool known = ch_names_hit(n, token, CH_WORLD_PERSON, WAY(CH_WAY_SURNAME)).tokens > 0;
    if (!known && (lang_at(n, token)->options & OPTION_GENITIVE))
      return 0;
    return len;
  }
  if (strong || initials)
    return len;
  return words >= 2 && given ? len : 0;
}

/* ---- nominative and print ---- */

typedef struct Option {
  char text[CH_FOLD_MAX];
  uint32_t n;
  uint8_t cases, gender;
  int score;
  ChWord print; /* of a given name */
} Option;

static const LexRow *given_row(const Names *n, const Lang *l, ChSlice text)
{
  char out[CH_FOLD_MAX];
  size_t k = ch_fold_key(&l->fold, text, out);
  ChWord w = ch_pack_find(n->r->pack, ch_slice(out, k));
  uint32_t node = ch_phrases_step(&l->lex, CH_PHRASE_ROOT, w);
  if (!node)
    return NULL;
  size_t values;
  const ChPhraseValue *v = ch_phrases_values(&l->lex, node, &values);
  for (size_t i = 0; i < values; i++) {
    const LexRow *row = &l->rows[v[i].value];
    if (row->kind != LEX_GIVEN)
      continue;
    return row;
  }
  return NULL;
}

static bool has_case(uint8_t cases, uint8_t kase) { return kase && (cases >> kase & 1); }

static void rate(const Names *n, const Lang *l, uint32_t token, Option *o, uint8_t kase, bool given)
{
  if (kase)
    o->score += has_case(o->cases, kase) ? 4 : -5;
  uint8_t own = tok(n, token)->morph.kase;
  if (own)
    o->score += has_case(o->cases, own) ? 2 : -1;
  const LexRow *row = given ? given_row(n, l, ch_slice(o->text, o->n)) : NULL;
  if (row) {
    if (!o->gender || !row->gender || o->gender == row->gender) {
      /* the listed name itself, not another form with its key */
      o->score += 3;
      o->print = row->value;
      o->gender = row->gender;
    }
  }
}

/* The forms that the word may be of, the word itself first. */
static size_t options(const Names *n, const Lang *l, uint32_t token, uint8_t kase, bool given, Option out[OPTIONS])
{
  ChSlice f = form(n, token);
  char low[CH_FOLD_MAX];
  if (f.n > CH_FOLD_MAX / 2)
    f.n = 0;
  size_t ln = ch_utf8_lower(f, low, sizeof low), k = 0;
  size_t letters = ch_utf8_count(f);
  out[0] = (Option){.n = (uint32_t)f.n, .cases = 0x7E, .score = kase == CH_CASE_NOM || !kase ? 6 : 1};
  memcpy(out[0].text, f.p, f.n);
  rate(n, l, token, &out[0], kase, given);
  if (kase && kase != CH_CASE_NOM)
    out[0].score -= 3; /* not every name stays as it is */
  k = 1;
  for (size_t i = 0; i < l->n_cases && k < OPTIONS; i++) {
    const CaseRow *r = &l->cases[i];
    ChSlice e = ch_slice(r->ending, r->ending_n);
    if (!ch_slice_ends(ch_slice(low, ln), e) || ln != f.n || letters < ch_utf8_count(e) + r->keep)
      continue;
    Option *o = &out[k++];
    *o = (Option){.cases = r->cases, .gender = r->gender, .score = r->weight / 2};
    size_t stem = f.n - e.n;
    memcpy(o->text, f.p, stem);
    memcpy(o->text + stem, r->nominative, r->nominative_n);
    o->n = (uint32_t)(stem + r->nominative_n);
    rate(n, l, token, o, kase, given);
  }
  return k;
}

static int pair_score(const Option *a, const Option *b, uint8_t kase)
{
  int s = a->score + b->score;
  uint8_t both = a->cases & b->cases;
  s += both ? 2 : -6;
  if (kase && both && !has_case(both, kase))
    s -= 3;
  if (a->gender && b->gender && a->gender != b->gender)
    s -= 8;
  return s;
}

static ChSlice print_word(Names *n, const Lang *l, const Option *o)
{
  if (o->print)
    return ch_arena_copy(n->r->arena, ch_world_text(&n->w, o->print));
  char out[CH_FOLD_MAX];
  size_t k = ch_rewrite_word(&l->latin, ch_slice(o->text, o->n), true, out);
  return ch_arena_copy(n->r->arena, ch_slice(out, k));
}

/* A word in capitals throughout as "Word". */
static ChSlice uncapital(Names *n, ChSlice w)
{
  if (!ch_fold_acronym(w) || ch_utf8_count(w) < 4)
    return w;
  char *p = ch_arena_alloc(n->r->arena, w.n + 8);
  size_t used;
  ch_utf8_decode(w.p, w.n, &used);
  memcpy(p, w.p, used);
  size_t k = ch_utf8_lower(ch_slice(w.p + used, w.n - used), p + used, w.n);
  return ch_slice(p, used + k);
}

/* As written, without a possessive at its end. */
static ChSlice written(Names *n, uint32_t token, uint32_t tokens)
{
  ChSlice out = CH_LIT("");
  for (uint32_t i = token; i < token + tokens; i++) {
    ChSlice w = form(n, i);
    if (i + 1 == token + tokens)
      w.n -= clitic(n, i);
    w = uncapital(n, w);
    bool tight = i > token && !(tok(n, i)->flags & CH_TOKEN_SPACE_BEFORE) && !(tok(n, i - 1)->flags & CH_TOKEN_INITIAL);
    out = ch_arena_printf(n->r->arena, "%.*s%s%.*s", CH_ARG(out), i > token && !tight ? " " : "", CH_ARG(w));
  }
  return out;
}

ChSlice ch_names_person_text(Names *n, uint32_t token, uint32_t tokens, uint8_t kase, uint8_t *gender, ChSlice *native)
{
  const Lang *l = lang_at(n, token);
  if (!l->n_cases) {
    const LexRow *row = ch_names_lex(n, token, LEX_GIVEN, NULL);
    if (row && !*gender)
      *gender = row->gender;
    *native = written(n, token, tokens);
    return *native;
  }
  Option first[OPTIONS], last[OPTIONS];
  uint32_t end = token + tokens, g = token;
  while (g < end && (tok(n, g)->flags & CH_TOKEN_INITIAL))
    g++;
  size_t nf = g + 1 < end ? options(n, l, g, kase, true, first) : 0, nl = options(n, l, end - 1, kase, false, last);
  size_t bf = 0, bl = 0;
  int most = -1000;
  for (size_t i = 0; i < (nf ? nf : 1); i++)
    for (size_t j = 0; j < nl; j++) {
      int s = nf ? pair_score(&first[i], &last[j], kase) : last[j].score;
      if (*gender && last[j].gender && last[j].gender != *gender)
        s -= 8;
      if (s > most) {
        most = s;
        bf = i;
        bl = j;
      }
    }
  if (nf && first[bf].gender && !*gender)
    *gender = first[bf].gender;
  if (!*gender && last[bl].gender)
    *gender = last[bl].gender;
  uint8_t agreed = nf ? first[bf].cases & last[bl].cases : last[bl].cases;
  ChSlice out = CH_LIT(""), own = CH_LIT("");
  for (uint32_t i = token; i < end; i++) {
    Option mid[OPTIONS];
    const Option *o;
    if (i == g && nf) {
      o = &first[bf];
    } else if (i + 1 == end) {
      o = &last[bl];
    } else {
      size_t nm = options(n, l, i, kase, false, mid), b = 0;
      for (size_t k = 1; k < nm; k++)
        if ((mid[k].cases & agreed) && agreed != 0x7E && mid[k].score > mid[b].score)
          b = k;
      o = &mid[b];
    }
    const char *gap = i > token ? " " : "";
    own = ch_arena_printf(n->r->arena, "%.*s%s%.*s", CH_ARG(own), gap, (int)o->n, o->text);
    ChSlice w = print_word(n, l, o);
    out = ch_arena_printf(n->r->arena, "%.*s%s%.*s", CH_ARG(out), gap, CH_ARG(uncapital(n, w)));
  }
  *native = own;
  return out;
}

size_t ch_names_skeleton(Names *n, ChSlice w, char out[CH_FOLD_MAX + 1])
{
  out[0] = '~';
  return 1 + ch_rewrite_word(&n->skeleton, w, false, out + 1);
}

uint32_t ch_names_by_skeleton(Names *n, ChSlice latin)
{
  uint32_t node = CH_PHRASE_ROOT, words = 0;
  ChSlice rest = latin;
  while (rest.n && node) {
    ChSlice w = ch_slice_cut(&rest, ' ');
    char out[CH_FOLD_MAX + 1];
    size_t k = ch_names_skeleton(n, w, out);
    node = ch_phrases_step(&n->skeletons, node, ch_pack_find(n->r->pack, ch_slice(out, k)));
    words++;
  }
  if (!node || words < 2)
    return CH_NONE;
  size_t values;
  const ChPhraseValue *v = ch_phrases_values(&n->skeletons, node, &values);
  uint32_t found = CH_NONE;
  for (size_t i = 0; i < values; i++)
    if (ch_ref_way(v[i].value) == CH_WAY_NAME) {
      if (found != CH_NONE && found != ch_ref_index(v[i].value))
        return CH_NONE;
      found = ch_ref_index(v[i].value);
    }
  return found;
}

/* Is the word in Latin script a surname of the person by its skeleton? */
static bool surname_of(Names *n, ChSlice latin, uint32_t person)
{
  char out[CH_FOLD_MAX + 1];
  size_t k = ch_names_skeleton(n, latin, out), values = 0;
  uint32_t node = ch_phrases_step(&n->skeletons, CH_PHRASE_ROOT, ch_pack_find(n->r->pack, ch_slice(out, k)));
  const ChPhraseValue *v = node ? ch_phrases_values(&n->skeletons, node, &values) : NULL;
  for (size_t i = 0; i < values; i++)
    if (v[i].value == ch_world_ref(CH_WORLD_PERSON, CH_WAY_SURNAME, person))
      return true;
  return false;
}

bool ch_names_may_be(Names *n, uint32_t token, uint32_t person)
{
  const Lang *l = lang_at(n, token);
  if (!l->n_cases)
    return surname_of(n, written(n, token, 1), person);
  Option all[OPTIONS];
  size_t k = options(n, l, token, tok(n, token)->morph.kase, false, all);
  for (size_t i = 0; i < k; i++) {
    char out[CH_FOLD_MAX];
    size_t m = ch_rewrite_word(&l->latin, ch_slice(all[i].text, all[i].n), true, out);
    if (surname_of(n, ch_slice(out, m), person))
      return true;
  }
  return false;
}

/* May the token be a form of the word, by all its letters? */
static bool spelt(Names *n, uint32_t token, ChSlice word)
{
  const Lang *l = lang_at(n, token);
  char want[CH_FOLD_MAX], have[CH_FOLD_MAX];
  ChSlice f = form(n, token);
  f.n -= clitic(n, token);
  size_t w = ch_fold_norm(&l->fold, word, want);
  if (ch_slice_eq(ch_slice(want, w), ch_slice(have, ch_fold_norm(&l->fold, f, have))))
    return true;
  Option all[OPTIONS];
  size_t k = options(n, l, token, 0, false, all);
  for (size_t i = 0; i < k; i++)
    if (ch_slice_eq(ch_slice(want, w), ch_slice(have, ch_fold_norm(&l->fold, ch_slice(all[i].text, all[i].n), have))))
      return true;
  return false;
}

bool ch_names_spelt_row(Names *n, uint32_t token, uint32_t tokens, uint32_t ref)
{
  ChSlice lang = ch_language_code(n->r->pack, n->r->sentences.at[tok(n, token)->sentence].lang);
  ChWorldNames names = ch_world_names(&n->w, lang, ch_ref_type(ref), ch_ref_index(ref));
  ChSlice cells[] = {ch_world_text(&n->w, names.name), ch_world_text(&n->w, names.also)};
  for (size_t i = 0; i < 2; i++)
    while (cells[i].n) {
      ChSlice one = ch_slice_cut(&cells[i], ';'), rest = one, first = ch_slice_cut(&rest, ' '), last = first;
      bool whole = tokens == 1 && ch_ref_way(ref) != CH_WAY_SURNAME; /* one word must be all of the name */
      while (rest.n)
        last = ch_slice_cut(&rest, ' ');
      if (whole ? spelt(n, token, one) : spelt(n, token + tokens - 1, last) && (tokens == 1 || spelt(n, token, first)))
        return true;
    }
  return false;
}
