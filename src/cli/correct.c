/* chancery correct, chancery corrections: what people say against what reports say, and the list of it. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "record/correct.h"

enum { BY, NOTE, JSON, STORE };
static const ChOption options[] = {
    [BY] = {"by", 0, "NAME", "who says so (CHANCERY_BY)"},
    [NOTE] = {"note", 0, "TEXT", "why, or on whose word"},
    [JSON] = {"json", 0, NULL, "print a JSON object for each row that was made"},
    [STORE] = CH_OPTION_STORE,
    {NULL, 0, NULL, NULL},
};

enum { ANCHORS = 512 }; /* members of an event that a row is anchored on: the first ones */

typedef struct Correct {
  ChCli *cli;
  ChStore *store;
  const ChPack *pack;
  const char *event, *act;
  char **rest;
  size_t n_rest;
  ChStoreCorrection row;
  json_t *anchors;
  ChBuf out;
  ChError err;
} Correct;

static ChSlice string(const json_t *v) { return ch_slice(json_string_value(v) ? json_string_value(v) : "", json_string_length(v)); }

static void anchor(Correct *c, ChSlice member, int side)
{
  json_t *a = json_array_size(c->anchors) < ANCHORS ? ch_store_anchor(c->store, member, side, &c->err) : NULL;
  if (a)
    json_array_append_new(c->anchors, a);
}

/* All members of an event. */
static void anchor_event(Correct *c, const char *id, int side)
{
  json_t *h = ch_failed(&c->err) ? NULL : ch_store_happening(c->store, ch_slice_z(id), CH_LIT(""), &c->err);
  const json_t *members = json_object_get(h, "members");
  for (size_t i = 0; i < json_array_size(members) && !ch_failed(&c->err); i++)
    anchor(c, string(json_array_get(members, i)), side);
  json_decref(h);
}

/* Puts the row in and says what it is; its anchors are done with. */
static void put(Correct *c)
{
  c->row.by = ch_slice_z(c->cli->value[BY]);
  c->row.note = ch_slice_z(c->cli->value[NOTE]);
  c->row.act = ch_slice_z(c->act);
  int64_t number = ch_failed(&c->err) ? 0 : ch_store_correct(c->store, &c->row, c->anchors, &c->err);
  json_decref(c->anchors);
  c->anchors = json_array();
  if (!number)
    return;
  if (c->cli->value[JSON]) {
    json_t *o = json_pack("{s:I,s:s,s:s}", "number", (json_int_t)number, "act", c->act, "by", c->cli->value[BY]);
    ch_out_json(o, false, &c->out);
    json_decref(o);
  } else {
    ch_buf_printf(&c->out, "%lld: %s", (long long)number, c->act);
    if (c->row.target)
      ch_buf_printf(&c->out, " %lld", (long long)c->row.target);
    if (c->row.field.n)
      ch_buf_printf(&c->out, " %.*s '%.*s'", CH_ARG(c->row.field), CH_ARG(c->row.value));
    ch_buf_text(&c->out, "\n");
  }
}

/* ---- acts ---- */

static void usage(Correct *c, const char *what)
{
  ch_error_set(&c->err, CH_ERR_USAGE, "correct: %s: %s (see 'chancery correct --help')", c->act, what);
}

/* A single report's mention is rejected alone, an event with all that is known of it. */
static void confirm_or_reject(Correct *c)
{
  uint64_t unused;
  if (c->n_rest)
    usage(c, "takes nothing after the event");
  else if (strcmp(c->act, "reject") == 0 && !ch_record_id_parse(ch_slice_z(c->event), &unused))
    anchor(c, ch_slice_z(c->event), 0);
  else
    anchor_event(c, c->event, 0);
  put(c);
}

static void set(Correct *c)
{
  ChArena arena;
  ch_arena_init(&arena, SIZE_MAX);
  if (c->n_rest != 2) {
    usage(c, "takes a field and its value ('' = none)");
  } else {
    const ChRecordRules *rules = ch_record_rules(c->pack, &arena, &c->err);
    c->row.field = ch_slice_z(c->rest[0]);
    c->row.value = ch_slice_z(c->rest[1]);
    if (rules && ch_record_settable(rules, c->row.field, c->row.value, &c->err))
      anchor_event(c, c->event, 0);
  }
  put(c);
  ch_arena_free(&arena);
}

