/* From a reading's JSON to mentions as they are compared; the keys of their blocks. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "record/inner.h"

enum { STEM = 5, STEM_LEAST = 4 }; /* letters of a stem; of a word that has one */

const ChRecordRules *ch_record_rules(const ChPack *pack, ChArena *arena, ChError *err)
{
  ChRecordRules *r = ch_arena_alloc(arena, sizeof *r);
  *r = (ChRecordRules){.pack = pack, .world = ch_world_of(pack), .t = ch_term_tables(pack)};
  r->held = ch_pack_find(pack, CH_LIT("held"));
  r->denied = ch_pack_find(pack, CH_LIT("denied"));
  r->postponed = ch_pack_find(pack, CH_LIT("postponed"));
  r->cancelled = ch_pack_find(pack, CH_LIT("cancelled"));
  if (r->t.weights)
    return r;
  ch_error_set(err, CH_ERR_FORMAT, "the pack has no tables of the record");
  return NULL;
}

/* ---- participants ---- */

static ChPartyType type_of(ChSlice type)
{
  if (ch_slice_is(type, "state"))
    return CH_PARTY_STATE;
  if (ch_slice_is(type, "body"))
    return CH_PARTY_BODY;
  return ch_slice_is(type, "group") ? CH_PARTY_GROUP : CH_PARTY_PERSON;
}

/* Does the folded name hold the words of the other, one after another? */
static bool holds(ChSlice name, ChSlice words)
{
  for (size_t i = 0; words.n && i + words.n <= name.n; i++)
    if ((i == 0 || name.p[i - 1] == ' ') && memcmp(name.p + i, words.p, words.n) == 0 &&
        (i + words.n == name.n || name.p[i + words.n] == ' '))
      return true;
  return false;
}

/* The state that a person stands for whose event does not say it: as the world knows it. */
static ChSlice state_of(const ChRecordRules *rules, ChArena *arena, ChSlice name)
{
  uint32_t refs[2];
  size_t n = ch_world_named(rules->pack, name, refs, 2);
  if (n != 1 || ch_ref_type(refs[0]) != CH_WORLD_PERSON)
    return CH_LIT("");
  uint32_t state = rules->world.persons[ch_ref_index(refs[0])].state;
  return state == CH_NONE ? CH_LIT("") : ch_record_name(arena, ch_world_text(&rules->world, rules->world.states[state].name)).text;
}

static ChSlice text_of(ChArena *arena, const json_t *o, const char *key) { return ch_arena_copy(arena, ch_record_get(o, key)); }

static void add_parties(const ChRecordRules *rules, ChArena *arena, ChRecordMention *m)
{
  const json_t *list = json_object_get(m->event, "participants");
  size_t n = json_array_size(list);
  n = n < CH_MENTION_PARTIES ? n : CH_MENTION_PARTIES;
  m->parties = ch_arena_array(arena, n, sizeof *m->parties);
  for (size_t i = 0; i < n; i++) {
    const json_t *o = json_array_get(list, i);
    ChParty *p = &m->parties[m->n_parties];
    p->name = ch_record_name(arena, ch_record_get(o, "name"));
    if (!p->name.text.n)
      continue;
    p->id = text_of(arena, o, "id");
    p->role = text_of(arena, o, "role");
    p->type = type_of(ch_record_get(o, "type"));
    p->of = p->type == CH_PARTY_STATE ? p->name.text : ch_record_name(arena, ch_record_get(o, "of")).text;
    if (!p->of.n && p->type == CH_PARTY_PERSON)
      p->of = state_of(rules, arena, ch_record_get(o, "name"));
    p->post = p->type == CH_PARTY_PERSON && holds(p->name.text, p->of);
    m->n_parties++;
  }
}

/* ---- place ---- */

static void add_place(const ChRecordRules *rules, ChArena *arena, ChRecordMention *m, ChSlice text)
{
  uint32_t refs[8];
  ChRecordPlace *p = &m->places[m->n_places];
  *p = (ChRecordPlace){ch_record_name(arena, text).text, CH_NONE, CH_NONE};
  if (!p->text.n)
    return;
  m->n_places++;
  size_t n = ch_world_named(rules->pack, text, refs, 8);
  for (size_t i = 0; i < n && p->state == CH_NONE; i++) {
    uint32_t index = ch_ref_index(refs[i]);
    if (ch_ref_way(refs[i]) != CH_WAY_NAME)
      continue;
    if (ch_ref_type(refs[i]) == CH_WORLD_STATE) {
      p->state = index;
    } else if (ch_ref_type(refs[i]) == CH_WORLD_PLACE) {
      p->place = index;
      p->state = rules->world.places[index].state;
    }
  }
}

