#include "out/brief.h"

#include <stdlib.h>

#include "model/codes.h"
#include "out/export_inner.h"

enum { LAST = 5, NEXT = 5, TOPICS = 8, DOCUMENTS = 6, CONFLICTS = 5 };

typedef struct Entry {
  const json_t *h;
  int32_t first, last; /* CH_DAY_MAX, CH_DAY_MAX without a date */
} Entry;

typedef struct Brief {
  const ChBriefSource *s;
  ChCodes statuses, papers;
  Entry *past, *coming;
  size_t n_past, n_coming;
} Brief;

static ChSlice phase_of(const Brief *b, const ChCodes *table, ChSlice word, size_t value)
{
  ChWord id = word.n ? ch_pack_find(b->s->pack, word) : CH_NO_WORD;
  const ChCodeRow *row = id ? ch_codes_find_words(table, &id, 1) : NULL;
  return row ? ch_pack_word(b->s->pack, row->value[value]) : CH_LIT("");
}

/* What was, latest first; what is to come, soonest first, those without a date last. Of equals the id decides. */
static int latest_first(const void *x, const void *y)
{
  const Entry *a = x, *b = y;
  if (a->first != b->first)
    return a->first > b->first ? -1 : 1;
  return ch_slice_cmp(ch_export_text(a->h, "id"), ch_export_text(b->h, "id"));
}

static int soonest_first(const void *x, const void *y)
{
  const Entry *a = x, *b = y;
  if (a->first != b->first)
    return a->first < b->first ? -1 : 1;
  return ch_slice_cmp(ch_export_text(a->h, "id"), ch_export_text(b->h, "id"));
}

/* Into what was by the day and what is to come from it on; what is planned for a day gone by is neither. */
static void sort_out(Brief *b)
{
  size_t all = json_array_size(b->s->happenings);
  for (size_t i = 0; i < all; i++) {
    Entry e = {json_array_get(b->s->happenings, i), CH_DAY_MAX, CH_DAY_MAX};
    ChSlice phase = phase_of(b, &b->statuses, ch_export_text(e.h, "status"), 1);
    bool dated = ch_export_days(e.h, &e.first, &e.last);
    if (dated && e.first == CH_DAY_MIN)
      e.first = e.last;
    if (ch_slice_is(phase, "past") && dated && e.first <= b->s->day)
      b->past[b->n_past++] = e;
    else if (ch_slice_is(phase, "coming") && e.last >= b->s->day)
      b->coming[b->n_coming++] = e;
  }
  qsort(b->past, b->n_past, sizeof *b->past, latest_first);
  qsort(b->coming, b->n_coming, sizeof *b->coming, soonest_first);
}

static json_t *events(const Entry *at, size_t n, size_t most)
{
  static const char *const taken[] = {"id", "kind", "status", "time", "place", "place_id", "label", "participants", "topics", "members"};
  json_t *list = json_array();
  for (size_t i = 0; i < n && i < most; i++) {
    json_t *o = json_object();
    for (size_t k = 0; k < sizeof taken / sizeof taken[0]; k++) {
      json_t *v = json_object_get(at[i].h, taken[k]);
      json_object_set_new(o, taken[k], v ? json_incref(v) : json_null());
    }
    json_array_append_new(list, o);
  }
  return list;
}

static bool has(const json_t *list, const char *key, ChSlice text)
{
  for (size_t i = 0; i < json_array_size(list); i++)
    if (ch_slice_eq(ch_export_item(list, i, key), text))
      return true;
  return false;
}

/* Of what is to come, then of what was last talked about. */
static void add_topics(const Entry *at, size_t n, json_t *list)
{
  for (size_t i = 0; i < n; i++) {
    const json_t *topics = json_object_get(at[i].h, "topics");
    for (size_t k = 0; k < json_array_size(topics); k++) {
      ChSlice topic = ch_export_item(topics, k, NULL);
      if (topic.n && json_array_size(list) < TOPICS && !has(list, "topic", topic))
        json_array_append_new(list, json_pack("{s:s%,s:O?}", "topic", topic.p, topic.n, "event", json_object_get(at[i].h, "id")));
    }
  }
}