/* Fields as they stand, whatever reports say later. */
static void pin(Correct *c)
{
  static const char *const usual[] = {"status", "time", "place"};
  ChArena arena;
  ch_arena_init(&arena, SIZE_MAX);
  const ChRecordRules *rules = ch_record_rules(c->pack, &arena, &c->err);
  json_t *h = rules ? ch_store_happening(c->store, ch_slice_z(c->event), CH_LIT(""), &c->err) : NULL;
  size_t n = c->n_rest ? c->n_rest : 3;
  for (int pass = 0; pass < 2; pass++) /* all fields are checked before the first is pinned */
    for (size_t i = 0; i < n && !ch_failed(&c->err); i++) {
      const char *field = c->n_rest ? c->rest[i] : usual[i];
      const json_t *v = json_object_get(h, field);
      char number[24];
      snprintf(number, sizeof number, "%lld", (long long)json_integer_value(v));
      c->row.field = ch_slice_z(field);
      c->row.value = json_is_integer(v) ? ch_slice_z(number) : string(v);
      if (!pass && c->n_rest) {
        ch_record_settable(rules, c->row.field, c->row.value, &c->err);
      } else if (pass && (c->n_rest || c->row.value.n)) {
        anchor_event(c, c->event, 0);
        put(c);
      }
    }
  json_decref(h);
  ch_arena_free(&arena);
}

static void merge(Correct *c)
{
  if (!c->n_rest)
    usage(c, "takes the events that are the same one");
  anchor_event(c, c->event, 0);
  size_t first = json_array_size(c->anchors);
  for (size_t i = 0; i < c->n_rest && !ch_failed(&c->err); i++)
    anchor_event(c, c->rest[i], 0);
  for (size_t i = first; i < json_array_size(c->anchors) && !ch_failed(&c->err); i++)
    for (size_t k = 0; k < first; k++)
      if (json_equal(json_array_get(c->anchors, i), json_array_get(c->anchors, k))) {
        usage(c, "these are one event already");
        break;
      }
  put(c);
}

/* Is the member one of those named, by itself or by its report? */
static bool is_named(const Correct *c, ChSlice member, bool *used)
{
  bool named = false;
  for (size_t i = 0; i < c->n_rest; i++) {
    ChSlice want = ch_slice_z(c->rest[i]);
    uint64_t key = 0;
    bool is = ch_record_id_parse(want, &key) ? ch_record_key(member) == key
                                             : ch_slice_eq(member, want) || (ch_slice_starts(member, want) && member.p[want.n] == ':');
    used[i] = used[i] || is;
    named = named || is;
  }
  return named;
}

static void split(Correct *c)
{
  json_t *h = c->n_rest ? ch_store_happening(c->store, ch_slice_z(c->event), CH_LIT(""), &c->err) : NULL;
  const json_t *members = json_object_get(h, "members");
  bool *used = calloc(c->n_rest + 1, sizeof *used);
  size_t out = 0, all = json_array_size(members);
  if (!c->n_rest)
    usage(c, "takes the mentions that are another event (REPORT:e3, or REPORT)");
  if (!used)
    ch_error_set(&c->err, CH_ERR_LIMIT, "not enough memory");
  for (size_t i = 0; i < all && !ch_failed(&c->err); i++) {
    bool other = is_named(c, string(json_array_get(members, i)), used);
    out += other;
    anchor(c, string(json_array_get(members, i)), other);
  }
  for (size_t i = 0; used && i < c->n_rest && !ch_failed(&c->err); i++)
    if (!used[i])
      ch_error_set(&c->err, CH_ERR_NOTFOUND, "correct: split: %s tells nothing of %s", c->rest[i], c->event);
  if (out == all && all && !ch_failed(&c->err))
    usage(c, "nothing would be left of the event");
  free(used);
  put(c);
  json_decref(h);
}

static void undo(Correct *c)
{
  if (!c->n_rest)
    usage(c, "takes the numbers of corrections ('chancery corrections' lists them)");
  for (size_t i = 0; i < c->n_rest && !ch_failed(&c->err); i++) {
    uint32_t number = 0;
    if (!ch_slice_uint(ch_slice_z(c->rest[i]), INT32_MAX, &number) || !number)
      ch_error_set(&c->err, CH_ERR_USAGE, "correct: undo: no number of a correction: %s", c->rest[i]);
    c->row.target = number;
    put(c);
  }
}

