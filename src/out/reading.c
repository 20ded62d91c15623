#include <stdio.h>
#include <stdlib.h>

#include "out/out.h"
#include "out/place.h"
#include "world/spelling.h"
#include "world/world.h"

/* What the writer keeps beside the report. */
typedef struct Writer {
  const ChReport *r;
  ChPlaces places;  /* byte offsets to code points and lines */
  uint32_t *first;  /* entity -> first of its mentions in `order`; one more than there are entities */
  uint32_t *order;  /* mentions by entity, then place */
  json_t **aliases; /* entity -> its list once made, shared by all who name it */
  uint32_t *number; /* event -> its number from 1, 0 = merged into another */
} Writer;

/* null for "" and for what is not UTF-8 (no stage should cut a character, but no reading fails by it). */
static json_t *text(ChSlice s)
{
  json_t *j = s.n ? json_stringn(s.p, s.n) : NULL;
  return j ? j : json_null();
}

static json_t *word(const Writer *w, ChWord id) { return text(ch_report_word(w->r, id)); }
static void set(json_t *o, const char *key, json_t *value) { json_object_set_new_nocheck(o, key, value); }

/* Two decimals: more would claim a precision that no rule has. */
static json_t *figure(double x)
{
  if (!(x > -1e9 && x < 1e9))
    return json_null();
  long hundredths = (long)(x * 100 + (x < 0 ? -0.5 : 0.5));
  return json_real(hundredths ? (double)hundredths / 100 : 0.0);
}

static bool open_writer(Writer *w, const ChReport *r)
{
  *w = (Writer){.r = r,
                .first = calloc(r->entities.n + 2, sizeof *w->first),
                .order = calloc(r->mentions.n + 1, sizeof *w->order),
                .aliases = calloc(r->entities.n + 1, sizeof(json_t *)),
                .number = calloc(r->events.n + 1, sizeof *w->number)};
  ch_places_init(&w->places, r->text);
  if (!w->first || !w->order || !w->aliases || !w->number)
    return false;
  for (size_t i = 0; i < r->mentions.n; i++)
    if (r->mentions.at[i].entity < r->entities.n)
      w->first[r->mentions.at[i].entity + 2]++;
  for (size_t i = 2; i <= r->entities.n; i++)
    w->first[i] += w->first[i - 1];
  for (size_t i = 0; i < r->mentions.n; i++)
    if (r->mentions.at[i].entity < r->entities.n)
      w->order[w->first[r->mentions.at[i].entity + 1]++] = (uint32_t)i;
  uint32_t n = 0;
  for (size_t i = 0; i < r->events.n; i++)
    w->number[i] = r->events.at[i].merged == CH_NONE ? ++n : 0;
  return true;
}

static void close_writer(Writer *w)
{
  for (size_t i = 0; w->aliases && i < w->r->entities.n; i++)
    json_decref(w->aliases[i]);
  ch_places_free(&w->places);
  free(w->aliases);
  free(w->first);
  free(w->order);
  free(w->number);
}

/* ---- names ---- */

enum { ALIASES = 16 };

/* The words that a mention contributes as a form of its entity: the name alone; the whole phrase where there is no name. */
static ChSlice mention_form(const ChReport *r, const ChMention *m, const ChEntity *e)
{
  if (m->form == CH_MENTION_NAME && m->names)
    return ch_report_slice(r, ch_report_tokens_span(r, m->name, m->names));
  bool phrase = (m->form == CH_MENTION_POST && e->by_post) || (m->form != CH_MENTION_PRONOUN && e->type == CH_ENTITY_GROUP);
  return phrase ? ch_report_slice(r, ch_report_tokens_span(r, m->token, m->tokens)) : CH_LIT("");
}

/* A line break inside a name is a blank. */
static json_t *one_line(ChSlice s)
{
  ChBuf b = {0};
  for (size_t i = 0; i < s.n; i++)
    if (s.p[i] != '\n' && s.p[i] != ' ')
      ch_buf_char(&b, s.p[i]);
    else if (b.n && b.p[b.n - 1] != ' ')
      ch_buf_char(&b, ' ');
  json_t *j = text(ch_buf_view(&b));
  ch_buf_free(&b);
  return j;
}

