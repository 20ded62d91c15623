/* The compiler of data/world: tables to arrays. Ids are registered in a first pass over all tables, rows are filled in a second, so
 * that tables may refer to each other in any direction. */
#include "world/compile.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "world/spelling.h"

/* ---- tables ---- */

bool ch_compile_open(Compile *c, Table *t, const char *kind, const char *const *fixed, const char *const *each)
{
  char path[1024];
  if (!c->kind)
    snprintf(path, sizeof path, "%s/%s.tsv", c->folder, kind);
  else
    snprintf(path, sizeof path, "%s", strcmp(c->kind, kind) == 0 ? c->folder : "");
  *t = (Table){.c = c};
  if (ch_failed(c->err) || access(path, F_OK) != 0)
    return false;
  uint32_t n = 0;
  for (; fixed[n]; n++)
    t->columns[n] = fixed[n];
  t->fixed = n;
  while (each[t->each])
    t->each++;
  for (size_t l = 0; l < c->n_langs; l++)
    for (uint32_t i = 0; i < t->each && n < CH_DATAFILE_COLUMNS; i++, n++) {
      ChSlice code = ch_pack_writer_text(c->w, c->langs[l].code);
      snprintf(t->names[n], sizeof t->names[n], "%s_%.*s", each[i], CH_ARG(code));
      t->columns[n] = t->names[n];
    }
  t->columns[n] = NULL;
  ch_datafile_open(&t->f, path, kind, 1, t->columns, c->err);
  return true;
}

uint32_t ch_compile_find(const Compile *c, ChWorldType type, ChSlice id)
{
  const Ids *ids = &c->ids[type];
  ChWord w = ch_pack_writer_word(c->w, id);
  return w && w < ids->n && ids->at[w] ? ids->at[w] - 1 : CH_NONE;
}

static void room(Ids *ids, ChWord w)
{
  if (w < ids->n)
    return;
  size_t n = (size_t)w * 2 + 64;
  ids->at = realloc(ids->at, n * sizeof *ids->at);
  if (!ids->at)
    abort();
  memset(ids->at + ids->n, 0, (n - ids->n) * sizeof *ids->at);
  ids->n = n;
}

void ch_compile_id(Table *t, ChWorldType type)
{
  Ids *ids = &t->c->ids[type];
  ChSlice id = ch_compile_cell(t, 0);
  if (!id.n) {
    ch_datafile_fault(&t->f, 0, "a row needs an id");
    return;
  }
  ChWord w = ch_pack_writer_word(t->c->w, id);
  room(ids, w);
  if (ids->at[w] > ids->base) {
    ch_datafile_fault(&t->f, 0, "id '%.*s' stands twice", CH_ARG(id));
  } else if (!ids->at[w]) {
    ids->at[w] = ++ids->count;
  } /* else a row of the base that is corrected */
}

uint32_t ch_compile_ref(Table *t, ChWorldType type, uint32_t column)
{
  ChSlice id = ch_compile_cell(t, column);
  if (!id.n || !t->c->ids[type].read)
    return CH_NONE;
  uint32_t i = ch_compile_find(t->c, type, id);
  if (i == CH_NONE)
    ch_datafile_fault(&t->f, column, "no such id: '%.*s'", CH_ARG(id));
  return i;
}

/* ---- cells ---- */

void ch_compile_owner(Table *t, uint32_t column, uint32_t *state, uint32_t *body)
{
  ChSlice id = ch_compile_cell(t, column);
  *state = ch_compile_find(t->c, CH_WORLD_STATE, id);
  *body = *state == CH_NONE ? ch_compile_find(t->c, CH_WORLD_BODY, id) : CH_NONE;
  if (id.n && *state == CH_NONE && *body == CH_NONE && t->c->ids[CH_WORLD_BODY].read)
    ch_datafile_fault(&t->f, column, "no such state or body: '%.*s'", CH_ARG(id));
}

ChWord ch_compile_word(Table *t, ChSlice s) { return ch_pack_writer_word(t->c->w, s); }