void ch_record_places_of(const ChRecordRules *rules, ChArena *arena, ChRecordMention *m)
{
  for (ChSlice rest = m->place_text; rest.n && m->n_places < CH_MENTION_PLACES;)
    add_place(rules, arena, m, ch_slice_cut(&rest, ','));
}

/* ---- words ---- */

static int by_number(const void *a, const void *b)
{
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return x < y ? -1 : x > y;
}

static void add_words(ChRecordMention *m, ChSlice text)
{
  ChBuf b = {0};
  ch_utf8_fold(text, &b);
  for (ChSlice rest = ch_buf_view(&b); rest.n && m->words < CH_MENTION_WORDS;) {
    ChSlice w = ch_slice_cut(&rest, ' ');
    size_t letters = 0, stem = 0;
    for (size_t i = 0; i < w.n; i++)
      if (((unsigned char)w.p[i] & 0xC0) != 0x80 && ++letters == STEM + 1)
        stem = i;
    if (letters >= STEM_LEAST)
      m->word[m->words++] = (uint32_t)ch_slice_hash(ch_slice(w.p, stem ? stem : w.n));
  }
  ch_buf_free(&b);
}

static void add_texts(const ChRecordRules *rules, ChRecordMention *m)
{
  static const char *const lists[] = {"evidence", "topics"};
  const json_t *documents = json_object_get(m->event, "documents");
  for (size_t i = 0; i < json_array_size(documents); i++) {
    const json_t *d = json_array_get(documents, i);
    add_words(m, ch_record_get(d, "title"));
    ChWord stage = ch_term_stage(&rules->t, ch_pack_find(rules->pack, ch_record_get(d, "action")));
    if (stage)
      m->actions |= (uint64_t)1 << (stage & 63);
  }
  for (size_t l = 0; l < 2; l++) {
    const json_t *list = json_object_get(m->event, lists[l]);
    for (size_t i = 0; i < json_array_size(list); i++) {
      const json_t *v = json_array_get(list, i);
      add_words(m, ch_slice(json_string_value(v), json_string_length(v)));
    }
  }
  qsort(m->word, m->words, sizeof *m->word, by_number);
  uint32_t n = 0;
  for (uint32_t i = 0; i < m->words; i++)
    if (!n || m->word[n - 1] != m->word[i])
      m->word[n++] = m->word[i];
  m->words = n;
}

/* ---- one mention ---- */

uint64_t ch_record_key(ChSlice member) { return ch_slice_hash(member) >> 4; }

static uint64_t key_of(ChArena *arena, ChSlice report, ChSlice event)
{
  ChSlice text = ch_arena_printf(arena, "%.*s:%.*s", CH_ARG(report), CH_ARG(event));
  return ch_record_key(text);
}

static void fill(const ChRecordRules *rules, ChArena *arena, ChRecordMention *m)
{
  const json_t *head = json_object_get(m->reading, "report");
  int32_t last;
  m->id = text_of(arena, m->event, "id");
  m->key = key_of(arena, m->report, m->id);
  m->published = text_of(arena, head, "published");
  m->lang = text_of(arena, head, "lang");
  if (!ch_day_span(m->published, &m->published_day, &last))
    m->published_day = CH_DAY_MIN;
  m->kind_text = text_of(arena, m->event, "kind");
  m->status_text = text_of(arena, m->event, "status");
  m->kind_word = ch_pack_find(rules->pack, m->kind_text);
  m->kind = ch_term_kind(&rules->t, m->kind_word);
  m->status = ch_term_status(&rules->t, ch_pack_find(rules->pack, m->status_text));
  m->time_text = text_of(arena, m->event, "time");
  m->dated = ch_day_span(m->time_text, &m->first, &m->last);
  m->series = ch_record_name(arena, ch_record_get(m->event, "series"));
  json_int_t ordinal = json_integer_value(json_object_get(m->event, "ordinal"));
  m->ordinal = ordinal > 0 && ordinal < INT32_MAX ? (uint32_t)ordinal : 0;
  m->place_text = text_of(arena, m->event, "place");
  ch_record_places_of(rules, arena, m);
  add_parties(rules, arena, m);
  add_texts(rules, m);
}