/* The distinct forms, the fullest first, else in the report's order; not the name itself. */
static json_t *make_aliases(const Writer *w, uint32_t entity)
{
  const ChReport *r = w->r;
  const ChEntity *e = &r->entities.at[entity];
  ChSlice forms[ALIASES];
  size_t n = 0, longest = 0;
  if (e->native.n && !ch_slice_eq(e->native, e->name))
    forms[n++] = e->native;
  for (uint32_t i = w->first[entity]; i < w->first[entity + 1] && n < ALIASES; i++) {
    ChSlice s = mention_form(r, &r->mentions.at[w->order[i]], e);
    bool known = !s.n || ch_slice_eq(s, e->name);
    for (size_t k = 0; k < n && !known; k++)
      known = ch_slice_eq(s, forms[k]);
    if (!known)
      forms[n++] = s;
  }
  for (size_t i = 1; i < n; i++)
    if (forms[i].n > forms[longest].n)
      longest = i;
  json_t *list = json_array();
  if (n)
    json_array_append_new(list, one_line(forms[longest]));
  for (size_t i = 0; i < n; i++)
    if (i != longest)
      json_array_append_new(list, one_line(forms[i]));
  return list;
}

static json_t *aliases(const Writer *w, uint32_t entity)
{
  if (!w->aliases[entity])
    w->aliases[entity] = make_aliases(w, entity);
  return json_incref(w->aliases[entity]);
}

static const char *entity_type(const ChEntity *e)
{
  switch ((ChEntityType)e->type) {
  case CH_ENTITY_PERSON:
    return "person";
  case CH_ENTITY_STATE:
    return "state";
  case CH_ENTITY_BODY:
  case CH_ENTITY_OUTLET:
    return "body";
  case CH_ENTITY_GROUP:
    return "group";
  case CH_ENTITY_PLACE:
    return "place";
  }
  return "body";
}

/* A person's name in every language: by the tables, as the report has it, or by rules of spelling. */
static json_t *names(const Writer *w, const ChEntity *e)
{
  const ChReport *r = w->r;
  ChWorld world = ch_world_of(r->pack);
  json_t *o = json_object();
  size_t n;
  const ChLanguage *langs = ch_languages(r->pack, &n);
  uint32_t print = ch_world_print_language(&world);
  for (uint32_t l = 0; l < n; l++) {
    char buf[CH_FOLD_MAX], code[32];
    ChSlice lang = ch_pack_word(r->pack, langs[l].code), name = e->name;
    if (l != print && e->world != CH_NONE) {
      ChSlice cell = ch_world_text(&world, ch_world_names(&world, lang, CH_WORLD_PERSON, e->world).name);
      name = cell.n ? ch_slice_cut(&cell, ';') : cell;
    } else if (l != print) {
      bool own = e->native.n && e->mention != CH_NONE &&
                 r->sentences.at[r->tokens.at[r->mentions.at[e->mention].token].sentence].lang == l;
      ChSpelling s = ch_spelling_of(r->pack, lang, CH_SPELL_OWN);
      name = own ? e->native : ch_slice(buf, ch_spelling_name(&s, e->state, e->name, buf));
    }
    snprintf(code, sizeof code, "%.*s", CH_ARG(lang));
    if (name.n)
      set(o, code, one_line(name));
  }
  return o;
}

static json_t *people(const Writer *w)
{
  json_t *list = json_array();
  for (uint32_t i = 0; i < w->r->entities.n; i++) {
    const ChEntity *e = &w->r->entities.at[i];
    if (e->type != CH_ENTITY_PERSON || e->by_post)
      continue;
    json_t *o = json_object();
    set(o, "name", text(e->name));
    set(o, "aliases", aliases(w, i));
    set(o, "names", names(w, e));
    set(o, "post", text(e->post));
    set(o, "of", text(e->of));
    set(o, "id", text(e->id));
    json_array_append_new(list, o);
  }
  return list;
}

/* ---- the report's head ---- */

static json_t *diagnostics(const Writer *w)
{
  json_t *list = json_array();
  for (size_t i = 0; i < w->r->diags.n; i++) {
    const ChDiag *d = &w->r->diags.at[i];
    ChPosition at = ch_places_at(&w->places, d->span.start);
    json_t *o = json_object();
    set(o, "level", json_string(ch_level_name(d->level)));
    set(o, "text", json_string(ch_fault_text(d->fault)));
    set(o, "line", json_integer(at.line));
    set(o, "column", json_integer(at.column));
    json_array_append_new(list, o);
  }
  return list;
}

