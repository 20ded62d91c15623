/* Text to paragraphs, sentences, tokens with tags and lemmas, groups. One code for all languages; all that is particular to one is in
 * data/language/CODE and models/ (docs/formats.md, section "language"). A language needs words.tsv; models/CODE.lexicon and
 * models/CODE.tagger are used where they exist, lexicon.tsv and endings.tsv beside or instead of them.
 *
 * What later stages may rely on:
 * - paragraphs, sentences and tokens are in text order and cover every non-blank byte; a sentence never crosses a paragraph;
 * - a dateline belongs to the first sentence of its paragraph and is never cut;
 * - lemmas are folded (ch_fold_norm): verbs and participles give the infinitive, nouns and adjectives the nominative singular;
 * - CH_TOKEN_IN_QUOTE marks speech only, never quoted names. */
#ifndef CH_LANGUAGE_LANGUAGE_H
#define CH_LANGUAGE_LANGUAGE_H

#include "base/buf.h"
#include "report/report.h"

/* Compiles data/language/CODE that this folder reads and the models of the same names into the pack. `models` may be NULL. Needs
 * ch_languages_compile before. Faults of the files are in err as file:line:col. */
void ch_language_compile(ChPackWriter *w, const char *data, const char *models, ChError *err);
/* The stage: fills paragraphs, sentences, tokens, groups, lang, title. Never fails; odd text gives diagnostics. */
void ch_language_stage(ChReport *r);
/* Paragraphs, sentences and tokens as text, one token a line: number, form, lemma, part of speech, features, key of the lemma, group
 * (N or V, number, '*' at its head, '<' and the number of its preposition), flags. */
void ch_language_dump(const ChReport *r, ChBuf *out);

#endif
