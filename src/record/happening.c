/* A happening as JSON (docs/record.md, "Happening"). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record/correct.h"
#include "record/inner.h"

void ch_record_id(uint64_t id, char out[CH_RECORD_ID]) { snprintf(out, CH_RECORD_ID, "h-%015llx", (unsigned long long)(id & (UINT64_MAX >> 4))); }

bool ch_record_id_parse(ChSlice s, uint64_t *id)
{
  if (s.n != CH_RECORD_ID - 1 || s.p[0] != 'h' || s.p[1] != '-')
    return false;
  *id = 0;
  for (size_t i = 2; i < s.n; i++) {
    const char *digits = "0123456789abcdef", *at = memchr(digits, s.p[i], 16);
    if (!at)
      return false;
    *id = *id << 4 | (uint64_t)(at - digits);
  }
  return true;
}

static void set(json_t *o, const char *key, ChSlice s) { json_object_set_new(o, key, ch_record_text(s)); }

/* ---- lists of all members, each thing once ---- */

enum { PARTIES = 64, LISTED = 64 };

static bool has(const json_t *list, const json_t *v)
{
  for (size_t i = 0; i < json_array_size(list); i++)
    if (json_equal(json_array_get(list, i), v))
      return true;
  return false;
}

static json_t *united(ChRecordMention *const *m, size_t n, const char *key)
{
  json_t *list = json_array();
  for (size_t i = 0; i < n; i++) {
    const json_t *from = json_object_get(m[i]->event, key);
    for (size_t k = 0; k < json_array_size(from) && json_array_size(list) < LISTED; k++)
      if (!has(list, json_array_get(from, k)))
        json_array_append(list, json_array_get(from, k));
  }
  return list;
}

static json_t *documents(ChRecordMention *const *m, size_t n)
{
  json_t *list = json_array();
  for (size_t i = n; i-- > 0;) {
    const json_t *from = json_object_get(m[i]->event, "documents");
    for (size_t k = 0; k < json_array_size(from) && json_array_size(list) < LISTED; k++) {
      json_t *o = json_object();
      set(o, "title", ch_record_get(json_array_get(from, k), "title"));
      set(o, "action", ch_record_get(json_array_get(from, k), "action"));
      if (!has(list, o))
        json_array_append(list, o);
      json_decref(o);
    }
  }
  return list;
}

static json_t *attributions(ChRecordMention *const *m, size_t n)
{
  json_t *list = json_array();
  for (size_t i = 0; i < n; i++) {
    const json_t *v = json_object_get(m[i]->event, "attribution");
    if (json_string_length(v) && !has(list, v) && json_array_size(list) < LISTED)
      json_array_append_new(list, json_string(json_string_value(v)));
  }
  return list;
}

/* The participant as JSON: a copy without what explains it. */
static json_t *party_json(const ChRecordMention *m, uint32_t at)
{
  const json_t *list = json_object_get(m->event, "participants");
  json_t *o = json_object();
  size_t k = 0, seen = 0;
  ChBuf unused = {0};
  for (; k < json_array_size(list); k++) { /* nameless ones were passed over */
    if (!ch_record_get(json_array_get(list, k), "name").n)
      continue;
    if (seen++ == at)
      break;
  }
  ch_buf_free(&unused);
  const json_t *from = json_array_get(list, k);
  static const char *const keys[] = {"name", "aliases", "type", "role", "of", "id"};
  for (size_t i = 0; i < 6; i++) {
    json_t *v = json_object_get(from, keys[i]);
    if (v)
      json_object_set_new(o, keys[i], json_deep_copy(v));
    else
      json_object_set_new(o, keys[i], i == 1 ? json_array() : json_null());
  }
  return o;
}

static void add_aliases(json_t *to, const json_t *from)
{
  json_t *all = json_object_get(to, "aliases");
  const json_t *more = json_object_get(from, "aliases");
  for (size_t i = 0; i < json_array_size(more) && json_array_size(all) < 24; i++)
    if (!has(all, json_array_get(more, i)))
      json_array_append(all, json_array_get(more, i));
}

