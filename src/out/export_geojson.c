/* GeoJSON (RFC 7946): one FeatureCollection, a feature a happening, also those without a point (null geometry), so that nothing is lost. */
#include "out/export_inner.h"
#include "out/out.h"

static void open(ChExport *x) { ch_buf_text(&x->out[0], "{\"type\":\"FeatureCollection\",\"features\":["); }

static json_t *names(const json_t *h)
{
  const json_t *list = json_object_get(h, "participants");
  json_t *out = json_array();
  for (size_t i = 0; i < json_array_size(list); i++) {
    ChSlice name = ch_export_item(list, i, "name");
    if (name.n)
      json_array_append_new(out, json_stringn(name.p, name.n));
  }
  return out;
}

static json_t *edge(int32_t day)
{
  char z[11];
  if (day == CH_DAY_MIN || day == CH_DAY_MAX)
    return json_null();
  ch_day_format(day, z);
  return json_string(z);
}

static json_t *properties(const json_t *h)
{
  static const char *const taken[] = {"label", "kind", "status", "time", "place", "topics", "attribution"};
  json_t *o = json_object();
  for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++) {
    json_t *v = json_object_get(h, taken[i]);
    json_object_set_new(o, taken[i], v ? json_incref(v) : json_null());
  }
  int32_t first, last;
  bool dated = ch_export_days(h, &first, &last);
  json_object_set_new(o, "first_day", dated ? edge(first) : json_null());
  json_object_set_new(o, "last_day", dated ? edge(last) : json_null());
  json_object_set_new(o, "participants", names(h));
  json_object_set_new(o, "reports", json_integer((json_int_t)json_array_size(json_object_get(h, "reports"))));
  json_object_set_new(o, "conflicts", json_integer((json_int_t)json_array_size(json_object_get(h, "conflicts"))));
  return o;
}

static void happening(ChExport *x, const json_t *h)
{
  double lon, lat;
  json_t *o = json_object(), *point = json_null(), *id = json_object_get(h, "id");
  json_object_set_new(o, "type", json_string("Feature"));
  if (json_is_string(id))
    json_object_set(o, "id", id);
  if (ch_export_point(x, h, &lon, &lat))
    point = json_pack("{s:s,s:[f,f]}", "type", "Point", "coordinates", lon, lat);
  json_object_set_new(o, "geometry", point);
  json_object_set_new(o, "properties", properties(h));
  ch_buf_text(&x->out[0], x->happenings ? ",\n" : "\n");
  ch_out_json(o, false, &x->out[0]);
  if (x->out[0].n && x->out[0].p[x->out[0].n - 1] == '\n')
    x->out[0].n--;
  json_decref(o);
}

static void close(ChExport *x) { ch_buf_text(&x->out[0], "\n]}\n"); }

const ChExportWriter ch_export_geojson = {.open = open, .happening = happening, .close = close};