static json_t *date_guesses(const Writer *w)
{
  json_t *list = json_array();
  for (size_t i = 0; i < w->r->dates.n && i < 8; i++) {
    const ChDateGuess *g = &w->r->dates.at[i];
    json_t *o = json_object();
    set(o, "day", text(g->day));
    set(o, "score", figure(g->score));
    set(o, "reasons", text(g->reasons));
    json_array_append_new(list, o);
  }
  return list;
}

static json_t *head(const Writer *w)
{
  const ChReport *r = w->r;
  const ChMeta *m = &r->meta;
  ChSlice published = r->published.n ? r->published : m->published;
  bool stated = r->published.n ? r->published_stated : published.n != 0;
  json_t *o = json_object();
  set(o, "id", text(m->id));
  set(o, "lang", text(r->lang.n ? r->lang : m->lang));
  set(o, "published", text(published));
  set(o, "published_basis", published.n ? json_string(stated ? "stated" : "inferred") : json_null());
  set(o, "outlet", text(r->outlet.n ? r->outlet : m->outlet));
  set(o, "dateline", text(r->dateline));
  set(o, "title", one_line(r->title.n ? r->title : m->title));
  set(o, "length", json_integer(ch_places_at(&w->places, (uint32_t)r->text.n).character));
  set(o, "dates", date_guesses(w));
  set(o, "diagnostics", diagnostics(w));
  return o;
}

/* ---- events ---- */

static json_t *words(const Writer *w, const ChWord *at, size_t n)
{
  json_t *list = json_array();
  for (size_t i = 0; i < n; i++)
    json_array_append_new(list, word(w, at[i]));
  return list;
}

static json_t *slices(const ChSlice *at, size_t n)
{
  json_t *list = json_array();
  for (size_t i = 0; i < n; i++)
    json_array_append_new(list, text(at[i]));
  return list;
}

/* Has one of the last few the same span? (Mentions merged into one event may bring the same words.) */
static bool repeated(const ChEvidence *at, size_t i)
{
  for (size_t k = i; k > 0 && i - k < 16; k--)
    if (at[k - 1].span.start == at[i].span.start && at[k - 1].span.end == at[i].span.end)
      return true;
  return false;
}

/* "evidence": the words, and "spans": where they stand, in code points of the clean text. */
static void set_evidence(json_t *o, const Writer *w, const ChEvidence *at, size_t n)
{
  json_t *quotes = json_array(), *spans = json_array();
  for (size_t i = 0; i < n; i++) {
    if (repeated(at, i))
      continue;
    json_t *s = json_object();
    json_array_append_new(quotes, text(ch_report_slice(w->r, at[i].span)));
    set(s, "start", json_integer(ch_places_at(&w->places, at[i].span.start).character));
    set(s, "end", json_integer(ch_places_at(&w->places, at[i].span.end).character));
    json_array_append_new(spans, s);
  }
  set(o, "evidence", quotes);
  set(o, "spans", spans);
}

static json_t *why(const Writer *w, const ChWhy *y)
{
  json_t *o = json_object();
  set(o, "rule", word(w, y->rule));
  set(o, "confidence", figure(y->confidence));
  return o;
}

static void set_why(json_t *o, const char *key, const Writer *w, const ChWhy *y)
{
  if (y->rule || y->confidence > 0)
    set(o, key, why(w, y));
}

static json_t *participants(const Writer *w, const ChEvent *e)
{
  json_t *list = json_array();
  for (size_t i = 0; i < e->participants.n; i++) {
    const ChParticipant *p = &e->participants.at[i];
    const ChEntity *x = &w->r->entities.at[p->entity];
    json_t *o = json_object();
    set(o, "name", text(x->name));
    set(o, "aliases", aliases(w, p->entity));
    set(o, "type", json_string(x->type == CH_ENTITY_PLACE ? "state" : entity_type(x)));
    set(o, "role", word(w, p->role));
    set(o, "of", text(x->of));
    set(o, "id", text(x->id));
    set_why(o, "why", w, &p->why);
    if (p->mention == CH_NONE)
      set(o, "inherited", json_true());
    json_array_append_new(list, o);
  }
  return list;
}

