/* People in the text: title and name, name and title, title alone. */
#include "base/utf8.h"
#include "names/inner.h"

Find *ch_names_find(Names *n, uint32_t token, uint32_t tokens, ChEntityType type, ChMentionForm form_)
{
  Find *f = CH_PUSH(n->r->arena, &n->finds);
  *f = (Find){.token = token, .tokens = tokens, .head = token + tokens - 1, .type = (uint8_t)type, .form = (uint8_t)form_};
  f->row = f->ref = f->unit = f->state = f->near = f->entity = f->tenure = CH_NONE;
  return f;
}

void ch_names_take(Names *n, uint32_t find)
{
  const Find *f = &n->finds.at[find];
  for (uint32_t i = f->token; i < f->token + f->tokens; i++)
    n->taken[i] = find + 1;
}

static uint32_t keep_unit(Names *n, const Unit *u)
{
  *CH_PUSH(n->r->arena, &n->units) = *u;
  return (uint32_t)n->units.n - 1;
}

static uint32_t skip_article(const Names *n, uint32_t i, uint32_t end)
{
  while (i < end && (is_lex(n, i, LEX_ARTICLE) || is_lex(n, i, LEX_POSSESSIVE)) && !is_capital(n, i))
    i++;
  return i;
}

/* After the words of courtesy at the token ("His Highness Sheikh", "H.E. Mr."). */
static uint32_t skip_honorifics(const Names *n, uint32_t i, uint32_t end)
{
  for (uint32_t guard = 0; guard < 4; guard++) {
    uint32_t tokens = 0;
    if (i >= end || !ch_names_lex(n, i, LEX_HONORIFIC, &tokens) || i + tokens >= end)
      break;
    i += tokens;
  }
  return i;
}

static bool dash(const Names *n, uint32_t i) { return mark(n, i, "-") || mark(n, i, "\xE2\x80\x93") || mark(n, i, "\xE2\x80\x94"); }

/* Joins posts of one person: "A and B NAME", "A - B NAME", and after a name (`apposed`) "NAME, A and B,". Gives the index of the
 * first. */
static uint32_t units_from(Names *n, uint32_t token, uint32_t end, bool apposed, uint32_t *stop)
{
  Unit u;
  if (!ch_names_unit(n, token, end, &u))
    return CH_NONE;
  uint32_t index = keep_unit(n, &u), last = index, pos = u.token + u.tokens;
  for (uint32_t guard = 0; guard < 3 && pos + 1 < end; guard++) {
    char joint = is_lex(n, pos, LEX_AND) ? '&' : dash(n, pos) ? '-' : mark(n, pos, ",") ? ',' : 0;
    if (!joint)
      break;
    uint32_t at = skip_article(n, pos + 1, end);
    if (at < end && is_lex(n, at, LEX_AND))
      at++;
    Unit more;
    if (at >= end || !ch_names_unit(n, at, end, &more) || more.plural != u.plural)
      break;
    uint32_t after = more.token + more.tokens;
    bool dashed = joint == '-';
    bool closed = apposed && joint == '&' && (after >= end || (tok(n, after)->flags & CH_TOKEN_PUNCT));
    if (!closed && (after >= end || (!dashed && !ch_names_person_shape(n, after, end, true))))
      break;
    if (more.n_states && u.n_states && more.states[0] != n->units.at[index].states[0])
      break;
    uint32_t next = keep_unit(n, &more);
    n->units.at[last].next = next;
    n->units.at[last].joint = joint;
    for (uint32_t i = 0; i < more.n_states && !n->units.at[index].n_states; i++)
      n->units.at[index].states[n->units.at[index].n_states++] = more.states[i];
    if (n->units.at[index].body == CH_NONE && !n->units.at[index].n_states)
      n->units.at[index].body = more.body;
    last = next;
    pos = after;
  }
  *stop = pos;
  return index;
}