uint32_t ch_compile_number(Table *t, uint32_t column, uint32_t most)
{
  uint32_t v = 0;
  ChSlice s = ch_compile_cell(t, column);
  if (s.n && !ch_slice_uint(s, most, &v))
    ch_datafile_fault(&t->f, column, "not a number up to %u", most);
  return v;
}

int32_t ch_compile_day(Table *t, uint32_t column, bool start)
{
  ChSlice s = ch_compile_cell(t, column);
  int32_t first, last;
  if (!s.n || ch_slice_is(s, ".."))
    return start ? CH_DAY_MIN : CH_DAY_MAX;
  if (!ch_day_span(s, &first, &last)) {
    ch_datafile_fault(&t->f, column, "not an EDTF date");
    return 0;
  }
  return start ? first : last;
}

static void read_ids(Compile *c, const TableKind *k)
{
  Table t;
  if (!ch_compile_open(c, &t, k->kind, k->fixed, k->each))
    return;
  c->ids[k->type].read = true;
  while (ch_datafile_next(&t.f))
    ch_compile_id(&t, k->type);
  ch_datafile_close(&t.f);
}

static uint32_t column_named(const char *const *columns, const char *name)
{
  for (uint32_t i = 0; columns[i]; i++)
    if (strcmp(columns[i], name) == 0)
      return i;
  return CH_NONE;
}

/* What the rows of all tables have alike: where they come from, and names in each language. */
static void keep_facts(Table *t, const TableKind *k)
{
  Compile *c = t->c;
  uint32_t source = column_named(k->fixed, "source"), wikidata = column_named(k->fixed, "wikidata");
  ChWorldFacts facts = {source != CH_NONE ? ch_compile_word(t, ch_compile_cell(t, source)) : CH_NO_WORD,
                        wikidata != CH_NONE ? ch_compile_word(t, ch_compile_cell(t, wikidata)) : CH_NO_WORD};
  ch_buf_add(&c->facts[k->type], &facts, sizeof facts);
  for (size_t l = 0; l < c->n_langs; l++) {
    ChWorldNames names = {ch_compile_word(t, ch_compile_cell_of(t, l, 0)), ch_compile_word(t, ch_compile_cell_of(t, l, 1))};
    ch_buf_add(&c->names[k->type][l], &names, sizeof names);
  }
}

/* The row just added stands last; where it corrects an earlier one it takes that one's place. */
static void settle(ChBuf *rows, size_t size, uint32_t index)
{
  size_t last = rows->n / size - 1;
  if (rows->failed || index >= last)
    return;
  memcpy(rows->p + index * size, rows->p + last * size, size);
  rows->n -= size;
}

static void read_rows(Compile *c, const TableKind *k)
{
  Table t;
  if (!ch_compile_open(c, &t, k->kind, k->fixed, k->each))
    return;
  while (ch_datafile_next(&t.f)) {
    uint32_t index = ch_compile_find(c, k->type, ch_compile_cell(&t, 0));
    k->row(&t, index);
    keep_facts(&t, k);
    if (ch_failed(c->err))
      break;
    settle(&c->rows[k->type], k->size, index);
    settle(&c->facts[k->type], sizeof(ChWorldFacts), index);
    for (size_t l = 0; l < c->n_langs; l++)
      settle(&c->names[k->type][l], sizeof(ChWorldNames), index);
  }
  ch_datafile_close(&t.f);
}

/* ---- settings and the whole ---- */

static void post_list(Table *t, ChSlice ids, ChBuf *out)
{
  while (ids.n) {
    uint32_t o = ch_compile_find(t->c, CH_WORLD_POST, ch_slice_cut(&ids, ';'));
    if (o == CH_NONE && t->c->ids[CH_WORLD_POST].read)
      ch_datafile_fault(&t->f, 1, "no such post");
    ch_buf_add(out, &o, sizeof o);
  }
}