static const struct {
  const char *name;
  void (*run)(Correct *c);
} acts[] = {{"confirm", confirm_or_reject}, {"reject", confirm_or_reject}, {"set", set}, {"pin", pin}, {"merge", merge}, {"split", split}, {"undo", undo}};
enum { ACTS = sizeof acts / sizeof *acts };

static size_t act_of(const char *z)
{
  size_t a = 0;
  while (a < ACTS && strcmp(acts[a].name, z) != 0)
    a++;
  return a;
}

/* "EVENT ACT ..." or "ACT EVENT ..."; undo has no event. */
static bool take_operands(Correct *c, size_t *act)
{
  ChCli *cli = c->cli;
  size_t first = act_of(cli->operand[0]), second = cli->operands > 1 ? act_of(cli->operand[1]) : ACTS;
  if (first == ACTS && second == ACTS) {
    ch_cli_complain(cli, "correct: one of confirm, reject, set, pin, merge, split, undo must be said (see 'chancery correct --help')");
    return false;
  }
  *act = first < ACTS ? first : second;
  c->act = acts[*act].name;
  bool alone = acts[*act].run == undo;
  if (!alone && cli->operands < 2) {
    ch_cli_complain(cli, "correct: %s: of what event? (see 'chancery correct --help')", c->act);
    return false;
  }
  if (alone && first == ACTS) {
    ch_cli_complain(cli, "correct: undo takes numbers of corrections, no event");
    return false;
  }
  c->event = alone ? NULL : cli->operand[first < ACTS ? 1 : 0];
  c->rest = cli->operand + (alone ? 1 : 2);
  c->n_rest = cli->operands - (alone ? 1 : 2);
  return true;
}

static ChExit run(ChCli *cli)
{
  Correct c = {.cli = cli};
  size_t act;
  if (!cli->value[BY])
    cli->value[BY] = getenv("CHANCERY_BY");
  if (!take_operands(&c, &act))
    return CH_EXIT_UNUSABLE;
  if (!cli->value[BY] || !ch_slice_trim(ch_slice_z(cli->value[BY])).n) {
    ch_cli_complain(cli, "correct: who says so? --by NAME is missing, and CHANCERY_BY is not set");
    return CH_EXIT_UNUSABLE;
  }
  ChPack *pack = ch_cli_pack(&c.err);
  c.pack = pack;
  c.store = pack ? ch_cli_store(cli->value[STORE], false, &c.err) : NULL;
  c.anchors = json_array();
  if (c.store) {
    ch_store_use(c.store, pack);
    acts[act].run(&c);
  }
  json_decref(c.anchors);
  ch_store_close(c.store);
  ch_pack_close(pack);
  if (ch_failed(&c.err))
    ch_cli_complain_error(cli, &c.err, NULL);
  bool printed = ch_cli_print(cli, &c.out);
  ch_buf_free(&c.out);
  return cli->complaints || !printed ? CH_EXIT_UNUSABLE : CH_EXIT_DONE;
}

const ChCommand ch_command_correct = {
    "correct",
    "EVENT ACT [ARGUMENT...]",
    "say what is so, against what reports say",
    "EVENT confirm: it is as the record has it. EVENT reject: there is no such event (REPORT:e3 reject: only this report's mention is misread). "
    "EVENT set FIELD VALUE: kind, status, time, place, series, ordinal or label is this. EVENT pin [FIELD...]: fields (status, time, place) stay as they "
    "are, whatever reports say later. EVENT merge EVENT...: all are one event. EVENT split MENTION...: these mentions (REPORT:e3, or REPORT) are "
    "another event. undo N...: takes corrections back. A correction is signed and dated, counts from its day on (--as-of), and survives a "
    "new reading of the reports; 'chancery corrections' lists them.",
    options,
    1,
    SIZE_MAX,
    run};

/* ---- the list ---- */

