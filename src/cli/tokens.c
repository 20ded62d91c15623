/* Reading of .conllu files for their tokens and sentences; everything else in them is passed over. */
#include <string.h>

#include "base/utf8.h"
#include "cli/cli.h"

enum { PART = 1000, SENTENCE_MOST = 600 }; /* sentences of a part of a long document; words of a sentence */

/* A sentence while its lines come. */
typedef struct Sentence {
  uint32_t words, multiword; /* words left of a multiword token */
  bool multiword_glued, space, paragraph, document;
} Sentence;

static bool fault(const ChTokenFile *f, ChError *err, const char *what)
{
  ch_error_set(err, CH_ERR_FORMAT, "line %u: %s", f->number, what);
  return false;
}

static uint32_t count_tokens(const ChTokenFile *f) { return (uint32_t)(f->tokens.n / sizeof(ChGivenToken)); }

static void keep_line(ChTokenFile *f, ChSlice text, uint32_t token)
{
  ChTokenLine line = {text, token};
  ch_buf_add(&f->lines, &line, sizeof line);
}

static bool glued(ChSlice misc) { return ch_slice_find(misc, ch_slice_z("SpaceAfter=No")) != SIZE_MAX; }

static void add_word(ChTokenFile *f, Sentence *s, ChSlice form)
{
  if (s->space && f->text.n)
    ch_buf_char(&f->text, s->words == 0 && s->paragraph ? '\n' : ' ');
  ChGivenToken t = {.span = {(uint32_t)f->text.n, (uint32_t)(f->text.n + form.n)}, .sentence = s->words == 0};
  t.paragraph = t.sentence && (s->paragraph || f->tokens.n == 0);
  ch_buf_slice(&f->text, form);
  ch_buf_add(&f->tokens, &t, sizeof t);
  s->words++;
  s->paragraph = s->paragraph && !t.paragraph;
}

/* A line of a token: number, form ... ten columns. */
static bool take_token(ChTokenFile *f, Sentence *s, ChSlice line, ChError *err)
{
  enum { ID, FORM, MISC = 9, COLUMNS };
  ChSlice column[COLUMNS] = {0}, rest = line;
  size_t n = 0;
  for (; rest.p && n < COLUMNS; n++)
    column[n] = ch_slice_cut(&rest, '\t');
  ChSlice to = column[ID], from = ch_slice_cut(&to, '-');
  uint32_t a = 0, b = 0;
  if (n < COLUMNS || rest.p)
    return fault(f, err, "not ten columns");
  if (memchr(column[ID].p, '.', column[ID].n))
    return true; /* a node of the enhanced graph */
  if (!ch_slice_uint(from, UINT16_MAX, &a) || (to.p && (!ch_slice_uint(to, UINT16_MAX, &b) || b < a)))
    return fault(f, err, "the first column is no number");
  if (!column[FORM].n || ch_utf8_invalid(column[FORM]) != SIZE_MAX)
    return fault(f, err, "the form is empty or not UTF-8");
  if (to.p) {
    s->multiword = b - a + 1;
    s->multiword_glued = glued(column[MISC]);
    keep_line(f, line, CH_NONE);
    return true;
  }
  if (a != s->words + 1)
    return fault(f, err, "words are not numbered from 1");
  if (s->words == SENTENCE_MOST)
    return fault(f, err, "a sentence of more than 600 words");
  keep_line(f, line, count_tokens(f));
  add_word(f, s, column[FORM]);
  if (s->multiword)
    s->space = --s->multiword == 0 && !s->multiword_glued;
  else
    s->space = !glued(column[MISC]);
  return true;
}

/* The line at the head of f->rest, without its end. */
static ChSlice next_line(ChTokenFile *f, ChSlice *behind)
{
  const char *end = memchr(f->rest.p, '\n', f->rest.n);
  size_t n = end ? (size_t)(end - f->rest.p) : f->rest.n, used = end ? n + 1 : n;
  *behind = ch_slice(f->rest.p + used, f->rest.n - used);
  return ch_slice(f->rest.p, n && f->rest.p[n - 1] == '\r' ? n - 1 : n);
}

bool ch_tokens_next(ChTokenFile *f, ChError *err)
{
  static const char document[] = "# newdoc", paragraph[] = "# newpar";
  Sentence s = {.space = true};
  uint32_t sentences = 0;
  f->text.n = f->tokens.n = f->lines.n = 0;
  while (f->rest.n) {
    ChSlice behind, line = next_line(f, &behind);
    bool starts = ch_slice_starts(line, ch_slice_z(document));
    if (s.words == 0 && sentences && (starts || sentences >= PART))
      break;
    f->rest = behind;
    if (!line.n || line.p[0] == '#') {
      s.paragraph = s.paragraph || starts || ch_slice_starts(line, ch_slice_z(paragraph));
      sentences += !line.n && s.words;
      s.words = line.n ? s.words : 0;
      keep_line(f, line, CH_NONE);
    } else if (!take_token(f, &s, line, err)) {
      return false;
    }
    f->number++;
  }
  return f->lines.n > 0;
}

void ch_tokens_free(ChTokenFile *f)
{
  ch_buf_free(&f->text);
  ch_buf_free(&f->tokens);
  ch_buf_free(&f->lines);
}