static void add_papers(const Brief *b, const Entry *at, size_t n, const char *phase, json_t *list)
{
  for (size_t i = 0; i < n; i++) {
    const json_t *papers = json_object_get(at[i].h, "documents");
    for (size_t k = 0; k < json_array_size(papers); k++) {
      ChSlice title = ch_export_item(papers, k, "title"), action = ch_export_item(papers, k, "action");
      if (title.n && ch_slice_is(phase_of(b, &b->papers, action, 0), phase) && !has(list, "title", title))
        json_array_append_new(list, json_pack("{s:s%,s:s%,s:O?}", "title", title.p, title.n, "action", action.p, action.n, "event",
                                              json_object_get(at[i].h, "id")));
    }
  }
}

/* Those that no event has concluded since. */
static json_t *pending(const Brief *b)
{
  json_t *open = json_array(), *done = json_array(), *list = json_array();
  add_papers(b, b->coming, b->n_coming, "pending", open);
  add_papers(b, b->past, b->n_past, "pending", open);
  add_papers(b, b->past, b->n_past, "done", done);
  for (size_t i = 0; i < json_array_size(open) && json_array_size(list) < DOCUMENTS; i++)
    if (!has(done, "title", ch_export_item(open, i, "title")))
      json_array_append(list, json_array_get(open, i));
  json_decref(open);
  json_decref(done);
  return list;
}

static void add_conflicts(const Entry *at, size_t n, json_t *list)
{
  for (size_t i = 0; i < n; i++) {
    const json_t *conflicts = json_object_get(at[i].h, "conflicts");
    for (size_t k = 0; k < json_array_size(conflicts) && json_array_size(list) < CONFLICTS; k++)
      json_array_append_new(list, json_pack("{s:O?,s:O?,s:O}", "event", json_object_get(at[i].h, "id"), "label",
                                            json_object_get(at[i].h, "label"), "conflict", json_array_get(conflicts, k)));
  }
}

static json_t *build(const Brief *b)
{
  const ChBriefSource *s = b->s;
  char day[11];
  json_t *o = json_object(), *topics = json_array(), *conflicts = json_array();
  ch_day_format(s->day, day);
  json_object_set_new(o, "name", json_stringn(s->name.p, s->name.n));
  json_object_set_new(o, "with", s->with.n ? json_stringn(s->with.p, s->with.n) : json_null());
  json_object_set_new(o, "as_of", json_string(day));
  json_object_set_new(o, "who", s->ref == CH_NONE ? json_null() : ch_out_who(s->pack, s->ref, s->day));
  json_object_set_new(o, "last", events(b->past, b->n_past, LAST));
  json_object_set_new(o, "next", events(b->coming, b->n_coming, NEXT));
  add_topics(b->coming, b->n_coming, topics);
  add_topics(b->past, b->n_past < LAST ? b->n_past : LAST, topics);
  json_object_set_new(o, "topics", topics);
  json_object_set_new(o, "documents", pending(b));
  json_object_set_new(o, "positions", s->statements ? json_deep_copy(s->statements) : json_array());
  add_conflicts(b->coming, b->n_coming, conflicts);
  add_conflicts(b->past, b->n_past, conflicts);
  json_object_set_new(o, "conflicts", conflicts);
  return o;
}

json_t *ch_out_brief(const ChBriefSource *source)
{
  size_t all = json_array_size(source->happenings) + 1;
  Brief b = {.s = source,
             .statuses = ch_codes_of(source->pack, "ics"),
             .papers = ch_codes_of(source->pack, "papers"),
             .past = malloc(all * sizeof(Entry)),
             .coming = malloc(all * sizeof(Entry))};
  json_t *o = NULL;
  if (b.past && b.coming) {
    sort_out(&b);
    o = build(&b);
  }
  free(b.past);
  free(b.coming);
  return o;
}