enum { LOST, ALL, LIST_JSON, LIST_STORE };
static const ChOption list_options[] = {
    [LOST] = {"lost", 0, NULL, "only those that stand and of which some anchor leads to nothing any more"},
    [ALL] = {"all", 0, NULL, "also those that were undone, and undos"},
    [LIST_JSON] = {"json", 0, NULL, "print one JSON object a line"},
    [LIST_STORE] = CH_OPTION_STORE,
    {NULL, 0, NULL, NULL},
};

static void list_row(const json_t *row, const ChPage *page, ChBuf *out)
{
  const json_t *anchors = json_object_get(row, "anchors");
  ChSlice by = string(json_object_get(row, "by")), at = string(json_object_get(row, "at")), act = string(json_object_get(row, "act"));
  ChSlice field = string(json_object_get(row, "field")), note = string(json_object_get(row, "note"));
  ChBuf b = {0};
  ch_buf_printf(&b, "%3lld  %.*s  %.*s: %.*s", (long long)json_integer_value(json_object_get(row, "number")), (int)(at.n < 10 ? at.n : 10), at.p,
                CH_ARG(by), CH_ARG(act));
  if (json_object_get(row, "target"))
    ch_buf_printf(&b, " %lld", (long long)json_integer_value(json_object_get(row, "target")));
  if (field.n)
    ch_buf_printf(&b, " %.*s '%.*s'", CH_ARG(field), CH_ARG(string(json_object_get(row, "value"))));
  for (size_t i = 0; i < json_array_size(anchors); i++) {
    const json_t *a = json_array_get(anchors, i), *to = json_object_get(a, "mention");
    const char *between = i == 0 ? " " : json_equal(json_object_get(a, "side"), json_object_get(json_array_get(anchors, i - 1), "side")) ? ", " : " | ";
    if (json_is_string(to))
      ch_buf_printf(&b, "%s%s", between, json_string_value(to));
    else
      ch_buf_printf(&b, "%s%.*s:%.*s (lost)", between, CH_ARG(string(json_object_get(a, "report"))), CH_ARG(string(json_object_get(a, "event"))));
  }
  if (note.n)
    ch_buf_printf(&b, " - %.*s", CH_ARG(note));
  if (!json_is_true(json_object_get(row, "stands")))
    ch_buf_text(&b, " [undone]");
  ch_out_wrap(out, ch_buf_view(&b), 0, 5, page->width);
  ch_buf_char(out, '\n');
  ch_buf_free(&b);
}

static bool is_lost(const json_t *row)
{
  const json_t *anchors = json_object_get(row, "anchors");
  for (size_t i = 0; i < json_array_size(anchors); i++)
    if (json_is_null(json_object_get(json_array_get(anchors, i), "mention")))
      return true;
  return false;
}

static ChExit list(ChCli *cli)
{
  ChError err = {0};
  ChBuf out = {0};
  ChPage page = ch_cli_page();
  ChPack *pack = ch_cli_pack(&err);
  ChStore *s = pack ? ch_cli_store(cli->value[LIST_STORE], false, &err) : NULL;
  if (s)
    ch_store_use(s, pack);
  json_t *rows = s ? ch_store_corrections(s, &err) : NULL;
  if (s)
    ch_store_corrections_lead(s, rows, &err);
  for (size_t i = 0; i < json_array_size(rows); i++) {
    const json_t *row = json_array_get(rows, i);
    bool stands = json_is_true(json_object_get(row, "stands")) && !json_object_get(row, "target");
    if ((!stands && !cli->value[ALL]) || (cli->value[LOST] && !(stands && is_lost(row))))
      continue;
    if (cli->value[LIST_JSON])
      ch_out_json(row, false, &out);
    else
      list_row(row, &page, &out);
  }
  json_decref(rows);
  ch_store_close(s);
  ch_pack_close(pack);
  if (ch_failed(&err))
    ch_cli_complain_error(cli, &err, NULL);
  bool done = !cli->complaints && ch_cli_print(cli, &out);
  ch_buf_free(&out);
  return done ? CH_EXIT_DONE : CH_EXIT_UNUSABLE;
}

const ChCommand ch_command_corrections = {
    "corrections",
    "",
    "list what people corrected",
    "Lists the corrections that stand, with number, day, who made them and the mentions they are about. A mention marked (lost) is one that a "
    "new reading of its report has no more, or whose report was withdrawn: the correction does nothing there.",
    list_options,
    0,
    0,
    list};
