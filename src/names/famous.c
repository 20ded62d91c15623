/* Surnames alone of people whose posts make them known without a first mention: "Putin to visit China". The tables tell whom a surname
 * means: who held a high post on the report's day, then the highest post, then who is known by surname (persons.tsv); where two are left it
 * means nobody. Words that are surnames and other things besides count only where the text shows that a person is meant. */
#include <stdlib.h>

#include "base/utf8.h"
#include "names/inner.h"

enum {
  HIGH = 3,       /* rank up to which any row of the tables counts on a known day (docs/formats.md) */
  KNOWN_RANK = 4, /* rank up to which posts of those known by surname count at any time */
  FIRST_YEAR = 1945,
  TITLED = 4000, /* score of one who holds a post that the report names */
  ACTIVE = 1000, /* of one who holds the post on the day */
  CURRENT = 500, /* of one who still does, where the day is unknown */
  KNOWN = 10,     /* known by surname */
  PER_RANK = 20,
  UNITS = 64,  /* titles that are looked at */
  CACHE = 512, /* words whose person is remembered */
};

/* ---- whom a surname means ---- */

/* The years that the text names, for a report without a date: n->years[k], how many of them lie before FIRST_YEAR + k. */
static void find_years(Names *n)
{
  n->years = ch_arena_array(n->r->arena, YEARS + 1, sizeof *n->years);
  for (uint32_t i = 0; i < n->r->tokens.n; i++) {
    uint32_t y;
    if (!(tok(n, i)->flags & CH_TOKEN_NUMBER) || form(n, i).n != 4 || !ch_slice_uint(form(n, i), FIRST_YEAR + YEARS - 1, &y))
      continue;
    if (y >= FIRST_YEAR)
      n->years[y - FIRST_YEAR + 1] = 1;
  }
  for (uint32_t k = 1; k <= YEARS; k++)
    n->years[k] += n->years[k - 1];
  n->dated = n->day != CH_DAY_MIN || n->years[YEARS];
}

/* The index in n->years of the year of a day. */
static uint32_t year_index(int32_t day)
{
  int32_t y;
  uint32_t month, mday;
  if (day == CH_DAY_MIN || day == CH_DAY_MAX)
    return day == CH_DAY_MIN ? 0 : YEARS - 1;
  ch_day_parts(day, &y, &month, &mday);
  return y < FIRST_YEAR ? 0 : y >= FIRST_YEAR + YEARS ? YEARS - 1 : (uint32_t)(y - FIRST_YEAR);
}

static bool active(const Names *n, const ChTenure *t)
{
  if (n->day != CH_DAY_MIN)
    return ch_world_in_office(t, n->day);
  return n->years[year_index(ch_world_last_day(t)) + 1] > n->years[year_index(t->from)];
}

/* How well a post makes its holder known; 0 where it does not. Of those not in office on the day none is better known than another. */
static int fame(const Names *n, const ChTenure *t)
{
  uint32_t rank = n->w.posts[t->post].rank;
  bool known = n->w.persons[t->person].known, now = n->dated && active(n, t), day = n->day != CH_DAY_MIN;
  if (!known && (!day || !now || (rank > HIGH && !ch_names_listed(n, "world.known-posts", t->post))))
    return 0;
  if (!now || !day)
    if (rank > KNOWN_RANK)
      return 0;
  if (!now)
    return !n->dated && t->to == CH_DAY_MAX ? CURRENT : 1;
  return ACTIVE + (known ? KNOWN : 0) + (10 - (int)rank) * PER_RANK;
}

/* Does the person hold on the day a post that the report names, of the state or body that it names with it? */
static bool titled(const Names *n, const ChTenure *t)
{
  if (n->day == CH_DAY_MIN || !ch_world_in_office(t, n->day))
    return false;
  for (uint32_t k = 0; k < n->units.n && k < UNITS; k++) {
    const Unit *u = &n->units.at[k];
    bool owned = u->body != CH_NONE && (t->body == u->body || (t->state != CH_NONE && t->state == n->w.bodies[u->body].state));
    for (uint32_t i = 0; i < u->n_states; i++)
      owned |= t->state == u->states[i];
    for (uint32_t i = 0; i < u->n_posts && owned && !u->n_ranks && !u->counterpart; i++) {
      const ChPost *a = &n->w.posts[t->post], *b = &n->w.posts[u->posts[i]];
      if (t->post == u->posts[i] || (a->portfolio != CH_NONE && a->portfolio == b->portfolio && a->rank == b->rank))
        return true;
    }
  }
  return false;
}

