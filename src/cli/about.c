/* The happenings that somebody takes part in, for the commands that ask about a name. */
#include "cli/happenings.h"
#include "world/day.h"

ChSlice ch_cli_printed_name(const ChPack *pack, const char *asked, uint32_t *ref)
{
  ChWorld w = ch_world_of(pack);
  uint32_t refs[8];
  size_t n = asked ? ch_world_lookup(pack, ch_slice_z(asked), refs, 8) : 0;
  *ref = CH_NONE;
  for (size_t i = 0; i < n; i++) {
    uint32_t at = ch_ref_index(refs[i]);
    ChWorldType type = ch_ref_type(refs[i]);
    if (type != CH_WORLD_PERSON && type != CH_WORLD_STATE && type != CH_WORLD_BODY)
      continue;
    *ref = refs[i];
    return ch_world_text(&w, type == CH_WORLD_PERSON ? w.persons[at].name : type == CH_WORLD_STATE ? w.states[at].name : w.bodies[at].name);
  }
  return ch_slice_z(asked);
}

typedef struct Kept {
  const ChAbout *about;
  json_t *list;
} Kept;

static bool is(const json_t *o, const char *key, ChSlice text)
{
  const json_t *v = json_object_get(o, key);
  return json_is_string(v) && ch_slice_eq(text, ch_slice(json_string_value(v), json_string_length(v)));
}

static bool takes_part(const json_t *h, ChSlice name)
{
  const json_t *list = json_object_get(h, "participants");
  for (size_t i = 0; i < json_array_size(list); i++)
    if (is(json_array_get(list, i), "name", name) || is(json_array_get(list, i), "of", name))
      return true;
  return false;
}

/* Was there a report of it by then? One without a date was always there. */
static bool known_by(const json_t *h, ChSlice as_of)
{
  const json_t *list = json_object_get(h, "reports");
  for (size_t i = 0; as_of.n && i < json_array_size(list); i++) {
    const char *day = json_string_value(json_object_get(json_array_get(list, i), "published"));
    if (!day || ch_slice_cmp(ch_slice_z(day), as_of) <= 0)
      return true;
  }
  return !as_of.n || !json_array_size(list);
}

/* Does its time share a day with what is asked for? */
static bool in_time(const json_t *h, const ChAbout *a)
{
  int32_t first, last, from, to, unused;
  const char *time = json_string_value(json_object_get(h, "time"));
  bool dated = time && ch_day_span(ch_slice_z(time), &first, &last);
  if (a->first.n && (!dated || (ch_day_span(a->first, &from, &unused) && last < from)))
    return false;
  return !a->last.n || (dated && !(ch_day_span(a->last, &unused, &to) && first > to));
}

static bool keep(void *context, const json_t *h)
{
  Kept *k = context;
  if (known_by(h, k->about->as_of))
    json_array_append_new(k->list, json_deep_copy(h));
  return true;
}

static bool keep_named(void *context, const json_t *h)
{
  Kept *k = context;
  const ChAbout *a = k->about;
  return !takes_part(h, a->name) || (a->with.n && !takes_part(h, a->with)) || !in_time(h, a) || keep(context, h);
}

void ch_cli_about(const ChAbout *about, json_t *list, ChError *err)
{
  Kept kept = {about, list};
  ChStoreQuery q = {.who = about->name, .with = about->with, .from = about->first, .to = about->last};
  if (about->from)
    ch_cli_happenings_file(about->from, keep_named, &kept, err);
  else
    ch_cli_happenings(about->pack, about->store, &q, about->as_of, keep, &kept, err);
}
