/* Search: the words of reports and of what they tell, by their dictionary forms, in an index of SQLite (FTS5). The index has a tokenizer of its
 * own, which gives every word its dictionary forms, so that any inflection finds any other, and phrases and excerpts still work on the text as it
 * stands. */
#include "store/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "language/lemmas.h"
#include "store/sql.h"
#include "world/world.h"

const ChPiece ch_piece_search = {
    .name = "search",
    .tables = "CREATE TABLE IF NOT EXISTS page("
    "  key INTEGER PRIMARY KEY, report TEXT NOT NULL REFERENCES reading(report) ON DELETE CASCADE, event TEXT, title TEXT, names TEXT,"
    "  text TEXT NOT NULL);"
    "CREATE INDEX IF NOT EXISTS page_report ON page(report);"
    "CREATE TABLE IF NOT EXISTS made(what TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
    "CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5(title, names, text, content='page', content_rowid='key', tokenize='chancery');"
    "CREATE TRIGGER IF NOT EXISTS page_in AFTER INSERT ON page BEGIN"
    "  INSERT INTO search(rowid, title, names, text) VALUES(new.key, new.title, new.names, new.text); END;"
    "CREATE TRIGGER IF NOT EXISTS page_out AFTER DELETE ON page BEGIN"
    "  INSERT INTO search(search, rowid, title, names, text) VALUES('delete', old.key, old.title, old.names, old.text); END;",
};

/* ---- the tokenizer ---- */

typedef struct Tokenizer {
  const ChStore *store; /* of the connection: its pack may come after */
  const ChPack *pack;
  ChLemmas *lemmas;
} Tokenizer;

static int make_tokenizer(void *context, const char **args, int n, Fts5Tokenizer **out)
{
  (void)args, (void)n;
  Tokenizer *t = calloc(1, sizeof *t);
  if (!t)
    return SQLITE_NOMEM;
  t->store = context;
  *out = (Fts5Tokenizer *)t;
  return SQLITE_OK;
}

static void free_tokenizer(Fts5Tokenizer *tokenizer)
{
  Tokenizer *t = (Tokenizer *)tokenizer;
  free(t->lemmas);
  free(t);
}

typedef struct Emit {
  void *context;
  int (*token)(void *, int, const char *, int, int, int);
  int flags, from, to, status;
} Emit;

static bool emit(void *context, ChSlice lemma)
{
  Emit *e = context;
  e->status = e->token(e->context, e->flags, lemma.p, (int)lemma.n, e->from, e->to);
  e->flags = FTS5_TOKEN_COLOCATED; /* further forms of the same word */
  return e->status == SQLITE_OK;
}

/* The end of the word that begins at `from`; `from` where none does. */
static size_t word_end(ChSlice text, size_t from)
{
  size_t used;
  while (from < text.n) {
    uint32_t cp = ch_utf8_decode(text.p + from, text.n - from, &used);
    if (!ch_cp_letter(cp) && !ch_cp_digit(cp))
      break;
    from += used;
  }
  return from;
}

static const ChLemmas *lemmas_of(Tokenizer *t)
{
  if (t->store->pack && t->pack != t->store->pack) {
    if (!t->lemmas)
      t->lemmas = malloc(sizeof *t->lemmas);
    if (t->lemmas) {
      *t->lemmas = ch_lemmas_of(t->store->pack);
      t->pack = t->store->pack;
    }
  }
  return t->pack ? t->lemmas : NULL;
}

static int tokenize(Fts5Tokenizer *tokenizer, void *context, int flags, const char *p, int n,
                    int (*token)(void *, int, const char *, int, int, int))
{
  (void)flags;
  const ChLemmas *lemmas = lemmas_of((Tokenizer *)tokenizer);
  ChSlice text = ch_slice(p, (size_t)n);
  if (!lemmas)
    return SQLITE_MISUSE;
  for (size_t i = 0; i < text.n;) {
    size_t end = word_end(text, i), used;
    if (end == i) {
      ch_utf8_decode(text.p + i, text.n - i, &used);
      i += used;
      continue;
    }
    Emit e = {.context = context, .token = token, .from = (int)i, .to = (int)end};
    ch_lemmas_each(lemmas, ch_slice(text.p + i, end - i), emit, &e);
    if (e.status != SQLITE_OK)
      return e.status;
    i = end;
  }
  return SQLITE_OK;
}

