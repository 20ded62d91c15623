/* The compiler of data/world: tables to arrays. Ids are registered in a first pass over all tables, rows are filled in a second, so
 * that tables may refer to each other in any direction. */
#include "world/compile.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- tables ---- */

bool ch_compile_open(Compile *c, Table *t, const char *kind, const char *const *fixed, const char *const *each)
{
  char path[1024];
  snprintf(path, sizeof path, "%s/world/%s.tsv", c->data, kind);
  *t = (Table){.c = c};
  if (ch_failed(c->err) || access(path, F_OK) != 0)
    return false;
  uint32_t n = 0;
  for (; fixed[n]; n++)
    t->columns[n] = fixed[n];
  t->fixed = n;
  while (each[t->each])
    t->each++;
  for (size_t l = 0; l < c->n_langs; l++)
    for (uint32_t i = 0; i < t->each && n < CH_DATAFILE_COLUMNS; i++, n++) {
      ChSlice code = ch_pack_writer_text(c->w, c->langs[l].code);
      snprintf(t->names[n], sizeof t->names[n], "%s_%.*s", each[i], CH_ARG(code));
      t->columns[n] = t->names[n];
    }
  t->columns[n] = NULL;
  ch_datafile_open(&t->f, path, kind, 1, t->columns, c->err);
  return true;
}

uint32_t ch_compile_find(const Compile *c, ChWorldType type, ChSlice id)
{
  const Ids *ids = &c->ids[type];
  ChWord w = ch_pack_writer_word(c->w, id);
  return w && w < ids->n && ids->at[w] ? ids->at[w] - 1 : CH_NONE;
}

void ch_compile_id(Table *t, ChWorldType type)
{
  Ids *ids = &t->c->ids[type];
  ChSlice id = ch_compile_cell(t, 0);
  if (!id.n) {
    ch_datafile_fault(&t->f, 0, "a row needs an id");
    return;
  }
  ChWord w = ch_pack_writer_word(t->c->w, id);
  if (w >= ids->n) {
    size_t n = (size_t)w * 2 + 64;
    ids->at = realloc(ids->at, n * sizeof *ids->at);
    if (!ids->at)
      abort();
    memset(ids->at + ids->n, 0, (n - ids->n) * sizeof *ids->at);
    ids->n = n;
  }
  if (ids->at[w])
    ch_datafile_fault(&t->f, 0, "id '%.*s' stands twice", CH_ARG(id));
  ids->at[w] = ++ids->count;
}

uint32_t ch_compile_ref(Table *t, ChWorldType type, uint32_t column)
{
  ChSlice id = ch_compile_cell(t, column);
  if (!id.n || !t->c->ids[type].read)
    return CH_NONE;
  uint32_t i = ch_compile_find(t->c, type, id);
  if (i == CH_NONE)
    ch_datafile_fault(&t->f, column, "no such id: '%.*s'", CH_ARG(id));
  return i;
}

/* ---- small cells ---- */

static ChWord word(Table *t, ChSlice s) { return ch_pack_writer_word(t->c->w, s); }

static uint32_t number(Table *t, uint32_t column, uint32_t most)
{
  uint32_t v = 0;
  ChSlice s = ch_compile_cell(t, column);
  if (s.n && !ch_slice_uint(s, most, &v))
    ch_datafile_fault(&t->f, column, "not a number up to %u", most);
  return v;
}

static float decimal(Table *t, uint32_t column)
{
  double v = 0;
  ChSlice s = ch_compile_cell(t, column);
  if (s.n && !ch_slice_double(s, &v))
    ch_datafile_fault(&t->f, column, "not a number");
  return (float)v;
}

/* A date cell: `first` of it where `start`, else its last day; open where empty or "..". */
static int32_t day(Table *t, uint32_t column, bool start)
{
  ChSlice s = ch_compile_cell(t, column);
  int32_t first, last;
  if (!s.n || ch_slice_is(s, ".."))
    return start ? CH_DAY_MIN : CH_DAY_MAX;
  if (!ch_day_span(s, &first, &last)) {
    ch_datafile_fault(&t->f, column, "not an EDTF date");
    return 0;
  }
  return start ? first : last;
}

