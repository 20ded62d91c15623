/* chancery analyse: sentences, words, tags, lemmas and what else the text layer finds, without reading what the report says. */
#include <string.h>

#include "cli/cli.h"
#include "intake/intake.h"
#include "language/language.h"
#include "language/lexicon.h"
#include "pipeline/pipeline.h"

enum { CONLLU, TOKENS, NAMES, LANG };
static const ChOption options[] = {
    [CONLLU] = {"conllu", 0, NULL, "print CoNLL-U, as treebanks have it"},
    [TOKENS] = {"tokens", 0, NULL, "FILE is CoNLL-U: keep its sentences and words, analyse the rest anew"},
    [NAMES] = {"names", 0, NULL, "find names too, as the reading does (NE=B-PER, I-PER, B-ORG, B-LOC ...)"},
    [LANG] = {"lang", 0, "CODE", "the language of the text"},
    {NULL, 0, NULL, NULL},
};

/* ---- the page for people ---- */

enum { COLUMNS = 7, GAP = 2 };

/* The cells of one token, one after another in `b`, each ended by a TAB. */
static void add_cells(const ChReport *r, uint32_t i, uint32_t first, ChBuf *b)
{
  const ChToken *t = &r->tokens.at[i];
  char morph[160];
  ch_morph_format(&t->morph, morph, sizeof morph);
  ChSlice rest = ch_slice_z(morph), pos = ch_slice_cut(&rest, '|');
  ch_buf_printf(b, "%u\t%.*s\t", i - first + 1, CH_ARG(ch_report_slice(r, t->span)));
  ch_language_lemma(r, i, b);
  ch_buf_printf(b, "\t%.*s\t%.*s\t", CH_ARG(pos), (int)(rest.p ? rest.n : 0), rest.p ? rest.p : "");
  if (t->head != CH_NONE)
    ch_buf_printf(b, "%u", t->head - first + 1);
  ch_buf_char(b, '\t');
  ch_language_name(r, i, b);
  ch_buf_char(b, '\t');
}

static void print_table(const ChReport *r, uint32_t sentence, ChBuf *out)
{
  const ChSentence *s = &r->sentences.at[sentence];
  ChBuf cells = {0};
  uint32_t width[COLUMNS] = {0};
  for (uint32_t i = s->token; i < s->token + s->tokens; i++)
    add_cells(r, i, s->token, &cells);
  ChSlice rest = ch_buf_view(&cells);
  for (uint32_t k = 0; k < s->tokens * COLUMNS; k++) {
    uint32_t w = ch_out_width(ch_slice_cut(&rest, '\t')), *most = &width[k % COLUMNS];
    *most = w > *most ? w : *most;
  }
  rest = ch_buf_view(&cells);
  for (uint32_t i = 0; i < s->tokens; i++) {
    for (uint32_t k = 0, pad = 0; k < COLUMNS; k++) {
      ChSlice cell = ch_slice_cut(&rest, '\t');
      uint32_t w = ch_out_width(cell), left = k == 0 ? width[0] - w : 0; /* numbers stand to the right */
      if (cell.n)
        ch_buf_printf(out, "%*s%.*s", (int)(pad + left), "", CH_ARG(cell));
      pad = (cell.n ? 0 : pad) + width[k] - (cell.n ? w + left : 0) + (width[k] ? GAP : 0);
    }
    ch_buf_char(out, '\n');
  }
  ch_buf_char(out, '\n');
  ch_buf_free(&cells);
}

/* ---- running ---- */

static bool print_report(ChCli *cli, const ChReport *r, ChBuf *out)
{
  enum { FLUSH = 1 << 20 };
  bool ok = true;
  for (uint32_t s = 0; ok && s < r->sentences.n; s++) {
    if (cli->value[CONLLU])
      ch_language_conllu_sentence(r, s, out);
    else
      print_table(r, s, out);
    if (out->n > FLUSH)
      ok = ch_cli_print(cli, out);
  }
  return ok && ch_cli_print(cli, out);
}

