/* What the world's tables say of one row: JSON, and its page. */
#include "out/out.h"

#include "model/languages.h"

static json_t *text(ChSlice s) { return json_stringn(s.n ? s.p : "", s.n); }
static json_t *text_or_null(ChSlice s) { return s.n ? text(s) : json_null(); }
static json_t *word(const ChWorld *w, ChWord id) { return text_or_null(ch_world_text(w, id)); }

static json_t *list(ChSlice cell)
{
  json_t *a = json_array();
  while (cell.n) {
    ChSlice one = ch_slice_cut(&cell, ';');
    if (one.n)
      json_array_append_new(a, text(one));
  }
  return a;
}

static json_t *day(int32_t d)
{
  char z[11];
  if (d == CH_DAY_MIN || d == CH_DAY_MAX)
    return json_null();
  ch_day_format(d, z);
  return json_string(z);
}

/* "from/to" of days, open ends "..". */
static json_t *span(int32_t from, int32_t to)
{
  char a[11] = "..", b[11] = "..";
  if (from == CH_DAY_MIN && to == CH_DAY_MAX)
    return json_null();
  if (from != CH_DAY_MIN)
    ch_day_format(from, a);
  if (to != CH_DAY_MAX)
    ch_day_format(to, b);
  return from == to ? json_string(a) : json_sprintf("%s/%s", a, b);
}

static json_t *owner(const ChWorld *w, uint32_t state, uint32_t body)
{
  return state != CH_NONE ? word(w, w->states[state].name) : body != CH_NONE ? word(w, w->bodies[body].name) : json_null();
}

static json_t *tenure(const ChWorld *w, const ChTenure *t)
{
  json_t *o = json_object();
  json_object_set_new(o, "person", word(w, w->persons[t->person].name));
  json_object_set_new(o, "id", word(w, w->persons[t->person].id));
  json_object_set_new(o, "post", word(w, w->posts[t->post].name));
  json_object_set_new(o, "of", owner(w, t->state, t->body));
  json_object_set_new(o, "at", owner(w, t->at_state, t->at_body));
  json_object_set_new(o, "from", word(w, t->from_edtf));
  json_object_set_new(o, "to", word(w, t->to_edtf));
  json_object_set_new(o, "source", word(w, t->source));
  return o;
}

static bool on(const ChTenure *t, int32_t d) { return d == CH_DAY_MAX ? !t->to_edtf : ch_world_in_office(t, d); }

static void person(const ChWorld *w, uint32_t i, int32_t d, json_t *o)
{
  const ChPerson *p = &w->persons[i];
  json_t *posts = json_array();
  json_object_set_new(o, "gender", p->gender == CH_GENDER_FEM ? json_string("f") : p->gender == CH_GENDER_MASC ? json_string("m") : json_null());
  json_object_set_new(o, "state", owner(w, p->state, CH_NONE));
  for (uint32_t k = p->tenure; k < p->tenure + p->tenures; k++)
    if (d == CH_DAY_MAX || on(&w->tenures[k], d))
      json_array_append_new(posts, tenure(w, &w->tenures[k]));
  json_object_set_new(o, "posts", posts);
}

/* Holders of posts of a state or body up to a rank, on the day; `d` = CH_DAY_MAX: now. */
static json_t *holders(const ChWorld *w, uint32_t state, uint32_t body, uint32_t rank, int32_t d)
{
  json_t *a = json_array();
  for (uint32_t r = 0; r <= rank; r++)
    for (uint32_t p = 0; p < w->n_posts; p++) {
      size_t n;
      const uint32_t *at = w->posts[p].rank == r ? ch_world_holders(w, p, state, body, &n) : NULL;
      for (size_t i = 0; at && i < n; i++)
        if (on(&w->tenures[at[i]], d) && w->tenures[at[i]].at_state == CH_NONE && w->tenures[at[i]].at_body == CH_NONE)
          json_array_append_new(a, tenure(w, &w->tenures[at[i]]));
    }
  return a;
}

enum { STATE_RANK = 3, BODY_RANK = 9 };

static void state(const ChWorld *w, uint32_t i, int32_t d, json_t *o)
{
  const ChState *s = &w->states[i];
  json_object_set_new(o, "capital", s->capital != CH_NONE ? word(w, w->places[s->capital].name) : json_null());
  json_object_set_new(o, "time", span(s->from, s->to));
  json_object_set_new(o, "iso3", word(w, s->iso3));
  json_object_set_new(o, "cow", s->cow ? json_integer(s->cow) : json_null());
  json_object_set_new(o, "holders", holders(w, i, CH_NONE, STATE_RANK, d));
}

