/* A folder of comma-separated tables (RFC 4180) with datapackage.json (Frictionless Data Package 1) and a codebook, all three made from
 * one description of the tables. Lists inside a cell are JSON arrays. */
#include <stdio.h>

#include "out/export_inner.h"
#include "out/out.h"

typedef enum Table { EVENTS, PARTICIPANTS, MEMBERS, LINKS, DOCUMENTS, HISTORY, CONFLICTS, REPORTS, EVIDENCE, CORRECTIONS, TABLES } Table;
enum { CODEBOOK = TABLES, PACKAGE, COLUMNS = 24 };

/* A column: its Frictionless type, what it means, and the table whose first column it refers to. */
typedef struct Column {
  const char *name, *type, *text;
  int refers; /* table + 1; 0 = none */
} Column;

typedef struct Description {
  const char *name;
  bool keyed; /* the first column is the key; else the first two together */
  Column columns[COLUMNS];
} Description;

#define EVENT_COLUMN                                                       \
  {                                                                        \
    "event", "string", "the event (events.id)", EVENTS + 1                 \
  }
#define NUMBER_COLUMN                                                              \
  {                                                                                \
    "number", "integer", "place in the event's list, from 1; with event the key", 0 \
  }

static const Description tables[TABLES] = {
    [EVENTS] = {"events",
                true,
                {{"id", "string", "stable id of the event", 0},
                 {"kind", "string", "kind of event (visit, meeting, conference ...)", 0},
                 {"status", "string", "how sure it is (held, ongoing, scheduled, expected, possible, proposed, postponed, cancelled, denied)", 0},
                 {"label", "string", "what to call it: who, where, when", 0},
                 {"time", "string", "date or interval in EDTF (ISO 8601-2); empty where unknown", 0},
                 {"first_day", "date", "first day of time; empty where unknown or open", 0},
                 {"last_day", "date", "last day of time; empty where unknown or open", 0},
                 {"other_times", "array", "dates that were given and are no longer valid", 0},
                 {"place", "string", "most specific named place", 0},
                 {"place_id", "string", "its id in the tables of the world", 0},
                 {"country", "string", "ISO 3166-1 alpha-3 of the state where it is", 0},
                 {"longitude", "number", "degrees east (WGS 84)", 0},
                 {"latitude", "number", "degrees north (WGS 84)", 0},
                 {"format", "array", "bilateral, official, video ...", 0},
                 {"series", "string", "recurring series that it belongs to", 0},
                 {"ordinal", "integer", "its number in the series", 0},
                 {"topics", "array", "what was or will be discussed, in the words of the reports", 0},
                 {"attribution", "array", "whom the reports cite", 0},
                 {"revision", "integer", "how often it changed after its first report", 0},
                 {"revised", "date", "day on which the last of its reports was published", 0}}},
    [PARTICIPANTS] = {"participants",
                      false,
                      {EVENT_COLUMN,
                       NUMBER_COLUMN,
                       {"name", "string", "usual English name", 0},
                       {"type", "string", "person, state, body or group", 0},
                       {"role", "string", "party, visitor, host, chair ...", 0},
                       {"of", "string", "state or body that it stands for", 0},
                       {"id", "string", "its id in the tables of the world", 0},
                       {"country", "string", "ISO 3166-1 alpha-3 of the state that it is or stands for", 0},
                       {"cow", "integer", "the same by its Correlates of War number", 0},
                       {"aliases", "array", "forms of the name in the reports", 0}}},
    [MEMBERS] = {"members",
                 false,
                 {EVENT_COLUMN, NUMBER_COLUMN, {"mention", "string", "event of a single report that was merged into it, REPORT:EVENT", 0}}},
    [LINKS] = {"links",
               false,
               {EVENT_COLUMN,
                NUMBER_COLUMN,
                {"type", "string", "part_of, sidelines_of, for, proposes, prepares, before, after", 0},
                {"target", "string", "the other event (events.id; it may lie outside a selection)", 0}}},
    [DOCUMENTS] = {"documents",
                   false,
                   {EVENT_COLUMN,
                    NUMBER_COLUMN,
                    {"title", "string", "title in the words of the reports", 0},
                    {"action", "string", "signed, to-sign, adopted, to-adopt, ratified, discussed, prepared, proposed", 0},
                    {"id", "string", "its id in the tables of the world", 0}}},
    [HISTORY] = {"history",
                 false,
                 {EVENT_COLUMN,
                  NUMBER_COLUMN,
                  {"report", "string", "report that brought the change (reports.id)", 0},
                  {"published", "date", "when it was published", 0},
                  {"status", "string", "status from then on", 0},
                  {"time", "string", "time from then on (EDTF)", 0},
                  {"place", "string", "place from then on", 0}}},
    [CONFLICTS] = {"conflicts",
                   false,
                   {EVENT_COLUMN,
                    NUMBER_COLUMN,
                    {"field", "string", "field that is given differently", 0},
                    {"value", "string", "one of the values", 0},
                    {"report", "string", "report that gives it (reports.id)", 0}}},
    [REPORTS] = {"reports",
                 false,
                 {EVENT_COLUMN,
                  NUMBER_COLUMN,
                  {"id", "string", "report that tells of the event", 0},
                  {"published", "date", "when it was published", 0},
                  {"outlet", "string", "who published it", 0},
                  {"lang", "string", "its language (ISO 639-1)", 0}}},
    [EVIDENCE] = {"evidence",
                  false,
                  {EVENT_COLUMN,
                   NUMBER_COLUMN,
                   {"report", "string", "report (reports.id)", 0},
                   {"quote", "string", "words of the report that carry the event", 0}}},
    [CORRECTIONS] = {"corrections",
                     false,
                     {EVENT_COLUMN,
                      NUMBER_COLUMN,
                      {"correction", "string", "number of the correction in the store", 0},
                      {"at", "string", "when it was made (ISO 8601, UTC)", 0},
                      {"by", "string", "who made it", 0},
                      {"act", "string", "confirm, set, pin, merge, split", 0},
                      {"field", "string", "field that was set or pinned", 0},
                      {"value", "string", "its value", 0},
                      {"note", "string", "why", 0}}},
};

