/* Pronouns and nominals that grammar settles; the report's outlet and dateline. */
#include "names/inner.h"
#include "names/link.h"

enum { BACK = 40 }; /* people looked back over for a post */

/* The last person before a mention whose post is the unit's. */
static uint32_t last_with_post(const Names *n, const uint32_t *people, size_t count, const Unit *u)
{
  for (size_t k = 0; k < count && k < BACK; k++) {
    const ChEntity *x = &n->r->entities.at[people[count - 1 - k]];
    if (ch_names_posts_meet(n, u, x->post_id, x, CH_NONE) && (x->post.n || x->by_post))
      return people[count - 1 - k];
  }
  return CH_NONE;
}

/* The body that a person's title is of: by its words or by the post; CH_NONE. */
static uint32_t title_body(const Names *n, const Find *f)
{
  const Unit *u = f->unit != CH_NONE ? &n->units.at[f->unit] : NULL;
  return !u ? CH_NONE : u->body != CH_NONE ? u->body : u->n_posts ? n->w.posts[u->posts[0]].body : CH_NONE;
}

enum { BODIES = 12 }; /* bodies looked back over */

/* "the ministry", "the organization": the last body that has the word in its name, else the last that is nobody's organ. */
static uint32_t last_body(Names *n, const uint32_t *finds, size_t count, const Find *f)
{
  uint32_t plain = CH_NONE;
  ChWord word = tok(n, f->head)->lemma_key;
  for (size_t k = 0; k < count && k < BODIES; k++) {
    const Find *g = &n->finds.at[finds[count - 1 - k]];
    for (uint32_t i = g->token; i < g->token + g->tokens; i++)
      if (tok(n, i)->lemma_key == word)
        return g->type == CH_ENTITY_BODY    ? g->entity
               : g->type == CH_ENTITY_GROUP ? ch_names_body_entity(n, ch_ref_index(g->ref))
                                            : ch_names_body_entity(n, title_body(n, g));
    if (plain == CH_NONE && g->type == CH_ENTITY_BODY && f->row != CH_NONE && !n->r->entities.at[g->entity].of.n)
      plain = g->entity;
  }
  return plain;
}

/* "his Belarusian counterpart": the owner is of another state than the counterpart. CH_NONE where the find owns none or nobody fits. */
static uint32_t owner_of_counterpart(const Names *n, size_t find, const uint32_t *people, size_t count)
{
  const Find *f = &n->finds.at[find], *next = find + 1 < n->finds.n ? &n->finds.at[find + 1] : NULL;
  const Unit *u = next && next->unit != CH_NONE ? &n->units.at[next->unit] : NULL;
  if (!u || !u->counterpart || next->state == CH_NONE || f->form != CH_MENTION_PRONOUN || next->token != f->token + f->tokens)
    return CH_NONE;
  for (size_t k = 0; k < count && k < BACK; k++) {
    const ChEntity *x = &n->r->entities.at[people[count - 1 - k]];
    if (x->state != next->state && (!f->gender || !x->gender || x->gender == f->gender))
      return people[count - 1 - k];
  }
  return CH_NONE;
}

/* "the minister", "the spokesman": the last person of that post, the one whom the tables have in it, else the last person where the title
 * is a low one or theirs is not told. `last` may be CH_NONE. */
static uint32_t whose_title(Names *n, const Find *f, const uint32_t *people, size_t count, uint32_t last)
{
  const Unit *u = &n->units.at[f->unit];
  uint32_t e = last_with_post(n, people, count, u);
  if (e == CH_NONE)
    e = ch_link_only_holder(n, f);
  bool owned = u->body != CH_NONE || u->core_tokens > 1 || u->of.n; /* "a Foreign Office spokesman" is one of its own */
  if (e == CH_NONE && last != CH_NONE && !owned && ch_names_lex(n, f->head, LEX_NOMINAL, NULL) &&
      (n->w.posts[u->posts[0]].rank >= 7 || !n->r->entities.at[last].post.n))
    e = last;
  return e;
}

/* "Secretary Blinken met ... The Secretary thanked ...": the one person before whose title has the word; CH_NONE where it fits two. */
static uint32_t titled(const Names *n, size_t find)
{
  const Find *f = &n->finds.at[find];
  ChWord word = tok(n, f->head)->lemma_key;
  uint32_t who = CH_NONE;
  if (f->form == CH_MENTION_PRONOUN || f->tokens != 1)
    return CH_NONE;
  for (size_t k = find; k-- > 0 && find - k <= BACK;) {
    const Find *g = &n->finds.at[k];
    if (g->type != CH_ENTITY_PERSON || g->entity == CH_NONE || g->entity == who || (g->form != CH_MENTION_NAME && g->form != CH_MENTION_POST) || g->tokens < 2)
      continue;
    bool has = false;
    for (uint32_t i = g->token; i < g->token + g->tokens; i++)
      has |= tok(n, i)->lemma_key == word;
    if (has && who != CH_NONE)
      return CH_NONE;
    who = has ? g->entity : who;
  }
  return who;
}