static int by_event_id(const void *a, const void *b)
{
  const ChRecordMention *x = *(ChRecordMention *const *)a, *y = *(ChRecordMention *const *)b;
  return ch_slice_cmp(x->id, y->id);
}

static int by_event_first(const void *a, const void *b)
{
  int c = by_event_id(a, b);
  const ChRecordMention *x = *(ChRecordMention *const *)a, *y = *(ChRecordMention *const *)b;
  return c ? c : x->number < y->number ? -1 : x->number > y->number;
}

/* Those with an id, each id once, in order of their ids. */
static size_t sort_events(const json_t *reading, ChRecordMention *all, ChRecordMention **sorted)
{
  const json_t *events = json_object_get(reading, "events");
  size_t n = 0, kept = 0;
  for (size_t i = 0; i < json_array_size(events); i++) {
    const json_t *event = json_array_get(events, i);
    ChSlice id = ch_record_get(event, "id");
    if (!id.n || memchr(id.p, ':', id.n))
      continue;
    all[n] = (ChRecordMention){.reading = reading, .event = event, .id = id, .number = (uint32_t)i + 1};
    sorted[n] = &all[n];
    n++;
  }
  if (n)
    qsort(sorted, n, sizeof *sorted, by_event_first);
  for (size_t i = 0; i < n; i++)
    if (!i || !ch_slice_eq(sorted[i]->id, sorted[i - 1]->id))
      sorted[kept++] = sorted[i];
  return kept;
}

/* The first event that the mention is part of. Chains are not followed further than one step, so cycles do no harm. */
static void find_wholes(ChRecordMention **sorted, size_t n)
{
  ChRecordMention key, *want = &key;
  for (size_t i = 0; i < n; i++) {
    const json_t *links = json_object_get(sorted[i]->event, "links");
    for (size_t k = 0; k < json_array_size(links) && !sorted[i]->whole; k++) {
      const json_t *l = json_array_get(links, k);
      if (!ch_slice_is(ch_record_get(l, "type"), "part_of"))
        continue;
      key = (ChRecordMention){.id = ch_record_get(l, "event")};
      ChRecordMention **found = bsearch(&want, sorted, n, sizeof *sorted, by_event_id);
      if (found && *found != sorted[i])
        sorted[i]->whole = *found;
    }
  }
}

static int by_place(const void *a, const void *b)
{
  const ChRecordMention *x = *(ChRecordMention *const *)a, *y = *(ChRecordMention *const *)b;
  return x->number < y->number ? -1 : x->number > y->number;
}

ChRecordMention **ch_record_mentions(const ChRecordRules *rules, ChArena *arena, const json_t *reading, ChSlice report, size_t *n)
{
  size_t most = json_array_size(json_object_get(reading, "events"));
  ChRecordMention **list = ch_arena_array(arena, most, sizeof *list), *all = ch_arena_array(arena, most, sizeof *all);
  report = ch_arena_copy(arena, report.n ? report : ch_record_get(json_object_get(reading, "report"), "id"));
  *n = sort_events(reading, all, list);
  for (size_t i = 0; i < *n; i++) {
    list[i]->report = report;
    fill(rules, arena, list[i]);
  }
  find_wholes(list, *n);
  if (*n)
    qsort(list, *n, sizeof *list, by_place);
  return list;
}

ChSlice ch_record_mention_report(const ChRecordMention *m) { return m->report; }
ChSlice ch_record_mention_event(const ChRecordMention *m) { return m->id; }
uint64_t ch_record_mention_id(const ChRecordMention *m) { return m->key; }
int32_t ch_record_mention_day(const ChRecordMention *m) { return m->dated && m->first != CH_DAY_MIN ? m->first : m->published_day; }

int ch_record_mention_order(const ChRecordMention *a, const ChRecordMention *b)
{
  int c = ch_slice_cmp(a->published, b->published);
  if (!c)
    c = ch_slice_cmp(a->report, b->report);
  return c ? c : a->number < b->number ? -1 : a->number > b->number;
}

/* ---- keys ---- */