/* The name that readings print, first of the cell. */
static ChWord print_name(Table *t, uint32_t i)
{
  ChSlice cell = ch_compile_cell_of(t, t->c->print, i);
  ChSlice rest = cell;
  ChSlice name = cell.n ? ch_slice_cut(&rest, ';') : cell;
  if (!name.n)
    ch_datafile_fault(&t->f, ch_compile_column(t, t->c->print, i), "a row needs a name to print");
  return word(t, name);
}

static void all_names(Table *t, uint32_t i, ChWorldType type, ChWorldWay way, uint32_t index)
{
  for (size_t l = 0; l < t->c->n_langs; l++)
    ch_compile_names(t->c, l, ch_compile_cell_of(t, l, i), type, way, index);
}

#define ROW(c, type) ((uint32_t)((c)->rows[type].n))

/* ---- one function per table ---- */

static void state_row(Table *t, uint32_t index)
{
  enum { ID, CAPITAL, FROM, TO, NAME = 0, ALSO, ADJ, DEMONYM, METONYM };
  ChSlice adj = ch_compile_cell_of(t, t->c->print, ADJ);
  ChState s = {.id = word(t, ch_compile_cell(t, ID)), .name = print_name(t, NAME)};
  s.adjective = adj.n ? word(t, ch_slice_cut(&adj, ';')) : s.name;
  s.capital = ch_compile_ref(t, CH_WORLD_PLACE, CAPITAL);
  s.from = day(t, FROM, true);
  s.to = day(t, TO, false);
  ch_buf_add(&t->c->rows[CH_WORLD_STATE], &s, sizeof s);
  all_names(t, NAME, CH_WORLD_STATE, CH_WAY_NAME, index);
  all_names(t, ALSO, CH_WORLD_STATE, CH_WAY_NAME, index);
  all_names(t, ADJ, CH_WORLD_STATE, CH_WAY_ADJECTIVE, index);
  all_names(t, DEMONYM, CH_WORLD_STATE, CH_WAY_DEMONYM, index);
  all_names(t, METONYM, CH_WORLD_STATE, CH_WAY_METONYM, index);
}

static void place_row(Table *t, uint32_t index)
{
  enum { ID, TYPE, STATE, IN, POPULATION, LAT, LON, NAME = 0, ALSO };
  ChPlace p = {.id = word(t, ch_compile_cell(t, ID)), .name = print_name(t, NAME), .type = word(t, ch_compile_cell(t, TYPE))};
  p.state = ch_compile_ref(t, CH_WORLD_STATE, STATE);
  p.in = ch_compile_ref(t, CH_WORLD_PLACE, IN);
  p.population = number(t, POPULATION, UINT32_MAX);
  p.lat = decimal(t, LAT);
  p.lon = decimal(t, LON);
  ch_buf_add(&t->c->rows[CH_WORLD_PLACE], &p, sizeof p);
  all_names(t, NAME, CH_WORLD_PLACE, CH_WAY_NAME, index);
  all_names(t, ALSO, CH_WORLD_PLACE, CH_WAY_NAME, index);
}

static void body_row(Table *t, uint32_t index)
{
  enum { ID, TYPE, PARENT, STATE, SEAT, MEMBERS, NAME = 0, ALSO, ADJ };
  Compile *c = t->c;
  ChBody b = {.id = word(t, ch_compile_cell(t, ID)), .name = print_name(t, NAME), .type = word(t, ch_compile_cell(t, TYPE))};
  b.parent = ch_compile_ref(t, CH_WORLD_BODY, PARENT);
  b.state = ch_compile_ref(t, CH_WORLD_STATE, STATE);
  b.seat = ch_compile_ref(t, CH_WORLD_PLACE, SEAT);
  b.member = (uint32_t)(c->members.n / sizeof(uint32_t));
  ChSlice rest = ch_compile_cell(t, MEMBERS);
  while (rest.n) {
    ChSlice id = ch_slice_cut(&rest, ';');
    uint32_t s = ch_compile_find(c, CH_WORLD_STATE, id);
    if (s != CH_NONE)
      ch_buf_add(&c->members, &s, sizeof s);
    else if (id.n && c->ids[CH_WORLD_STATE].read && ch_compile_find(c, CH_WORLD_BODY, id) == CH_NONE)
      ch_datafile_fault(&t->f, MEMBERS, "no such id: '%.*s'", CH_ARG(id));
  }
  b.members = (uint32_t)(c->members.n / sizeof(uint32_t)) - b.member;
  ch_buf_add(&c->rows[CH_WORLD_BODY], &b, sizeof b);
  all_names(t, NAME, CH_WORLD_BODY, CH_WAY_NAME, index);
  all_names(t, ALSO, CH_WORLD_BODY, CH_WAY_NAME, index);
  all_names(t, ADJ, CH_WORLD_BODY, CH_WAY_ADJECTIVE, index);
}