static void place(const ChWorld *w, uint32_t i, json_t *o)
{
  const ChPlace *p = &w->places[i];
  json_t *former = json_array();
  json_object_set_new(o, "kind", word(w, p->type));
  json_object_set_new(o, "state", owner(w, p->state, CH_NONE));
  json_object_set_new(o, "in", p->in != CH_NONE ? word(w, w->places[p->in].name) : json_null());
  json_object_set_new(o, "population", p->population ? json_integer(p->population) : json_null());
  if (p->lat != 0 || p->lon != 0)
    json_object_set_new(o, "coordinates", json_pack("[f,f]", (double)p->lat, (double)p->lon));
  for (size_t k = 0; k < w->n_renames; k++)
    if (w->renames[k].place == i)
      json_array_append_new(former, json_pack("{s:o,s:o}", "names", list(ch_world_text(w, w->renames[k].names)), "time",
                                              span(w->renames[k].from, w->renames[k].to)));
  json_object_set_new(o, "former", former);
}

static void body(const ChWorld *w, uint32_t i, int32_t d, json_t *o)
{
  const ChBody *b = &w->bodies[i];
  json_t *members = json_array();
  json_object_set_new(o, "kind", word(w, b->type));
  json_object_set_new(o, "parent", owner(w, CH_NONE, b->parent));
  json_object_set_new(o, "state", owner(w, b->state, CH_NONE));
  json_object_set_new(o, "seat", b->seat != CH_NONE ? word(w, w->places[b->seat].name) : json_null());
  bool dated = false;
  for (size_t k = 0; k < w->n_memberships; k++) {
    const ChMembership *m = &w->memberships[k];
    if (m->body != i)
      continue;
    dated = true;
    if (d == CH_DAY_MAX ? m->to == CH_DAY_MAX : m->from <= d && d <= m->to)
      json_array_append_new(members, json_pack("{s:o,s:o,s:o,s:o}", "state", owner(w, m->state, CH_NONE), "status", word(w, m->status), "time",
                                               span(m->from, m->to), "source", word(w, m->source)));
  }
  for (uint32_t k = b->member; !dated && k < b->member + b->members; k++)
    json_array_append_new(members, json_pack("{s:o}", "state", owner(w, w->members[k], CH_NONE)));
  json_object_set_new(o, "members", members);
  json_object_set_new(o, "holders", holders(w, CH_NONE, i, BODY_RANK, d));
}

static void series(const ChWorld *w, uint32_t i, json_t *o)
{
  const ChSeries *s = &w->series[i];
  json_t *list_ = json_array();
  json_object_set_new(o, "body", owner(w, CH_NONE, s->body));
  for (uint32_t k = s->instance; k < s->instance + s->instances; k++) {
    const ChInstance *x = &w->instances[k];
    json_array_append_new(list_, json_pack("{s:o,s:o,s:o,s:o}", "ordinal", x->ordinal ? json_integer(x->ordinal) : json_null(), "time",
                                           span(x->from, x->to), "place", x->place != CH_NONE ? word(w, w->places[x->place].name) : json_null(),
                                           "source", word(w, x->source)));
  }
  json_object_set_new(o, "instances", list_);
}

static void post(const ChWorld *w, uint32_t i, json_t *o)
{
  json_object_set_new(o, "of", owner(w, w->posts[i].state, w->posts[i].body));
}

static void treaty(const ChWorld *w, uint32_t i, json_t *o)
{
  const ChTreaty *t = &w->documents[i];
  json_object_set_new(o, "kind", word(w, t->type));
  json_object_set_new(o, "time", span(t->from, t->to));
  json_object_set_new(o, "place", t->place != CH_NONE ? word(w, w->places[t->place].name) : json_null());
}

static json_t *names(const ChWorld *w, ChWorldType type, uint32_t i)
{
  json_t *o = json_object();
  size_t n;
  const ChLanguage *langs = ch_languages(w->pack, &n);
  for (size_t l = 0; l < n; l++) {
    ChWorldNames x = ch_world_names(w, ch_world_text(w, langs[l].code), type, i);
    if (x.name || x.also)
      json_object_setn_new(o, ch_world_text(w, langs[l].code).p, ch_world_text(w, langs[l].code).n,
                           json_pack("{s:o,s:o}", "name", word(w, x.name), "also", list(ch_world_text(w, x.also))));
  }
  return o;
}

