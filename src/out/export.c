#include "out/export.h"

#include <stdlib.h>

#include "out/export_inner.h"

enum { HAND_OVER = 1 << 16 };

static const char *const csv_files[] = {"events.csv",    "participants.csv", "members.csv",  "links.csv",    "documents.csv",    "history.csv",
                                        "conflicts.csv", "reports.csv",      "evidence.csv", "corrections.csv", "codebook.csv", "datapackage.json", NULL};

static const ChExportFormat formats[] = {
    {"jsonl", "one JSON object a line, all that the record has", NULL, false, &ch_export_lines},
    {"csv", "a folder of tables with codebook and datapackage.json (Frictionless Data Package)", csv_files, false, &ch_export_csv},
    {"ics", "a calendar (iCalendar, RFC 5545)", NULL, false, &ch_export_ics},
    {"geojson", "a map (GeoJSON, RFC 7946)", NULL, false, &ch_export_geojson},
    {"popolo", "the people, states and bodies that take part, and their posts (Popolo)", NULL, false, &ch_export_popolo},
    {"polecat", "the 40 columns of POLECAT, with PLOVER codes", NULL, true, &ch_export_polecat},
    {"gdelt", "the 61 columns of GDELT 2.0 events, with CAMEO codes; a row a pair", NULL, true, &ch_export_gdelt},
    {"icews", "the 20 columns of ICEWS, with CAMEO codes; a row a pair", NULL, true, &ch_export_icews},
};
enum { FORMATS = sizeof formats / sizeof formats[0] };

const ChExportFormat *ch_export_formats(size_t *n)
{
  *n = FORMATS;
  return formats;
}

const ChExportFormat *ch_export_format(const char *name)
{
  for (size_t i = 0; i < FORMATS; i++)
    if (strcmp(formats[i].name, name) == 0)
      return &formats[i];
  return NULL;
}

/* Hands over the buffers that are full, or all. */
static void hand_over(ChExport *x, bool all)
{
  for (size_t i = 0; i < CH_EXPORT_FILES && !x->stopped; i++) {
    if (x->out[i].failed)
      x->stopped = true;
    else if (x->out[i].n && (all || x->out[i].n >= HAND_OVER))
      x->stopped = !x->how.write(x->how.context, i, ch_buf_view(&x->out[i]));
    else
      continue;
    x->out[i].n = 0;
  }
}

ChExport *ch_export_open(const ChExportFormat *format, const ChExportHow *how, ChError *err)
{
  if (ch_failed(err))
    return NULL;
  ChExport *x = calloc(1, sizeof *x);
  if (x)
    *x = (ChExport){.format = format, .how = *how, .world = ch_gazetteer_new(how->pack)};
  if (!x || !x->world) {
    ch_error_set(err, CH_ERR_LIMIT, "not enough memory");
    free(x);
    return NULL;
  }
  if (format->writer->open)
    format->writer->open(x);
  return x;
}

bool ch_export_happening(ChExport *x, const json_t *happening)
{
  if (x->stopped || !ch_export_text(happening, "id").n)
    return !x->stopped;
  x->format->writer->happening(x, happening);
  x->happenings++;
  hand_over(x, false);
  return !x->stopped;
}

void ch_export_close(ChExport *x, ChError *err)
{
  if (!x)
    return;
  if (!x->stopped && x->format->writer->close)
    x->format->writer->close(x);
  hand_over(x, true);
  for (size_t i = 0; i < CH_EXPORT_FILES; i++) {
    if (x->out[i].failed)
      ch_error_set(err, CH_ERR_LIMIT, "not enough memory");
    ch_buf_free(&x->out[i]);
  }
  if (x->format->writer->drop)
    x->format->writer->drop(x);
  ch_gazetteer_free(x->world);
  free(x);
}

/* ---- reading a happening ---- */

ChSlice ch_export_text(const json_t *o, const char *key)
{
  const json_t *v = json_object_get(o, key);
  return json_is_string(v) ? ch_slice(json_string_value(v), json_string_length(v)) : CH_LIT("");
}