typedef struct Best {
  uint32_t person, tenure;
  int score;
  bool tie;
} Best;

/* `token`: the word must be the person's surname by its letters; CH_NONE where it is known to be. */
static void weigh(Names *n, uint32_t token, uint32_t person, Best *b)
{
  const ChPerson *p = &n->w.persons[person];
  if (person == b->person)
    return;
  int most = 0;
  uint32_t tenure = CH_NONE;
  for (uint32_t i = p->tenure; i < p->tenure + p->tenures; i++) {
    int score = fame(n, &n->w.tenures[i]) + (titled(n, &n->w.tenures[i]) ? TITLED : 0);
    if (score > most) {
      most = score;
      tenure = i;
    }
  }
  if (!most || most < b->score || (token != CH_NONE && !ch_names_may_be(n, token, person)))
    return;
  b->tie = most == b->score;
  b->score = most;
  b->person = person;
  b->tenure = tenure;
}

/* All that the skeleton of one word in Latin script may mean. */
static void weigh_skeleton(Names *n, ChSlice latin, Best *b)
{
  char out[CH_FOLD_MAX + 1];
  size_t k = ch_names_skeleton(n, latin, out), values = 0;
  uint32_t node = ch_phrases_step(&n->skeletons, CH_PHRASE_ROOT, ch_pack_find(n->r->pack, ch_slice(out, k)));
  const ChPhraseValue *v = node ? ch_phrases_values(&n->skeletons, node, &values) : NULL;
  for (size_t i = 0; i < values; i++)
    if (ch_ref_way(v[i].value) == CH_WAY_SURNAME)
      weigh(n, CH_NONE, ch_ref_index(v[i].value), b);
}

static Best best_of(Names *n, uint32_t token, uint32_t tokens)
{
  Best b = {.person = CH_NONE, .tenure = CH_NONE};
  bool any = false;
  for (uint32_t i = n->first[token]; i < n->first[token + 1]; i++) {
    const Hit *h = &n->hits[i];
    if (h->tokens != tokens || ch_ref_type(h->ref) != CH_WORLD_PERSON || ch_ref_way(h->ref) != CH_WAY_SURNAME)
      continue;
    any = true;
    weigh(n, tokens > 1 ? CH_NONE : token, ch_ref_index(h->ref), &b);
  }
  if (!any && tokens == 1) {
    uint8_t gender = 0;
    ChSlice native, latin = ch_names_person_text(n, token, 1, tok(n, token)->morph.kase, &gender, &native);
    if (latin.n > 4) /* short skeletons are many names' */
      weigh_skeleton(n, latin, &b);
  }
  if (b.tie)
    b.person = CH_NONE;
  return b;
}

/* What was found for a word before: the same word in the same language and case means the same person. */
struct Famous {
  ChWord form;
  uint32_t lang, kase, person, tenure;
};

uint32_t ch_names_famous(Names *n, uint32_t token, uint32_t tokens, uint32_t *tenure)
{
  if (!n->years)
    find_years(n);
  if (!n->famous)
    n->famous = ch_arena_array(n->r->arena, CACHE, sizeof *n->famous);
  const ChToken *t = tok(n, token);
  struct Famous now = {t->form, n->r->sentences.at[t->sentence].lang, t->morph.kase, CH_NONE, CH_NONE};
  struct Famous *old = &n->famous[(t->form * 2654435761u >> 16) % CACHE];
  if (tokens == 1 && old->form == now.form && old->lang == now.lang && old->kase == now.kase) {
    now = *old;
  } else {
    Best b = best_of(n, token, tokens);
    now.person = b.person;
    now.tenure = b.tenure;
    if (tokens == 1)
      *old = now;
  }
  if (tenure)
    *tenure = now.tenure;
  return now.person;
}

/* ---- where a word is a surname ---- */

typedef struct Scan {
  uint32_t start, end;
  uint32_t covered; /* end of the last longer name of the tables that began before */
  bool titled;
} Scan;