/* ---- rows ---- */

typedef struct Row {
  ChBuf *out;
  bool begun;
} Row;

static Row row(ChExport *x, Table t) { return (Row){.out = &x->out[t]}; }

static void cell(Row *r, ChSlice text)
{
  ch_export_csv_cell(r->out, !r->begun, text);
  r->begun = true;
}

static void cell_text(Row *r, const json_t *o, const char *key) { cell(r, ch_export_text(o, key)); }

static void cell_number(Row *r, long long n)
{
  char z[24];
  cell(r, ch_slice(z, (size_t)snprintf(z, sizeof z, "%lld", n)));
}

static void cell_degrees(Row *r, bool known, double degrees)
{
  char z[32];
  cell(r, known ? ch_slice(z, (size_t)snprintf(z, sizeof z, "%.5g", degrees)) : CH_LIT(""));
}

static void cell_day(Row *r, bool known, int32_t day)
{
  char z[11];
  known = known && day != CH_DAY_MIN && day != CH_DAY_MAX;
  if (known)
    ch_day_format(day, z);
  cell(r, known ? ch_slice_z(z) : CH_LIT(""));
}

/* A day as reports give it; anything else is no date. */
static void cell_date(Row *r, ChSlice day)
{
  int32_t first, last;
  cell(r, day.n == 10 && ch_day_span(day, &first, &last) ? day : CH_LIT(""));
}

/* A list as a JSON array; a single text as a list of one; "" for an empty list. */
static void cell_list(Row *r, const json_t *o, const char *key)
{
  json_t *v = json_object_get(o, key), *list = json_is_string(v) ? json_pack("[O]", v) : json_incref(v);
  ChBuf b = {0};
  if (json_array_size(list))
    ch_out_json(list, false, &b);
  cell(r, ch_slice_trim(ch_buf_view(&b)));
  r->out->failed |= b.failed;
  ch_buf_free(&b);
  json_decref(list);
}

static void end(Row *r) { ch_buf_text(r->out, "\r\n"); }

/* A row of a table that belongs to an event. */
static Row part(ChExport *x, Table t, const json_t *h, size_t i)
{
  Row r = row(x, t);
  cell_text(&r, h, "id");
  cell_number(&r, (long long)i + 1);
  return r;
}

/* ---- the tables ---- */

