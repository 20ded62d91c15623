#include "intake/intake.h"

#include <assert.h>
#include <setjmp.h>
#include <stdio.h>
#include <strings.h>

#include "base/datafile.h"
#include "base/utf8.h"
#include "intake/charset.h"
#include "intake/clean.h"
#include "intake/html.h"
#include "intake/items.h"
#include "intake/pagedata.h"
#include "model/languages.h"

/* ---- data ---- */

void ch_intake_compile(ChPackWriter *w, const char *data, ChError *err)
{
  enum { NAME, SCRIPT };
  static const char *const columns[] = {"name", "script", NULL};
  char path[1024];
  snprintf(path, sizeof path, "%s/intake/charsets.tsv", data);
  ChDataFile f;
  ChBuf rows = {0};
  size_t n = 0;
  ch_datafile_open(&f, path, "charsets", 1, columns, err);
  while (ch_datafile_next(&f)) {
    ChCharsetRow row = {.name = ch_pack_writer_word(w, f.cell[NAME])};
    if (!row.name)
      ch_datafile_fault(&f, NAME, "a name is needed");
    if (!ch_slice_uint(f.cell[SCRIPT], 8, &row.script))
      ch_datafile_fault(&f, SCRIPT, "not the number of a script");
    ch_buf_add(&rows, &row, sizeof row);
    n++;
  }
  ch_datafile_close(&f);
  if (!ch_failed(err))
    ch_pack_writer_add(w, "charsets", rows.p, sizeof(ChCharsetRow), n);
  ch_buf_free(&rows);
  ch_page_compile(w, data, err);
  ch_items_compile(w, data, err);
}

static bool ends(ChSlice s, const char *z)
{
  size_t n = strlen(z);
  return s.n >= n && strncasecmp(s.p + s.n - n, z, n) == 0;
}

ChSource ch_intake_source(ChSlice path)
{
  if (ends(path, ".html") || ends(path, ".htm") || ends(path, ".xhtml"))
    return CH_SOURCE_HTML;
  return ends(path, ".txt") ? CH_SOURCE_TEXT : CH_SOURCE_GUESS;
}

/* ---- bytes to clean text ---- */

/* Counts on the first pass (text NULL), writes on the second. */
typedef struct Cleaner {
  char *text;
  uint32_t *raw;
  size_t n, characters;
  size_t bad, control;         /* how many */
  uint32_t bad_at, control_at; /* where the first was, in the clean text */
  bool same;                   /* every byte so far is what stood there */
} Cleaner;

static void emit(Cleaner *c, ChSlice bytes, uint32_t cp, size_t from)
{
  char enc[4];
  size_t k = ch_utf8_encode(cp, enc);
  for (size_t i = 0; i < k; i++) {
    c->same = c->same && c->n + i < bytes.n && c->n == from && enc[i] == bytes.p[from + i];
    if (c->text) {
      c->text[c->n + i] = enc[i];
      c->raw[c->n + i] = (uint32_t)from;
    }
  }
  c->n += k;
}

static void clean_pass(Cleaner *c, const ChCharset *cs, ChSlice bytes)
{
  ChDecoder d;
  uint32_t last = 0;
  c->same = true;
  ch_decoder_open(&d, cs, bytes);
  while (ch_decoder_next(&d)) {
    c->characters++;
    if (d.bad && c->bad++ == 0)
      c->bad_at = (uint32_t)c->n;
    uint32_t cp = ch_clean(d.cp);
    bool second = d.cp == '\n' && last == '\r';
    last = d.cp;
    if (cp == CH_CLEAN_CONTROL && c->control++ == 0)
      c->control_at = (uint32_t)c->n;
    if (cp != CH_CLEAN_CONTROL && cp != CH_CLEAN_DROP && !second)
      emit(c, bytes, cp, d.from);
  }
  c->same = c->same && c->n == bytes.n;
  ch_decoder_close(&d);
}

/* Clean text over its map, in the arena. */
typedef struct Clean {
  ChSlice text;
  uint32_t *raw; /* text.n + 1 offsets, the last the end of the bytes; NULL = the same */
  Cleaner faults;
} Clean;

