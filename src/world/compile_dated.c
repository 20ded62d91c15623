/* The tables of data/world that tie rows together in time: who held which post, what a place was called, who was a member, when a series
 * met. Each becomes an array sorted by its first id, and the row of that id gets its range. */
#include "world/compile.h"

#include <stdlib.h>

/* Adds a row; in an overlay it takes the place of the one that is about the same. */
static void put(const Compile *c, ChBuf *rows, const void *row, size_t size, bool (*same)(const void *, const void *))
{
  for (size_t at = 0; c->overlay && at < rows->n; at += size)
    if (same(rows->p + at, row)) {
      memcpy(rows->p + at, row, size);
      return;
    }
  ch_buf_add(rows, row, size);
}

static bool same_tenure(const void *a, const void *b)
{
  const ChTenure *x = a, *y = b;
  return x->person == y->person && x->post == y->post && x->state == y->state && x->body == y->body && x->at_state == y->at_state &&
         x->at_body == y->at_body && x->from == y->from;
}

static bool same_instance(const void *a, const void *b)
{
  const ChInstance *x = a, *y = b;
  return x->series == y->series && x->ordinal == y->ordinal && (x->ordinal || x->from == y->from);
}

static bool same_membership(const void *a, const void *b)
{
  const ChMembership *x = a, *y = b;
  return x->body == y->body && x->state == y->state && x->from == y->from;
}

static bool same_rename(const void *a, const void *b)
{
  const ChRename *x = a, *y = b;
  return x->place == y->place && x->from == y->from;
}

static int by_person(const void *a, const void *b)
{
  const ChTenure *x = a, *y = b;
  if (x->person != y->person)
    return x->person < y->person ? -1 : 1;
  if (x->from != y->from)
    return x->from < y->from ? -1 : 1;
  return x->post < y->post ? -1 : x->post > y->post;
}

static int by_post(const void *a, const void *b, void *tenures)
{
  const ChTenure *x = (ChTenure *)tenures + *(const uint32_t *)a, *y = (ChTenure *)tenures + *(const uint32_t *)b;
  if (x->post != y->post)
    return x->post < y->post ? -1 : 1;
  if (x->state != y->state)
    return x->state < y->state ? -1 : 1;
  if (x->body != y->body)
    return x->body < y->body ? -1 : 1;
  if (x->from != y->from)
    return x->from < y->from ? -1 : 1;
  return x->person < y->person ? -1 : x->person > y->person;
}

static void read_holders(Compile *c)
{
  enum { PERSON, POST, OF, AT, FROM, TO, SOURCE };
  static const char *const fixed[] = {"person", "post", "of", "at", "from", "to", "source", NULL}, *const each[] = {NULL};
  Table t;
  if (!ch_compile_open(c, &t, "holders", fixed, each))
    return;
  while (ch_datafile_next(&t.f)) {
    ChTenure h = {.person = ch_compile_ref(&t, CH_WORLD_PERSON, PERSON), .post = ch_compile_ref(&t, CH_WORLD_POST, POST)};
    ch_compile_owner(&t, OF, &h.state, &h.body);
    if (!ch_compile_cell(&t, OF).n)
      ch_datafile_fault(&t.f, OF, "a tenure needs a state or body");
    ch_compile_owner(&t, AT, &h.at_state, &h.at_body);
    h.from = ch_compile_day(&t, FROM, true);
    h.to = ch_compile_day(&t, TO, false);
    h.from_edtf = ch_compile_word(&t, ch_compile_cell(&t, FROM));
    h.to_edtf = ch_compile_word(&t, ch_compile_cell(&t, TO));
    h.ended = ch_slice_is(ch_compile_cell(&t, TO), "..");
    h.source = ch_compile_word(&t, ch_compile_cell(&t, SOURCE));
    if (!ch_failed(c->err) && h.from > h.to)
      ch_datafile_fault(&t.f, FROM, "begins after its end");
    if (h.person != CH_NONE && h.post != CH_NONE)
      put(c, &c->tenures, &h, sizeof h, same_tenure);
  }
  ch_datafile_close(&t.f);
}

/* Sorts tenures and gives each person its own. */
static void arrange_tenures(Compile *c)
{
  size_t n = c->tenures.n / sizeof(ChTenure);
  ChTenure *at = (ChTenure *)(void *)c->tenures.p;
  if (n)
    qsort(at, n, sizeof *at, by_person);
  ChPerson *persons = (ChPerson *)(void *)c->rows[CH_WORLD_PERSON].p;
  for (size_t i = 0; i < c->rows[CH_WORLD_PERSON].n / sizeof *persons; i++)
    persons[i].tenure = persons[i].tenures = 0;
  for (size_t i = 0; i < n; i++) {
    ChPerson *p = &persons[at[i].person];
    if (!p->tenures++)
      p->tenure = (uint32_t)i;
  }
  for (uint32_t i = 0; i < n; i++)
    ch_buf_add(&c->by_post, &i, sizeof i);
  if (n)
    qsort_r(c->by_post.p, n, sizeof(uint32_t), by_post, at);
}

static int by_series(const void *a, const void *b)
{
  const ChInstance *x = a, *y = b;
  if (x->series != y->series)
    return x->series < y->series ? -1 : 1;
  if (x->from != y->from)
    return x->from < y->from ? -1 : 1;
  return x->ordinal < y->ordinal ? -1 : x->ordinal > y->ordinal;
}