/* Does the word stand first: in its sentence, after a colon or in a line of capitals, where any word has one? */
static bool first_word(const Names *n, uint32_t i, bool titled)
{
  uint32_t start = n->r->sentences.at[tok(n, i)->sentence].token + n->r->sentences.at[tok(n, i)->sentence].dateline;
  if (titled || i <= start)
    return true;
  uint32_t k = i;
  while (k > start && (tok(n, k - 1)->flags & CH_TOKEN_PUNCT) && !mark(n, k - 1, ","))
    k--;
  return k == start || (k < i && (mark(n, k, ":") || (tok(n, i - 1)->flags & CH_TOKEN_QUOTE_OPEN)));
}

/* Are most words of the sentence written with a capital? */
static bool title_case(const Names *n, const ChSentence *s)
{
  uint32_t words = 0, capitals = 0;
  for (uint32_t i = s->token + s->dateline; i < s->token + s->tokens; i++) {
    if ((tok(n, i)->flags & (CH_TOKEN_PUNCT | CH_TOKEN_NUMBER)) || form(n, i).n < 4)
      continue;
    words++;
    capitals += is_capital(n, i);
  }
  return words >= 2 && capitals * 5 > words * 4;
}

/* Is it a word of another name, so that the surname beside it is only a part of that? */
static bool other_name(const Names *n, uint32_t i, bool first)
{
  const ChToken *t = tok(n, i);
  if (!(t->flags & CH_TOKEN_CAPITAL) || (t->flags & (CH_TOKEN_PUNCT | CH_TOKEN_NUMBER)) || n->taken[i] || is_lex(n, i, LEX_STOP) ||
      is_lex(n, i, LEX_HONORIFIC))
    return false;
  if (is_lex(n, i, LEX_GIVEN) || is_lex(n, i, LEX_BODY_TAIL))
    return true;
  if (ch_names_hit(n, i, CH_WORLD_STATE, 0xFF).tokens || ch_names_hit(n, i, CH_WORLD_PLACE, ANY_NAME).tokens ||
      ch_names_hit(n, i, CH_WORLD_BODY, 0xFF).tokens || ch_names_hit(n, i, CH_WORLD_OUTLET, ANY_NAME).tokens ||
      ch_names_hit(n, i, CH_WORLD_POST, ANY_NAME).tokens)
    return false;
  return !first || t->morph.pos == CH_POS_PROPN || !(t->flags & CH_TOKEN_KNOWN);
}

/* Do the words beside [i, after) make it a part of another name? */
static bool part_of_name(const Names *n, const Scan *s, uint32_t i, uint32_t after)
{
  if (i > s->start && (other_name(n, i - 1, first_word(n, i - 1, s->titled)) || is_lex(n, i - 1, LEX_PARTICLE) || mark(n, i - 1, "-")))
    return true;
  if (after >= s->end)
    return false;
  if (other_name(n, after, s->titled) || (is_lex(n, after, LEX_PARTICLE) && after + 1 < s->end && is_capital(n, after + 1)))
    return true;
  return i > s->start && (tok(n, i - 1)->flags & CH_TOKEN_QUOTE_OPEN) && (tok(n, after)->flags & CH_TOKEN_QUOTE_CLOSE);
}

/* Does what follows a word at the start of a sentence make it a person? */
static bool acts(const Names *n, uint32_t i, uint32_t end)
{
  if (i >= end)
    return false;
  const ChToken *t = tok(n, i);
  if (is_lex(n, i, LEX_CLITIC) || (is_lex(n, i, LEX_AND) && i + 1 < end && is_capital(n, i + 1)))
    return true; /* "Bush's visit", "Bush and Putin" */
  return is_lex(n, i, LEX_SAY) || t->morph.pos == CH_POS_VERB || t->morph.pos == CH_POS_AUX;
}

/* Is the place that the word may also be another word in truth? It is where the surname fits all letters and the place's name does not. */
static bool better_than_place(Names *n, uint32_t i, uint32_t person)
{
  Hit place = ch_names_hit(n, i, CH_WORLD_PLACE, ANY_NAME);
  if (!place.tokens)
    return true;
  if (place.tokens > 1)
    return false;
  uint8_t gender = n->w.persons[person].gender;
  ChSlice native, latin = ch_names_person_text(n, i, 1, tok(n, i)->morph.kase, &gender, &native);
  ChSlice rest = ch_world_text(&n->w, n->w.persons[person].name), surname = rest;
  while (rest.n)
    surname = ch_slice_cut(&rest, ' ');
  char a[CH_FOLD_MAX + 1], b[CH_FOLD_MAX + 1], c[CH_FOLD_MAX + 1];
  size_t na = ch_names_skeleton(n, latin, a), nb = ch_names_skeleton(n, surname, b);
  size_t nc = ch_names_skeleton(n, ch_world_text(&n->w, n->w.places[ch_ref_index(place.ref)].name), c);
  return ch_slice_eq(ch_slice(a, na), ch_slice(b, nb)) && !ch_slice_eq(ch_slice(a, na), ch_slice(c, nc));
}

