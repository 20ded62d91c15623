#include "out/coded.h"

enum { FORMATS = 16, MANY = 3 };

typedef struct Coder {
  const ChExport *x;
  const ChPack *pack;
  const ChWorld *w;
  const json_t *h;
  ChCoded *out;
  ChWord kind, status;
} Coder;

static ChWord word(const Coder *c, ChSlice s) { return s.n ? ch_pack_find(c->pack, s) : CH_NO_WORD; }
static ChWord named(const Coder *c, const char *z) { return ch_pack_find(c->pack, ch_slice_z(z)); }

ChSlice ch_coded_published(const json_t *h)
{
  const json_t *list = json_object_get(h, "reports");
  ChSlice first = CH_LIT("");
  for (size_t i = 0; i < json_array_size(list); i++) {
    ChSlice day = ch_export_item(list, i, "published");
    if (day.n == 10 && (!first.n || ch_slice_cmp(day, first) < 0))
      first = day;
  }
  return first;
}

static void find_day(Coder *c)
{
  int32_t first, last;
  ChCoded *out = c->out;
  if (ch_export_days(c->h, &first, &last) && (first != CH_DAY_MIN || last != CH_DAY_MAX))
    out->day = first != CH_DAY_MIN ? first : last;
  else if (ch_day_span(ch_coded_published(c->h), &first, &last))
    out->day = first;
  else
    return;
  out->dated = true;
}

/* ---- who ---- */

/* The post that the person holds on the day, of the highest rank. */
static const ChTenure *tenure_on(const ChWorld *w, uint32_t person, int32_t day)
{
  const ChTenure *best = NULL;
  const ChPerson *p = &w->persons[person];
  for (uint32_t i = p->tenure; i < p->tenure + p->tenures; i++) {
    const ChTenure *t = &w->tenures[i];
    if (ch_world_in_office(t, day) && (!best || w->posts[t->post].rank < w->posts[best->post].rank))
      best = t;
  }
  return best;
}

/* Words of a body for sectors.tsv: its id, its parents' ids, its type. */
static size_t body_words(const ChWorld *w, uint32_t body, ChWord out[FORMATS])
{
  size_t n = 0;
  for (uint32_t b = body; b != CH_NONE && b < w->n_bodies && n + 2 < 8; b = w->bodies[b].parent)
    out[n++] = w->bodies[b].id;
  if (n)
    out[n++] = w->bodies[body].type;
  return n;
}

static void set_sector(const Coder *c, ChCodedUnit *u, ChWord type, const ChTenure *t, uint32_t body)
{
  ChCodes sectors = ch_codes_of(c->pack, "sectors");
  ChWord bodies[FORMATS], some = named(c, "some"), post = CH_NO_WORD, portfolio = CH_NO_WORD;
  size_t n = body_words(c->w, body, bodies);
  if (!n && u->state != CH_NONE)
    bodies[n++] = c->w->states[u->state].id;
  uint32_t of = CH_NONE;
  if (t) {
    post = c->w->posts[t->post].id;
    of = c->w->posts[t->post].portfolio;
  } else if (body != CH_NONE) {
    of = c->w->bodies[body].portfolio;
  }
  if (of != CH_NONE)
    portfolio = c->w->portfolios[of].id;
  ChCodeCase given = {.given = {{&type, 1}, {&post, post ? 1 : 0}, {&portfolio, portfolio ? 1 : 0}, {bodies, n}, {&some, u->state != CH_NONE}}};
  const ChCodeRow *row = ch_codes_find(&sectors, &given);
  if (row) {
    u->sector = ch_pack_word(c->pack, row->value[0]);
    u->country = ch_pack_word(c->pack, row->value[1]);
    u->cameo = ch_pack_word(c->pack, row->value[2]);
    u->icews = ch_pack_word(c->pack, row->value[3]);
  }
  if (u->state != CH_NONE && !u->country.n)
    u->country = ch_world_text(c->w, c->w->states[u->state].iso3);
}

