/* The lexicon of a language: every reading (tag and dictionary form) of a written form, and a guesser by endings for forms that it lacks.
 *
 * Compiled from models/CODE.lexicon (made by train/make_lexicon.py) and data/language/CODE/lexicon.tsv and endings.tsv (by hand; enough
 * for a language without trained files). docs/formats.md, section "language", has the formats. In the pack:
 *   lex.tags     ChMorph by tag number
 *   lex.stems    hash of stem -> paradigms; a form is stem + ending, its lemma stem + lemma ending
 *   lex.parlist  paradigm numbers of the stems;  lex.pars  paradigm -> slots;  lex.slots  sorted by ending within a paradigm
 *   lex.forms    hash of a whole form -> readings in lex.readings;  lex.guesses  hash of a guesser's ending -> the same
 * A form listed whole has only the readings listed. All forms are folded (ch_fold_norm). */
#ifndef CH_LANGUAGE_LEXICON_H
#define CH_LANGUAGE_LEXICON_H

#include "model/fold.h"
#include "report/report.h"

enum { CH_READINGS_MAX = 96, CH_TAGS_MAX = 2048 };

/* One reading of a form: its tag, and its lemma as the first `keep` bytes of the form and then `tail`. */
typedef struct ChReading {
  uint16_t tag;
  uint16_t keep;
  ChWord tail;
  uint16_t weight; /* guesses: share of the ending's words, 1..255; else 0 */
  uint16_t pad;
} ChReading;

typedef struct ChLexSlot {
  ChWord ending, lemma;
  uint32_t tag;
} ChLexSlot;

typedef struct ChLexRange {
  ChWord word; /* hash key, CH_NO_WORD = empty slot; unused in lex.pars */
  uint32_t first, n;
} ChLexRange;

typedef struct ChLexicon {
  const ChPack *pack;
  const ChMorph *tags;
  const ChLexRange *stems, *pars, *forms, *guesses;
  const uint32_t *parlist;
  const ChLexSlot *slots;
  const ChReading *readings;
  size_t n_tags, n_stems, n_pars, n_forms, n_guesses, n_parlist, n_slots, n_readings;
} ChLexicon;

/* Reads the files that exist for LANG and adds the sections. `models` may be NULL. */
void ch_lexicon_compile(ChPackWriter *w, ChSlice lang, const char *data, const char *models, ChError *err);
ChLexicon ch_lexicon_of(const ChPack *p, ChSlice lang);

/* Readings of a folded form, at most CH_READINGS_MAX, without repetitions. 0 where the lexicon lacks it. */
size_t ch_lexicon_find(const ChLexicon *l, ChSlice norm, ChReading out[CH_READINGS_MAX]);
/* Guesses by the longest ending that has any; `proper`: those of names. */
size_t ch_lexicon_guess(const ChLexicon *l, ChSlice norm, bool proper, ChReading out[CH_READINGS_MAX]);
/* The lemma of a reading into out; returns its bytes. */
size_t ch_lexicon_lemma(const ChLexicon *l, ChSlice norm, const ChReading *r, char out[CH_FOLD_MAX]);

/* "NOUN|Case=Nom|Number=Sing" to a morph; false where a part is unknown. And back, at most `size` bytes, always terminated. */
bool ch_morph_parse(ChSlice text, ChMorph *m);
void ch_morph_format(const ChMorph *m, char *out, size_t size);
/* The name of a relation ("nsubj:pass"), "_" for none; and back, CH_RELS where unknown. The same for tags of names ("B-PER", "O"). */
const char *ch_rel_name(uint8_t rel);
uint8_t ch_rel_parse(ChSlice text);
const char *ch_name_tag_name(uint8_t tag);
uint8_t ch_name_tag_parse(ChSlice text);

#endif