static Clean clean_bytes(ChArena *arena, const ChCharset *cs, ChSlice bytes)
{
  Clean out = {0};
  Cleaner c = {0};
  clean_pass(&c, cs, bytes);
  out.faults = c;
  if (c.same) {
    out.text = ch_arena_copy(arena, bytes);
    return out;
  }
  c = (Cleaner){.text = ch_arena_alloc(arena, c.n + 1), .raw = ch_arena_array(arena, c.n + 1, sizeof *c.raw)};
  clean_pass(&c, cs, bytes);
  c.raw[c.n] = (uint32_t)bytes.n;
  out.text = ch_slice(c.text, c.n);
  out.raw = c.raw;
  return out;
}

static bool is_binary(const ChCharset *cs, ChSlice bytes, ChError *err)
{
  if (cs->type == CH_CHARSET_UTF16LE || cs->type == CH_CHARSET_UTF16BE)
    return false;
  const char *nul = memchr(bytes.p, '\0', bytes.n);
  if (nul)
    ch_error_set(err, CH_ERR_INPUT, "binary data: a zero byte at offset %zu", (size_t)(nul - bytes.p));
  return nul != NULL;
}

static bool looks_html(ChSlice bytes)
{
  static const char *const starts[] = {"<!doctype html", "<html", "<head", "<body", "<!--", "<article", "<meta"};
  ChSlice s = bytes;
  if (s.n >= 3 && memcmp(s.p, "\xEF\xBB\xBF", 3) == 0)
    s = ch_slice(s.p + 3, s.n - 3);
  while (s.n && (s.p[0] == ' ' || (s.p[0] >= '\t' && s.p[0] <= '\r')))
    s = ch_slice(s.p + 1, s.n - 1);
  for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
    if (s.n >= strlen(starts[i]) && strncasecmp(s.p, starts[i], strlen(starts[i])) == 0)
      return true;
  return false;
}

static bool has_words(ChSlice text)
{
  for (size_t i = 0, used; i < text.n; i += used)
    if (ch_cp_letter(ch_utf8_decode(text.p + i, text.n - i, &used)))
      return true;
  return false;
}

static void report_faults(ChReport *r, const ChCharset *cs, const Cleaner *c)
{
  uint32_t end = (uint32_t)r->text.n;
  if (cs->guessed)
    ch_report_diag(r, CH_LEVEL_NOTE, CH_FAULT_CHARSET_GUESSED, (ChSpan){0, 0});
  if (c->bad)
    ch_report_diag(r, CH_LEVEL_WARNING, CH_FAULT_INVALID_UTF8,
                   (ChSpan){c->bad_at < end ? c->bad_at : end, c->bad_at < end ? c->bad_at : end});
  if (c->control)
    ch_report_diag(r, CH_LEVEL_NOTE, CH_FAULT_CONTROL_BYTES,
                   (ChSpan){c->control_at < end ? c->control_at : end, c->control_at < end ? c->control_at : end});
}

/* ---- the envelope ---- */

static ChSlice known(ChArena *arena, ChSlice outside, ChSlice inside)
{
  return ch_arena_copy(arena, ch_slice_trim(outside.n ? outside : inside));
}

/* The page's own label of its language counts only where the pack has that language and the text is in its script: templates lie. */
static ChSlice page_language(const ChPack *pack, ChSlice label, ChSlice text)
{
  char code[8];
  size_t k = 0;
  while (k < label.n && k < sizeof code && ((label.p[k] | 32) >= 'a') && ((label.p[k] | 32) <= 'z')) {
    code[k] = (char)(label.p[k] | 32);
    k++;
  }
  uint32_t i = ch_language_index(pack, ch_slice(code, k));
  size_t n;
  const ChLanguage *list = ch_languages(pack, &n);
  if (i >= n)
    return CH_LIT("");
  size_t in = 0, out = 0;
  for (size_t at = 0, used; at < text.n && at < 20000; at += used) {
    uint32_t s = ch_cp_script(ch_utf8_decode(text.p + at, text.n - at, &used));
    if (s)
      *(s == list[i].script ? &in : &out) += 1;
  }
  return in > out ? ch_language_code(pack, i) : CH_LIT("");
}