void ch_search_register(ChStore *s, ChError *err)
{
  static fts5_tokenizer functions = {make_tokenizer, free_tokenizer, tokenize};
  fts5_api *api = NULL;
  sqlite3_stmt *st = ch_sql_prepare(s, "SELECT fts5(?1)", err);
  if (!st)
    return;
  sqlite3_bind_pointer(st, 1, &api, "fts5_api_ptr", NULL);
  ch_sql_row(s, st, err);
  sqlite3_finalize(st);
  if (!api || api->xCreateTokenizer(api, "chancery", s, &functions, NULL) != SQLITE_OK)
    ch_error_set(err, CH_ERR_IO, "this SQLite has no FTS5");
}

/* ---- writing ---- */

static void add_text(ChBuf *b, ChSlice text, const char *mark)
{
  if (text.n)
    ch_buf_printf(b, "%s%.*s", b->n ? mark : "", CH_ARG(text));
}

static void add_strings(ChBuf *b, const json_t *list, const char *mark)
{
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *v = json_array_get(list, i);
    add_text(b, ch_slice(json_string_value(v) ? json_string_value(v) : "", json_string_length(v)), mark);
  }
}

/* All names of a person, state or body that the reading has. */
static void add_names(ChBuf *b, const json_t *o)
{
  const char *key;
  json_t *v;
  add_text(b, ch_store_get(o, "name"), "; ");
  add_text(b, ch_store_get(o, "of"), "; ");
  add_text(b, ch_store_get(o, "post"), "; ");
  add_strings(b, json_object_get(o, "aliases"), "; ");
  json_object_foreach(json_object_get(o, "names"), key, v)
    add_text(b, ch_slice(json_string_value(v) ? json_string_value(v) : "", json_string_length(v)), "; ");
}

static const json_t *person_of(const json_t *reading, ChSlice name)
{
  const json_t *people = json_object_get(reading, "people");
  for (size_t i = 0; i < json_array_size(people); i++)
    if (ch_slice_eq(ch_store_get(json_array_get(people, i), "name"), name))
      return json_array_get(people, i);
  return NULL;
}

static void put_page(ChStore *s, sqlite3_stmt *st, ChSlice report, ChSlice event, ChSlice title, const ChBuf *names, ChSlice text, ChError *err)
{
  ch_sql_text(st, 1, report);
  ch_sql_text(st, 2, event);
  ch_sql_text(st, 3, title);
  ch_sql_text(st, 4, ch_buf_view(names));
  if (st)
    sqlite3_bind_text64(st, 5, text.n ? text.p : "", text.n, SQLITE_STATIC, SQLITE_UTF8);
  ch_sql_insert(s, st, err);
}

/* An event's page: who, where, on what, and the words that tell of it. */
static void put_event_page(ChStore *s, sqlite3_stmt *st, ChSlice report, const json_t *reading, const json_t *e, ChError *err)
{
  ChBuf names = {0}, text = {0};
  const json_t *who = json_object_get(e, "participants"), *papers = json_object_get(e, "documents");
  for (size_t i = 0; i < json_array_size(who); i++) {
    const json_t *x = json_array_get(who, i), *person = person_of(reading, ch_store_get(x, "name"));
    add_names(&names, x);
    if (person)
      add_names(&names, person);
  }
  add_text(&names, ch_store_get(e, "place"), "; ");
  add_text(&names, ch_store_get(e, "series"), "; ");
  add_strings(&names, json_object_get(e, "topics"), "; ");
  for (size_t i = 0; i < json_array_size(papers); i++)
    add_text(&names, ch_store_get(json_array_get(papers, i), "title"), "; ");
  add_strings(&text, json_object_get(e, "evidence"), " ... ");
  put_page(s, st, report, ch_store_get(e, "id"), CH_LIT(""), &names, ch_buf_view(&text), err);
  ch_buf_free(&names);
  ch_buf_free(&text);
}