json_t *ch_out_who(const ChPack *pack, uint32_t ref, int32_t d)
{
  static const char *const types[CH_WORLD_TYPES] = {"state", "place", "body", "outlet", "post", "person", "series", "portfolio", "rank", "document"};
  ChWorld w = ch_world_of(pack);
  ChWorldType type = ch_ref_type(ref);
  uint32_t i = ch_ref_index(ref);
  json_t *o = json_object();
  json_object_set_new(o, "type", json_string(types[type]));
  json_object_set_new(o, "id", text(ch_world_id(&w, type, i)));
  json_object_set_new(o, "names", names(&w, type, i));
  if (d != CH_DAY_MAX)
    json_object_set_new(o, "on", day(d));
  if (type == CH_WORLD_PERSON)
    person(&w, i, d, o);
  else if (type == CH_WORLD_STATE)
    state(&w, i, d, o);
  else if (type == CH_WORLD_PLACE)
    place(&w, i, o);
  else if (type == CH_WORLD_BODY)
    body(&w, i, d, o);
  else if (type == CH_WORLD_SERIES)
    series(&w, i, o);
  else if (type == CH_WORLD_POST)
    post(&w, i, o);
  else if (type == CH_WORLD_DOCUMENT)
    treaty(&w, i, o);
  else if (type == CH_WORLD_OUTLET)
    json_object_set_new(o, "state", owner(&w, w.outlets[i].state, CH_NONE));
  if (w.facts[type]) {
    json_object_set_new(o, "wikidata", word(&w, w.facts[type][i].wikidata));
    json_object_set_new(o, "source", word(&w, w.facts[type][i].source));
  }
  return o;
}

json_t *ch_out_succession(const ChPack *pack, uint32_t p, uint32_t state_, uint32_t body_, int32_t d)
{
  ChWorld w = ch_world_of(pack);
  json_t *o = json_object(), *a = json_array();
  size_t n;
  const uint32_t *at = ch_world_holders(&w, p, state_, body_, &n);
  json_object_set_new(o, "type", json_string("succession"));
  json_object_set_new(o, "post", word(&w, w.posts[p].name));
  json_object_set_new(o, "of", owner(&w, state_, body_));
  for (size_t i = 0; i < n; i++)
    if (d == CH_DAY_MAX || on(&w.tenures[at[i]], d))
      json_array_append_new(a, tenure(&w, &w.tenures[at[i]]));
  json_object_set_new(o, "holders", a);
  return o;
}

/* ---- the page ---- */

enum { TIME = 26 }; /* columns of a stretch of time */

static ChSlice get(const json_t *o, const char *key)
{
  const json_t *v = json_object_get(o, key);
  return json_is_string(v) ? ch_slice(json_string_value(v), json_string_length(v)) : CH_LIT("");
}

static void line(ChBuf *out, const ChPage *p, const char *label, ChSlice value)
{
  if (!value.n)
    return;
  ch_buf_printf(out, "    %-12s", label);
  ch_out_wrap(out, value, 16, 16, p->width);
  ch_buf_char(out, '\n');
}

static void joined(ChBuf *b, const json_t *list_)
{
  for (size_t i = 0; i < json_array_size(list_); i++)
    ch_buf_printf(b, "%s%s", b->n ? "; " : "", json_string_value(json_array_get(list_, i)));
}

/* "2004-03-09 to 2010" and the like. */
static void when(ChBuf *b, const json_t *t)
{
  ChSlice from = get(t, "from"), to = get(t, "to"), time = get(t, "time");
  if (time.n)
    ch_buf_slice(b, time);
  else if (ch_slice_is(to, ".."))
    ch_buf_printf(b, "from %.*s, over", CH_ARG(from));
  else if (to.n)
    ch_buf_printf(b, "%.*s to %.*s", CH_ARG(from), CH_ARG(to));
  else
    ch_buf_printf(b, "since %.*s", CH_ARG(from));
}