static void outlet_row(Table *t, uint32_t index)
{
  enum { ID, STATE, NAME = 0, ALSO };
  ChOutlet o = {word(t, ch_compile_cell(t, ID)), print_name(t, NAME), ch_compile_ref(t, CH_WORLD_STATE, STATE)};
  ch_buf_add(&t->c->rows[CH_WORLD_OUTLET], &o, sizeof o);
  all_names(t, NAME, CH_WORLD_OUTLET, CH_WAY_NAME, index);
  all_names(t, ALSO, CH_WORLD_OUTLET, CH_WAY_NAME, index);
}

static void post_row(Table *t, uint32_t index)
{
  enum { ID, OF, RANK, PORTFOLIO, NAME = 0, WAYS };
  Compile *c = t->c;
  ChSlice of = ch_compile_cell(t, OF);
  uint32_t state = ch_compile_find(c, CH_WORLD_STATE, of), body = ch_compile_find(c, CH_WORLD_BODY, of);
  if (!ch_slice_is(of, "state") && !ch_slice_is(of, "body") && state == CH_NONE && body == CH_NONE && c->ids[CH_WORLD_STATE].read && c->ids[CH_WORLD_BODY].read)
    ch_datafile_fault(&t->f, OF, "neither 'state', 'body' nor an id: '%.*s'", CH_ARG(of));
  ChPost p = {.id = word(t, ch_compile_cell(t, ID)), .name = print_name(t, NAME), .of = word(t, of), .state = state, .body = body,
              .rank = number(t, RANK, 9), .portfolio = ch_compile_ref(t, CH_WORLD_PORTFOLIO, PORTFOLIO)};
  ch_buf_add(&c->rows[CH_WORLD_POST], &p, sizeof p);
  all_names(t, WAYS, CH_WORLD_POST, CH_WAY_NAME, index);
}

static void portfolio_row(Table *t, uint32_t index)
{
  enum { ID, NAME = 0, WAYS, MINISTRY, ACRONYM };
  ChSlice ministry = ch_compile_cell_of(t, t->c->print, MINISTRY);
  ChPortfolio p = {word(t, ch_compile_cell(t, ID)), print_name(t, NAME), CH_NO_WORD};
  p.ministry = ministry.n ? word(t, ch_slice_cut(&ministry, ';')) : CH_NO_WORD;
  ch_buf_add(&t->c->rows[CH_WORLD_PORTFOLIO], &p, sizeof p);
  all_names(t, WAYS, CH_WORLD_PORTFOLIO, CH_WAY_NAME, index);
  all_names(t, MINISTRY, CH_WORLD_PORTFOLIO, CH_WAY_MINISTRY, index);
  all_names(t, ACRONYM, CH_WORLD_PORTFOLIO, CH_WAY_MINISTRY, index);
}

static void rank_row(Table *t, uint32_t index)
{
  enum { ID, NAME = 0, WAYS };
  ChRank r = {word(t, ch_compile_cell(t, ID)), print_name(t, NAME)};
  ch_buf_add(&t->c->rows[CH_WORLD_RANK], &r, sizeof r);
  all_names(t, WAYS, CH_WORLD_RANK, CH_WAY_NAME, index);
}

static bool family_first(const Compile *c, uint32_t state)
{
  const uint32_t *at = (const uint32_t *)(const void *)c->family_first.p;
  for (size_t i = 0; i < c->family_first.n / sizeof *at; i++)
    if (at[i] == state)
      return true;
  return false;
}