static void take_html(ChReport *r, ChArena *arena, const ChPack *pack, Clean *c, const ChIntake *in, ChError *err)
{
  ChHtml page = {0};
  ch_html_read(&page, pack, c->text, err);
  if (ch_failed(err)) {
    ch_html_free(&page);
    return;
  }
  /* The arena may leave by longjmp: the page's own buffers are freed there too, so they hang on the report's guard. */
  jmp_buf full, *outer = arena->full;
  if (setjmp(full)) {
    arena->full = outer;
    ch_html_free(&page);
    ch_error_set(err, CH_ERR_LIMIT, "the report needs more than %zu MiB of memory", arena->cap >> 20);
    return;
  }
  arena->full = &full;
  ChSlice text = ch_arena_copy(arena, ch_buf_view(&page.text));
  uint32_t *raw = ch_arena_array(arena, text.n + 1, sizeof *raw);
  for (size_t i = 0; i < text.n; i++) {
    uint32_t at;
    memcpy(&at, page.raw.p + i * sizeof at, sizeof at);
    at = at < c->text.n ? at : (uint32_t)c->text.n;
    raw[i] = c->raw ? c->raw[at] : at;
  }
  ch_report_init(r, arena, pack, text);
  r->raw = raw;
  r->meta.published = known(arena, in->meta.published, ch_buf_view(&page.published));
  r->meta.outlet = known(arena, in->meta.outlet, ch_buf_view(&page.outlet));
  r->meta.title = known(arena, in->meta.title, ch_buf_view(&page.title));
  r->meta.author = known(arena, in->meta.author, ch_buf_view(&page.author));
  r->meta.lang = known(arena, in->meta.lang, page_language(pack, ch_buf_view(&page.lang), text));
  arena->full = outer;
  ch_html_free(&page);
}

static void read_report(ChReport *r, ChArena *arena, const ChPack *pack, ChSlice bytes, const ChIntake *in, ChError *err)
{
  bool html = in->source == CH_SOURCE_HTML || looks_html(bytes);
  ChCharset *cs = ch_arena_alloc(arena, sizeof *cs);
  ch_charset_detect(cs, pack, bytes, html ? ch_html_charset(bytes) : CH_LIT(""));
  if (is_binary(cs, bytes, err))
    return;
  Clean c = clean_bytes(arena, cs, bytes);
  const Cleaner *f = &c.faults;
  if (f->control > 8 && f->control > f->characters / 32) {
    ch_error_set(err, CH_ERR_INPUT, "binary data: %zu control characters", f->control);
    return;
  }
  if (!html && in->source != CH_SOURCE_TEXT)
    html = looks_html(c.text); /* UTF-16 */
  if (html) {
    take_html(r, arena, pack, &c, in, err);
    if (ch_failed(err))
      return;
  } else {
    ch_report_init(r, arena, pack, c.text);
    r->raw = c.raw;
    r->meta.published = known(arena, in->meta.published, CH_LIT(""));
    r->meta.outlet = known(arena, in->meta.outlet, CH_LIT(""));
    r->meta.title = known(arena, in->meta.title, CH_LIT(""));
    r->meta.author = known(arena, in->meta.author, CH_LIT(""));
    r->meta.lang = known(arena, in->meta.lang, CH_LIT(""));
  }
  r->meta.id = known(arena, in->meta.id, CH_LIT(""));
  r->meta.url = known(arena, in->meta.url, CH_LIT(""));
  if (!has_words(r->text))
    ch_error_set(err, CH_ERR_INPUT, "nothing to read: no letter in it");
  report_faults(r, cs, f);
}

void ch_intake_report(ChReport *r, ChArena *arena, const ChPack *pack, ChSlice bytes, const ChIntake *in, ChError *err)
{
  *r = (ChReport){0};
  if (ch_failed(err))
    return;
  if (!bytes.n) {
    ch_error_set(err, CH_ERR_INPUT, "empty: nothing to read");
    return;
  }
  if (bytes.n > CH_INTAKE_MAX) {
    ch_error_set(err, CH_ERR_INPUT, "too large: %zu bytes, the limit is %d", bytes.n, CH_INTAKE_MAX);
    return;
  }
  jmp_buf full;
  if (setjmp(full)) {
    arena->full = NULL;
    ch_error_set(err, CH_ERR_LIMIT, "the report needs more than %zu MiB of memory", arena->cap >> 20);
    return;
  }
  arena->full = &full;
  read_report(r, arena, pack, bytes, in, err);
  arena->full = NULL;
}