/* Of several people of one full name: by all letters, by the post that the text gives, by who is in office on the day, by who is known. */
static uint32_t namesake(Names *n, uint32_t token, uint32_t tokens, const Unit *u, uint32_t state)
{
  uint32_t found = CH_NONE;
  int most = -1;
  for (uint32_t i = n->first[token]; i < n->first[token + 1]; i++) {
    const Hit *h = &n->hits[i];
    uint32_t person = ch_ref_index(h->ref);
    if (h->tokens != tokens || ch_ref_type(h->ref) != CH_WORLD_PERSON || ch_ref_way(h->ref) != CH_WAY_NAME)
      continue;
    const ChPerson *p = &n->w.persons[person];
    bool now = false;
    for (uint32_t k = p->tenure; k < p->tenure + p->tenures; k++)
      now |= n->day != CH_DAY_MIN && ch_world_in_office(&n->w.tenures[k], n->day);
    int score = (ch_names_spelt_row(n, token, tokens, h->ref) ? 8 : 0) + (u && u->n_posts && ch_names_held(n, person, u, state) ? 4 : 0) +
                (now ? 2 : 0) + (p->known ? 1 : 0);
    if (score > most) {
      most = score;
      found = h->ref;
    }
  }
  return found;
}

/* A person's find with its name; the state from the unit. */
static uint32_t add_person(Names *n, uint32_t token, uint32_t tokens, uint32_t name, uint32_t names, uint32_t unit)
{
  Find *f = ch_names_find(n, token, tokens, CH_ENTITY_PERSON, CH_MENTION_NAME);
  f->name = name;
  f->names = names;
  f->head = unit != CH_NONE && n->units.at[unit].head >= token && n->units.at[unit].head < name ? n->units.at[unit].head : name;
  f->unit = unit;
  if (unit != CH_NONE && n->units.at[unit].n_states == 1)
    f->state = n->units.at[unit].states[0];
  const Unit *u = unit != CH_NONE ? &n->units.at[unit] : NULL;
  f->ref = namesake(n, name, names, u, f->state);
  Hit known = ch_names_hit(n, name, CH_WORLD_PERSON, ANY_NAME);
  if (f->ref == CH_NONE && known.tokens >= 2 && known.tokens < names && is_lex(n, name + known.tokens, LEX_PARTICLE))
    f->ref = namesake(n, name, known.tokens, u, f->state); /* known by a shorter name than "A bin B bin C Al D" */
  uint32_t index = (uint32_t)n->finds.n - 1;
  ch_names_take(n, index);
  return index;
}

/* ", the foreign minister of X," after a name: the unit, and the extent grown over it. */
static uint32_t apposition(Names *n, uint32_t *stop, uint32_t end)
{
  uint32_t pos = *stop;
  if (pos + 1 >= end || !(mark(n, pos, ",") || dash(n, pos)))
    return CH_NONE;
  uint32_t at = skip_article(n, pos + 1, end), after;
  if (at >= end)
    return CH_NONE;
  size_t kept = n->units.n;
  uint32_t unit = units_from(n, at, end, true, &after);
  if (unit == CH_NONE)
    return CH_NONE;
  /* a name after it: the title is that one's */
  if (after < end && ch_names_person_shape(n, after, end, true)) {
    n->units.n = kept;
    return CH_NONE;
  }
  bool closed = after >= end || (tok(n, after)->flags & CH_TOKEN_PUNCT);
  if (!closed && !n->units.at[unit].specific) {
    n->units.n = kept;
    return CH_NONE;
  }
  *stop = after;
  return unit;
}

/* After "NAME": "of Pakistan". */
static uint32_t state_after(const Names *n, uint32_t *stop, uint32_t end)
{
  if (*stop + 1 >= end || !is_lex(n, *stop, LEX_OF))
    return CH_NONE;
  uint32_t at = *stop + 1;
  if (is_lex(n, at, LEX_ARTICLE) && at + 1 < end)
    at++;
  Hit h = ch_names_hit(n, at, CH_WORLD_STATE, ANY_NAME);
  if (!h.tokens)
    return CH_NONE;
  *stop = at + h.tokens;
  return ch_ref_index(h.ref);
}

/* "Presidents A B and C D": the names after the first. */
static void more_names(Names *n, uint32_t unit, uint32_t *pos, uint32_t end)
{
  uint32_t k = 1;
  for (uint32_t guard = 0; guard < 8 && *pos + 1 < end; guard++) {
    uint32_t at = *pos;
    if (!mark(n, at, ",") && !is_lex(n, at, LEX_AND))
      return;
    at++;
    if (at < end && is_lex(n, at, LEX_AND))
      at++;
    uint32_t len = at < end ? ch_names_person_shape(n, at, end, true) : 0;
    if (len < 1)
      return;
    uint32_t f = add_person(n, at, len, at, len, unit);
    const Unit *u = &n->units.at[unit];
    if (k < u->n_states)
      n->finds.at[f].state = u->states[k];
    k++;
    *pos = at + len;
  }
}