enum { BUCKET = 92, EDGE = 3, BUCKETS = 5, PREFIX = 4 }; /* days of a bucket; days by which a date may be told wrong */

/* The quarters in which the mention may meet another: a plan may move to the next, what has no date is near its report. */
static size_t buckets_of(const ChRecordMention *m, int32_t out[BUCKETS])
{
  int64_t from, to;
  bool past = ch_mention_phase(m) == CH_PHASE_PAST;
  if (m->dated) {
    from = m->first == CH_DAY_MIN ? (int64_t)m->last - BUCKET : m->first;
    to = m->last == CH_DAY_MAX ? from : m->last;
  } else if (m->published_day != CH_DAY_MIN) {
    from = m->published_day - (past ? BUCKET : 0);
    to = m->published_day + (past ? 0 : BUCKET);
  } else {
    return 0;
  }
  from = (from - EDGE) / BUCKET;
  to = (to + (past ? EDGE : BUCKET)) / BUCKET;
  size_t n = 0;
  for (int64_t b = from; b <= to && n < BUCKETS; b++)
    out[n++] = (int32_t)b;
  return n;
}

typedef struct Keys {
  uint64_t *at;
  size_t n;
} Keys;

/* The quarter stands in the upper bits: blocks of one time lie together when they are sorted. */
static void add_key(Keys *k, uint64_t a, uint64_t b, int32_t bucket)
{
  const uint64_t mixed[2] = {a, b};
  if (k->n < CH_RECORD_KEYS)
    k->at[k->n++] = (uint64_t)(uint16_t)bucket << 48 | ch_slice_hash(ch_slice((const char *)mixed, sizeof mixed)) >> 16;
}

static int by_key(const void *a, const void *b)
{
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return x < y ? -1 : x > y;
}

enum { ALWAYS = INT16_MAX }; /* in place of a quarter */
enum { KEY_NUMBER = 1, KEY_SERIES, KEY_PERSON, KEY_STATE, KEY_PLACE, KEY_SAID };

static void keys_in_time(const ChRecordMention *m, uint64_t family, Keys *k)
{
  int32_t buckets[BUCKETS];
  size_t n = buckets_of(m, buckets);
  for (uint32_t p = 0; p < m->n_parties && p < 6; p++)
    for (size_t b = 0; b < n; b++) {
      const ChParty *x = &m->parties[p];
      size_t prefix = x->name.last.n < PREFIX ? x->name.last.n : PREFIX;
      bool person = x->type == CH_PARTY_PERSON && !x->post;
      if (person)
        add_key(k, KEY_PERSON ^ family << 8, ch_slice_hash(ch_slice(x->name.last.p, prefix)), buckets[b]);
      if (x->of.n && (!person || (m->kind && m->kind->few && m->n_parties <= 4)))
        add_key(k, KEY_STATE ^ family << 8, ch_slice_hash(x->of), buckets[b]);
    }
  if (m->n_places)
    for (size_t b = 0; b < n; b++) {
      const ChRecordPlace *p = &m->places[m->n_places - 1];
      add_key(k, KEY_PLACE ^ family << 8, p->state != CH_NONE ? p->state : ch_slice_hash(p->text), buckets[b]);
    }
}

size_t ch_record_keys(const ChRecordMention *m, uint64_t keys[CH_RECORD_KEYS])
{
  Keys k = {keys, 0};
  uint64_t family = m->kind ? m->kind->family : m->kind_word;
  ChSaidRow rows[CH_SAID_ROWS];
  size_t said = ch_record_said_rows(m, rows, CH_SAID_ROWS); /* what people say are one meet */
  for (size_t i = 0; i < said; i++)
    add_key(&k, KEY_SAID ^ (uint64_t)rows[i].side << 8, (uint64_t)rows[i].number, ALWAYS);
  if (m->ordinal)
    add_key(&k, KEY_NUMBER ^ family << 8, m->ordinal, ALWAYS);
  if (m->series.text.n)
    add_key(&k, KEY_SERIES ^ family << 8, ch_slice_hash(m->series.text), ALWAYS);
  keys_in_time(m, family, &k);
  qsort(keys, k.n, sizeof *keys, by_key);
  size_t n = 0;
  for (size_t i = 0; i < k.n; i++)
    if (!n || keys[n - 1] != keys[i])
      keys[n++] = keys[i];
  return n;
}