/* A document with given tokens: its own lines, those of words with our columns. */
static bool print_lines(ChCli *cli, const ChReport *r, const ChTokenFile *f, ChBuf *out)
{
  const ChTokenLine *lines = (const ChTokenLine *)(const void *)f->lines.p;
  bool multiword = false;
  for (size_t k = 0, n = f->lines.n / sizeof *lines; k < n; k++) {
    ChSlice line = lines[k].text;
    if (lines[k].token == CH_NONE) {
      multiword = line.n && line.p[0] != '#';
      ch_buf_slice(out, line);
      ch_buf_char(out, '\n');
      continue;
    }
    uint32_t i = lines[k].token, first = r->sentences.at[r->tokens.at[i].sentence].token;
    bool last = i + 1 >= r->tokens.n || (r->tokens.at[i + 1].flags & CH_TOKEN_SPACE_BEFORE);
    bool glued = !multiword && (last ? ch_slice_find(line, ch_slice_z("SpaceAfter=No")) != SIZE_MAX : true);
    ch_language_conllu_token(r, i, i - first + 1, first, ch_slice_z(glued ? "SpaceAfter=No" : ""), out);
  }
  return ch_cli_print(cli, out);
}

static bool run_stages(ChCli *cli, ChReport *r, ChError *err)
{
  ch_pipeline_run(r, cli->value[NAMES] ? "names" : "language", err);
  return !ch_failed(err);
}

static bool analyse_text(ChCli *cli, ChReader *reader, const ChMeta *meta, ChBuf *out, ChError *err)
{
  const char *path = cli->operand[0];
  ChReport *r = &reader->report;
  ChIntake in = {.source = ch_intake_source(ch_slice_z(path)), .meta = *meta};
  ch_intake_report(r, &reader->arena, reader->pack, ch_buf_view(&reader->bytes), &in, err);
  r->treebank = cli->value[CONLLU] != NULL;
  if (ch_failed(err) || !run_stages(cli, r, err) || !print_report(cli, r, out))
    return false;
  ch_reader_complain(reader, cli, path, false);
  return true;
}

static bool analyse_tokens(ChCli *cli, ChReader *reader, const ChMeta *meta, ChBuf *out, ChError *err)
{
  ChReport *r = &reader->report;
  ChTokenFile f = {.rest = ch_buf_view(&reader->bytes), .number = 1};
  bool ok = true;
  while (ok && !ch_failed(err) && ch_tokens_next(&f, err)) {
    ch_arena_reset(&reader->arena);
    ch_report_init(r, &reader->arena, reader->pack, ch_buf_view(&f.text));
    r->meta = *meta;
    r->given = (const ChGivenToken *)(const void *)f.tokens.p;
    r->n_given = (uint32_t)(f.tokens.n / sizeof *r->given);
    ok = r->n_given == 0 || (run_stages(cli, r, err) && (cli->value[CONLLU] ? print_lines(cli, r, &f, out) : print_report(cli, r, out)));
  }
  ch_tokens_free(&f);
  return ok && !ch_failed(err);
}

static ChExit run(ChCli *cli)
{
  ChError err = {0};
  ChReader reader;
  ChMeta meta = {.lang = ch_slice_z(cli->value[LANG])};
  ChBuf out = {0};
  bool done = false;
  ch_reader_open(&reader, NULL, &err);
  bool usable = !ch_failed(&err) && ch_cli_lang(cli, reader.pack, cli->value[LANG]);
  if (usable) {
    ch_reader_load(&reader, cli->operand[0], &err);
    if (!ch_failed(&err))
      done = (cli->value[TOKENS] ? analyse_tokens : analyse_text)(cli, &reader, &meta, &out, &err);
  }
  if (ch_failed(&err))
    ch_cli_complain_error(cli, &err, reader.pack ? cli->operand[0] : NULL);
  ch_buf_free(&out);
  ch_reader_close(&reader);
  return done ? CH_EXIT_DONE : CH_EXIT_UNUSABLE;
}

const ChCommand ch_command_analyse = {"analyse",
                                      "FILE",
                                      "print the sentences and words of a text with their tags, lemmas and heads",
                                      "Analyses the language of a text (plain or HTML; - is standard input) and prints, a word a line, its "
                                      "number, form, lemma, part of speech, features and head, as Universal Dependencies name them.",
                                      options,
                                      1,
                                      1,
                                      run};