/* The word of print that a key of world.tsv gives; CH_PRINT_WORDS where it is another key. */
static ChPrint print_word(ChSlice key)
{
  static const char *const keys[CH_PRINT_WORDS] = {
      [CH_PRINT_OF] = "of",   [CH_PRINT_OF_THE] = "of_the", [CH_PRINT_OF_MINISTRY] = "of_ministry",
      [CH_PRINT_AND] = "and", [CH_PRINT_THE] = "the",       [CH_PRINT_PLURAL] = "plural",
  };
  uint32_t i = 0;
  while (i < CH_PRINT_WORDS && !ch_slice_is(key, keys[i]))
    i++;
  return (ChPrint)i;
}

/* world.tsv (docs/formats.md): `names` = the language that readings print names in, `family_first` = states whose people write the family name first. */
static void read_settings(Compile *c)
{
  enum { KEY, VALUE };
  static const char *const fixed[] = {"key", "value", NULL}, *const each[] = {NULL};
  Table t;
  if (!ch_compile_open(c, &t, "world", fixed, each))
    return;
  while (ch_datafile_next(&t.f)) {
    ChSlice key = ch_compile_cell(&t, KEY), value = ch_compile_cell(&t, VALUE);
    if (ch_slice_is(key, "names")) {
      size_t l = 0;
      while (l < c->n_langs && !ch_slice_eq(ch_pack_writer_text(c->w, c->langs[l].code), value))
        l++;
      if (l == c->n_langs)
        ch_datafile_fault(&t.f, VALUE, "no such language");
      else
        c->print = l;
    } else if (ch_slice_is(key, "family_first")) {
      while (value.n) {
        uint32_t s = ch_compile_find(c, CH_WORLD_STATE, ch_slice_cut(&value, ';'));
        if (s != CH_NONE)
          ch_buf_add(&c->family_first, &s, sizeof s);
      }
    } else if (print_word(key) != CH_PRINT_WORDS) {
      c->print_words[print_word(key)] = ch_pack_writer_word(c->w, value);
    } else if (ch_slice_is(key, "seat_posts")) {
      post_list(&t, value, &c->seat_posts);
    } else if (ch_slice_is(key, "head_posts")) {
      post_list(&t, value, &c->head_posts);
    } else if (ch_slice_is(key, "known_posts")) {
      post_list(&t, value, &c->known_posts);
    } else if (ch_slice_is(key, "feminine")) {
      while (value.n) { /* POST=POST */
        ChSlice pair = ch_slice_cut(&value, ';');
        uint32_t m = ch_compile_find(c, CH_WORLD_POST, ch_slice_cut(&pair, '='));
        uint32_t f = ch_compile_find(c, CH_WORLD_POST, pair);
        if (c->ids[CH_WORLD_POST].read && (m == CH_NONE || f == CH_NONE))
          ch_datafile_fault(&t.f, VALUE, "no such post");
        ch_buf_add(&c->feminine, &m, sizeof m);
        ch_buf_add(&c->feminine, &f, sizeof f);
      }
    } else {
      ch_datafile_fault(&t.f, KEY, "unknown key");
    }
  }
  ch_datafile_close(&t.f);
}