/* One line a row: time, text, source. */
static void row(ChBuf *out, const ChPage *p, const json_t *t, ChBuf *what)
{
  ChBuf time = {0};
  when(&time, t);
  ChSlice source = get(t, "source");
  if (source.n)
    ch_buf_printf(what, "  [%.*s]", CH_ARG(source));
  ch_buf_printf(out, "    %-*.*s  ", TIME, CH_ARG(ch_buf_view(&time)));
  ch_out_wrap(out, ch_buf_view(what), TIME + 6, TIME + 8, p->width);
  ch_buf_char(out, '\n');
  ch_buf_free(&time);
  what->n = 0;
}

static void tenures(ChBuf *out, const ChPage *p, const json_t *all, bool person_)
{
  ChBuf b = {0};
  for (size_t i = 0; i < json_array_size(all); i++) {
    const json_t *t = json_array_get(all, i);
    ChSlice of = get(t, "of"), at = get(t, "at"), who = get(t, "person"), post_ = get(t, "post");
    if (!person_)
      ch_buf_printf(&b, "%.*s, ", CH_ARG(who));
    ch_buf_printf(&b, "%.*s%s%.*s%s%.*s", CH_ARG(post_), of.n ? ", " : "", CH_ARG(of), at.n ? " at " : "", CH_ARG(at));
    row(out, p, t, &b);
  }
  ch_buf_free(&b);
}

static void title(ChBuf *out, const ChPage *p, const json_t *o)
{
  const char *lang;
  json_t *x;
  ChBuf b = {0};
  json_object_foreach(json_object_get(o, "names"), lang, x) {
    ChSlice name = get(x, "name");
    ch_buf_printf(&b, "%s%.*s", b.n && name.n ? " / " : "", CH_ARG(name));
  }
  if (!b.n)
    ch_buf_printf(&b, "%.*s, %.*s", CH_ARG(get(o, "post")), CH_ARG(get(o, "of")));
  ch_buf_printf(out, p->bold ? "\033[1m%.*s\033[0m" : "%.*s", CH_ARG(ch_buf_view(&b)));
  ch_buf_printf(out, "  (%.*s%s%.*s)\n", CH_ARG(get(o, "type")), get(o, "id").n ? " " : "", CH_ARG(get(o, "id")));
  b.n = 0;
  json_object_foreach(json_object_get(o, "names"), lang, x) joined(&b, json_object_get(x, "also"));
  line(out, p, "also", ch_buf_view(&b));
  ch_buf_free(&b);
}

static void members(ChBuf *out, const ChPage *p, const json_t *all)
{
  ChBuf b = {0};
  for (size_t i = 0; i < json_array_size(all); i++) {
    const json_t *m = json_array_get(all, i);
    ChSlice status = get(m, "status");
    ch_buf_printf(&b, "%s%.*s", i ? ", " : "", CH_ARG(get(m, "state")));
    if (status.n && !ch_slice_is(status, "member"))
      ch_buf_printf(&b, " (%.*s)", CH_ARG(status));
  }
  line(out, p, "members", ch_buf_view(&b));
  ch_buf_free(&b);
}

void ch_out_who_page(const json_t *o, const ChPage *p, ChBuf *out)
{
  static const char *const plain[] = {"kind", "state", "in", "parent", "body", "seat", "capital", "time", "place", "iso3", "wikidata"};
  ChBuf b = {0};
  title(out, p, o);
  for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
    line(out, p, plain[i], get(o, plain[i]));
  const json_t *list_ = json_object_get(o, "former");
  for (size_t i = 0; i < json_array_size(list_); i++) {
    const json_t *f = json_array_get(list_, i);
    joined(&b, json_object_get(f, "names"));
    row(out, p, f, &b);
  }
  members(out, p, json_object_get(o, "members"));
  tenures(out, p, json_object_get(o, "posts"), true);
  tenures(out, p, json_object_get(o, "holders"), false);
  list_ = json_object_get(o, "instances");
  for (size_t i = 0; i < json_array_size(list_); i++) {
    const json_t *x = json_array_get(list_, i);
    if (json_is_integer(json_object_get(x, "ordinal")))
      ch_buf_printf(&b, "%lld  ", (long long)json_integer_value(json_object_get(x, "ordinal")));
    ch_buf_slice(&b, get(x, "place"));
    row(out, p, x, &b);
  }
  line(out, p, "source", get(o, "source"));
  ch_buf_free(&b);
}
