/* JSON Lines: an object a line; or one JSON array of objects, or one object, perhaps with the array under a key. Fields by --map, else by
 * the names of data/intake/fields.tsv. */
#include <jansson.h>
#include <stdlib.h>
#include <strings.h>

#include "base/datafile.h"
#include "intake/items_work.h"

typedef struct FieldRow {
  ChWord key;
  uint32_t field;
} FieldRow;

static const char *const names[CH_ITEM_FIELDS] = {"id", "text", "title", "published", "outlet", "lang", "url", "author"};

static uint32_t field_of(ChSlice name)
{
  uint32_t i = 0;
  while (i < CH_ITEM_FIELDS && !ch_slice_is(name, names[i]))
    i++;
  return i;
}

void ch_items_compile(ChPackWriter *w, const char *data, ChError *err)
{
  enum { FIELD, KEYS };
  static const char *const columns[] = {"field", "keys", NULL};
  char path[1024];
  snprintf(path, sizeof path, "%s/intake/fields.tsv", data);
  ChDataFile f;
  ChBuf rows = {0};
  ch_datafile_open(&f, path, "fields", 1, columns, err);
  while (ch_datafile_next(&f)) {
    uint32_t field = field_of(f.cell[FIELD]);
    if (field == CH_ITEM_FIELDS)
      ch_datafile_fault(&f, FIELD, "no field of an item");
    for (ChSlice rest = f.cell[KEYS]; rest.p;) {
      FieldRow row = {ch_pack_writer_word(w, ch_slice_cut(&rest, ';')), field};
      if (row.key)
        ch_buf_add(&rows, &row, sizeof row);
    }
  }
  ch_datafile_close(&f);
  if (!ch_failed(err))
    ch_pack_writer_add(w, "item-fields", rows.p, sizeof(FieldRow), rows.n / sizeof(FieldRow));
  ch_buf_free(&rows);
}

bool ch_intake_map_check(ChSlice map, ChError *err)
{
  for (ChSlice rest = map; rest.p && map.n;) {
    ChSlice pair = ch_slice_cut(&rest, ','), key = pair, name = ch_slice_cut(&key, '=');
    if (field_of(name) == CH_ITEM_FIELDS || !ch_slice_trim(key).n) {
      ch_error_set(err, CH_ERR_USAGE,
                   "--map: '%.*s' is not FIELD=KEY with a FIELD of id, text, title, published, outlet, lang, url, author", CH_ARG(pair));
      return false;
    }
  }
  return true;
}

/* The value under a path of keys; a key with a point in its name goes before a path. */
static const json_t *look(const json_t *o, ChSlice path)
{
  char key[128];
  if (path.n && path.n < sizeof key) {
    snprintf(key, sizeof key, "%.*s", CH_ARG(path));
    const json_t *v = json_object_get(o, key);
    if (v)
      return v;
  }
  for (ChSlice rest = path; rest.p && o;) {
    ChSlice part = ch_slice_cut(&rest, '.');
    snprintf(key, sizeof key, "%.*s", (int)(part.n < 127 ? part.n : 127), part.p);
    o = json_is_array(o) ? json_array_get(o, 0) : o;
    o = json_object_get(o, key);
  }
  return o;
}

/* Text of a value: a string, a number, an array of strings (a paragraph each), an object's name. */
static void add_value(ChBuf *out, const json_t *v)
{
  if (json_is_string(v)) {
    ch_buf_add(out, json_string_value(v), json_string_length(v));
  } else if (json_is_integer(v)) {
    ch_buf_printf(out, "%lld", (long long)json_integer_value(v));
  } else if (json_is_array(v)) {
    for (size_t i = 0; i < json_array_size(v) && i < 10000; i++) {
      const json_t *part = json_array_get(v, i);
      if (json_is_string(part))
        ch_buf_printf(out, "%s%s", out->n ? "\n\n" : "", json_string_value(part));
    }
  }
}

static bool is_markup(ChSlice s)
{
  s = ch_slice_trim(s);
  return s.n > 3 && s.p[0] == '<' && (ch_slice_find(s, CH_LIT("</")) != SIZE_MAX || ch_slice_find(s, CH_LIT("<br")) != SIZE_MAX);
}