/* Is the preposition one that places have and people have not ("in")? Its row in the lexicon has a value. */
static bool in_place(const Names *n, uint32_t i)
{
  const LexRow *row = ch_names_lex(n, i, LEX_LOCATIVE, NULL);
  return row && row->value != CH_NO_WORD;
}

/* The words at the token that may be a surname: their number, 0 where they cannot. */
static uint32_t candidate(const Names *n, const Scan *s, uint32_t i)
{
  const ChToken *t = tok(n, i);
  Hit h = ch_names_hit(n, i, CH_WORLD_PERSON, WAY(CH_WAY_SURNAME));
  uint32_t tokens = h.tokens ? h.tokens : 1;
  if (n->taken[i] || (t->flags & (CH_TOKEN_PUNCT | CH_TOKEN_NUMBER | CH_TOKEN_INITIAL)) || form(n, i).n < 2)
    return 0;
  if (!(t->flags & CH_TOKEN_CAPITAL) && !(tokens > 1 && is_capital(n, i + tokens - 1)))
    return 0;
  if (!h.tokens && (t->flags & CH_TOKEN_KNOWN))
    return 0;
  if (is_lex(n, i, LEX_STOP) || is_lex(n, i, LEX_GROUP) || is_lex(n, i, LEX_BODY_TAIL) || (tokens == 1 && is_lex(n, i, LEX_PARTICLE)))
    return 0;
  if (ch_names_hit(n, i, CH_WORLD_STATE, 0xFF).tokens || ch_names_hit(n, i, CH_WORLD_OUTLET, ANY_NAME).tokens ||
      ch_names_hit(n, i, CH_WORLD_BODY, 0xFF).tokens || ch_names_hit(n, i, CH_WORLD_POST, ANY_NAME).tokens)
    return 0;
  if ((t->flags & CH_TOKEN_ACRONYM) && !s->titled && ch_utf8_count(form(n, i)) < 5)
    return 0;
  if (ch_utf8_count(form(n, i)) < 3 && tokens == 1 && t->morph.pos != CH_POS_PROPN)
    return 0;
  bool clitic = i + tokens < s->end && is_lex(n, i + tokens, LEX_CLITIC);
  if (i > s->start && !clitic && in_place(n, i - 1))
    return 0;
  if (i < s->covered || part_of_name(n, s, i, i + tokens))
    return 0;
  return tokens;
}

static Scan scan_of(const Names *n, uint32_t sentence)
{
  const ChSentence *s = &n->r->sentences.at[sentence];
  return (Scan){s->token + s->dateline, s->token + s->tokens, 0, title_case(n, s)};
}

/* Is a word that is no surname only used as one here? */
static bool surname_here(const Names *n, const Scan *s, uint32_t i, uint32_t tokens, uint32_t tenure, bool inner)
{
  if (!is_lex(n, i, LEX_COMMON) && !is_lex(n, i, LEX_GIVEN))
    return true;
  uint32_t after = i + tokens;
  bool first = first_word(n, i, s->titled);
  bool given = is_lex(n, i, LEX_GIVEN) && !(n->day != CH_DAY_MIN && active(n, &n->w.tenures[tenure]));
  if (given || !n->w.persons[n->w.tenures[tenure].person].known ||
      (after < s->end && is_capital(n, after) && !(tok(n, after)->flags & CH_TOKEN_PUNCT)))
    return false;
  return inner || (first ? acts(n, after, s->end) : tok(n, i)->morph.pos == CH_POS_PROPN);
}

/* Names of things of several words at the token: their end is what they cover. */
static void cover(const Names *n, Scan *s, uint32_t i)
{
  static const ChWorldType types[] = {CH_WORLD_STATE, CH_WORLD_PLACE, CH_WORLD_BODY, CH_WORLD_OUTLET};
  for (size_t k = 0; k < sizeof types / sizeof *types; k++) {
    uint32_t tokens = ch_names_hit(n, i, types[k], 0xFF).tokens;
    if (tokens > 1 && i + tokens > s->covered)
      s->covered = i + tokens;
  }
}