/* Another pack may give other dictionary forms, and an index must forget a word by the forms that it learned it by. */
static void follow_pack(ChStore *s, ChError *err)
{
  char now[24];
  ChLemmas *lemmas = malloc(sizeof *lemmas);
  if (!lemmas) {
    ch_error_set(err, CH_ERR_LIMIT, "not enough memory");
    return;
  }
  *lemmas = ch_lemmas_of(s->pack);
  snprintf(now, sizeof now, "%016llx", (unsigned long long)ch_lemmas_print(lemmas));
  free(lemmas);
  sqlite3_stmt *st = ch_sql_prepare(s, "SELECT value FROM made WHERE what = 'search'", err);
  bool known = ch_sql_row(s, st, err), same = known && ch_slice_eq(ch_sql_column(st, 0), ch_slice_z(now));
  sqlite3_finalize(st);
  if (same || ch_failed(err))
    return;
  ch_sql_run(s, "INSERT INTO search(search) VALUES('rebuild')", err);
  st = ch_sql_prepare(s, "INSERT OR REPLACE INTO made VALUES('search', ?1)", err);
  ch_sql_text(st, 1, ch_slice_z(now));
  ch_sql_insert(s, st, err);
  sqlite3_finalize(st);
}

void ch_search_ready(ChStore *s, ChError *err)
{
  if (!s->pack || s->indexed == s->pack)
    return;
  follow_pack(s, err);
  s->indexed = ch_failed(err) ? NULL : s->pack;
}

void ch_search_put(ChStore *s, const ChStoreReport *report, const json_t *reading, ChError *err)
{
  if (!s->pack)
    return;
  const json_t *people = json_object_get(reading, "people"), *events = json_object_get(reading, "events");
  sqlite3_stmt *st = ch_sql_prepare(s, "INSERT INTO page(report, event, title, names, text) VALUES(?1,?2,?3,?4,?5)", err);
  ChBuf names = {0}, quotes = {0};
  for (size_t i = 0; i < json_array_size(people); i++)
    add_names(&names, json_array_get(people, i));
  for (size_t i = 0; i < json_array_size(events) && !report->text.n; i++) /* of a ready reading only its evidence is there */
    add_strings(&quotes, json_object_get(json_array_get(events, i), "evidence"), "\n");
  put_page(s, st, report->meta.id, CH_LIT(""), ch_store_get(json_object_get(reading, "report"), "title"), &names,
           report->text.n ? report->text : ch_buf_view(&quotes), err);
  for (size_t i = 0; i < json_array_size(events) && !ch_failed(err); i++)
    put_event_page(s, st, report->meta.id, reading, json_array_get(events, i), err);
  sqlite3_finalize(st);
  ch_buf_free(&names);
  ch_buf_free(&quotes);
}

/* ---- asking ---- */

/* Adds a word or phrase as FTS5 wants it: what stands between quotes is never read as a command. */
static void add_phrase(ChBuf *q, ChSlice words)
{
  ch_buf_char(q, '"');
  for (size_t i = 0; i < words.n; i++)
    ch_buf_char(q, words.p[i] == '"' ? ' ' : words.p[i]);
  ch_buf_char(q, '"');
}

static bool has_word(ChSlice text)
{
  size_t used;
  for (size_t i = 0; i < text.n; i += used) {
    uint32_t cp = ch_utf8_decode(text.p + i, text.n - i, &used);
    if (ch_cp_letter(cp) || ch_cp_digit(cp))
      return true;
  }
  return false;
}

/* One of what is asked for, also by the name that the tables print for it. */
static void add_term(const ChStore *s, ChBuf *q, ChSlice term, ChError *err)
{
  uint32_t refs[4];
  ChWorld w = ch_world_of(s->pack);
  if (!has_word(term))
    return;
  ch_buf_text(q, q->n ? " AND (" : "(");
  add_phrase(q, term);
  size_t n = ch_world_lookup(s->pack, term, refs, 4);
  for (size_t i = 0; i < n; i++) {
    uint32_t at = ch_ref_index(refs[i]);
    ChWorldType type = ch_ref_type(refs[i]);
    ChSlice name = type == CH_WORLD_STATE ? ch_world_text(&w, w.states[at].name)
                   : type == CH_WORLD_BODY ? ch_world_text(&w, w.bodies[at].name)
                   : type == CH_WORLD_PLACE ? ch_world_text(&w, w.places[at].name)
                   : type == CH_WORLD_PERSON ? ch_world_text(&w, w.persons[at].name)
                                             : CH_LIT("");
    if (!name.n || ch_slice_eq(name, term))
      continue;
    ch_buf_text(q, " OR names : ");
    add_phrase(q, name);
    break;
  }
  ch_buf_char(q, ')');
  if (q->failed)
    ch_error_set(err, CH_ERR_LIMIT, "not enough memory");
}