ChSlice ch_export_item(const json_t *list, size_t i, const char *key)
{
  const json_t *v = json_array_get(list, i);
  if (key)
    return ch_export_text(v, key);
  return json_is_string(v) ? ch_slice(json_string_value(v), json_string_length(v)) : CH_LIT("");
}

bool ch_export_days(const json_t *h, int32_t *first, int32_t *last)
{
  ChSlice time = ch_export_text(h, "time");
  return time.n && ch_day_span(time, first, last);
}

ChSlice ch_export_revised(const json_t *h)
{
  static const char *const lists[] = {"history", "reports"};
  ChSlice last = CH_LIT("");
  for (size_t l = 0; l < 2; l++) {
    const json_t *list = json_object_get(h, lists[l]);
    for (size_t i = 0; i < json_array_size(list); i++) {
      ChSlice day = ch_export_item(list, i, "published");
      if (day.n == 10 && ch_slice_cmp(day, last) > 0)
        last = day;
    }
  }
  return last;
}

size_t ch_export_changes(const json_t *h)
{
  size_t n = json_array_size(json_object_get(h, "history"));
  return n ? n - 1 : 0;
}

static ChGazette place_named(const ChExport *x, ChSlice name)
{
  uint32_t place = ch_gazetteer_name(x->world, CH_WORLD_PLACE, name), state = CH_NONE;
  if (place == CH_NONE)
    state = ch_gazetteer_name(x->world, CH_WORLD_STATE, name);
  return place != CH_NONE ? (ChGazette){CH_WORLD_PLACE, place} : (ChGazette){CH_WORLD_STATE, state};
}

ChGazette ch_export_place(const ChExport *x, const json_t *h)
{
  ChGazette row = ch_gazetteer_id(x->world, ch_export_text(h, "place_id"));
  ChSlice name = ch_export_text(h, "place");
  if (row.index == CH_NONE)
    row = place_named(x, name);
  size_t comma = name.n;
  while (comma && name.p[comma - 1] != ',')
    comma--;
  if (row.index == CH_NONE && comma)
    row = place_named(x, ch_slice_trim(ch_slice(name.p + comma, name.n - comma)));
  return row;
}

bool ch_export_point(const ChExport *x, const json_t *h, double *lon, double *lat)
{
  const json_t *at = json_object_get(h, "coordinates");
  const json_t *given[2] = {json_array_get(at, 0), json_array_get(at, 1)};
  if (json_is_number(given[0]) && json_is_number(given[1])) {
    *lon = json_number_value(given[0]);
    *lat = json_number_value(given[1]);
  } else {
    ChGazette row = ch_export_place(x, h);
    const ChPlace *p = row.index != CH_NONE && row.type == CH_WORLD_PLACE ? &ch_gazetteer_world(x->world)->places[row.index] : NULL;
    const ChWorld *w = ch_gazetteer_world(x->world);
    if (p && p->lat == 0 && p->lon == 0 && p->in != CH_NONE) /* a venue: where its city is */
      p = &w->places[p->in];
    if (!p || (p->lat == 0 && p->lon == 0))
      return false;
    *lon = (double)p->lon;
    *lat = (double)p->lat;
  }
  return *lon >= -180 && *lon <= 180 && *lat >= -90 && *lat <= 90;
}

/* ---- writing ---- */

void ch_export_csv_cell(ChBuf *out, bool first, ChSlice text)
{
  bool quote = false;
  for (size_t i = 0; i < text.n && !quote; i++)
    quote = text.p[i] == '"' || text.p[i] == ',' || text.p[i] == '\n' || text.p[i] == '\r';
  if (!first)
    ch_buf_char(out, ',');
  if (!quote) {
    ch_buf_slice(out, text);
    return;
  }
  ch_buf_char(out, '"');
  for (size_t i = 0; i < text.n; i++) {
    if (text.p[i] == '"')
      ch_buf_char(out, '"');
    ch_buf_char(out, text.p[i]);
  }
  ch_buf_char(out, '"');
}

void ch_export_day8(int32_t day, char out[9])
{
  char z[11];
  ch_day_format(day, z);
  memcpy(out, z, 4);
  memcpy(out + 4, z + 5, 2);
  memcpy(out + 6, z + 8, 2);
  out[8] = '\0';
}