static int by_word(const void *a, const void *b)
{
  const ChWord *x = a, *y = b;
  return *x < *y ? -1 : *x > *y;
}

typedef struct Words {
  ChWord *at;
  size_t n;
} Words;

static bool has(const Words *w, ChWord word) { return w->n && bsearch(&word, w->at, w->n, sizeof word, by_word); }

/* Keys of the words of all people named in full: a surname among them is theirs. */
static Words named_people(const Names *n)
{
  Words out = {0};
  for (int pass = 0; pass < 2; pass++) {
    if (pass)
      out.at = ch_arena_array(n->r->arena, out.n + 1, sizeof *out.at);
    out.n = 0;
    for (size_t i = 0; i < n->finds.n; i++) {
      const Find *f = &n->finds.at[i];
      for (uint32_t k = f->name; f->type == CH_ENTITY_PERSON && k < f->name + f->names; k++, out.n++)
        if (pass)
          out.at[out.n] = tok(n, k)->key;
    }
  }
  if (out.n)
    qsort(out.at, out.n, sizeof *out.at, by_word);
  return out;
}

/* Keys of the words that stand with a capital within a sentence, where only names do. */
static Words inner_names(const Names *n, const bool *titled)
{
  Words out = {ch_arena_array(n->r->arena, n->r->tokens.n + 1, sizeof *out.at), 0};
  for (uint32_t i = 0; i < n->r->tokens.n; i++)
    if (is_capital(n, i) && !is_lex(n, i, LEX_STOP) && !first_word(n, i, titled[tok(n, i)->sentence]) &&
        ch_names_hit(n, i, CH_WORLD_PERSON, WAY(CH_WAY_SURNAME)).tokens)
      out.at[out.n++] = tok(n, i)->key;
  if (out.n)
    qsort(out.at, out.n, sizeof *out.at, by_word);
  return out;
}

/* "Chirac and Schroeder": joined by "and" to a surname that is no place's name. */
static bool beside_person(Names *n, const Scan *s, uint32_t i, uint32_t tokens)
{
  uint32_t others[2] = {i + tokens + 1, i - 2};
  bool joined[2] = {others[0] < s->end && is_lex(n, i + tokens, LEX_AND), i >= s->start + 2 && is_lex(n, i - 1, LEX_AND)};
  for (size_t k = 0; k < 2; k++)
    if (joined[k] && !ch_names_hit(n, others[k], CH_WORLD_PLACE, ANY_NAME).tokens && candidate(n, s, others[k]) == 1 &&
        ch_names_famous(n, others[k], 1, NULL) != CH_NONE)
      return true;
  return false;
}

void ch_names_scan_famous(Names *n)
{
  bool *titled = ch_arena_array(n->r->arena, n->r->sentences.n + 1, sizeof *titled);
  for (uint32_t s = 0; s < n->r->sentences.n; s++)
    titled[s] = title_case(n, &n->r->sentences.at[s]);
  Words people = named_people(n), inner = inner_names(n, titled);
  for (uint32_t k = 0; k < n->r->sentences.n; k++) {
    Scan s = scan_of(n, k);
    for (uint32_t i = s.start, tokens; i < s.end; i += tokens ? tokens : 1) {
      uint32_t tenure = CH_NONE, person;
      cover(n, &s, i);
      tokens = candidate(n, &s, i);
      if (!tokens)
        continue;
      person = ch_names_famous(n, i, tokens, &tenure);
      if (person == CH_NONE || !surname_here(n, &s, i, tokens, tenure, has(&inner, tok(n, i)->key)) ||
          !(better_than_place(n, i, person) || beside_person(n, &s, i, tokens)))
        continue;
      bool named = has(&people, tok(n, i + tokens - 1)->key); /* whoever bears it here */
      Find *f = ch_names_find(n, i, tokens, CH_ENTITY_PERSON, CH_MENTION_NAME);
      f->name = f->head = i;
      f->names = tokens;
      f->surname = true;
      if (!named) {
        f->ref = ch_world_ref(CH_WORLD_PERSON, CH_WAY_SURNAME, person);
        f->tenure = tenure;
      }
      ch_names_take(n, (uint32_t)n->finds.n - 1);
    }
  }
}