/* Words all of which must be there; between quotes a phrase. */
static void match_of(const ChStore *s, ChSlice words, ChBuf *q, ChError *err)
{
  enum { TERMS = 64 };
  size_t terms = 0;
  while (words.n && terms < TERMS) {
    ChSlice term;
    if (*words.p == '"') {
      ch_slice_cut(&words, '"');
      term = ch_slice_cut(&words, '"');
    } else {
      size_t n = 0;
      while (n < words.n && words.p[n] != ' ' && words.p[n] != '"')
        n++;
      term = ch_slice(words.p, n);
      words = ch_slice(words.p + n, words.n - n);
    }
    add_term(s, q, term, err);
    terms++;
    words = ch_slice_trim(words);
  }
  if (!q->n)
    ch_error_set(err, CH_ERR_USAGE, "no word to look for");
  else if (words.n)
    ch_error_set(err, CH_ERR_USAGE, "more than %d words", TERMS);
}

/* ?1 what, ?2 as of, ?3 ?4 first and last day, ?5 kind, ?6 status, ?7 1 = reports, 2 = events, 3 = both, ?8 most. An event's words are few, so
 * its rank is that of a short text; of the same rank the latest comes first. */
static const char select_hits[] =
    "SELECT p.report, p.event, r.published, r.outlet, r.title, snippet(search, 2, char(1), char(2), '...', 24), e.time, e.kind, e.status,"
    " e.place, e.who FROM search JOIN page p ON p.key = search.rowid JOIN reading r ON r.report = p.report"
    " LEFT JOIN event e ON e.report = p.report AND e.id = p.event"
    " WHERE search MATCH ?1 AND (?2 IS NULL OR r.published <= ?2)"
    " AND ((p.event IS NULL AND ?7 & 1 AND ?5 IS NULL AND ?6 IS NULL"
    "   AND (?3 IS NULL OR julianday(r.published) - 2440587.5 >= ?3) AND (?4 IS NULL OR julianday(r.published) - 2440587.5 <= ?4))"
    "  OR (p.event IS NOT NULL AND ?7 & 2 AND (?5 IS NULL OR e.kind = ?5) AND (?6 IS NULL OR e.status = ?6)"
    "   AND (?3 IS NULL OR e.last_day >= ?3) AND (?4 IS NULL OR e.first_day <= ?4)))"
    " ORDER BY bm25(search, 4.0, 3.0, 1.0), r.published DESC, p.report, p.key LIMIT ?8";

void ch_store_search(ChStore *s, const ChStoreSearch *q, bool (*each)(void *context, const ChStoreHit *hit), void *context, ChError *err)
{
  ChBuf match = {0};
  match_of(s, ch_slice_trim(q->words), &match, err);
  sqlite3_stmt *st = ch_sql_prepare(s, select_hits, err);
  ch_sql_text(st, 1, ch_buf_view(&match));
  ch_sql_text(st, 2, q->as_of);
  ch_sql_day(st, 3, q->from, false, err);
  ch_sql_day(st, 4, q->to, true, err);
  ch_sql_text(st, 5, q->kind);
  ch_sql_text(st, 6, q->status);
  if (st) {
    sqlite3_bind_int(st, 7, (q->reports ? 1 : 0) | (q->events ? 2 : 0));
    sqlite3_bind_int64(st, 8, (sqlite3_int64)q->most);
  }
  bool on = true;
  while (on && ch_sql_row(s, st, err)) {
    ChStoreHit hit = {.report = ch_sql_column(st, 0), .event = ch_sql_column(st, 1), .published = ch_sql_column(st, 2), .outlet = ch_sql_column(st, 3),
                      .title = ch_sql_column(st, 4), .excerpt = ch_sql_column(st, 5), .time = ch_sql_column(st, 6), .kind = ch_sql_column(st, 7),
                      .status = ch_sql_column(st, 8), .place = ch_sql_column(st, 9), .who = ch_sql_column(st, 10)};
    on = each(context, &hit);
  }
  sqlite3_finalize(st);
  ch_buf_free(&match);
}