/* A title that says neither whose nor who: "the minister", "the foreign ministers of the two countries". */
static uint32_t nominal(Names *n, uint32_t unit, uint32_t pos, size_t kept)
{
  Unit *u = &n->units.at[unit];
  const ChPost *p = &n->w.posts[u->posts[0]];
  uint8_t number = tok(n, u->head)->morph.number;
  bool small = !is_capital(n, u->head) || (u->token > 0 && is_lex(n, u->token - 1, LEX_ARTICLE)) || p->portfolio != CH_NONE;
  bool group = u->plural && (is_lex(n, u->head, LEX_GROUP) || is_lex(n, u->head, LEX_STANDIN)); /* left to groups */
  if (p->rank > 8 || !small || group || number == CH_NUMBER_NONE) { /* a word like "general" or "member" is more often none */
    n->units.n = kept;
    return 0;
  }
  bool its = u->token > 0 && is_lex(n, u->token - 1, LEX_POSSESSIVE) && p->portfolio != CH_NONE && !u->plural;
  Find *f = ch_names_find(n, u->token, pos - u->token, CH_ENTITY_PERSON, its ? CH_MENTION_POST : CH_MENTION_NOMINAL);
  f->possessed = its;
  f->unit = unit;
  f->head = u->head;
  f->nominal = its ? CH_NOMINAL_NONE : u->plural ? CH_NOMINAL_PERSONS : CH_NOMINAL_PERSON_SING;
  ch_names_take(n, (uint32_t)n->finds.n - 1);
  return pos;
}

/* In a language of cases, a title of many in another case than the one name after it: "told reporters" with the speaker behind. */
static bool of_another(const Unit *u, const Names *n, uint32_t at, uint32_t len, uint32_t end)
{
  const ChMorph *title = &tok(n, u->head)->morph, *name = &tok(n, at)->morph;
  bool listed = at + len < end && (mark(n, at + len, ",") || is_lex(n, at + len, LEX_AND));
  return u->plural && !listed && title->kase && title->kase != CH_CASE_NOM && name->kase == CH_CASE_NOM && name->number == CH_NUMBER_SING;
}

/* The name that a title at [.., *at) is of: beside it, or after a comma or dash. Its length, and *at moved to it. */
static uint32_t name_of_title(const Unit *u, Names *n, uint32_t *at, uint32_t end, bool *apart)
{
  uint32_t len = *at < end ? ch_names_person_shape(n, *at, end, true) : 0;
  *apart = false;
  if (len && of_another(u, n, *at, len, end))
    return 0;
  for (uint32_t k = 1; !len && u->plural && k < 4 && *at + k + 1 < end; k++) { /* "the ministers of the two countries - A and B" */
    bool nominal_ = ch_names_lex(n, *at + k - 1, LEX_NOMINAL, NULL);
    bool straight = nominal_ && ch_names_person_shape(n, *at + k, end, false) >= 2;
    if (!straight && (!dash(n, *at + k) || !ch_names_person_shape(n, *at + k + 1, end, false)))
      continue;
    *at += k;
    len = straight ? ch_names_person_shape(n, *at, end, false) : 0;
    break;
  }
  if (len || *at + 1 >= end || !(mark(n, *at, ",") || dash(n, *at)))
    return len;
  len = ch_names_person_shape(n, *at + 1, end, u->specific); /* "the head of the delegation, A B," */
  uint32_t after = *at + 1 + len;
  bool hyphen = ch_slice_find(form(n, *at + 1), CH_LIT("-")) != SIZE_MAX;
  bool sure = len && (len >= 2 || hyphen) && after < end && (tok(n, after)->flags & CH_TOKEN_PUNCT);
  sure |= len >= 2 && u->plural && (dash(n, *at) || (after < end && is_lex(n, after, LEX_AND)));
  sure |= len >= 2 && ch_names_hit(n, *at + 1, CH_WORLD_PERSON, ANY_NAME).tokens == len && u->specific && u->n_states && !u->plural;
  if (!sure)
    return 0;
  ++*at;
  *apart = true;
  return len;
}

