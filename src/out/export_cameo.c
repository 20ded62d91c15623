/* Two sets of columns over CAMEO codes: GDELT 2.0 events (61 columns, tab-separated, no header line) and ICEWS (20 columns, with one). Both have
 * one actor on each side, so a happening gives a row for each pair. */
#include <stdio.h>
#include <stdlib.h>

#include "out/coded.h"

typedef struct Own {
  ChCoded coded;
  const json_t *h;
  ChExport *x;
  size_t pair, outlets;
  ChSlice code;           /* of this row */
  const ChCodeRow *score;
} Own;

static void cell(Own *o, ChSlice text) { ch_coded_cell(&o->x->out[0], false, text); }
static void cell_z(Own *o, const char *z) { cell(o, ch_slice_z(z)); }
static ChSlice value(const Own *o, const ChCodeRow *row, size_t i) { return row ? ch_pack_word(o->x->how.pack, row->value[i]) : CH_LIT(""); }

static void blank(Own *o, size_t n)
{
  for (size_t i = 0; i < n; i++)
    cell(o, CH_LIT(""));
}

static void cell_number(Own *o, unsigned long long n)
{
  char z[24];
  snprintf(z, sizeof z, "%llu", n);
  cell_z(o, z);
}

static void cell_degrees(Own *o, bool known, double degrees)
{
  char z[32];
  snprintf(z, sizeof z, "%.7g", degrees);
  cell(o, known ? ch_slice_z(z) : CH_LIT(""));
}

/* Letters A to Z in capitals, as GDELT has names. */
static void cell_capitals(Own *o, ChSlice text)
{
  ChBuf b = {0};
  for (size_t i = 0; i < text.n; i++)
    ch_buf_char(&b, text.p[i] >= 'a' && text.p[i] <= 'z' ? (char)(text.p[i] - 'a' + 'A') : text.p[i]);
  o->x->out[0].failed |= b.failed;
  cell(o, ch_buf_view(&b));
  ch_buf_free(&b);
}

static void start(Own *o, bool back)
{
  ChCodes table = ch_codes_of(o->x->how.pack, "cameo-scores");
  ChWord code = o->coded.row->value[back ? 1 : 0];
  o->code = ch_pack_word(o->x->how.pack, code);
  o->score = ch_codes_find_words(&table, &code, 1);
  o->pair++;
}

/* A number that stays: of the happening's id and the row's number in it. */
static unsigned long long number_of(const Own *o)
{
  ChSlice id = ch_export_text(o->h, "id");
  return (ch_slice_hash(id) ^ o->pair * 0x9E3779B97F4A7C15u) >> 4;
}

static void open(ChExport *x)
{
  x->own = calloc(1, sizeof(Own));
  x->out[0].failed |= !x->own;
}

static void drop(ChExport *x) { free(x->own); }

static bool code_it(ChExport *x, const json_t *h)
{
  Own *o = x->own;
  if (!o || !ch_coded_of(x, h, "cameo", &o->coded))
    return false;
  o->x = x;
  o->h = h;
  o->pair = 0;
  return true;
}

/* Does the code differ when seen from the other side? Then both are written. */
static bool two_sided(const Own *o) { return o->coded.row->value[0] != o->coded.row->value[1]; }

/* ---- GDELT ---- */

enum { GDELT = 61 };

static void put_days(Own *o)
{
  char day[9], z[24];
  int32_t year;
  uint32_t month, mday;
  ch_export_day8(o->coded.day, day);
  ch_day_parts(o->coded.day, &year, &month, &mday);
  cell_z(o, day);
  cell(o, ch_slice(day, 6));
  cell(o, ch_slice(day, 4));
  snprintf(z, sizeof z, "%.4f", year + (month * 30.0 + mday) / 365.0); /* as its codebook has it */
  cell_z(o, z);
}

