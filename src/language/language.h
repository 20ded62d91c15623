/* Text to paragraphs, sentences, tokens with tags and lemmas, groups. One code for all languages; all that is particular to one is in
 * data/language/CODE and models/ (docs/formats.md, section "language"). A language needs words.tsv; models/CODE.lexicon and
 * models/CODE.analyser are used where they exist, lexicon.tsv and endings.tsv beside or instead of them.
 *
 * What later stages may rely on:
 * - paragraphs, sentences and tokens are in text order and cover every non-blank byte; a sentence never crosses a paragraph;
 * - a dateline belongs to the first sentence of its paragraph and is never cut;
 * - lemmas are folded (ch_fold_norm): verbs and participles give the infinitive, nouns and adjectives the nominative singular;
 * - in a language with an analyser every sentence has a tree: one root, a relation and a margin for every word; name is IOB2;
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
 * (N or V, number, '*' at its head, '<' and the number of its preposition), number of the governor (0 = root), relation, margin,
 * tag of names, flags. */
void ch_language_dump(const ChReport *r, ChBuf *out);

/* One token as a line of CoNLL-U (universaldependencies.org/format.html). `id`: its number in the sentence, `first`: the token that has
 * number 1, for the head. The lemma has the form's letters and capitals back where it shares them. `misc`: what its last column says beside
 * the name's span, "" = nothing. Names: NE=B-PER, I-PER, B-ORG ... from the mentions, where the names stage has run. */
void ch_language_conllu_token(const ChReport *r, uint32_t token, uint32_t id, uint32_t first, ChSlice misc, ChBuf *out);
/* A sentence: its comments, its tokens, words that were written as one under their common form, an empty line. */
void ch_language_conllu_sentence(const ChReport *r, uint32_t sentence, ChBuf *out);
/* The lemma and the name's span as the lines show them, for other pages. */
void ch_language_lemma(const ChReport *r, uint32_t token, ChBuf *out);
void ch_language_name(const ChReport *r, uint32_t token, ChBuf *out);

#endif