/* A title without a name: people by post, one for each state. */
static uint32_t post_alone(Names *n, uint32_t unit, uint32_t pos, size_t kept)
{
  Unit *u = &n->units.at[unit];
  if (u->next != CH_NONE) { /* the second title had no name: keep the first alone */
    u->next = CH_NONE;
    pos = u->token + u->tokens;
  }
  if (u->plural && u->n_states && (is_lex(n, u->head, LEX_GROUP) || is_lex(n, u->head, LEX_STANDIN))) {
    n->units.n = kept; /* "representatives of X and Y", "Russian negotiators": left to groups */
    return 0;
  }
  if (!u->specific)
    return nominal(n, unit, pos, kept);
  uint32_t count = u->n_states > 1 ? u->n_states : 1, token = u->token;
  for (uint32_t i = 0; i < count; i++) {
    Find *f = ch_names_find(n, token, pos - token, CH_ENTITY_PERSON, CH_MENTION_POST);
    f->unit = unit;
    f->head = n->units.at[unit].head;
    f->state = i < n->units.at[unit].n_states ? n->units.at[unit].states[i] : CH_NONE;
  }
  ch_names_take(n, (uint32_t)n->finds.n - 1);
  return pos;
}

/* Title at the token, then a name or none. Gives where to go on, 0 where no title stands. */
static uint32_t titled(Names *n, uint32_t token, uint32_t end)
{
  uint32_t pos;
  size_t kept = n->units.n;
  uint32_t unit = units_from(n, token, end, false, &pos);
  if (unit == CH_NONE)
    return 0;
  uint32_t at = skip_honorifics(n, pos, end);
  if (at < end && is_lex(n, at, LEX_COUNTERPART))
    at++;
  bool apart;
  const Unit u = n->units.at[unit];
  uint32_t len = name_of_title(&u, n, &at, end, &apart);
  if (!len)
    return post_alone(n, unit, pos, kept);
  uint32_t stop = at + len;
  uint32_t state = apart ? CH_NONE : state_after(n, &stop, end);
  uint32_t f = add_person(n, token, stop - token, at, len, unit);
  if (state != CH_NONE)
    n->finds.at[f].state = state;
  else if (n->finds.at[f].state == CH_NONE && u.plural && u.n_states)
    n->finds.at[f].state = u.states[0];
  if (u.plural)
    more_names(n, unit, &stop, end);
  return stop;
}

enum { COUNTERPARTS = 12 };

/* "counterparts from Algeria, Egypt and Libya": one of each. `at` = after the word; 0 where no states follow. */
static uint32_t counterparts_from(Names *n, uint32_t token, uint32_t head, uint32_t at, uint32_t end)
{
  uint32_t states[COUNTERPARTS], count = 0, stop = at;
  if (at + 1 >= end || !is_lex(n, at, LEX_LOCATIVE))
    return 0;
  for (uint32_t i = past_article(n, at + 1, end); i < end && count < COUNTERPARTS;) {
    Hit s = ch_names_hit(n, i, CH_WORLD_STATE, WAY(CH_WAY_NAME));
    if (!s.tokens)
      break;
    states[count++] = ch_ref_index(s.ref);
    stop = i += s.tokens;
    i += i < end && mark(n, i, ",");
    i += i < end && is_lex(n, i, LEX_AND);
    if (i == stop)
      break;
    i = past_article(n, i, end);
  }
  for (uint32_t k = 0; k < count; k++) {
    Unit u = {.token = token, .tokens = stop - token, .head = head, .body = CH_NONE, .portfolio = CH_NONE, .subject = CH_NONE, .group = CH_NONE,
              .next = CH_NONE, .counterpart = true, .states = {states[k]}, .n_states = 1};
    Find *f = ch_names_find(n, token, stop - token, CH_ENTITY_PERSON, CH_MENTION_POST);
    f->unit = keep_unit(n, &u);
    f = &n->finds.at[n->finds.n - 1];
    f->head = head;
    f->state = states[k];
  }
  if (count)
    ch_names_take(n, (uint32_t)n->finds.n - 1);
  return count ? stop : 0;
}