static ChCodedUnit unit_of(const Coder *c, const json_t *p)
{
  ChGazette own = ch_gazetteer_id(c->x->world, ch_export_text(p, "id"));
  ChSlice of = ch_export_text(p, "of");
  ChCodedUnit u = {.participant = p, .name = ch_export_text(p, "name"), .state = ch_gazetteer_state_of(c->x->world, p)};
  const ChTenure *t = NULL;
  uint32_t body = of.n ? ch_gazetteer_name(c->x->world, CH_WORLD_BODY, of) : CH_NONE;
  if (own.index != CH_NONE && own.type == CH_WORLD_PERSON)
    t = tenure_on(c->w, own.index, c->out->day);
  else if (own.index != CH_NONE && own.type == CH_WORLD_BODY)
    body = own.index;
  if (t && body == CH_NONE)
    body = t->body;
  if (t)
    u.title = ch_world_text(c->w, c->w->posts[t->post].name);
  if (own.index != CH_NONE)
    u.wikidata = ch_world_text(c->w, c->w->facts[own.type][own.index].wikidata);
  set_sector(c, &u, word(c, ch_export_text(p, "type")), t, body);
  return u;
}

/* Is there already one of the same state, or, without one, of the same code or name? */
static bool has_unit(const ChCodedUnit *at, size_t n, const ChCodedUnit *u)
{
  for (size_t i = 0; i < n; i++) {
    bool stateless = at[i].state == CH_NONE && u->state == CH_NONE;
    if (stateless ? ch_slice_eq(at[i].name, u->name) : at[i].state == u->state)
      return true;
  }
  return false;
}

static void add_unit(ChCodedUnit *at, size_t *n, const ChCodedUnit *u)
{
  if (*n < CH_CODED_UNITS && !has_unit(at, *n, u))
    at[(*n)++] = *u;
}

static void take_sides(Coder *c)
{
  ChCodes sides = ch_codes_of(c->pack, "sides");
  ChWord actor = named(c, "actor"), recipient = named(c, "recipient");
  const json_t *list = json_object_get(c->h, "participants");
  ChCoded *out = c->out;
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *p = json_array_get(list, i);
    const ChWord given[] = {c->kind, word(c, ch_export_text(p, "role"))};
    const ChCodeRow *row = ch_codes_find_words(&sides, given, 2);
    ChWord side = row ? row->value[0] : CH_NO_WORD;
    if (!ch_export_text(p, "name").n || (side != actor && side != recipient))
      continue;
    ChCodedUnit u = unit_of(c, p);
    if (side == actor)
      add_unit(out->actors, &out->n_actors, &u);
    else
      add_unit(out->recipients, &out->n_recipients, &u);
  }
}

static uint32_t state_of_place(const Coder *c) { return ch_gazetteer_state(c->x->world, ch_export_place(c->x, c->h)); }

static bool acts_for(const ChCoded *out, uint32_t state)
{
  for (size_t i = 0; i < out->n_actors; i++)
    if (out->actors[i].state == state)
      return true;
  return false;
}

/* A visit is to somebody: where the report names no host, to the state of the place. */
static void add_visited(Coder *c)
{
  uint32_t state = state_of_place(c);
  if (c->kind != named(c, "visit") || c->out->n_recipients || state == CH_NONE || acts_for(c->out, state))
    return;
  ChCodedUnit u = {.name = ch_world_text(c->w, c->w->states[state].name), .state = state};
  u.wikidata = ch_world_text(c->w, c->w->facts[CH_WORLD_STATE][state].wikidata);
  set_sector(c, &u, named(c, "state"), NULL, CH_NONE);
  c->out->recipients[c->out->n_recipients++] = u;
}

/* Who only receives, with nobody who acts (a host alone), acts. */
static void settle(ChCoded *out)
{
  if (!out->n_actors) {
    memcpy(out->actors, out->recipients, out->n_recipients * sizeof *out->actors);
    out->n_actors = out->n_recipients;
    out->n_recipients = 0;
  }
  out->mutual = !out->n_recipients && out->n_actors > 1;
}

