/* POLECAT (40 columns, tab-separated, one header line), events coded by PLOVER. A row a happening, its actors and recipients as lists; with
 * dyads a row a pair of one actor and one recipient. */
#include <stdio.h>
#include <stdlib.h>

#include "out/coded.h"

static const char *const columns[] = {
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title",
    "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version"};
enum { COLUMNS = sizeof columns / sizeof columns[0] };
_Static_assert(COLUMNS == 40, "POLECAT has 40 columns");

typedef struct Own {
  ChCoded coded;
  const json_t *h;
  ChExport *x;
  size_t pair; /* number of the row of this happening, from 1; 0 = the happening as a whole */
} Own;

static void open(ChExport *x)
{
  x->own = calloc(1, sizeof(Own));
  x->out[0].failed |= !x->own;
  for (size_t i = 0; i < COLUMNS; i++)
    ch_coded_cell(&x->out[0], i == 0, ch_slice_z(columns[i]));
  ch_buf_char(&x->out[0], '\n');
}

static void cell(Own *o, ChSlice text) { ch_coded_cell(&o->x->out[0], false, text); }
static ChSlice value(const Own *o, const ChCodeRow *row, size_t i) { return row ? ch_pack_word(o->x->how.pack, row->value[i]) : CH_LIT(""); }

static void cell_buf(Own *o, ChBuf *b)
{
  o->x->out[0].failed |= b->failed;
  cell(o, ch_buf_view(b));
  ch_buf_free(b);
}

static void put_head(Own *o)
{
  const ChCoded *c = &o->coded;
  ChCodes table = ch_codes_of(o->x->how.pack, "plover-scores");
  const ChWord given[] = {c->row->value[0], c->row->value[1]};
  const ChCodeRow *score = ch_codes_find_words(&table, given, 2);
  const ChWord bare[] = {c->row->value[0], CH_NO_WORD};
  if (!score)
    score = ch_codes_find_words(&table, bare, 2);
  ChBuf id = {0};
  char day[11];
  ChSlice own = ch_export_text(o->h, "id");
  ch_buf_slice(&id, own);
  if (o->pair)
    ch_buf_printf(&id, ".%zu", o->pair);
  o->x->out[0].failed |= id.failed;
  ch_coded_cell(&o->x->out[0], true, ch_buf_view(&id));
  ch_buf_free(&id);
  ch_day_format(c->day, day);
  cell(o, ch_slice_z(day));
  cell(o, value(o, c->row, 0));
  cell(o, value(o, c->row, 1));
  cell(o, value(o, score, 0));
  cell(o, value(o, score, 1));
  cell(o, value(o, c->row, 2));
}

/* The form of the name in the reports: the first alias. */
static ChSlice raw_name(const ChCodedUnit *u)
{
  ChSlice alias = ch_export_item(json_object_get(u->participant, "aliases"), 0, NULL);
  return alias.n ? alias : u->name;
}

enum { NAME, COUNTRY, COW, SECTOR, SECTORS, TITLE, RAW, WIKIPEDIA, FIELDS };

static void add_field(const ChWorld *w, const ChCodedUnit *u, int field, ChBuf *b)
{
  uint32_t cow = u->state != CH_NONE ? w->states[u->state].cow : 0;
  char z[16];
  snprintf(z, sizeof z, "%u", cow);
  ChSlice rest = u->sector, primary = ch_slice_cut(&rest, ';');
  const ChSlice texts[FIELDS] = {u->name, u->country, cow ? ch_slice_z(z) : CH_LIT(""), primary, CH_LIT(""), u->title, raw_name(u), CH_LIT("")};
  if (field == SECTOR && b->n) /* the primary one is the first's */
    return;
  ch_coded_list(b, texts[field]);
  for (ChSlice all = u->sector; field == SECTORS && all.n;)
    ch_coded_list(b, ch_slice_cut(&all, ';'));
}

static void put_side(Own *o, const ChCodedUnit *at, size_t n)
{
  const ChWorld *w = ch_gazetteer_world(o->x->world);
  for (int field = 0; field < FIELDS; field++) {
    ChBuf b = {0};
    for (size_t i = 0; i < n; i++)
      add_field(w, &at[i], field, &b);
    cell_buf(o, &b);
  }
}