/* "his Belarusian counterpart Sergei Martynov". */
static uint32_t counterpart(Names *n, uint32_t token, uint32_t end)
{
  Hit s = ch_names_hit(n, token, CH_WORLD_STATE, WAY(CH_WAY_ADJECTIVE) | WAY(CH_WAY_NAME) | WAY(CH_WAY_METONYM));
  uint32_t at = token + s.tokens;
  if (at < end && s.tokens && is_lex(n, at, LEX_CLITIC))
    at++;
  if (at >= end || !is_lex(n, at, LEX_COUNTERPART))
    return 0;
  uint32_t head = at++;
  uint32_t state = s.tokens ? ch_ref_index(s.ref) : CH_NONE;
  uint32_t listed = s.tokens ? 0 : counterparts_from(n, token, head, at, end);
  if (listed)
    return listed;
  if (!s.tokens && at < end) {
    uint32_t stop = at;
    state = state_after(n, &stop, end);
    Hit g = ch_names_hit(n, at, CH_WORLD_STATE, ANY_NAME);
    if (state != CH_NONE) {
      at = stop;
    } else if (g.tokens && (lang_at(n, at)->options & OPTION_GENITIVE)) {
      state = ch_ref_index(g.ref);
      at += g.tokens;
    }
  }
  uint32_t name = at;
  if (name < end && mark(n, name, ","))
    name++;
  /* whose counterpart: "collega of Mr X, A B" in a language of genitives */
  if (name + 1 < end && (lang_at(n, at)->options & OPTION_GENITIVE)) {
    uint32_t skip = skip_honorifics(n, name, end);
    uint32_t whose = ch_names_person_shape(n, skip, end, true);
    if (whose == 1 && skip + 1 < end && ch_names_person_shape(n, skip + 1, end, false) >= 2)
      name = skip + 1;
  }
  uint32_t len = name < end ? ch_names_person_shape(n, name, end, name == at) : 0;
  Hit known = len ? ch_names_hit(n, name, CH_WORLD_PERSON, ANY_NAME) : (Hit){0};
  uint32_t own = known.tokens ? n->w.persons[ch_ref_index(known.ref)].state : CH_NONE;
  if (name > at && own != CH_NONE && state != CH_NONE && own != state)
    len = 0; /* "In a call with his American counterpart, Sergey Lavrov ..." */
  if (state == CH_NONE && !len)
    return 0;
  Unit u = {.token = token,
            .tokens = at - token,
            .head = head,
            .body = CH_NONE,
            .portfolio = CH_NONE,
            .subject = CH_NONE,
            .group = CH_NONE,
            .next = CH_NONE,
            .counterpart = true};
  if (state != CH_NONE)
    u.states[u.n_states++] = state;
  uint32_t unit = keep_unit(n, &u);
  if (len) {
    add_person(n, token, name + len - token, name, len, unit);
    return name + len;
  }
  Find *f = ch_names_find(n, token, at - token, CH_ENTITY_PERSON, CH_MENTION_POST);
  f->unit = unit;
  f->head = head;
  f->state = state;
  ch_names_take(n, (uint32_t)n->finds.n - 1);
  return at;
}

/* Is the token in the script of its language? */
static bool own_script(const Names *n, uint32_t i)
{
  size_t count, used;
  const ChLanguage *list = ch_languages(n->r->pack, &count);
  ChSlice f = form(n, i);
  return ch_cp_script(ch_utf8_decode(f.p, f.n, &used)) == list[n->r->sentences.at[tok(n, i)->sentence].lang].script;
}

/* Two words with capitals, the second one that no lexicon has, both names by their tags: of a person more often than not. */
static bool strangers(const Names *n, uint32_t token, uint32_t tokens)
{
  for (uint32_t i = token; i < token + tokens; i++) {
    const ChToken *t = tok(n, i);
    bool unknown = !(t->flags & CH_TOKEN_KNOWN), propn = t->morph.pos == CH_POS_PROPN;
    if ((t->flags & CH_TOKEN_ACRONYM) || is_lex(n, i, LEX_PARTICLE) || is_lex(n, i, LEX_BODY_TAIL) || !own_script(n, i) ||
        ch_names_hit(n, i, CH_WORLD_PLACE, ANY_NAME).tokens || !(i > token ? unknown && propn : unknown || (propn && lang_at(n, i)->n_cases)))
      return false;
  }
  return tokens == 2;
}