/* ---- what ---- */

static size_t texts(const Coder *c, const char *list_key, const char *key, ChWord out[FORMATS])
{
  const json_t *list = json_object_get(c->h, list_key);
  size_t n = 0;
  for (size_t i = 0; i < json_array_size(list) && n < FORMATS; i++) {
    ChWord one = word(c, ch_export_item(list, i, key));
    if (one)
      out[n++] = one;
  }
  return n;
}

static size_t formats(const Coder *c, ChWord out[FORMATS + 2])
{
  const ChCoded *k = c->out;
  size_t n = texts(c, "format", NULL, out), states = 0;
  uint32_t place = state_of_place(c);
  for (size_t i = 0; i < k->n_actors; i++)
    states += k->actors[i].state != CH_NONE;
  if (k->n_actors + k->n_recipients >= MANY)
    out[n++] = named(c, "many");
  if (place != CH_NONE && states > 1 && !k->n_recipients && !acts_for(k, place))
    out[n++] = named(c, "third-place");
  return n;
}

static ChWord deed(const Coder *c)
{
  ChSlice quotes[CH_DEED_QUOTES];
  const json_t *list = json_object_get(c->h, "evidence");
  size_t n = 0;
  for (; n < json_array_size(list) && n < CH_DEED_QUOTES; n++)
    quotes[n] = ch_export_item(list, n, "quote");
  return ch_deed_of(c->pack, c->kind, quotes, n);
}

bool ch_coded_of(const ChExport *x, const json_t *h, const char *scheme, ChCoded *out)
{
  Coder c = {.x = x, .pack = x->how.pack, .w = ch_gazetteer_world(x->world), .h = h, .out = out};
  ChWord format[FORMATS + 2], action[FORMATS], role[FORMATS], done;
  ChCodes table = ch_codes_of(c.pack, scheme);
  out->n_actors = out->n_recipients = 0;
  out->dated = out->mutual = false;
  c.kind = word(&c, ch_export_text(h, "kind"));
  c.status = word(&c, ch_export_text(h, "status"));
  find_day(&c);
  if (!out->dated || !c.kind || !c.status)
    return false;
  take_sides(&c);
  add_visited(&c);
  settle(out);
  done = deed(&c);
  size_t n = formats(&c, format), actions = texts(&c, "documents", "action", action), roles = texts(&c, "participants", "role", role);
  ChCodeCase given = {
      .given = {{&c.kind, 1}, {&c.status, 1}, {&done, done ? 1 : 0}, {format, n}, {action, actions}, {role, roles}}};
  out->row = ch_codes_find(&table, &given);
  return out->row && out->row->value[0] && out->n_actors;
}

void ch_coded_pairs(const ChCoded *c, bool both, ChCodedPair *each, void *context)
{
  for (size_t i = 0; i < c->n_actors; i++) {
    for (size_t k = 0; k < c->n_recipients; k++) {
      each(context, &c->actors[i], &c->recipients[k], false);
      if (both)
        each(context, &c->recipients[k], &c->actors[i], true);
    }
    for (size_t k = 0; c->mutual && k < c->n_actors; k++)
      if (k != i)
        each(context, &c->actors[i], &c->actors[k], false);
    if (!c->n_recipients && !c->mutual)
      each(context, &c->actors[i], NULL, false);
  }
}

void ch_coded_cell(ChBuf *out, bool first, ChSlice text)
{
  if (!first)
    ch_buf_char(out, '\t');
  for (size_t i = 0; i < text.n; i++)
    ch_buf_char(out, (unsigned char)text.p[i] < 0x20 || text.p[i] == 0x7F ? ' ' : text.p[i]);
}

void ch_coded_list(ChBuf *list, ChSlice text)
{
  if (!text.n)
    return;
  if (list->n)
    ch_buf_char(list, ';');
  for (size_t i = 0; i < text.n; i++)
    ch_buf_char(list, text.p[i] == ';' ? ',' : text.p[i]);
}
