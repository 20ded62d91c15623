/* What the files of this folder share. */
#ifndef CH_LANGUAGE_INTERNAL_H
#define CH_LANGUAGE_INTERNAL_H

#include "language/clusters.h"
#include "language/cues.h"
#include "language/lexicon.h"
#include "model/phrases.h"

enum { CH_SENTENCE_MOST = 600 }; /* tokens; longer sentences are cut with a complaint */

/* A written form with what is known of it apart from its place; one per form and language of a report. */
typedef struct ChType {
  ChWord form, norm, key, caps;
  uint8_t lang;
  bool known;            /* in the lexicon */
  uint16_t flags;        /* those of ChToken that the form decides */
  uint32_t cue;          /* classes */
  uint64_t hash;         /* of norm */
  uint64_t suffix[5];    /* of its last 1..5 letters; 0 where shorter */
  uint64_t ambiguity;    /* of the set of its readings */
  uint32_t shape;        /* capitals, digits, hyphen */
  uint16_t clusters[CH_CLUSTER_LEVELS]; /* finest first; 0 = none */
  const ChReading *readings;
  uint32_t n;
  const ChReading *proper; /* further readings when it stands as a name */
  uint32_t n_proper;
  int16_t *sum;            /* of its features' rows, made by the analyser when first needed */
} ChType;

/* The stage at work: per-language data and the types met. */
typedef struct ChWork {
  ChReport *r;
  ChCues cues[CH_LANGUAGES_MAX];
  ChLexicon lexicons[CH_LANGUAGES_MAX];
  ChClusters clusters[CH_LANGUAGES_MAX];
  ChPhrases names[CH_LANGUAGES_MAX]; /* of the world tables; empty in a pack without them */
  size_t languages;
  CH_VEC(ChType) types;
  uint32_t *hash; /* type + 1 */
  uint32_t slots;
  ChWord *inside;    /* open addressing: keys of names, ch_types_note_inside */
  uint32_t inside_slots, insides;
  CH_VEC(uint32_t) of; /* type of each token */
  bool body_seen;      /* a paragraph of running text is behind */
  struct ChAnalyser *models;  /* by language */
  struct ChScratch *scratch[CH_LANGUAGES_MAX]; /* of the analyser */
} ChWork;

/* text.c: paragraphs with roles and languages. */
void ch_text_paragraphs(ChWork *w);
/* The same for paragraphs that are given, all body text. */
void ch_text_given(ChWork *w, const ChSpan *spans, size_t n);
/* tokens.c: tokens of one paragraph; and tokens without sentence are appended to the report. */
void ch_tokens_paragraph(ChWork *w, uint32_t paragraph);
void ch_tokens_given(ChWork *w, uint32_t paragraph, const ChGivenToken *tokens, uint32_t n);
/* The type of a form in a language. */
uint32_t ch_types_of(ChWork *w, ChSlice form, uint8_t lang);
/* The type as it would be if the lexicon lacked its form; for the trainer. */
ChType ch_types_unknown(ChWork *w, uint32_t type);
/* Notes that words with this key stand with a capital inside sentences and are not in the lexicon; and whether any do. */
void ch_types_note_inside(ChWork *w, ChWord key);
bool ch_types_seen_inside(const ChWork *w, ChWord key);
/* sentences.c: sentences, datelines over the tokens [first, end) of a paragraph. */
void ch_sentences_paragraph(ChWork *w, uint32_t paragraph, uint32_t first, uint32_t end);
void ch_sentences_given(ChWork *w, uint32_t paragraph, const ChGivenToken *tokens, uint32_t first, uint32_t end);
/* given.c: paragraphs, sentences and tokens from the report's given tokens. */
void ch_given_fill(ChWork *w);
/* quotes.c: which tokens open and close quotations; before the sentences are cut. */
void ch_quotes_mark(ChWork *w, uint32_t first, uint32_t end);
/* After tagging: IN_QUOTE for quotations that are speech. */
void ch_quotes_speech(ChWork *w, uint32_t first, uint32_t end);
/* analyser.c: tags, dictionary forms, governors and names of a sentence; where its language has no model, the first two only. */
void ch_analyser_sentence(ChWork *w, uint32_t sentence);
/* Opens the data of every language of the report's pack. */
void ch_work_init(ChWork *w, ChReport *r);
/* groups.c */
void ch_groups_sentence(ChWork *w, uint32_t sentence);

/* The code point that starts at byte `at` of s, 0 at the end. */
uint32_t ch_text_at(ChSlice s, size_t at, size_t *used);
bool ch_text_dash(uint32_t cp);  /* dashes, not the hyphen */

#endif
