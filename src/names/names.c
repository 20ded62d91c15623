#include "names/names.h"

#include <stdlib.h>

#include "names/inner.h"
#include "world/spelling.h"

static void open_langs(Names *n)
{
  size_t count;
  const ChLanguage *list = ch_languages(n->r->pack, &count);
  n->n_langs = count;
  for (size_t i = 0; i < count && i < CH_LANGUAGES_MAX; i++) {
    ChSlice code = ch_pack_word(n->r->pack, list[i].code);
    Lang *l = &n->langs[i];
    size_t k;
    l->world = ch_phrases_of_lang(n->r->pack, code, "world");
    l->lex = ch_phrases_of_lang(n->r->pack, code, "names");
    l->rows = ch_pack_section_of(n->r->pack, code, "names.rows", sizeof *l->rows, &l->n_rows);
    l->cases = ch_pack_section_of(n->r->pack, code, "names.cases", sizeof *l->cases, &l->n_cases);
    l->latin = ch_rewrite_of_lang(n->r->pack, code, "latin");
    l->fold = ch_fold_of(n->r->pack, code);
    const uint32_t *options = ch_pack_section_of(n->r->pack, code, "names.options", sizeof *options, &k);
    l->options = k ? *options : 0;
  }
}

static int by_place(const void *a, const void *b)
{
  const ChMention *x = a, *y = b;
  if (x->token != y->token)
    return x->token < y->token ? -1 : 1;
  if (x->tokens != y->tokens)
    return x->tokens > y->tokens ? -1 : 1;
  return x->entity < y->entity ? -1 : x->entity > y->entity;
}

static int by_token(const void *a, const void *b)
{
  const Find *x = a, *y = b;
  if (x->token != y->token)
    return x->token < y->token ? -1 : 1;
  if (x->tokens != y->tokens)
    return x->tokens > y->tokens ? -1 : 1;
  return x->state < y->state ? -1 : x->state > y->state;
}

/* The governing preposition before the extent, past articles. */
static uint32_t preposition(const Names *n, uint32_t token)
{
  uint32_t start = n->r->sentences.at[tok(n, token)->sentence].token;
  while (token > start && is_lex(n, token - 1, LEX_ARTICLE))
    token--;
  if (token == start)
    return CH_NONE;
  return tok(n, token - 1)->morph.pos == CH_POS_ADP || is_lex(n, token - 1, LEX_LOCATIVE) || is_lex(n, token - 1, LEX_COMPLEMENT)
             ? token - 1
             : CH_NONE;
}

/* The word of a body's name that bears its case ("the [Council] of Ministers"): the one that the tree governs from outside; else `head`. */
static uint32_t top_of(const Names *n, const Find *f)
{
  if (f->type != CH_ENTITY_BODY || f->tokens < 2)
    return f->head;
  for (uint32_t i = f->token; i < f->token + f->tokens; i++) {
    const ChToken *t = tok(n, i);
    bool inside = t->head != CH_NONE && t->head >= f->token && t->head < f->token + f->tokens;
    if (t->rel != CH_REL_NONE && !inside && t->morph.kase)
      return i;
  }
  return f->head;
}

/* A person's name stands in the case of its last word where the first, which may not inflect, looks like a nominative. Names one after another have one
 * word in another case only by a slip of the tags. */
static uint8_t case_of(const Names *n, const Find *f, uint32_t head)
{
  uint8_t kase = tok(n, head)->morph.kase;
  if (f->type != CH_ENTITY_PERSON || f->names < 2 || kase != CH_CASE_NOM || head < f->name || head >= f->name + f->names)
    return kase;
  uint8_t last = tok(n, f->name + f->names - 1)->morph.kase;
  return last ? last : kase;
}

static void write_mentions(Names *n)
{
  ChReport *r = n->r;
  for (size_t i = 0; i < n->finds.n; i++) {
    const Find *f = &n->finds.at[i];
    ChMention *m = CH_PUSH(r->arena, &r->mentions);
    *m = (ChMention){.token = f->token, .tokens = f->tokens, .name = f->name, .names = f->names, .head = top_of(n, f), .entity = f->entity};
    m->prep = preposition(n, f->token);
    m->type = f->type;
    m->form = f->form;
    m->nominal = f->nominal;
    m->kase = case_of(n, f, m->head);
    m->number = tok(n, m->head)->morph.number;
    m->score = f->ref != CH_NONE ? 1.0f : 0.7f;
  }
  if (r->mentions.n)
    qsort(r->mentions.at, r->mentions.n, sizeof *r->mentions.at, by_place);
  for (size_t i = 0; i < r->entities.n; i++) {
    r->entities.at[i].mention = CH_NONE;
    r->entities.at[i].mentions = 0;
  }
  for (uint32_t i = 0; i < r->mentions.n; i++) {
    const ChMention *m = &r->mentions.at[i];
    for (uint32_t k = m->token; k < m->token + m->tokens; k++)
      r->tokens.at[k].mention = i; /* later ones are inner ones */
    if (m->entity == CH_NONE)
      continue;
    ChEntity *e = &r->entities.at[m->entity];
    if (e->mention == CH_NONE)
      e->mention = i;
    e->mentions++;
  }
}