static void person_row(Table *t, uint32_t index)
{
  enum { ID, GENDER, STATE, NAME = 0, ALSO };
  Compile *c = t->c;
  ChSlice g = ch_compile_cell(t, GENDER);
  ChPerson p = {.id = word(t, ch_compile_cell(t, ID)), .name = print_name(t, NAME)};
  p.gender = ch_slice_is(g, "m") ? CH_GENDER_MASC : ch_slice_is(g, "f") ? CH_GENDER_FEM : CH_GENDER_NONE;
  if (g.n && !p.gender)
    ch_datafile_fault(&t->f, GENDER, "gender must be 'm' or 'f'");
  p.state = ch_compile_ref(t, CH_WORLD_STATE, STATE);
  ch_buf_add(&c->rows[CH_WORLD_PERSON], &p, sizeof p);
  bool ff = family_first(c, p.state);
  for (size_t l = 0; l < c->n_langs; l++) {
    ch_compile_person(c, l, ch_compile_cell_of(t, l, NAME), index, ff);
    ch_compile_person(c, l, ch_compile_cell_of(t, l, ALSO), index, ff);
  }
}

static void series_row(Table *t, uint32_t index)
{
  enum { ID, BODY, TYPE, NAME = 0, WAYS };
  ChSeries s = {.id = word(t, ch_compile_cell(t, ID)), .name = print_name(t, NAME), .type = word(t, ch_compile_cell(t, TYPE))};
  s.body = ch_compile_ref(t, CH_WORLD_BODY, BODY);
  ch_buf_add(&t->c->rows[CH_WORLD_SERIES], &s, sizeof s);
  all_names(t, NAME, CH_WORLD_SERIES, CH_WAY_NAME, index);
  all_names(t, WAYS, CH_WORLD_SERIES, CH_WAY_NAME, index);
}

typedef struct TableKind {
  ChWorldType type;
  const char *kind, *section;
  size_t size;
  const char *fixed[10], *each[6];
  void (*row)(Table *t, uint32_t index);
} TableKind;

static const TableKind kinds[] = {
    {CH_WORLD_STATE,
     "states",
     "states",
     sizeof(ChState),
     {"id", "capital", "from", "to", "wikidata", "source", NULL},
     {"name", "also", "adj", "demonym", "metonym", NULL},
     state_row},
    {CH_WORLD_PLACE,
     "places",
     "places",
     sizeof(ChPlace),
     {"id", "type", "state", "in", "population", "lat", "lon", "wikidata", "source", NULL},
     {"name", "also", NULL},
     place_row},
    {CH_WORLD_BODY,
     "bodies",
     "bodies",
     sizeof(ChBody),
     {"id", "type", "parent", "state", "seat", "members", "wikidata", "source", NULL},
     {"name", "also", "adj", NULL},
     body_row},
    {CH_WORLD_OUTLET,
     "outlets",
     "outlets",
     sizeof(ChOutlet),
     {"id", "state", "url", "source", NULL},
     {"name", "also", NULL},
     outlet_row},
    {CH_WORLD_POST,
     "posts",
     "posts",
     sizeof(ChPost),
     {"id", "of", "rank", "portfolio", "source", NULL},
     {"name", "ways", NULL},
     post_row},
    {CH_WORLD_PORTFOLIO,
     "portfolios",
     "portfolios",
     sizeof(ChPortfolio),
     {"id", NULL},
     {"name", "ways", "ministry", "acronym", NULL},
     portfolio_row},
    {CH_WORLD_RANK, "ranks", "ranks", sizeof(ChRank), {"id", NULL}, {"name", "ways", NULL}, rank_row},
    {CH_WORLD_PERSON,
     "persons",
     "persons",
     sizeof(ChPerson),
     {"id", "gender", "state", "wikidata", "source", NULL},
     {"name", "also", NULL},
     person_row},
    {CH_WORLD_SERIES,
     "series",
     "series",
     sizeof(ChSeries),
     {"id", "body", "type", "source", NULL},
     {"name", "ways", NULL},
     series_row},
};