static void put_event(ChExport *x, const json_t *h)
{
  static const char *const head[] = {"id", "kind", "status", "label", "time"};
  Row r = row(x, EVENTS);
  int32_t first = 0, last = 0;
  double lon = 0, lat = 0;
  bool dated = ch_export_days(h, &first, &last), placed = ch_export_point(x, h, &lon, &lat);
  const ChWorld *w = ch_gazetteer_world(x->world);
  uint32_t state = ch_gazetteer_state(x->world, ch_export_place(x, h));
  const json_t *ordinal = json_object_get(h, "ordinal");
  for (size_t i = 0; i < sizeof head / sizeof head[0]; i++)
    cell_text(&r, h, head[i]);
  cell_day(&r, dated, first);
  cell_day(&r, dated, last);
  cell_list(&r, h, "other_times");
  cell_text(&r, h, "place");
  cell_text(&r, h, "place_id");
  cell(&r, state == CH_NONE ? CH_LIT("") : ch_world_text(w, w->states[state].iso3));
  cell_degrees(&r, placed, lon);
  cell_degrees(&r, placed, lat);
  cell_list(&r, h, "format");
  cell_text(&r, h, "series");
  if (json_is_integer(ordinal))
    cell_number(&r, json_integer_value(ordinal));
  else
    cell(&r, CH_LIT(""));
  cell_list(&r, h, "topics");
  cell_list(&r, h, "attribution");
  cell_number(&r, (long long)ch_export_changes(h));
  cell_date(&r, ch_export_revised(h));
  end(&r);
}

static void put_participants(ChExport *x, const json_t *h)
{
  static const char *const keys[] = {"name", "type", "role", "of", "id"};
  const json_t *list = json_object_get(h, "participants");
  const ChWorld *w = ch_gazetteer_world(x->world);
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *p = json_array_get(list, i);
    uint32_t state = ch_gazetteer_state_of(x->world, p);
    Row r = part(x, PARTICIPANTS, h, i);
    for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++)
      cell_text(&r, p, keys[k]);
    cell(&r, state == CH_NONE ? CH_LIT("") : ch_world_text(w, w->states[state].iso3));
    if (state != CH_NONE && w->states[state].cow)
      cell_number(&r, w->states[state].cow);
    else
      cell(&r, CH_LIT(""));
    cell_list(&r, p, "aliases");
    end(&r);
  }
}

/* A table whose rows are the objects of a list, taken key by key; `dates`: the keys that are days (bit per key). */
static void put_list(ChExport *x, Table t, const json_t *h, const char *list_key, const char *const *keys, uint32_t dates)
{
  const json_t *list = json_object_get(h, list_key);
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *o = json_array_get(list, i);
    Row r = part(x, t, h, i);
    for (size_t k = 0; keys[k]; k++) {
      if (dates >> k & 1)
        cell_date(&r, ch_export_text(o, keys[k]));
      else
        cell_text(&r, o, keys[k]);
    }
    end(&r);
  }
}

static void put_members(ChExport *x, const json_t *h)
{
  const json_t *list = json_object_get(h, "members");
  for (size_t i = 0; i < json_array_size(list); i++) {
    Row r = part(x, MEMBERS, h, i);
    cell(&r, ch_export_item(list, i, NULL));
    end(&r);
  }
}

/* A value may be a text or anything else, which is then written as JSON. */
static void cell_value(Row *r, const json_t *value)
{
  ChBuf b = {0};
  if (json_is_string(value))
    ch_buf_add(&b, json_string_value(value), json_string_length(value));
  else if (value && !json_is_null(value))
    ch_out_json(value, false, &b);
  cell(r, ch_slice_trim(ch_buf_view(&b)));
  r->out->failed |= b.failed;
  ch_buf_free(&b);
}

static void put_conflicts(ChExport *x, const json_t *h)
{
  const json_t *list = json_object_get(h, "conflicts");
  size_t n = 0;
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *c = json_array_get(list, i), *values = json_object_get(c, "values");
    for (size_t k = 0; k < json_array_size(values); k++) {
      const json_t *v = json_array_get(values, k);
      Row r = part(x, CONFLICTS, h, n++);
      cell_text(&r, c, "field");
      cell_value(&r, json_object_get(v, "value"));
      cell_text(&r, v, "report");
      end(&r);
    }
  }
}

