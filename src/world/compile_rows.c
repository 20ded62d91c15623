/* The tables of data/world whose rows have ids: one function each. */
#include "world/compile.h"

static float decimal(Table *t, uint32_t column)
{
  double v = 0;
  ChSlice s = ch_compile_cell(t, column);
  if (s.n && !ch_slice_double(s, &v))
    ch_datafile_fault(&t->f, column, "not a number");
  return (float)v;
}

/* The name that readings print, first of the cell. */
static ChWord print_name(Table *t, uint32_t i)
{
  ChSlice cell = ch_compile_cell_of(t, t->c->print, i);
  ChSlice rest = cell;
  ChSlice name = cell.n ? ch_slice_cut(&rest, ';') : cell;
  if (!name.n)
    ch_datafile_fault(&t->f, ch_compile_column(t, t->c->print, i), "a row needs a name to print");
  return ch_compile_word(t, name);
}

static void all_names(Table *t, uint32_t i, ChWorldType type, ChWorldWay way, uint32_t index)
{
  for (size_t l = 0; l < t->c->n_langs; l++)
    ch_compile_names(t->c, l, ch_compile_cell_of(t, l, i), type, way, index);
}

static void state_row(Table *t, uint32_t index)
{
  enum { ID, CAPITAL, FROM, TO, ISO3, COW, NAME = 0, ALSO, ADJ, DEMONYM, METONYM };
  ChSlice adj = ch_compile_cell_of(t, t->c->print, ADJ);
  ChState s = {.id = ch_compile_word(t, ch_compile_cell(t, ID)), .name = print_name(t, NAME)};
  s.adjective = adj.n ? ch_compile_word(t, ch_slice_cut(&adj, ';')) : s.name;
  s.capital = ch_compile_ref(t, CH_WORLD_PLACE, CAPITAL);
  s.from = ch_compile_day(t, FROM, true);
  s.to = ch_compile_day(t, TO, false);
  s.iso3 = ch_compile_word(t, ch_compile_cell(t, ISO3));
  s.cow = ch_compile_number(t, COW, 999);
  ch_buf_add(&t->c->rows[CH_WORLD_STATE], &s, sizeof s);
  all_names(t, NAME, CH_WORLD_STATE, CH_WAY_NAME, index);
  all_names(t, ALSO, CH_WORLD_STATE, CH_WAY_NAME, index);
  all_names(t, ADJ, CH_WORLD_STATE, CH_WAY_ADJECTIVE, index);
  all_names(t, DEMONYM, CH_WORLD_STATE, CH_WAY_DEMONYM, index);
  all_names(t, METONYM, CH_WORLD_STATE, CH_WAY_METONYM, index);
}

static const char *const place_types[CH_PLACE_TYPES] = {"city", "town", "venue", "region", "country-part", "area", "sea", "river", "mountain", "continent"};

static uint32_t place_kind(Table *t, uint32_t column)
{
  for (uint32_t i = 0; i < CH_PLACE_TYPES; i++)
    if (ch_slice_is(ch_compile_cell(t, column), place_types[i]))
      return i;
  ch_datafile_fault(&t->f, column, "no such type of place: '%.*s'", CH_ARG(ch_compile_cell(t, column)));
  return CH_PLACE_CITY;
}

static void place_row(Table *t, uint32_t index)
{
  enum { ID, TYPE, STATE, IN, POPULATION, LAT, LON, NAME = 0, ALSO };
  ChPlace p = {.id = ch_compile_word(t, ch_compile_cell(t, ID)), .name = print_name(t, NAME), .type = ch_compile_word(t, ch_compile_cell(t, TYPE))};
  p.kind = place_kind(t, TYPE);
  p.state = ch_compile_ref(t, CH_WORLD_STATE, STATE);
  p.in = ch_compile_ref(t, CH_WORLD_PLACE, IN);
  p.population = ch_compile_number(t, POPULATION, UINT32_MAX);
  p.lat = decimal(t, LAT);
  p.lon = decimal(t, LON);
  ch_buf_add(&t->c->rows[CH_WORLD_PLACE], &p, sizeof p);
  all_names(t, NAME, CH_WORLD_PLACE, CH_WAY_NAME, index);
  all_names(t, ALSO, CH_WORLD_PLACE, CH_WAY_NAME, index);
}