/* Code, name, country, known group, ethnic, two religions, three types. */
static void put_actor(Own *o, const ChCodedUnit *u)
{
  if (!u) {
    blank(o, 10);
    return;
  }
  bool country = u->state != CH_NONE;
  ChBuf code = {0};
  if (country)
    ch_buf_slice(&code, u->country);
  ch_buf_slice(&code, u->cameo);
  o->x->out[0].failed |= code.failed;
  cell(o, ch_buf_view(&code));
  ch_buf_free(&code);
  cell_capitals(o, u->name);
  cell(o, country ? u->country : CH_LIT(""));
  blank(o, 4);
  cell(o, u->cameo);
  blank(o, 2);
}

static bool is_part(const json_t *h)
{
  const json_t *links = json_object_get(h, "links");
  for (size_t i = 0; i < json_array_size(links); i++)
    if (ch_slice_is(ch_export_item(links, i, "type"), "part_of"))
      return true;
  return false;
}

static size_t outlets(const json_t *h)
{
  const json_t *list = json_object_get(h, "reports");
  size_t n = 0, named = 0, all = json_array_size(list);
  for (size_t i = 0; i < all && i < 256; i++) {
    ChSlice one = ch_export_item(list, i, "outlet");
    bool again = !one.n;
    for (size_t k = 0; k < i && !again; k++)
      again = ch_slice_eq(one, ch_export_item(list, k, "outlet"));
    n += !again;
    named += one.n > 0;
  }
  return n + (all > named); /* those without a name count as one */
}

static void put_code(Own *o)
{
  const json_t *h = o->h;
  size_t mentions = json_array_size(json_object_get(h, "evidence")), reports = json_array_size(json_object_get(h, "reports"));
  cell_z(o, is_part(h) ? "0" : "1");
  cell(o, o->code);
  cell(o, ch_slice(o->code.p, o->code.n < 3 ? o->code.n : 3));
  cell(o, ch_slice(o->code.p, o->code.n < 2 ? o->code.n : 2));
  cell(o, value(o, o->score, 1));
  cell(o, value(o, o->score, 0));
  cell_number(o, mentions > reports ? mentions : reports);
  cell_number(o, o->outlets);
  cell_number(o, reports);
  cell(o, CH_LIT("")); /* tone is not measured */
}

static ChSlice fips(const Own *o, uint32_t state)
{
  const ChWorld *w = ch_gazetteer_world(o->x->world);
  ChCodes table = ch_codes_of(o->x->how.pack, "fips");
  return state == CH_NONE ? CH_LIT("") : value(o, ch_codes_find_words(&table, &w->states[state].id, 1), 0);
}

/* Type, full name, country, two regions, latitude, longitude, feature. An actor is where its state is. */
static void put_actor_place(Own *o, const ChCodedUnit *u)
{
  const ChWorld *w = ch_gazetteer_world(o->x->world);
  if (!u || u->state == CH_NONE) {
    cell_z(o, "0");
    blank(o, 7);
    return;
  }
  ChSlice code = fips(o, u->state);
  cell_z(o, "1");
  cell(o, ch_world_text(w, w->states[u->state].name));
  cell(o, code);
  cell(o, code);
  blank(o, 3);
  cell(o, code);
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
  ChSlice kind = value(o, feature, 1), name = ch_export_text(o->h, "place"), code = fips(o, state);
  double lon = 0, lat = 0;
  bool known = ch_export_point(x, o->h, &lon, &lat);
  ChBuf full = {0};
  ch_buf_slice(&full, name);
  if (is_place && state != CH_NONE)
    ch_buf_printf(&full, ", %.*s", CH_ARG(ch_world_text(w, w->states[state].name)));
  o->x->out[0].failed |= full.failed;
  cell(o, kind.n ? kind : CH_LIT("0"));
  cell(o, ch_buf_view(&full));
  ch_buf_free(&full);
  cell(o, code);
  blank(o, 2);
  cell_degrees(o, known, lat);
  cell_degrees(o, known, lon);
  blank(o, 1);
}