static void read_instances(Compile *c)
{
  enum { SERIES, ORDINAL, FROM, TO, PLACE, SOURCE };
  static const char *const fixed[] = {"series", "ordinal", "from", "to", "place", "source", NULL}, *const each[] = {NULL};
  Table t;
  if (!ch_compile_open(c, &t, "instances", fixed, each))
    return;
  while (ch_datafile_next(&t.f)) {
    ChInstance i = {.series = ch_compile_ref(&t, CH_WORLD_SERIES, SERIES), .ordinal = ch_compile_number(&t, ORDINAL, 100000)};
    i.from = ch_compile_day(&t, FROM, true);
    i.to = ch_compile_cell(&t, TO).n ? ch_compile_day(&t, TO, false) : ch_compile_day(&t, FROM, false);
    i.place = ch_compile_ref(&t, CH_WORLD_PLACE, PLACE);
    i.source = ch_compile_word(&t, ch_compile_cell(&t, SOURCE));
    if (i.series != CH_NONE)
      put(c, &c->instances, &i, sizeof i, same_instance);
  }
  ch_datafile_close(&t.f);
}

static void arrange_instances(Compile *c)
{
  size_t n = c->instances.n / sizeof(ChInstance);
  ChInstance *at = (ChInstance *)(void *)c->instances.p;
  if (n)
    qsort(at, n, sizeof *at, by_series);
  ChSeries *series = (ChSeries *)(void *)c->rows[CH_WORLD_SERIES].p;
  for (size_t i = 0; i < c->rows[CH_WORLD_SERIES].n / sizeof *series; i++)
    series[i].instance = series[i].instances = 0;
  for (size_t i = 0; i < n; i++) {
    ChSeries *s = &series[at[i].series];
    if (!s->instances++)
      s->instance = (uint32_t)i;
  }
}


/* ---- renames, memberships ---- */

static int by_place(const void *a, const void *b)
{
  const ChRename *x = a, *y = b;
  if (x->place != y->place)
    return x->place < y->place ? -1 : 1;
  return x->from < y->from ? -1 : x->from > y->from;
}

/* A row is one name in each language for one stretch of time; the names lead to the place like those of its own row. */
static void read_renames(Compile *c)
{
  enum { PLACE, FROM, TO, SOURCE, NAME = 0 };
  static const char *const fixed[] = {"place", "from", "to", "source", NULL}, *const each[] = {"name", NULL};
  Table t;
  if (!ch_compile_open(c, &t, "renames", fixed, each))
    return;
  while (ch_datafile_next(&t.f)) {
    ChRename n = {.place = ch_compile_ref(&t, CH_WORLD_PLACE, PLACE)};
    n.from = ch_compile_day(&t, FROM, true);
    n.to = ch_compile_day(&t, TO, false);
    if (n.from > n.to)
      ch_datafile_fault(&t.f, FROM, "begins after its end");
    ChBuf all = {0};
    for (size_t l = 0; l < c->n_langs; l++) {
      ChSlice name = ch_compile_cell_of(&t, l, NAME);
      ch_buf_slice(&all, all.n && name.n ? CH_LIT(";") : CH_LIT(""));
      ch_buf_slice(&all, name);
      if (n.place != CH_NONE)
        ch_compile_names(c, l, name, CH_WORLD_PLACE, CH_WAY_NAME, n.place);
    }
    n.names = ch_compile_word(&t, ch_buf_view(&all));
    ch_buf_free(&all);
    if (n.place != CH_NONE)
      put(c, &c->renames, &n, sizeof n, same_rename);
  }
  ch_datafile_close(&t.f);
  if (c->renames.n)
    qsort(c->renames.p, c->renames.n / sizeof(ChRename), sizeof(ChRename), by_place);
}

static int by_body(const void *a, const void *b)
{
  const ChMembership *x = a, *y = b;
  if (x->body != y->body)
    return x->body < y->body ? -1 : 1;
  if (x->state != y->state)
    return x->state < y->state ? -1 : 1;
  return x->from < y->from ? -1 : x->from > y->from;
}

static void read_memberships(Compile *c)
{
  enum { BODY, STATE, STATUS, FROM, TO, SOURCE };
  static const char *const fixed[] = {"body", "state", "status", "from", "to", "source", NULL}, *const each[] = {NULL};
  Table t;
  if (!ch_compile_open(c, &t, "members", fixed, each))
    return;
  while (ch_datafile_next(&t.f)) {
    ChMembership m = {.body = ch_compile_ref(&t, CH_WORLD_BODY, BODY), .state = ch_compile_ref(&t, CH_WORLD_STATE, STATE)};
    m.status = ch_compile_word(&t, ch_compile_cell(&t, STATUS));
    m.from = ch_compile_day(&t, FROM, true);
    m.to = ch_compile_day(&t, TO, false);
    m.source = ch_compile_word(&t, ch_compile_cell(&t, SOURCE));
    if (m.from > m.to)
      ch_datafile_fault(&t.f, FROM, "begins after its end");
    if (m.body != CH_NONE && m.state != CH_NONE)
      put(c, &c->memberships, &m, sizeof m, same_membership);
  }
  ch_datafile_close(&t.f);
  if (c->memberships.n)
    qsort(c->memberships.p, c->memberships.n / sizeof(ChMembership), sizeof(ChMembership), by_body);
}

void ch_compile_dated(Compile *c)
{
  read_holders(c);
  arrange_tenures(c);
  read_renames(c);
  read_memberships(c);
  read_instances(c);
  arrange_instances(c);
}