static void body_row(Table *t, uint32_t index)
{
  enum { ID, TYPE, PARENT, STATE, SEAT, MEMBERS, PORTFOLIO, NAME = 0, ALSO, ADJ };
  Compile *c = t->c;
  ChBody b = {.id = ch_compile_word(t, ch_compile_cell(t, ID)), .name = print_name(t, NAME), .type = ch_compile_word(t, ch_compile_cell(t, TYPE))};
  b.parent = ch_compile_ref(t, CH_WORLD_BODY, PARENT);
  b.state = ch_compile_ref(t, CH_WORLD_STATE, STATE);
  b.seat = ch_compile_ref(t, CH_WORLD_PLACE, SEAT);
  b.portfolio = ch_compile_ref(t, CH_WORLD_PORTFOLIO, PORTFOLIO);
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
  ChOutlet o = {ch_compile_word(t, ch_compile_cell(t, ID)), print_name(t, NAME), ch_compile_ref(t, CH_WORLD_STATE, STATE)};
  ch_buf_add(&t->c->rows[CH_WORLD_OUTLET], &o, sizeof o);
  all_names(t, NAME, CH_WORLD_OUTLET, CH_WAY_NAME, index);
  all_names(t, ALSO, CH_WORLD_OUTLET, CH_WAY_NAME, index);
}

static void post_row(Table *t, uint32_t index)
{
  enum { ID, OF, RANK, PORTFOLIO, SINGLE, NAME = 0, WAYS };
  Compile *c = t->c;
  ChSlice of = ch_compile_cell(t, OF);
  uint32_t state = ch_compile_find(c, CH_WORLD_STATE, of), body = ch_compile_find(c, CH_WORLD_BODY, of);
  if (!ch_slice_is(of, "state") && !ch_slice_is(of, "body") && state == CH_NONE && body == CH_NONE && c->ids[CH_WORLD_STATE].read && c->ids[CH_WORLD_BODY].read)
    ch_datafile_fault(&t->f, OF, "neither 'state', 'body' nor an id: '%.*s'", CH_ARG(of));
  ChPost p = {.id = ch_compile_word(t, ch_compile_cell(t, ID)), .name = print_name(t, NAME), .of = ch_compile_word(t, of), .state = state, .body = body,
              .rank = ch_compile_number(t, RANK, 9), .portfolio = ch_compile_ref(t, CH_WORLD_PORTFOLIO, PORTFOLIO), .single = ch_compile_cell(t, SINGLE).n != 0};
  ch_buf_add(&c->rows[CH_WORLD_POST], &p, sizeof p);
  all_names(t, WAYS, CH_WORLD_POST, CH_WAY_NAME, index);
}

static void portfolio_row(Table *t, uint32_t index)
{
  enum { ID, NAME = 0, WAYS, MINISTRY, ACRONYM };
  ChSlice ministry = ch_compile_cell_of(t, t->c->print, MINISTRY);
  ChPortfolio p = {ch_compile_word(t, ch_compile_cell(t, ID)), print_name(t, NAME), CH_NO_WORD};
  p.ministry = ministry.n ? ch_compile_word(t, ch_slice_cut(&ministry, ';')) : CH_NO_WORD;
  ch_buf_add(&t->c->rows[CH_WORLD_PORTFOLIO], &p, sizeof p);
  all_names(t, WAYS, CH_WORLD_PORTFOLIO, CH_WAY_NAME, index);
  all_names(t, MINISTRY, CH_WORLD_PORTFOLIO, CH_WAY_MINISTRY, index);
  all_names(t, ACRONYM, CH_WORLD_PORTFOLIO, CH_WAY_MINISTRY, index);
}

static void rank_row(Table *t, uint32_t index)
{
  enum { ID, NAME = 0, WAYS };
  ChRank r = {ch_compile_word(t, ch_compile_cell(t, ID)), print_name(t, NAME)};
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
  enum { ID, GENDER, STATE, KNOWN, NAME = 0, ALSO };
  Compile *c = t->c;
  ChSlice g = ch_compile_cell(t, GENDER);
  ChPerson p = {.id = ch_compile_word(t, ch_compile_cell(t, ID)), .name = print_name(t, NAME)};
  p.gender = ch_slice_is(g, "m") ? CH_GENDER_MASC : ch_slice_is(g, "f") ? CH_GENDER_FEM : CH_GENDER_NONE;
  if (g.n && !p.gender)
    ch_datafile_fault(&t->f, GENDER, "gender must be 'm' or 'f'");
  ChSlice known = ch_compile_cell(t, KNOWN);
  if (known.n && !ch_slice_is(known, "y"))
    ch_datafile_fault(&t->f, KNOWN, "must be 'y' or empty");
  p.known = known.n != 0;
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
  ChSeries s = {.id = ch_compile_word(t, ch_compile_cell(t, ID)), .name = print_name(t, NAME), .type = ch_compile_word(t, ch_compile_cell(t, TYPE))};
  s.body = ch_compile_ref(t, CH_WORLD_BODY, BODY);
  ch_buf_add(&t->c->rows[CH_WORLD_SERIES], &s, sizeof s);
  all_names(t, NAME, CH_WORLD_SERIES, CH_WAY_NAME, index);
  all_names(t, WAYS, CH_WORLD_SERIES, CH_WAY_NAME, index);
}