static void read_ids(Compile *c, const TableKind *k)
{
  Table t;
  if (!ch_compile_open(c, &t, k->kind, k->fixed, k->each))
    return;
  c->ids[k->type].read = true;
  while (ch_datafile_next(&t.f))
    ch_compile_id(&t, k->type);
  ch_datafile_close(&t.f);
}

static void read_rows(Compile *c, const TableKind *k)
{
  Table t;
  if (!ch_compile_open(c, &t, k->kind, k->fixed, k->each))
    return;
  uint32_t index = 0;
  while (ch_datafile_next(&t.f))
    k->row(&t, index++);
  ch_datafile_close(&t.f);
}

/* ---- tenures and instances ---- */

static int by_person(const void *a, const void *b)
{
  const ChTenure *x = a, *y = b;
  if (x->person != y->person)
    return x->person < y->person ? -1 : 1;
  if (x->from != y->from)
    return x->from < y->from ? -1 : 1;
  return x->post < y->post ? -1 : x->post > y->post;
}

static void read_holders(Compile *c)
{
  enum { PERSON, POST, OF, FROM, TO, SOURCE };
  static const char *const fixed[] = {"person", "post", "of", "from", "to", "source", NULL}, *const each[] = {NULL};
  Table t;
  if (!ch_compile_open(c, &t, "holders", fixed, each))
    return;
  while (ch_datafile_next(&t.f)) {
    ChTenure h = {.person = ch_compile_ref(&t, CH_WORLD_PERSON, PERSON), .post = ch_compile_ref(&t, CH_WORLD_POST, POST)};
    ChSlice of = ch_compile_cell(&t, OF);
    h.state = ch_compile_find(c, CH_WORLD_STATE, of);
    h.body = h.state == CH_NONE ? ch_compile_find(c, CH_WORLD_BODY, of) : CH_NONE;
    if (h.state == CH_NONE && h.body == CH_NONE && c->ids[CH_WORLD_BODY].read)
      ch_datafile_fault(&t.f, OF, "no such state or body: '%.*s'", CH_ARG(of));
    h.from = day(&t, FROM, true);
    h.to = day(&t, TO, false);
    h.source = word(&t, ch_compile_cell(&t, SOURCE));
    if (!ch_failed(c->err) && h.from > h.to)
      ch_datafile_fault(&t.f, FROM, "begins after its end");
    if (h.person != CH_NONE && h.post != CH_NONE)
      ch_buf_add(&c->tenures, &h, sizeof h);
  }
  ch_datafile_close(&t.f);
  size_t n = c->tenures.n / sizeof(ChTenure);
  ChTenure *at = (ChTenure *)(void *)c->tenures.p;
  if (n)
    qsort(at, n, sizeof *at, by_person);
  ChPerson *persons = (ChPerson *)(void *)c->rows[CH_WORLD_PERSON].p;
  for (size_t i = 0; i < n; i++) {
    ChPerson *p = &persons[at[i].person];
    if (!p->tenures++)
      p->tenure = (uint32_t)i;
  }
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
    ChInstance i = {.series = ch_compile_ref(&t, CH_WORLD_SERIES, SERIES), .ordinal = number(&t, ORDINAL, 100000)};
    i.from = day(&t, FROM, true);
    i.to = ch_compile_cell(&t, TO).n ? day(&t, TO, false) : day(&t, FROM, false);
    i.place = ch_compile_ref(&t, CH_WORLD_PLACE, PLACE);
    i.source = word(&t, ch_compile_cell(&t, SOURCE));
    if (i.series != CH_NONE)
      ch_buf_add(&c->instances, &i, sizeof i);
  }
  ch_datafile_close(&t.f);
  size_t n = c->instances.n / sizeof(ChInstance);
  ChInstance *at = (ChInstance *)(void *)c->instances.p;
  if (n)
    qsort(at, n, sizeof *at, by_series);
  ChSeries *series = (ChSeries *)(void *)c->rows[CH_WORLD_SERIES].p;
  for (size_t i = 0; i < n; i++) {
    ChSeries *s = &series[at[i].series];
    if (!s->instances++)
      s->instance = (uint32_t)i;
  }
}

/* ---- settings and the whole ---- */