/* Is the find the subject of a verb by the tree? */
static bool is_subject(const Names *n, const Find *f)
{
  for (uint32_t i = f->token; i < f->token + f->tokens; i++) {
    const ChToken *t = tok(n, i);
    if ((t->rel == CH_REL_NSUBJ || t->rel == CH_REL_NSUBJ_PASS) && (t->head < f->token || t->head >= f->token + f->tokens))
      return true;
  }
  return false;
}

/* The person who was the last subject, by gender. */
typedef struct Subjects {
  uint32_t entity[4], sentence[4];
} Subjects;

static void note_subject(const Names *n, Subjects *s, const Find *f, uint8_t gender)
{
  for (uint8_t g = 0; g < 4; g++)
    if (!g || !gender || g == gender) {
      s->entity[g] = f->entity;
      s->sentence[g] = tok(n, f->token)->sentence;
    }
}

/* "A met B. Then he left.": a pronoun that is a subject goes on with the subject of the sentence before. CH_NONE. */
static uint32_t same_subject(const Names *n, const Subjects *s, const Find *f)
{
  uint32_t sentence = tok(n, f->token)->sentence;
  bool near = s->entity[f->gender] != CH_NONE && s->sentence[f->gender] + 1 == sentence;
  return f->form == CH_MENTION_PRONOUN && near && is_subject(n, f) ? s->entity[f->gender] : CH_NONE;
}

/* Singular pronouns and nominals: the last person before of the gender, and of the post where a nominal names one. */
void ch_names_coref(Names *n)
{
  Subjects subjects = {{CH_NONE, CH_NONE, CH_NONE, CH_NONE}, {0}};
  uint32_t last[4] = {CH_NONE, CH_NONE, CH_NONE, CH_NONE}; /* by gender; 0 = any */
  CH_VEC(uint32_t) people = {0};
  CH_VEC(uint32_t) bodies = {0};
  for (size_t i = 0; i < n->finds.n; i++) {
    Find *f = &n->finds.at[i];
    bool of_body = f->type == CH_ENTITY_GROUP && f->ref != CH_NONE && ch_ref_type(f->ref) == CH_WORLD_BODY;
    of_body |= f->type == CH_ENTITY_PERSON && title_body(n, f) != CH_NONE;
    if (f->entity != CH_NONE && (f->type == CH_ENTITY_BODY || of_body) && (f->form == CH_MENTION_NAME || f->form == CH_MENTION_POST))
      *CH_PUSH(n->r->arena, &bodies) = (uint32_t)i;
    if (f->entity == CH_NONE && f->nominal == CH_NOMINAL_BODY)
      f->entity = last_body(n, bodies.at, bodies.n, f);
    if (f->entity == CH_NONE && f->nominal == CH_NOMINAL_PERSON_SING) {
      bool title = f->unit != CH_NONE && n->units.at[f->unit].n_posts;
      f->entity = title ? whose_title(n, f, people.at, people.n, last[0]) : owner_of_counterpart(n, i, people.at, people.n);
      if (f->entity == CH_NONE)
        f->entity = titled(n, i);
      if (f->entity == CH_NONE && !title)
        f->entity = same_subject(n, &subjects, f);
      if (f->entity == CH_NONE && !title)
        f->entity = last[f->gender];
    }
    if (f->entity == CH_NONE || f->type != CH_ENTITY_PERSON)
      continue;
    uint8_t g = n->r->entities.at[f->entity].gender;
    if (!g && f->form == CH_MENTION_POST) /* the noun's, in a language that has one */
      g = tok(n, f->head)->morph.gender;
    if (is_subject(n, f))
      note_subject(n, &subjects, f, g);
    last[0] = f->entity;
    if (g)
      last[g] = f->entity;
    else
      last[CH_GENDER_MASC] = last[CH_GENDER_FEM] = f->entity;
    *CH_PUSH(n->r->arena, &people) = f->entity;
  }
}

/* ---- organs named without their body ---- */

static uint32_t walk_text(const Names *n, const Lang *l, uint32_t node, ChSlice text)
{
  while (text.n && node) {
    char out[CH_FOLD_MAX];
    ChSlice w = ch_slice_cut(&text, ' ');
    size_t k = ch_fold_acronym(w) ? ch_fold_caps(w, out) : ch_fold_key(&l->fold, w, out);
    node = ch_phrases_step(&l->world, node, ch_pack_find(n->r->pack, ch_slice(out, k)));
  }
  return node;
}