static void take_object(ChItemsRun *run, ChItemDraft *d, const json_t *o, size_t number)
{
  ch_item_draft_clear(d);
  for (ChSlice rest = run->in->map; rest.p && run->in->map.n;) {
    ChSlice key = ch_slice_cut(&rest, ','), name = ch_slice_cut(&key, '=');
    uint32_t field = field_of(name);
    if (field < CH_ITEM_FIELDS && !d->field[field].n)
      add_value(&d->field[field], look(o, ch_slice_trim(key)));
  }
  size_t n = 0;
  const FieldRow *rows = run->in->pack ? ch_pack_section(run->in->pack, "item-fields", sizeof *rows, &n) : NULL;
  for (size_t i = 0; i < n; i++)
    if (!d->field[rows[i].field].n)
      add_value(&d->field[rows[i].field], look(o, ch_pack_word(run->in->pack, rows[i].key)));
  d->html = is_markup(ch_buf_view(&d->field[CH_ITEM_TEXT]));
  if (!d->field[CH_ITEM_TEXT].n)
    ch_items_fault(run, number, "no text in it: --map text=KEY names where it is");
  else
    ch_items_draft(run, d, number);
}

/* One array, or one object; its items may stand under a key. */
static void take_whole(ChItemsRun *run, ChItemDraft *d, ChBuf *bytes)
{
  static const char *const lists[] = {"items", "articles", "results", "data", "docs", "entries", "response"};
  json_error_t fault;
  ChBuf text = {0};
  ch_items_utf8(run->in->pack, ch_buf_view(bytes), CH_LIT(""), &text);
  json_t *root = text.n ? json_loadb(text.p, text.n, 0, &fault) : NULL;
  ch_buf_free(&text);
  if (!root) {
    ch_error_set(run->err, CH_ERR_INPUT, "no JSON: line %d: %s", fault.line, fault.text);
    return;
  }
  const json_t *list = root;
  for (size_t i = 0; i < 2 * sizeof lists / sizeof *lists && json_is_object(list); i++) {
    const json_t *below = json_object_get(list, lists[i % (sizeof lists / sizeof *lists)]);
    list = json_is_array(below) || (json_is_object(below) && strcmp(lists[i % 7], "response") == 0) ? below : list;
  }
  if (!json_is_array(list))
    take_object(run, d, root, 1);
  for (size_t i = 0; json_is_array(list) && i < json_array_size(list) && !run->enough && !ch_failed(run->err); i++) {
    if (json_is_object(json_array_get(list, i)))
      take_object(run, d, json_array_get(list, i), i + 1);
    else
      ch_items_fault(run, i + 1, "no JSON object");
  }
  json_decref(root);
}

/* The next line into `out`; longer than CH_INTAKE_MAX it is dropped to its end and `over` is set. False at the end. */
static bool next_line(ChItemsRun *run, ChBuf *out, bool *over)
{
  out->n = 0;
  *over = false;
  for (bool any = false;; any = true) {
    ChSlice hand = ch_stream_peek(run->stream, 1, run->err);
    if (!hand.n)
      return any;
    const char *lf = memchr(hand.p, '\n', hand.n);
    size_t k = lf ? (size_t)(lf - hand.p) : hand.n;
    *over = *over || out->n + k > CH_INTAKE_MAX;
    if (!*over)
      ch_buf_add(out, hand.p, k);
    ch_stream_take(run->stream, lf ? k + 1 : k);
    if (lf)
      return true;
  }
}

void ch_items_json(ChItemsRun *run)
{
  ChItemDraft draft = {0};
  ChBuf line = {0};
  bool over;
  for (size_t number = 1; !run->enough && !ch_failed(run->err) && next_line(run, &line, &over); number++) {
    ChSlice text = ch_slice_trim(ch_buf_view(&line));
    if (number == 1 && ch_slice_starts(text, CH_LIT("\xEF\xBB\xBF")))
      text = ch_slice(text.p + 3, text.n - 3);
    if (over || line.failed) {
      ch_items_fault(run, number, "too large: a line of more than %d bytes", CH_INTAKE_MAX);
      continue;
    }
    if (!text.n)
      continue;
    json_error_t fault;
    json_t *o = json_loadb(text.p, text.n, 0, &fault);
    if (number == 1 && !json_is_object(o)) { /* not lines, then */
      json_decref(o);
      ch_buf_char(&line, '\n');
      if (ch_items_slurp(run, &line))
        take_whole(run, &draft, &line);
      break;
    }
    if (json_is_object(o))
      take_object(run, &draft, o, number);
    else
      ch_items_fault(run, number, "no JSON object: %s", o ? "another value" : fault.text);
    json_decref(o);
  }
  ch_item_draft_free(&draft);
  ch_buf_free(&line);
}
