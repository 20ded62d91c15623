/* Popolo (popoloproject.com): the people, states and bodies that take part, each once, with the posts that the tables of the world know them
 * to have held. One JSON object at the end, so those named are kept in memory, not the happenings. */
#include <stdio.h>
#include <stdlib.h>

#include "out/export_inner.h"
#include "out/out.h"

enum { NAMES = 32 };

typedef struct Own {
  json_t *persons, *organizations, *posts, *memberships; /* by id, in order of first mention */
} Own;

static void open(ChExport *x)
{
  Own *o = x->own = calloc(1, sizeof *o);
  if (!o) {
    x->out[0].failed = true;
    return;
  }
  *o = (Own){json_object(), json_object(), json_object(), json_object()};
}

static void drop(ChExport *x)
{
  Own *o = x->own;
  if (!o)
    return;
  json_decref(o->persons);
  json_decref(o->organizations);
  json_decref(o->posts);
  json_decref(o->memberships);
  free(o);
}

static void set(json_t *o, const char *key, ChSlice text)
{
  if (text.n)
    json_object_set_new(o, key, json_stringn(text.p, text.n));
}

/* A date of Popolo: YYYY, YYYY-MM or YYYY-MM-DD; what is open or not so sure is left out. */
static void set_date(json_t *o, const char *key, ChSlice edtf)
{
  bool plain = edtf.n == 4 || edtf.n == 7 || edtf.n == 10;
  for (size_t i = 0; i < edtf.n && plain; i++)
    plain = (i == 4 || i == 7) ? edtf.p[i] == '-' : edtf.p[i] >= '0' && edtf.p[i] <= '9';
  if (plain)
    set(o, key, edtf);
}

static void add_identifier(json_t *o, const char *scheme, ChSlice id)
{
  json_t *list = json_object_get(o, "identifiers");
  if (!id.n)
    return;
  if (!list)
    json_object_set_new(o, "identifiers", list = json_array());
  json_array_append_new(list, json_pack("{s:s,s:s%}", "scheme", scheme, "identifier", id.p, id.n));
}

static void add_name(json_t *o, ChSlice name)
{
  json_t *list = json_object_get(o, "other_names");
  if (!name.n || ch_slice_eq(name, ch_export_text(o, "name")) || json_array_size(list) >= NAMES)
    return;
  for (size_t i = 0; i < json_array_size(list); i++)
    if (ch_slice_eq(name, ch_export_item(list, i, "name")))
      return;
  if (!list)
    json_object_set_new(o, "other_names", list = json_array());
  json_array_append_new(list, json_pack("{s:s%}", "name", name.p, name.n));
}

/* The id of a row of the world, else one made of the words. */
static void id_of(char out[64], ChSlice own, ChSlice name, ChSlice of)
{
  if (own.n && own.n < 64) {
    memcpy(out, own.p, own.n);
    out[own.n] = '\0';
  } else {
    snprintf(out, 64, "n-%016llx", (unsigned long long)(ch_slice_hash(name) * 31 + (of.n ? ch_slice_hash(of) : 0)));
  }
}

/* A new object of that id and name in `in`; NULL where there is one already. */
static json_t *add(json_t *in, const char *id, ChSlice name)
{
  if (json_object_get(in, id))
    return NULL;
  json_t *o = json_pack("{s:s}", "id", id);
  set(o, "name", name);
  json_object_set_new(in, id, o);
  return o;
}

static void describe(const ChExport *x, json_t *o, ChGazette row)
{
  const ChWorld *w = ch_gazetteer_world(x->world);
  if (row.index == CH_NONE)
    return;
  add_identifier(o, "wikidata", ch_world_text(w, w->facts[row.type][row.index].wikidata));
  if (row.type == CH_WORLD_STATE) {
    const ChState *s = &w->states[row.index];
    char z[16];
    snprintf(z, sizeof z, "%u", s->cow);
    json_object_set_new(o, "classification", json_string("state"));
    add_identifier(o, "iso-3166-1-alpha-3", ch_world_text(w, s->iso3));
    add_identifier(o, "correlates-of-war", s->cow ? ch_slice_z(z) : CH_LIT(""));
  } else if (row.type == CH_WORLD_BODY) {
    set(o, "classification", ch_world_text(w, w->bodies[row.index].type));
  }
}

/* The organization of a row, with those above it; its id lives as long as the pack. */
static ChSlice organization(ChExport *x, ChGazette row)
{
  Own *own = x->own;
  const ChWorld *w = ch_gazetteer_world(x->world);
  ChSlice last = CH_LIT(""), first = CH_LIT("");
  json_t *below = NULL;
  for (int depth = 0; row.index != CH_NONE && depth < 16; depth++) {
    bool state = row.type == CH_WORLD_STATE;
    const ChBody *b = state ? NULL : &w->bodies[row.index];
    char id[64];
    last = ch_world_text(w, state ? w->states[row.index].id : b->id);
    id_of(id, last, last, CH_LIT(""));
    json_t *o = add(own->organizations, id, ch_world_text(w, state ? w->states[row.index].name : b->name));
    if (below)
      json_object_set_new(below, "parent_id", json_string(id));
    if (!first.n)
      first = last;
    if (!o)
      break;
    describe(x, o, row);
    below = o;
    row = state                  ? (ChGazette){CH_WORLD_STATE, CH_NONE}
          : b->parent != CH_NONE ? (ChGazette){CH_WORLD_BODY, b->parent}
                                 : (ChGazette){CH_WORLD_STATE, b->state};
  }
  return first;
}