static void save(Compile *c)
{
  for (size_t i = 0; i < TYPES; i++) {
    const TableKind *k = &ch_compile_kinds[i];
    char name[CH_PACK_NAME];
    snprintf(name, sizeof name, "world.%s", k->kind);
    ch_pack_writer_put(c->w, name, c->rows[i].p, k->size, c->rows[i].n / k->size);
    snprintf(name, sizeof name, "world.facts.%s", k->kind);
    ch_pack_writer_put(c->w, name, c->facts[i].p, sizeof(ChWorldFacts), c->facts[i].n / sizeof(ChWorldFacts));
    for (size_t l = 0; l < c->n_langs; l++) {
      char full[CH_PACK_NAME];
      ChSlice code = ch_pack_writer_text(c->w, c->langs[l].code);
      snprintf(full, sizeof full, "%.*s/names.%s", CH_ARG(code), k->kind);
      ch_pack_writer_put(c->w, full, c->names[i][l].p, sizeof(ChWorldNames), c->names[i][l].n / sizeof(ChWorldNames));
    }
  }
  ch_pack_writer_put(c->w, "world.tenures", c->tenures.p, sizeof(ChTenure), c->tenures.n / sizeof(ChTenure));
  ch_pack_writer_put(c->w, "world.by-post", c->by_post.p, sizeof(uint32_t), c->by_post.n / sizeof(uint32_t));
  ch_pack_writer_put(c->w, "world.instances", c->instances.p, sizeof(ChInstance), c->instances.n / sizeof(ChInstance));
  ch_pack_writer_put(c->w, "world.renames", c->renames.p, sizeof(ChRename), c->renames.n / sizeof(ChRename));
  ch_pack_writer_put(c->w, "world.memberships", c->memberships.p, sizeof(ChMembership), c->memberships.n / sizeof(ChMembership));
  ch_pack_writer_put(c->w, "world.members", c->members.p, sizeof(uint32_t), c->members.n / sizeof(uint32_t));
  for (size_t l = 0; l < c->n_langs; l++)
    ch_phrases_save_lang(c->tries[l], ch_pack_writer_text(c->w, c->langs[l].code), "world");
  ch_phrases_save(c->skeletons, "world.skeleton");
  ch_phrases_save(c->sounds, "world.sound");
}

static void save_settings(Compile *c)
{
  ch_pack_writer_put(c->w, "world.family-first", c->family_first.p, sizeof(uint32_t), c->family_first.n / sizeof(uint32_t));
  ch_pack_writer_put(c->w, "world.feminine", c->feminine.p, sizeof(uint32_t), c->feminine.n / sizeof(uint32_t));
  ch_pack_writer_put(c->w, "world.seat-posts", c->seat_posts.p, sizeof(uint32_t), c->seat_posts.n / sizeof(uint32_t));
  ch_pack_writer_put(c->w, "world.head-posts", c->head_posts.p, sizeof(uint32_t), c->head_posts.n / sizeof(uint32_t));
  ch_pack_writer_put(c->w, "world.known-posts", c->known_posts.p, sizeof(uint32_t), c->known_posts.n / sizeof(uint32_t));
  ch_pack_writer_put(c->w, "world.print-words", c->print_words, sizeof *c->print_words, CH_PRINT_WORDS);
  uint32_t print = (uint32_t)c->print;
  ch_pack_writer_put(c->w, "world.print", &print, sizeof print, 1);
}

static void start(Compile *c)
{
  size_t n;
  const ChLanguage *langs = ch_languages_of_writer(c->w, &n);
  char path[1024], section[CH_PACK_NAME];
  c->n_langs = n < CH_LANGUAGES_MAX ? n : CH_LANGUAGES_MAX;
  if (c->n_langs)
    memcpy(c->langs, langs, c->n_langs * sizeof *langs);
  snprintf(path, sizeof path, "%s/world/skeleton.tsv", c->data);
  ch_rewrite_compile(c->w, "world.skel-letters", path, c->err);
  snprintf(path, sizeof path, "%s/world/sound.tsv", c->data);
  ch_rewrite_compile(c->w, "world.sounds", path, c->err);
  for (size_t l = 0; l < c->n_langs; l++) {
    ChSlice code = ch_pack_writer_text(c->w, c->langs[l].code);
    snprintf(path, sizeof path, "%s/language/%.*s/latin.tsv", c->data, CH_ARG(code));
    snprintf(section, sizeof section, "%.*s/latin", CH_ARG(code));
    ch_rewrite_compile(c->w, section, path, c->err);
    c->tries[l] = ch_phrases_new(c->w);
  }
  c->skeletons = ch_phrases_new(c->w);
  c->sounds = ch_phrases_new(c->w);
  c->skeleton = ch_rewrite_of_writer(c->w, "world.skel-letters");
  c->sound = ch_rewrite_of_writer(c->w, "world.sounds");
  for (size_t l = 0; l < c->n_langs; l++) {
    ChSlice code = ch_pack_writer_text(c->w, c->langs[l].code);
    snprintf(section, sizeof section, "%.*s/latin", CH_ARG(code));
    c->latin[l] = ch_rewrite_of_writer(c->w, section);
    c->folds[l] = ch_fold_of_writer(c->w, code);
  }
}