/* Does the analyser take the words, and no others, for a person's name? */
static bool tagged_person(const Names *n, uint32_t token, uint32_t tokens, uint32_t end)
{
  for (uint32_t i = token; i < token + tokens; i++)
    if (tok(n, i)->name != (i > token ? CH_NAME_I_PER : CH_NAME_B_PER) || (tok(n, i)->flags & CH_TOKEN_ACRONYM) || !own_script(n, i))
      return false;
  return token + tokens >= end || tok(n, token + tokens)->name != CH_NAME_I_PER;
}

/* Does the name sound like that of somebody in the tables? */
static bool sounds_known(Names *n, uint32_t token, uint32_t tokens)
{
  uint8_t gender = 0;
  ChSlice native, name = ch_names_person_text(n, token, tokens, tok(n, token)->morph.kase, &gender, &native);
  return ch_names_by_sound(n, name, NULL, CH_NONE) != CH_NONE;
}

/* Is the token the first word of its sentence, and by its tags neither a name nor a word that names are made of ("Later Smith said")? */
static bool opens_only(const Names *n, uint32_t i)
{
  const ChToken *t = tok(n, i);
  uint8_t pos = t->morph.pos;
  return i == n->r->sentences.at[t->sentence].token && t->name != CH_NAME_B_PER && pos != CH_POS_X && pos != CH_POS_PROPN &&
         pos != CH_POS_NOUN && pos != CH_POS_ADJ && !is_lex(n, i, LEX_GIVEN);
}

/* A name without a title before it. */
static uint32_t bare_name(Names *n, uint32_t token, uint32_t end)
{
  uint32_t at = skip_honorifics(n, token, end);
  uint32_t len = ch_names_person_shape(n, at, end, at > token);
  if (!len && is_capital(n, at) && !opens_only(n, at)) { /* a shape of several words that speaks or has a title after it */
    len = ch_names_person_shape(n, at, end, true);
    uint32_t after = at + len;
    bool says = len >= 2 && after < end && is_lex(n, after, LEX_SAY) && !is_capital(n, after);
    Unit u;
    bool post =
        len >= 2 && after + 2 < end && mark(n, after, ",") && ch_names_unit(n, skip_article(n, after + 1, end), end, &u) && u.specific;
    bool placed = ch_names_hit(n, at, CH_WORLD_PLACE, ANY_NAME).tokens || ch_names_hit(n, at, CH_WORLD_BODY, ANY_NAME).tokens;
    if (placed || len < 2 || !(says || post || strangers(n, at, len) || tagged_person(n, at, len, end) || sounds_known(n, at, len)))
      len = 0;
  }
  if (!len)
    return 0;
  uint32_t stop = at + len;
  uint32_t unit = apposition(n, &stop, end);
  uint32_t f = add_person(n, token, stop - token, at, len, unit);
  n->finds.at[f].surname = len == 1;
  return stop;
}

/* "His Royal Highness the Crown Prince A": a title with words of courtesy before it, which are part of the mention. */
static uint32_t courteous(Names *n, uint32_t token, uint32_t end)
{
  uint32_t at = skip_honorifics(n, token, end), from = skip_article(n, at, end);
  size_t finds = n->finds.n;
  uint32_t next = at > token && from < end ? titled(n, from, end) : 0;
  for (uint32_t i = token; next && i < from && n->finds.n > finds; i++)
    n->taken[i] = (uint32_t)finds + 1;
  return next;
}

void ch_names_scan_people(Names *n)
{
  for (uint32_t s = 0; s < n->r->sentences.n; s++) {
    const ChSentence *sent = &n->r->sentences.at[s];
    uint32_t end = sent->token + sent->tokens;
    for (uint32_t i = sent->token + sent->dateline; i < end;) {
      uint32_t next = 0;
      if (!n->taken[i] && (!(tok(n, i)->flags & CH_TOKEN_PUNCT) || (tok(n, i)->flags & CH_TOKEN_INITIAL))) {
        next = counterpart(n, i, end);
        if (!next)
          next = titled(n, i, end);
        if (!next)
          next = courteous(n, i, end);
        if (!next)
          next = bare_name(n, i, end);
      }
      i = next > i ? next : i + 1;
    }
  }
}