/* Everyone that a report names, once; of the names and roles those of the last report. */
static json_t *participants(ChRecordMention *const *m, size_t n)
{
  json_t *list = json_array();
  const ChParty *known[PARTIES];
  for (size_t i = n; i-- > 0;)
    for (uint32_t k = 0; k < m[i]->n_parties; k++) {
      const ChParty *p = &m[i]->parties[k];
      size_t at = 0, have = json_array_size(list);
      while (at < have && ch_party_match(known[at], p) < 1)
        at++;
      json_t *o = party_json(m[i], k);
      if (at < have) {
        add_aliases(json_array_get(list, at), o);
      } else if (have < PARTIES) {
        known[have] = p;
        json_array_append(list, o);
      }
      json_decref(o);
    }
  return list;
}

/* ---- reports, evidence, links ---- */

static void add_members(ChRecordMention *const *m, size_t n, json_t *out)
{
  json_t *members = json_array(), *reports = json_array(), *evidence = json_array();
  for (size_t i = 0; i < n; i++) {
    const json_t *quotes = json_object_get(m[i]->event, "evidence");
    json_array_append_new(members, json_sprintf("%.*s:%.*s", CH_ARG(m[i]->report), CH_ARG(m[i]->id)));
    if (!i || !ch_slice_eq(m[i]->report, m[i - 1]->report)) { /* two of one report where people say so */
      json_t *r = json_object();
      set(r, "id", m[i]->report);
      set(r, "published", m[i]->published);
      set(r, "outlet", ch_record_get(json_object_get(m[i]->reading, "report"), "outlet"));
      set(r, "lang", m[i]->lang);
      json_array_append_new(reports, r);
    }
    for (size_t k = 0; k < json_array_size(quotes); k++) {
      json_t *e = json_object(), *q = json_array_get(quotes, k);
      set(e, "report", m[i]->report);
      json_object_set(e, "quote", q);
      json_array_append_new(evidence, e);
    }
  }
  json_object_set_new(out, "members", members);
  json_object_set_new(out, "reports", reports);
  json_object_set_new(out, "evidence", evidence);
}

static int by_link(const void *a, const void *b)
{
  const json_t *x = *(json_t *const *)a, *y = *(json_t *const *)b;
  int c = strcmp(json_string_value(json_object_get(x, "type")), json_string_value(json_object_get(y, "type")));
  return c ? c : strcmp(json_string_value(json_object_get(x, "event")), json_string_value(json_object_get(y, "event")));
}

static json_t *links(ChArena *arena, ChRecordMention *const *m, size_t n, ChRecordOf *of, void *context)
{
  json_t *found[LISTED], *list = json_array();
  size_t k = 0;
  for (size_t i = 0; of && i < n; i++) {
    const json_t *from = json_object_get(m[i]->event, "links");
    for (size_t l = 0; l < json_array_size(from) && k < LISTED; l++) {
      ChSlice type = ch_record_get(json_array_get(from, l), "type");
      uint64_t id = of(context, m[i]->report, ch_record_get(json_array_get(from, l), "event"));
      char text[CH_RECORD_ID];
      if (!id || !type.n)
        continue;
      ch_record_id(id, text);
      json_t *o = json_object();
      set(o, "type", type);
      json_object_set_new(o, "event", json_string(text));
      found[k++] = o;
    }
  }
  (void)arena;
  if (k)
    qsort(found, k, sizeof *found, by_link);
  for (size_t i = 0; i < k; i++) {
    if (!i || !json_equal(found[i - 1], found[i]))
      json_array_append(list, found[i]);
  }
  for (size_t i = 0; i < k; i++)
    json_decref(found[i]);
  return list;
}

/* ---- what it is ---- */

/* The kind most reports give; of equals, the one of the last report. */
static ChSlice common_kind(ChRecordMention *const *m, size_t n)
{
  ChSlice best = m[n - 1]->kind_text;
  size_t most = 0;
  for (size_t i = n; i-- > 0 && n - i <= LISTED;) {
    size_t votes = 0;
    for (size_t k = 0; k < n; k++)
      votes += ch_slice_eq(m[k]->kind_text, m[i]->kind_text);
    if (votes > most) {
      most = votes;
      best = m[i]->kind_text;
    }
  }
  return best;
}

static void add_series(ChRecordMention *const *m, size_t n, json_t *out)
{
  json_object_set_new(out, "series", json_null());
  json_object_set_new(out, "ordinal", json_null());
  for (size_t i = n; i-- > 0;) {
    ChSlice series = ch_record_get(m[i]->event, "series");
    if (series.n && json_is_null(json_object_get(out, "series")))
      set(out, "series", series);
    if (m[i]->ordinal && json_is_null(json_object_get(out, "ordinal")))
      json_object_set_new(out, "ordinal", json_integer(m[i]->ordinal));
  }
}