static void put_gdelt(void *own, const ChCodedUnit *from, const ChCodedUnit *to, bool back)
{
  Own *o = own;
  char z[24], added[9] = "19700101";
  int32_t first, last;
  start(o, back);
  snprintf(z, sizeof z, "%llu", number_of(o));
  ch_coded_cell(&o->x->out[0], true, ch_slice_z(z));
  put_days(o);
  put_actor(o, from);
  put_actor(o, to);
  put_code(o);
  put_actor_place(o, from);
  put_actor_place(o, to);
  put_place(o);
  if (ch_day_span(ch_export_revised(o->h), &first, &last))
    ch_export_day8(first, added);
  snprintf(z, sizeof z, "%s000000", added);
  cell_z(o, z);
  cell(o, ch_export_item(json_object_get(o->h, "reports"), 0, "id"));
  ch_buf_char(&o->x->out[0], '\n');
}

static void gdelt(ChExport *x, const json_t *h)
{
  Own *o = x->own;
  if (!code_it(x, h))
    return;
  o->outlets = outlets(h);
  ch_coded_pairs(&o->coded, two_sided(o), put_gdelt, o);
}

/* ---- ICEWS ---- */

static const char *const icews_columns[] = {
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity", "Target Name",
    "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude",
    "Longitude"};
enum { ICEWS = sizeof icews_columns / sizeof icews_columns[0] };
_Static_assert(ICEWS == 20, "ICEWS has 20 columns");

static void open_icews(ChExport *x)
{
  open(x);
  for (size_t i = 0; i < ICEWS; i++)
    ch_coded_cell(&x->out[0], i == 0, ch_slice_z(icews_columns[i]));
  ch_buf_char(&x->out[0], '\n');
}

static void put_party(Own *o, const ChCodedUnit *u)
{
  const ChWorld *w = ch_gazetteer_world(o->x->world);
  cell(o, u ? u->name : CH_LIT(""));
  cell(o, u ? u->icews : CH_LIT(""));
  cell(o, u && u->state != CH_NONE ? ch_world_text(w, w->states[u->state].name) : CH_LIT(""));
}

static void put_icews_place(Own *o)
{
  const ChExport *x = o->x;
  const ChWorld *w = ch_gazetteer_world(x->world);
  ChGazette row = ch_export_place(x, o->h);
  uint32_t state = ch_gazetteer_state(x->world, row);
  bool is_place = row.index != CH_NONE && row.type == CH_WORLD_PLACE;
  double lon = 0, lat = 0;
  bool known = ch_export_point(x, o->h, &lon, &lat);
  cell(o, is_place ? ch_world_text(w, w->places[row.index].name) : CH_LIT(""));
  blank(o, 2);
  cell(o, state == CH_NONE ? CH_LIT("") : ch_world_text(w, w->states[state].name));
  cell_degrees(o, known, lat);
  cell_degrees(o, known, lon);
}

static void put_icews(void *own, const ChCodedUnit *from, const ChCodedUnit *to, bool back)
{
  Own *o = own;
  const json_t *reports = json_object_get(o->h, "reports");
  ChSlice outlet = ch_export_item(reports, 0, "outlet");
  char z[24];
  start(o, back);
  snprintf(z, sizeof z, "%llu", number_of(o));
  ch_coded_cell(&o->x->out[0], true, ch_slice_z(z));
  char day[11];
  ch_day_format(o->coded.day, day);
  cell_z(o, day);
  put_party(o, from);
  cell(o, value(o, o->score, 2));
  cell(o, o->code);
  cell(o, value(o, o->score, 0));
  put_party(o, to);
  cell(o, ch_export_item(reports, 0, "id"));
  cell(o, CH_LIT("")); /* evidence is by words, not by sentence */
  cell(o, outlet);
  put_icews_place(o);
  ch_buf_char(&o->x->out[0], '\n');
}

static void icews(ChExport *x, const json_t *h)
{
  Own *o = x->own;
  if (code_it(x, h))
    ch_coded_pairs(&o->coded, two_sided(o), put_icews, o);
}

const ChExportWriter ch_export_gdelt = {.open = open, .happening = gdelt, .drop = drop};
const ChExportWriter ch_export_icews = {.open = open_icews, .happening = icews, .drop = drop};