static void cell_degrees(Own *o, bool known, double degrees)
{
  char z[32];
  snprintf(z, sizeof z, "%.7g", degrees);
  cell(o, known ? ch_slice_z(z) : CH_LIT(""));
}

static void put_place(Own *o)
{
  const ChExport *x = o->x;
  const ChWorld *w = ch_gazetteer_world(x->world);
  ChGazette row = ch_export_place(x, o->h);
  uint32_t state = ch_gazetteer_state(x->world, row);
  ChCodes features = ch_codes_of(x->how.pack, "features");
  bool is_place = row.index != CH_NONE && row.type == CH_WORLD_PLACE;
  ChWord type = is_place ? w->places[row.index].type : row.index != CH_NONE ? ch_pack_find(x->how.pack, CH_LIT("state")) : CH_NO_WORD;
  const ChCodeRow *feature = type ? ch_codes_find_words(&features, &type, 1) : NULL;
  ChSlice name = ch_export_text(o->h, "place"), printed = is_place ? ch_world_text(w, w->places[row.index].name) : name;
  bool city = is_place && ch_slice_is(value(o, feature, 0), "PPL");
  double lon = 0, lat = 0;
  bool known = ch_export_point(x, o->h, &lon, &lat);
  cell(o, printed);
  cell(o, city ? printed : CH_LIT(""));
  cell(o, CH_LIT(""));
  cell(o, CH_LIT(""));
  cell(o, state == CH_NONE ? CH_LIT("") : ch_world_text(w, w->states[state].iso3));
  cell_degrees(o, known, lat);
  cell_degrees(o, known, lon);
  cell(o, CH_LIT(""));
  cell(o, name);
  cell(o, value(o, feature, 0));
}

/* Names of the participants of these types. */
static void cell_people(Own *o, const char *type, const char *or_type)
{
  const json_t *list = json_object_get(o->h, "participants");
  ChBuf b = {0};
  for (size_t i = 0; i < json_array_size(list); i++) {
    ChSlice is = ch_export_item(list, i, "type");
    if (ch_slice_is(is, type) || ch_slice_is(is, or_type))
      ch_coded_list(&b, ch_export_item(list, i, "name"));
  }
  cell_buf(o, &b);
}

static void put_story(Own *o)
{
  const json_t *reports = json_object_get(o->h, "reports");
  ChBuf outlets = {0};
  for (size_t i = 0; i < json_array_size(reports); i++) {
    ChSlice outlet = ch_export_item(reports, i, "outlet");
    ch_coded_list(&outlets, outlet.n ? outlet : ch_export_item(reports, i, "id"));
  }
  cell_buf(o, &outlets);
  cell(o, ch_coded_published(o->h));
  cell_people(o, "person", "person");
  cell_people(o, "body", "group");
  cell(o, ch_export_text(o->h, "place"));
  cell(o, ch_export_item(reports, 0, "lang"));
  cell(o, CH_LIT("PLOVER 0.8"));
  ch_buf_char(&o->x->out[0], '\n');
}

static void put_pair(void *own, const ChCodedUnit *from, const ChCodedUnit *to, bool back)
{
  Own *o = own;
  (void)back; /* PLOVER's codes do not turn round */
  o->pair++;
  put_head(o);
  put_side(o, from, 1);
  put_side(o, to, to ? 1 : 0);
  put_place(o);
  put_story(o);
}

static void happening(ChExport *x, const json_t *h)
{
  Own *o = x->own;
  if (!o || !ch_coded_of(x, h, "plover", &o->coded))
    return;
  o->h = h;
  o->x = x;
  o->pair = 0;
  if (x->how.dyads) {
    ch_coded_pairs(&o->coded, false, put_pair, o);
    return;
  }
  put_head(o);
  put_side(o, o->coded.actors, o->coded.n_actors);
  put_side(o, o->coded.recipients, o->coded.n_recipients);
  put_place(o);
  put_story(o);
}

static void drop(ChExport *x) { free(x->own); }

const ChExportWriter ch_export_polecat = {.open = open, .happening = happening, .drop = drop};