static void locate(const ChRecordRules *rules, const ChRecordMention *m, json_t *out)
{
  for (uint32_t k = 0; k < m->n_places; k++) {
    const ChRecordPlace *p = &m->places[k];
    if (p->place == CH_NONE && p->state == CH_NONE)
      continue;
    if (p->place == CH_NONE) {
      set(out, "place_id", ch_world_text(&rules->world, rules->world.states[p->state].id));
      return;
    }
    const ChPlace *w = &rules->world.places[p->place];
    set(out, "place_id", ch_world_text(&rules->world, w->id));
    if (w->lat != 0 || w->lon != 0)
      json_object_set_new(out, "coordinates", json_pack("[f,f]", (double)w->lon, (double)w->lat));
    return;
  }
}

static void add_place(const ChRecordRules *rules, ChRecordMention *const *m, size_t n, json_t *out)
{
  ChSlice name = ch_record_get(out, "place");
  json_object_set_new(out, "place_id", json_null());
  json_object_set_new(out, "coordinates", json_null());
  for (size_t i = 0; i < n && name.n; i++)
    if (ch_slice_eq(m[i]->place_text, name)) {
      locate(rules, m[i], out);
      return;
    }
}

void ch_record_place_of(const ChRecordRules *rules, ChArena *arena, ChSlice text, json_t *out)
{
  ChRecordMention m = {.place_text = text};
  ch_record_places_of(rules, arena, &m);
  json_object_set_new(out, "place_id", json_null());
  json_object_set_new(out, "coordinates", json_null());
  locate(rules, &m, out);
}

/* Who, or what series or paper, then where and when. */
static void add_label(ChArena *arena, json_t *out)
{
  enum { NAMES = 3 };
  const json_t *who = json_object_get(out, "participants"), *papers = json_object_get(out, "documents");
  ChBuf b = {0};
  ChSlice series = ch_record_get(out, "series"), parts[2] = {ch_record_get(out, "place"), ch_record_get(out, "time")};
  if (series.n) {
    json_int_t ordinal = json_integer_value(json_object_get(out, "ordinal"));
    ch_buf_slice(&b, series);
    if (ordinal)
      ch_buf_printf(&b, " %lld", (long long)ordinal);
  } else if (json_array_size(papers)) {
    ch_buf_slice(&b, ch_record_get(json_array_get(papers, 0), "title"));
  }
  for (size_t i = 0; !series.n && i < json_array_size(who) && i < NAMES; i++)
    ch_buf_printf(&b, "%s%.*s", b.n ? ", " : "", CH_ARG(ch_record_get(json_array_get(who, i), "name")));
  for (int i = 0; i < 2; i++)
    if (parts[i].n)
      ch_buf_printf(&b, "%s%.*s", b.n ? ", " : "", CH_ARG(parts[i]));
  set(out, "label", ch_buf_view(&b));
  ch_buf_free(&b);
  (void)arena;
}

json_t *ch_record_happening(const ChRecordRules *rules, ChArena *arena, ChRecordMention *const *m, size_t n, ChRecordOf *of, void *context)
{
  json_t *o = json_object();
  char id[CH_RECORD_ID];
  ch_record_id(m[0]->key, id);
  json_object_set_new(o, "id", json_string(id));
  set(o, "kind", common_kind(m, n));
  json_object_set_new(o, "label", json_null());
  ch_record_life(rules, arena, m, n, o);
  add_place(rules, m, n, o);
  json_object_set_new(o, "participants", participants(m, n));
  json_object_set_new(o, "format", united(m, n, "format"));
  add_series(m, n, o);
  json_object_set_new(o, "topics", united(m, n, "topics"));
  json_object_set_new(o, "documents", documents(m, n));
  json_object_set_new(o, "attribution", attributions(m, n));
  json_object_set_new(o, "links", links(arena, m, n, of, context));
  add_members(m, n, o);
  ch_record_overrule(rules, arena, m, n, o);
  if (json_is_null(json_object_get(o, "label")))
    add_label(arena, o);
  return o;
}