static void finish(Compile *c)
{
  for (size_t l = 0; l < c->n_langs; l++)
    ch_phrases_free(c->tries[l]);
  ch_phrases_free(c->skeletons);
  ch_phrases_free(c->sounds);
  for (size_t i = 0; i < TYPES; i++) {
    free(c->ids[i].at);
    ch_buf_free(&c->rows[i]);
    ch_buf_free(&c->facts[i]);
    for (size_t l = 0; l < CH_LANGUAGES_MAX; l++)
      ch_buf_free(&c->names[i][l]);
  }
  ch_buf_free(&c->renames);
  ch_buf_free(&c->memberships);
  ch_buf_free(&c->tenures);
  ch_buf_free(&c->by_post);
  ch_buf_free(&c->instances);
  ch_buf_free(&c->members);
  ch_buf_free(&c->family_first);
  ch_buf_free(&c->feminine);
  ch_buf_free(&c->seat_posts);
  ch_buf_free(&c->head_posts);
  ch_buf_free(&c->known_posts);
}

void ch_world_compile(ChPackWriter *w, const char *data, ChError *err)
{
  if (ch_failed(err))
    return;
  Compile *c = calloc(1, sizeof *c);
  if (!c)
    abort();
  char folder[1000];
  snprintf(folder, sizeof folder, "%s/world", data);
  c->w = w;
  c->data = data;
  c->folder = folder;
  c->err = err;
  start(c);
  for (size_t i = 0; i < TYPES; i++)
    read_ids(c, &ch_compile_kinds[i]);
  read_settings(c);
  ch_spelling_compile(c);
  for (size_t i = 0; i < TYPES; i++)
    read_rows(c, &ch_compile_kinds[i]);
  ch_compile_dated(c);
  if (!ch_failed(err)) {
    save(c);
    save_settings(c);
  }
  finish(c);
  free(c);
}

/* ---- overlays ---- */

/* All that the pack has of the world, as if its tables had just been read. */
static void start_from(Compile *c, const ChPack *p)
{
  ChWorld w = ch_world_of(p);
  size_t n;
  const ChLanguage *langs = ch_languages(p, &n);
  c->n_langs = n < CH_LANGUAGES_MAX ? n : CH_LANGUAGES_MAX;
  memcpy(c->langs, langs, c->n_langs * sizeof *langs);
  const uint32_t *print = ch_pack_section(p, "world.print", sizeof *print, &n);
  c->print = n ? *print : 0;
  c->skeleton = ch_rewrite_of(p, "world.skel-letters");
  c->sound = ch_rewrite_of(p, "world.sounds");
  ChPhrases skeletons = ch_phrases_of(p, "world.skeleton"), sounds = ch_phrases_of(p, "world.sound");
  c->skeletons = ch_phrases_from(c->w, &skeletons);
  c->sounds = ch_phrases_from(c->w, &sounds);
  for (size_t l = 0; l < c->n_langs; l++) {
    ChSlice code = ch_pack_word(p, langs[l].code);
    ChPhrases t = ch_phrases_of_lang(p, code, "world");
    c->tries[l] = ch_phrases_from(c->w, &t);
    c->folds[l] = ch_fold_of(p, code);
    c->latin[l] = ch_rewrite_of_lang(p, code, "latin");
  }
  for (size_t i = 0; i < TYPES; i++) {
    const TableKind *k = &ch_compile_kinds[i];
    char name[CH_PACK_NAME];
    snprintf(name, sizeof name, "world.%s", k->kind);
    const void *rows = ch_pack_section(p, name, k->size, &n);
    ch_buf_add(&c->rows[i], rows, n * k->size);
    ch_buf_add(&c->facts[i], w.facts[i], w.facts[i] ? n * sizeof(ChWorldFacts) : 0);
    snprintf(name, sizeof name, "names.%s", k->kind);
    for (size_t l = 0; l < c->n_langs; l++) {
      size_t named;
      const void *names = ch_pack_section_of(p, ch_pack_word(p, langs[l].code), name, sizeof(ChWorldNames), &named);
      ch_buf_add(&c->names[i][l], names, named * sizeof(ChWorldNames));
    }
    Ids *ids = &c->ids[i];
    ids->read = n != 0;
    ids->base = ids->count = (uint32_t)n;
    for (uint32_t r = 0; r < n; r++) {
      ChWord id = ch_pack_find(p, ch_world_id(&w, (ChWorldType)i, r));
      room(ids, id);
      ids->at[id] = r + 1;
    }
  }
  const uint32_t *first = ch_pack_section(p, "world.family-first", sizeof *first, &n);
  ch_buf_add(&c->family_first, first, n * sizeof *first);
  const uint32_t *members = ch_pack_section(p, "world.members", sizeof *members, &n);
  ch_buf_add(&c->members, members, n * sizeof *members);
  ch_buf_add(&c->tenures, w.tenures, w.n_tenures * sizeof *w.tenures);
  ch_buf_add(&c->instances, w.instances, w.n_instances * sizeof *w.instances);
  ch_buf_add(&c->renames, w.renames, w.n_renames * sizeof *w.renames);
  ch_buf_add(&c->memberships, w.memberships, w.n_memberships * sizeof *w.memberships);
}