static void put_corrections(ChExport *x, const json_t *h)
{
  static const char *const keys[] = {"at", "by", "act", "field", "value", "note"};
  const json_t *list = json_object_get(h, "corrections");
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *o = json_array_get(list, i);
    Row r = part(x, CORRECTIONS, h, i);
    cell_value(&r, json_object_get(o, "number"));
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
      cell_text(&r, o, keys[k]);
    end(&r);
  }
}

static void happening(ChExport *x, const json_t *h)
{
  static const char *const links[] = {"type", "event", NULL}, *const documents[] = {"title", "action", "id", NULL},
                    *const history[] = {"report", "published", "status", "time", "place", NULL},
                    *const reports[] = {"id", "published", "outlet", "lang", NULL}, *const evidence[] = {"report", "quote", NULL};
  put_event(x, h);
  put_participants(x, h);
  put_members(x, h);
  put_list(x, LINKS, h, "links", links, 0);
  put_list(x, DOCUMENTS, h, "documents", documents, 0);
  put_list(x, HISTORY, h, "history", history, 1u << 1);
  put_conflicts(x, h);
  put_list(x, REPORTS, h, "reports", reports, 1u << 1);
  put_list(x, EVIDENCE, h, "evidence", evidence, 0);
  put_corrections(x, h);
}

/* ---- what describes them ---- */

static void open(ChExport *x)
{
  static const char *const codebook[] = {"table", "column", "type", "description"};
  for (Table t = 0; t < TABLES; t++) {
    Row r = row(x, t);
    for (const Column *c = tables[t].columns; c->name; c++)
      cell(&r, ch_slice_z(c->name));
    end(&r);
  }
  Row r = {.out = &x->out[CODEBOOK]};
  for (size_t i = 0; i < 4; i++)
    cell(&r, ch_slice_z(codebook[i]));
  end(&r);
  for (Table t = 0; t < TABLES; t++)
    for (const Column *c = tables[t].columns; c->name; c++) {
      r.begun = false;
      const char *const cells[] = {tables[t].name, c->name, c->type, c->text};
      for (size_t i = 0; i < 4; i++)
        cell(&r, ch_slice_z(cells[i]));
      end(&r);
    }
}

static json_t *schema(const Description *d)
{
  json_t *fields = json_array(), *foreign = json_array();
  for (const Column *c = d->columns; c->name; c++) {
    json_t *f = json_pack("{s:s,s:s,s:s}", "name", c->name, "type", c->type, "description", c->text);
    if (c == d->columns || (!d->keyed && c == d->columns + 1))
      json_object_set_new(f, "constraints", json_pack("{s:b}", "required", 1));
    json_array_append_new(fields, f);
    if (c->refers)
      json_array_append_new(foreign, json_pack("{s:s,s:{s:s,s:s}}", "fields", c->name, "reference", "resource",
                                               tables[c->refers - 1].name, "fields", tables[c->refers - 1].columns[0].name));
  }
  json_t *o = json_pack("{s:o,s:[s]}", "fields", fields, "missingValues", "");
  json_object_set_new(o, "primaryKey", d->keyed ? json_string(d->columns[0].name)
                                                : json_pack("[s,s]", d->columns[0].name, d->columns[1].name));
  if (json_array_size(foreign))
    json_object_set(o, "foreignKeys", foreign);
  json_decref(foreign);
  return o;
}

static void close(ChExport *x)
{
  json_t *resources = json_array();
  for (Table t = 0; t < TABLES; t++)
    json_array_append_new(resources, json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:o}", "name", tables[t].name, "path", x->format->files[t],
                                               "profile", "tabular-data-resource", "format", "csv", "mediatype", "text/csv", "encoding",
                                               "utf-8", "schema", schema(&tables[t])));
  json_array_append_new(resources, json_pack("{s:s,s:s,s:s,s:s}", "name", "codebook", "path", x->format->files[CODEBOOK], "format", "csv",
                                             "encoding", "utf-8"));
  json_t *o = json_pack("{s:s,s:s,s:s,s:o}", "profile", "data-package", "name", "chancery-record", "title", "Diplomatic events",
                        "resources", resources);
  ch_out_json(o, true, &x->out[PACKAGE]);
  json_decref(o);
}

const ChExportWriter ch_export_csv = {.open = open, .happening = happening, .close = close};