static void add_tenure(ChExport *x, const char *person, const ChTenure *t)
{
  Own *own = x->own;
  const ChWorld *w = ch_gazetteer_world(x->world);
  const ChPost *p = &w->posts[t->post];
  ChGazette of = t->state != CH_NONE ? (ChGazette){CH_WORLD_STATE, t->state} : (ChGazette){CH_WORLD_BODY, t->body};
  ChSlice org = organization(x, of), role = ch_world_text(w, p->name);
  char post[160], id[320];
  snprintf(post, sizeof post, "%.*s/%.*s", CH_ARG(ch_world_text(w, p->id)), CH_ARG(org));
  json_t *o = add(own->posts, post, CH_LIT(""));
  if (o) {
    set(o, "label", role);
    set(o, "role", role);
    set(o, "organization_id", org);
  }
  snprintf(id, sizeof id, "%s/%s/%.*s", person, post, CH_ARG(ch_world_text(w, t->from_edtf)));
  json_t *m = add(own->memberships, id, CH_LIT(""));
  if (!m)
    return;
  json_object_set_new(m, "person_id", json_string(person));
  json_object_set_new(m, "post_id", json_string(post));
  set(m, "organization_id", org);
  set(m, "role", role);
  set_date(m, "start_date", ch_world_text(w, t->from_edtf));
  set_date(m, "end_date", ch_world_text(w, t->to_edtf));
}

/* A person whom the tables do not know: a member of what they stand for, by the report alone. */
static void add_standing(ChExport *x, const char *person, ChSlice of)
{
  Own *own = x->own;
  uint32_t state = ch_gazetteer_name(x->world, CH_WORLD_STATE, of), body = ch_gazetteer_name(x->world, CH_WORLD_BODY, of);
  ChSlice org = organization(x, state != CH_NONE ? (ChGazette){CH_WORLD_STATE, state} : (ChGazette){CH_WORLD_BODY, body});
  char id[160];
  if (!org.n)
    return;
  snprintf(id, sizeof id, "%s/%.*s", person, CH_ARG(org));
  json_t *m = add(own->memberships, id, CH_LIT(""));
  if (!m)
    return;
  json_object_set_new(m, "person_id", json_string(person));
  set(m, "organization_id", org);
}

static void add_person(ChExport *x, const json_t *p, ChGazette row)
{
  Own *own = x->own;
  const ChWorld *w = ch_gazetteer_world(x->world);
  ChSlice of = ch_export_text(p, "of"), name = ch_export_text(p, "name");
  bool known = row.index != CH_NONE && row.type == CH_WORLD_PERSON;
  char id[64];
  id_of(id, known ? ch_export_text(p, "id") : CH_LIT(""), name, of);
  json_t *o = add(own->persons, id, known ? ch_world_text(w, w->persons[row.index].name) : name);
  if (o) {
    describe(x, o, row);
    if (known)
      for (uint32_t i = w->persons[row.index].tenure; i < w->persons[row.index].tenure + w->persons[row.index].tenures; i++)
        add_tenure(x, id, &w->tenures[i]);
    else
      add_standing(x, id, of);
  }
  o = json_object_get(own->persons, id);
  add_name(o, name);
  const json_t *aliases = json_object_get(p, "aliases");
  for (size_t i = 0; i < json_array_size(aliases); i++)
    add_name(o, ch_export_item(aliases, i, NULL));
}

static void add_body(ChExport *x, const json_t *p, ChGazette row)
{
  Own *own = x->own;
  ChSlice name = ch_export_text(p, "name"), own_id = CH_LIT("");
  char id[64];
  bool known = row.index != CH_NONE && (row.type == CH_WORLD_STATE || row.type == CH_WORLD_BODY);
  if (known)
    own_id = organization(x, row);
  id_of(id, own_id, name, ch_export_text(p, "of"));
  add(own->organizations, id, name);
  const json_t *aliases = json_object_get(p, "aliases");
  for (size_t i = 0; i < json_array_size(aliases); i++)
    add_name(json_object_get(own->organizations, id), ch_export_item(aliases, i, NULL));
}

static void happening(ChExport *x, const json_t *h)
{
  const json_t *list = json_object_get(h, "participants");
  for (size_t i = 0; x->own && i < json_array_size(list); i++) {
    const json_t *p = json_array_get(list, i);
    ChSlice type = ch_export_text(p, "type");
    ChGazette row = ch_gazetteer_id(x->world, ch_export_text(p, "id"));
    if (!ch_export_text(p, "name").n)
      continue;
    if (ch_slice_is(type, "person"))
      add_person(x, p, row);
    else if (ch_slice_is(type, "state") || ch_slice_is(type, "body"))
      add_body(x, p, row);
  }
}

static json_t *listed(json_t *by_id)
{
  json_t *list = json_array();
  const char *key;
  json_t *value;
  json_object_foreach(by_id, key, value) json_array_append(list, value);
  return list;
}

static void close(ChExport *x)
{
  Own *own = x->own;
  json_t *o = json_pack("{s:o,s:o,s:o,s:o}", "persons", listed(own->persons), "organizations", listed(own->organizations), "posts",
                        listed(own->posts), "memberships", listed(own->memberships));
  ch_out_json(o, true, &x->out[0]);
  x->out[0].failed |= !o;
  json_decref(o);
}

const ChExportWriter ch_export_popolo = {.open = open, .happening = happening, .close = close, .drop = drop};