static void post_list(Table *t, ChSlice ids, ChBuf *out)
{
  while (ids.n) {
    uint32_t o = ch_compile_find(t->c, CH_WORLD_POST, ch_slice_cut(&ids, ';'));
    if (o == CH_NONE && t->c->ids[CH_WORLD_POST].read)
      ch_datafile_fault(&t->f, 1, "no such post");
    ch_buf_add(out, &o, sizeof o);
  }
}

/* The word of print that a key of world.tsv gives; CH_PRINT_WORDS where it is another key. */
static ChPrint print_word(ChSlice key)
{
  static const char *const keys[CH_PRINT_WORDS] = {
      [CH_PRINT_OF] = "of",   [CH_PRINT_OF_THE] = "of_the", [CH_PRINT_OF_MINISTRY] = "of_ministry",
      [CH_PRINT_AND] = "and", [CH_PRINT_THE] = "the",       [CH_PRINT_PLURAL] = "plural",
  };
  uint32_t i = 0;
  while (i < CH_PRINT_WORDS && !ch_slice_is(key, keys[i]))
    i++;
  return (ChPrint)i;
}

/* world.tsv (docs/formats.md): `names` = the language that readings print names in, `family_first` = states whose people write the family name first. */
static void read_settings(Compile *c)
{
  enum { KEY, VALUE };
  static const char *const fixed[] = {"key", "value", NULL}, *const each[] = {NULL};
  Table t;
  if (!ch_compile_open(c, &t, "world", fixed, each))
    return;
  while (ch_datafile_next(&t.f)) {
    ChSlice key = ch_compile_cell(&t, KEY), value = ch_compile_cell(&t, VALUE);
    if (ch_slice_is(key, "names")) {
      size_t l = 0;
      while (l < c->n_langs && !ch_slice_eq(ch_pack_writer_text(c->w, c->langs[l].code), value))
        l++;
      if (l == c->n_langs)
        ch_datafile_fault(&t.f, VALUE, "no such language");
      else
        c->print = l;
    } else if (ch_slice_is(key, "family_first")) {
      while (value.n) {
        uint32_t s = ch_compile_find(c, CH_WORLD_STATE, ch_slice_cut(&value, ';'));
        if (s != CH_NONE)
          ch_buf_add(&c->family_first, &s, sizeof s);
      }
    } else if (print_word(key) != CH_PRINT_WORDS) {
      c->print_words[print_word(key)] = ch_pack_writer_word(c->w, value);
    } else if (ch_slice_is(key, "seat_posts")) {
      post_list(&t, value, &c->seat_posts);
    } else if (ch_slice_is(key, "head_posts")) {
      post_list(&t, value, &c->head_posts);
    } else if (ch_slice_is(key, "known_posts")) {
      post_list(&t, value, &c->known_posts);
    } else if (ch_slice_is(key, "feminine")) {
      while (value.n) { /* POST=POST */
        ChSlice pair = ch_slice_cut(&value, ';');
        uint32_t m = ch_compile_find(c, CH_WORLD_POST, ch_slice_cut(&pair, '='));
        uint32_t f = ch_compile_find(c, CH_WORLD_POST, pair);
        if (c->ids[CH_WORLD_POST].read && (m == CH_NONE || f == CH_NONE))
          ch_datafile_fault(&t.f, VALUE, "no such post");
        ch_buf_add(&c->feminine, &m, sizeof m);
        ch_buf_add(&c->feminine, &f, sizeof f);
      }
    } else {
      ch_datafile_fault(&t.f, KEY, "unknown key");
    }
  }
  ch_datafile_close(&t.f);
}