/* The entity that an entity's `of` names, where the report has it. */
static void link_owners(Names *n)
{
  ChReport *r = n->r;
  uint32_t *states = ch_arena_array(r->arena, n->w.n_states + 1, sizeof *states);
  for (uint32_t i = 0; i < r->entities.n; i++)
    if (r->entities.at[i].type == CH_ENTITY_STATE && r->entities.at[i].world != CH_NONE)
      states[r->entities.at[i].world] = i + 1;
  for (size_t i = 0; i < r->entities.n; i++) {
    ChEntity *e = &r->entities.at[i];
    if (e->type == CH_ENTITY_STATE || e->state == CH_NONE)
      continue;
    e->of_entity = states[e->state] ? states[e->state] - 1 : CH_NONE;
    if (!e->of.n && e->type == CH_ENTITY_PERSON)
      e->of = ch_world_text(&n->w, n->w.states[e->state].name);
  }
}

/* Unknown people of a known state in another script: what was put into Latin letter by letter, as their state spells it. */
static void respell(Names *n)
{
  ChReport *r = n->r;
  for (size_t i = 0; i < r->entities.n; i++) {
    ChEntity *e = &r->entities.at[i];
    if (e->type != CH_ENTITY_PERSON || e->world != CH_NONE || e->by_post || e->state == CH_NONE || !e->native.n || e->mention == CH_NONE)
      continue;
    uint8_t lang = r->sentences.at[tok(n, r->mentions.at[e->mention].token)->sentence].lang;
    ChSpelling s = ch_spelling_of(r->pack, ch_language_code(r->pack, lang), CH_SPELL_LATIN);
    ChSlice native = e->native, name = e->name, out = CH_LIT("");
    while (native.n && name.n) {
      char plain[CH_FOLD_MAX], other[CH_FOLD_MAX];
      ChSlice from = ch_slice_cut(&native, ' '), word = ch_slice_cut(&name, ' ');
      size_t k = ch_rewrite_word(&n->langs[lang].latin, from, true, plain);
      size_t m = ch_slice_eq(word, ch_slice(plain, k)) ? ch_spelling_name(&s, e->state, from, other) : 0;
      out = ch_arena_printf(r->arena, "%.*s%s%.*s", CH_ARG(out), out.n ? " " : "", CH_ARG(m ? ch_slice(other, m) : word));
    }
    if (out.n && !native.n && !name.n)
      e->name = out;
  }
}

void ch_names_stage(ChReport *r)
{
  if (!r->tokens.n)
    return;
  Names *n = ch_arena_alloc(r->arena, sizeof *n);
  n->r = r;
  n->w = ch_world_of(r->pack);
  n->day = CH_DAY_MIN;
  int32_t last;
  if (r->meta.published.n && !ch_day_span(r->meta.published, &n->day, &last))
    n->day = CH_DAY_MIN;
  n->skeleton = ch_rewrite_of(r->pack, "world.skel-letters");
  n->skeletons = ch_phrases_of(r->pack, "world.skeleton");
  n->sound = ch_rewrite_of(r->pack, "world.sounds");
  n->sounds = ch_phrases_of(r->pack, "world.sound");
  n->print = ch_world_print_language(&n->w);
  open_langs(n);
  n->taken = ch_arena_array(r->arena, r->tokens.n + 1, sizeof *n->taken);
  ch_names_match(n);
  ch_names_scan_collectives(n);
  ch_names_scan_people(n);
  ch_names_drop_for_people(n);
  ch_names_scan_famous(n);
  ch_names_scan_things(n);
  if (n->finds.n)
    qsort(n->finds.at, n->finds.n, sizeof *n->finds.at, by_token);
  ch_names_link(n);
  if (n->finds.n)
    qsort(n->finds.at, n->finds.n, sizeof *n->finds.at, by_token);
  ch_names_coref(n);
  ch_names_members(n);
  if (n->finds.n)
    qsort(n->finds.at, n->finds.n, sizeof *n->finds.at, by_token);
  ch_names_outlet(n);
  write_mentions(n);
  link_owners(n);
  respell(n);
}