static void document_row(Table *t, uint32_t index)
{
  enum { ID, TYPE, DATE, PLACE, PARTIES, NAME = 0, ALSO };
  ChTreaty d = {.id = ch_compile_word(t, ch_compile_cell(t, ID)), .name = print_name(t, NAME), .type = ch_compile_word(t, ch_compile_cell(t, TYPE))};
  d.from = ch_compile_day(t, DATE, true);
  d.to = ch_compile_day(t, DATE, false);
  d.place = ch_compile_ref(t, CH_WORLD_PLACE, PLACE);
  ChSlice rest = ch_compile_cell(t, PARTIES);
  while (rest.n) {
    ChSlice id = ch_slice_cut(&rest, ';');
    if (id.n && ch_compile_find(t->c, CH_WORLD_STATE, id) == CH_NONE && ch_compile_find(t->c, CH_WORLD_BODY, id) == CH_NONE &&
        t->c->ids[CH_WORLD_BODY].read)
      ch_datafile_fault(&t->f, PARTIES, "no such id: '%.*s'", CH_ARG(id));
  }
  ch_buf_add(&t->c->rows[CH_WORLD_DOCUMENT], &d, sizeof d);
  all_names(t, NAME, CH_WORLD_DOCUMENT, CH_WAY_NAME, index);
  all_names(t, ALSO, CH_WORLD_DOCUMENT, CH_WAY_NAME, index);
}

const TableKind ch_compile_kinds[TYPES] = {
    [CH_WORLD_STATE] = {CH_WORLD_STATE, "states", sizeof(ChState), {"id", "capital", "from", "to", "iso3", "cow", "wikidata", "source", NULL}, {"name", "also", "adj", "demonym", "metonym", NULL}, state_row},
    [CH_WORLD_PLACE] = {CH_WORLD_PLACE, "places", sizeof(ChPlace), {"id", "type", "state", "in", "population", "lat", "lon", "wikidata", "source", NULL}, {"name", "also", NULL}, place_row},
    [CH_WORLD_BODY] = {CH_WORLD_BODY, "bodies", sizeof(ChBody), {"id", "type", "parent", "state", "seat", "members", "portfolio", "wikidata", "source", NULL}, {"name", "also", "adj", NULL}, body_row},
    [CH_WORLD_OUTLET] = {CH_WORLD_OUTLET, "outlets", sizeof(ChOutlet), {"id", "state", "url", "source", NULL}, {"name", "also", NULL}, outlet_row},
    [CH_WORLD_POST] = {CH_WORLD_POST, "posts", sizeof(ChPost), {"id", "of", "rank", "portfolio", "single", "source", NULL}, {"name", "ways", NULL}, post_row},
    [CH_WORLD_PORTFOLIO] = {CH_WORLD_PORTFOLIO, "portfolios", sizeof(ChPortfolio), {"id", NULL}, {"name", "ways", "ministry", "acronym", NULL}, portfolio_row},
    [CH_WORLD_RANK] = {CH_WORLD_RANK, "ranks", sizeof(ChRank), {"id", NULL}, {"name", "ways", NULL}, rank_row},
    [CH_WORLD_PERSON] = {CH_WORLD_PERSON, "persons", sizeof(ChPerson), {"id", "gender", "state", "known", "wikidata", "source", NULL}, {"name", "also", NULL}, person_row},
    [CH_WORLD_SERIES] = {CH_WORLD_SERIES, "series", sizeof(ChSeries), {"id", "body", "type", "source", NULL}, {"name", "ways", NULL}, series_row},
    [CH_WORLD_DOCUMENT] = {CH_WORLD_DOCUMENT, "documents", sizeof(ChTreaty), {"id", "type", "date", "place", "parties", "source", NULL}, {"name", "also", NULL}, document_row},
};