static json_t *documents(const Writer *w, const ChEvent *e)
{
  json_t *list = json_array();
  for (size_t i = 0; i < e->documents.n; i++) {
    json_t *o = json_object();
    set(o, "title", text(e->documents.at[i].title));
    set(o, "action", word(w, e->documents.at[i].action));
    if (e->documents.at[i].id.n)
      set(o, "id", text(e->documents.at[i].id));
    json_array_append_new(list, o);
  }
  return list;
}

/* The event that a merged one stands in; the bound ends a cycle. */
static uint32_t standing(const ChReport *r, uint32_t event)
{
  for (size_t steps = 0; steps < 64 && event < r->events.n && r->events.at[event].merged != CH_NONE; steps++)
    event = r->events.at[event].merged;
  return event;
}

static json_t *event_id(uint32_t number)
{
  char z[16];
  snprintf(z, sizeof z, "e%u", number);
  return json_string(z);
}

static json_t *links(const Writer *w, const ChEvent *e, uint32_t own)
{
  json_t *list = json_array();
  for (size_t i = 0; i < e->links.n; i++) {
    uint32_t to = standing(w->r, e->links.at[i].event);
    if (to >= w->r->events.n || !w->number[to] || w->number[to] == own)
      continue;
    json_t *o = json_object();
    set(o, "type", word(w, e->links.at[i].type));
    set(o, "event", event_id(w->number[to]));
    json_array_append_new(list, o);
  }
  return list;
}

static json_t *event(const Writer *w, const ChEvent *e, uint32_t number)
{
  const ChReport *r = w->r;
  json_t *o = json_object();
  set(o, "id", event_id(number));
  set(o, "kind", word(w, e->kind));
  set(o, "status", word(w, e->status));
  set(o, "participants", participants(w, e));
  set(o, "place", e->place < r->entities.n ? text(r->entities.at[e->place].name) : json_null());
  set(o, "time", text(e->time));
  if (e->other_times.n)
    set(o, "other_times", slices(e->other_times.at, e->other_times.n));
  set(o, "format", words(w, e->formats.at, e->formats.n));
  set(o, "series", text(e->series));
  set(o, "ordinal", e->ordinal ? json_integer(e->ordinal) : json_null());
  set(o, "topics", slices(e->topics.at, e->topics.n));
  set(o, "documents", documents(w, e));
  set(o, "attribution", text(e->attribution));
  set(o, "links", links(w, e, number));
  set_evidence(o, w, e->evidence.at, e->evidence.n);
  json_t *y = json_object();
  set_why(y, "kind", w, &e->why_kind);
  set_why(y, "status", w, &e->why_status);
  set_why(y, "place", w, &e->why_place);
  set_why(y, "time", w, &e->why_time);
  set_why(y, "attribution", w, &e->why_attribution);
  set(o, "why", y);
  return o;
}

static json_t *statement(const Writer *w, const ChStatement *s)
{
  json_t *o = json_object();
  set(o, "speaker", text(s->speaker));
  set(o, "of", text(s->of));
  set(o, "act", word(w, s->act));
  set(o, "about", one_line(s->about));
  set(o, "target", text(s->target));
  set_evidence(o, w, s->evidence.at, s->evidence.n);
  set_why(o, "why", w, &s->why);
  return o;
}

json_t *ch_out_reading(const ChReport *r)
{
  Writer w;
  if (!open_writer(&w, r)) {
    close_writer(&w);
    return NULL;
  }
  json_t *o = json_object(), *events = json_array(), *statements = json_array();
  set(o, "report", head(&w));
  set(o, "people", people(&w));
  for (size_t i = 0; i < r->events.n; i++)
    if (w.number[i])
      json_array_append_new(events, event(&w, &r->events.at[i], w.number[i]));
  set(o, "events", events);
  for (size_t i = 0; i < r->statements.n; i++)
    json_array_append_new(statements, statement(&w, &r->statements.at[i]));
  set(o, "statements", statements);
  close_writer(&w);
  return o;
}

static int add_bytes(const char *p, size_t n, void *buf)
{
  ch_buf_add(buf, p, n);
  return ((ChBuf *)buf)->failed ? -1 : 0;
}

void ch_out_json(const json_t *object, bool pretty, ChBuf *out)
{
  json_dump_callback(object, add_bytes, out,
                     JSON_ENCODE_ANY | JSON_REAL_PRECISION(6) | (pretty ? (size_t)JSON_INDENT(1) : JSON_COMPACT));
  ch_buf_char(out, '\n');
}