enum { OWNERS = 24 };

/* The organ of that name of the state that most of the report speaks for; CH_NONE. */
static uint32_t state_organ(Names *n, const Lang *l, ChSlice text)
{
  uint32_t most = 0, found = CH_NONE;
  ChSlice lang = ch_pack_word(n->r->pack, ch_languages(n->r->pack, &(size_t){0})[l - n->langs].code);
  for (uint32_t s = 0; s < n->w.n_states; s++) {
    if (ch_names_support(n, s) <= most)
      continue;
    ChSlice name = ch_world_text(&n->w, ch_world_names(&n->w, lang, CH_WORLD_STATE, s).name), adjective = ch_world_text(&n->w, n->w.states[s].adjective);
    uint32_t node = (l->options & OPTION_GENITIVE) ? walk_text(n, l, walk_text(n, l, CH_PHRASE_ROOT, text), name)
                                                   : walk_text(n, l, walk_text(n, l, CH_PHRASE_ROOT, adjective), text);
    size_t values = 0;
    const ChPhraseValue *v = node ? ch_phrases_values(&l->world, node, &values) : NULL;
    for (size_t k = 0; k < values; k++)
      if (ch_ref_type(v[k].value) == CH_WORLD_BODY) {
        found = ch_ref_index(v[k].value);
        most = ch_names_support(n, s);
      }
  }
  return found != CH_NONE ? ch_names_body_entity(n, found) : CH_NONE;
}

/* "Security Council" where the report names the UN: the table's "UN Security Council". */
uint32_t ch_names_organ(Names *n, const Find *f)
{
  const Lang *l = lang_at(n, f->token);
  ChSlice text = ch_report_slice(n->r, ch_report_tokens_span(n->r, f->name, f->names));
  uint32_t tried = 0;
  for (size_t i = 0; i < n->finds.n && tried < OWNERS; i++) {
    const Find *g = &n->finds.at[i];
    if (g->type != CH_ENTITY_BODY || g->ref == CH_NONE || ch_ref_type(g->ref) != CH_WORLD_BODY)
      continue;
    tried++;
    ChSlice owner = ch_report_slice(n->r, ch_report_tokens_span(n->r, g->token, g->tokens));
    uint32_t node = (l->options & OPTION_GENITIVE) ? walk_text(n, l, walk_text(n, l, CH_PHRASE_ROOT, text), owner)
                                                   : walk_text(n, l, walk_text(n, l, CH_PHRASE_ROOT, owner), text);
    size_t values = 0;
    const ChPhraseValue *v = node ? ch_phrases_values(&l->world, node, &values) : NULL;
    for (size_t k = 0; k < values; k++)
      if (ch_ref_type(v[k].value) == CH_WORLD_BODY)
        return ch_names_body_entity(n, ch_ref_index(v[k].value));
  }
  return state_organ(n, l, text);
}

static ChSlice outlet_name(const Names *n, uint32_t token)
{
  Hit h = ch_names_hit(n, token, CH_WORLD_OUTLET, ANY_NAME);
  return h.tokens ? ch_world_text(&n->w, n->w.outlets[ch_ref_index(h.ref)].name) : CH_LIT("");
}

void ch_names_outlet(Names *n)
{
  ChReport *r = n->r;
  if (r->meta.outlet.n)
    r->outlet = r->meta.outlet;
  for (uint32_t s = 0; s < r->sentences.n; s++) {
    const ChSentence *sent = &r->sentences.at[s];
    for (uint32_t i = sent->token; i < sent->token + sent->tokens; i++) {
      bool head = i < sent->token + sent->dateline || r->paragraphs.at[sent->paragraph].role == CH_TEXT_META;
      Hit place = ch_names_hit(n, i, CH_WORLD_PLACE, ANY_NAME);
      if (head && place.tokens && !r->dateline.n && i < sent->token + sent->dateline)
        r->dateline = ch_world_text(&n->w, n->w.places[ch_ref_index(place.ref)].name);
      if (r->outlet.n)
        continue;
      ChSlice name = outlet_name(n, i);
      if (!name.n)
        continue;
      Hit h = ch_names_hit(n, i, CH_WORLD_OUTLET, ANY_NAME);
      uint32_t next = i + h.tokens;
      bool said =
          (next < sent->token + sent->tokens && is_lex(n, next, LEX_REPORTED)) || (i > sent->token && is_lex(n, i - 1, LEX_REPORTED));
      if (head || said)
        r->outlet = name;
    }
  }
}
