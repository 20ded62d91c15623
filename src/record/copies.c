/* Copies of one item: which reading speaks for all. */
#include "record/copies.h"

#include <stdlib.h>

#include "record/inner.h"

/* What one event tells, as far as the record goes by it. */
static bool same_event(const json_t *a, const json_t *b)
{
  static const char *const keys[] = {"id", "kind", "status", "time", "place", "series", "ordinal", "attribution"};
  const json_t *x = json_object_get(a, "participants"), *y = json_object_get(b, "participants");
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    const json_t *p = json_object_get(a, keys[i]), *q = json_object_get(b, keys[i]);
    if (p != q && !json_equal(p, q))
      return false;
  }
  if (json_array_size(x) != json_array_size(y))
    return false;
  for (size_t i = 0; i < json_array_size(x); i++)
    if (!ch_slice_eq(ch_record_get(json_array_get(x, i), "name"), ch_record_get(json_array_get(y, i), "name")))
      return false;
  return true;
}

bool ch_record_same_telling(const json_t *a, const json_t *b)
{
  const json_t *x = json_object_get(a, "events"), *y = json_object_get(b, "events");
  if (json_array_size(x) != json_array_size(y))
    return false;
  for (size_t i = 0; i < json_array_size(x); i++)
    if (!same_event(json_array_get(x, i), json_array_get(y, i)))
      return false;
  return true;
}

static ChSlice published(const json_t *reading) { return ch_record_get(json_object_get(reading, "report"), "published"); }
static ChSlice id_of(const json_t *reading) { return ch_record_get(json_object_get(reading, "report"), "id"); }

/* The earlier one came first; one without a day comes after those that have one; then by id. */
static bool before(const json_t *a, const json_t *b)
{
  ChSlice x = published(a), y = published(b);
  if (!x.n != !y.n)
    return x.n > 0;
  int order = ch_slice_cmp(x, y);
  return order ? order < 0 : ch_slice_cmp(id_of(a), id_of(b)) < 0;
}

static uint32_t speaks_for(const json_t *const *readings, uint32_t i, uint32_t first)
{
  return first != i && ch_record_same_telling(readings[i], readings[first]) ? first : i;
}

void ch_record_originals(const json_t *const *readings, size_t n, const uint32_t *group, uint32_t *original)
{
  for (uint32_t i = 0; i < n; i++)
    original[i] = i;
  for (uint32_t i = 0; i < n; i++) /* at the lowest index of a group stands its first, until all others have looked it up */
    if (before(readings[i], readings[original[group[i]]]))
      original[group[i]] = i;
  for (uint32_t i = 0; i < n; i++)
    if (group[i] != i)
      original[i] = speaks_for(readings, i, original[group[i]]);
  for (uint32_t i = 0; i < n; i++)
    if (group[i] == i)
      original[i] = speaks_for(readings, i, original[i]);
}