/* The kind that the first line of a table names, into out; false and an error where it is none. */
static bool table_kind(const char *path, char out[32], ChError *err)
{
  ChBuf bytes = {0};
  ch_file_read(path, 1 << 26, &bytes, err);
  ChSlice rest = ch_buf_view(&bytes), line = bytes.n ? ch_slice_cut(&rest, '\n') : rest;
  out[0] = '\0';
  bool known = false;
  if (ch_slice_starts(line, CH_LIT("#! "))) {
    ChSlice words = ch_slice(line.p + 3, line.n - 3), kind = ch_slice_cut(&words, ' ');
    snprintf(out, 32, "%.*s", CH_ARG(kind));
    static const char *const dated[] = {"holders", "renames", "members", "instances"};
    for (size_t i = 0; i < TYPES; i++)
      known |= strcmp(ch_compile_kinds[i].kind, out) == 0;
    for (size_t i = 0; i < sizeof dated / sizeof *dated; i++)
      known |= strcmp(dated[i], out) == 0;
  }
  ch_buf_free(&bytes);
  if (!ch_failed(err) && !known)
    ch_error_at(err, CH_ERR_FORMAT, ch_slice_z(path), 1, 1, "not a table of the world: the first line must be '#! KIND 1' (docs/formats.md)");
  return !ch_failed(err);
}

ChPack *ch_world_overlay(const ChPack *base, const char *path, ChError *err)
{
  char kind[32];
  struct stat st;
  if (ch_failed(err))
    return NULL;
  if (stat(path, &st) != 0) {
    ch_error_at(err, CH_ERR_IO, ch_slice_z(path), 0, 0, "the world's tables cannot be opened: %s", strerror(errno));
    return NULL;
  }
  if (!S_ISDIR(st.st_mode) && !table_kind(path, kind, err))
    return NULL;
  Compile *c = calloc(1, sizeof *c);
  if (!c)
    abort();
  c->w = ch_pack_writer_from(base);
  c->folder = path;
  c->kind = S_ISDIR(st.st_mode) ? NULL : kind;
  c->overlay = true;
  c->err = err;
  start_from(c, base);
  for (size_t i = 0; i < TYPES; i++)
    read_ids(c, &ch_compile_kinds[i]);
  for (size_t i = 0; i < TYPES; i++)
    read_rows(c, &ch_compile_kinds[i]);
  ch_compile_dated(c);
  if (!ch_failed(err))
    save(c);
  finish(c);
  ChPack *pack = ch_pack_writer_open(c->w, err);
  ch_pack_writer_free(c->w);
  free(c);
  return pack;
}