static void save(Compile *c)
{
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    char name[CH_PACK_NAME];
    snprintf(name, sizeof name, "world.%s", kinds[i].section);
    ch_pack_writer_add(c->w, name, c->rows[kinds[i].type].p, kinds[i].size, c->rows[kinds[i].type].n / kinds[i].size);
  }
  ch_pack_writer_add(c->w, "world.tenures", c->tenures.p, sizeof(ChTenure), c->tenures.n / sizeof(ChTenure));
  ch_pack_writer_add(c->w, "world.instances", c->instances.p, sizeof(ChInstance), c->instances.n / sizeof(ChInstance));
  ch_pack_writer_add(c->w, "world.members", c->members.p, sizeof(uint32_t), c->members.n / sizeof(uint32_t));
  ch_pack_writer_add(c->w, "world.family-first", c->family_first.p, sizeof(uint32_t), c->family_first.n / sizeof(uint32_t));
  ch_pack_writer_add(c->w, "world.feminine", c->feminine.p, sizeof(uint32_t), c->feminine.n / sizeof(uint32_t));
  ch_pack_writer_add(c->w, "world.seat-posts", c->seat_posts.p, sizeof(uint32_t), c->seat_posts.n / sizeof(uint32_t));
  ch_pack_writer_add(c->w, "world.head-posts", c->head_posts.p, sizeof(uint32_t), c->head_posts.n / sizeof(uint32_t));
  ch_pack_writer_add(c->w, "world.known-posts", c->known_posts.p, sizeof(uint32_t), c->known_posts.n / sizeof(uint32_t));
  ch_pack_writer_add(c->w, "world.print-words", c->print_words, sizeof *c->print_words, CH_PRINT_WORDS);
  uint32_t print = (uint32_t)c->print;
  ch_pack_writer_add(c->w, "world.print", &print, sizeof print, 1);
  for (size_t l = 0; l < c->n_langs; l++)
    ch_phrases_save_lang(c->tries[l], ch_pack_writer_text(c->w, c->langs[l].code), "world");
  ch_phrases_save(c->skeletons, "world.skeleton");
}

static void start(Compile *c)
{
  size_t n;
  const ChLanguage *langs = ch_languages_of_writer(c->w, &n);
  char path[1024], section[CH_PACK_NAME];
  c->n_langs = n < CH_LANGUAGES_MAX ? n : CH_LANGUAGES_MAX;
  if (c->n_langs)
    memcpy(c->langs, langs, c->n_langs * sizeof *langs);
  snprintf(path, sizeof path, "%s/world/skeleton.tsv", c->data);
  ch_rewrite_compile(c->w, "world.skel-letters", path, c->err);
  for (size_t l = 0; l < c->n_langs; l++) {
    ChSlice code = ch_pack_writer_text(c->w, c->langs[l].code);
    snprintf(path, sizeof path, "%s/language/%.*s/latin.tsv", c->data, CH_ARG(code));
    snprintf(section, sizeof section, "%.*s/latin", CH_ARG(code));
    ch_rewrite_compile(c->w, section, path, c->err);
    c->tries[l] = ch_phrases_new(c->w);
  }
  c->skeletons = ch_phrases_new(c->w);
  c->skeleton = ch_rewrite_of_writer(c->w, "world.skel-letters");
  for (size_t l = 0; l < c->n_langs; l++) {
    ChSlice code = ch_pack_writer_text(c->w, c->langs[l].code);
    snprintf(section, sizeof section, "%.*s/latin", CH_ARG(code));
    c->latin[l] = ch_rewrite_of_writer(c->w, section);
    c->folds[l] = ch_fold_of_writer(c->w, code);
  }
}

static void finish(Compile *c)
{
  for (size_t l = 0; l < c->n_langs; l++)
    ch_phrases_free(c->tries[l]);
  ch_phrases_free(c->skeletons);
  for (size_t i = 0; i < TYPES; i++) {
    free(c->ids[i].at);
    ch_buf_free(&c->rows[i]);
  }
  ch_buf_free(&c->tenures);
  ch_buf_free(&c->instances);
  ch_buf_free(&c->members);
  ch_buf_free(&c->family_first);
  ch_buf_free(&c->feminine);
  ch_buf_free(&c->seat_posts);
  ch_buf_free(&c->head_posts);
  ch_buf_free(&c->known_posts);
}

void ch_world_compile(ChPackWriter *w, const char *data, ChError *err)
{
  if (ch_failed(err))
    return;
  Compile *c = calloc(1, sizeof *c);
  if (!c)
    abort();
  c->w = w;
  c->data = data;
  c->err = err;
  start(c);
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    read_ids(c, &kinds[i]);
  read_settings(c);
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    read_rows(c, &kinds[i]);
  read_holders(c);
  read_instances(c);
  if (!ch_failed(err))
    save(c);
  finish(c);
  free(c);
}
