/* The clause view: predicates, their extents and their arguments. Chunks fill it by position, case and preposition; the tree decides on
 * lists, subjects, attributes and unmarked clause limits, and adds what the chunks left in another clause. Frames see only ChClause. */
#ifndef CH_EVENTS_CLAUSES_H
#define CH_EVENTS_CLAUSES_H

#include "events/frames.h"
#include "model/languages.h"

/* A document's name that starts at a token. */
typedef struct ChNamedDocument {
  uint32_t tokens; /* 0 = none */
  ChSlice id;      /* in the world's tables */
} ChNamedDocument;

/* Tokens [from, to) that a token and all that depends on it span. */
typedef struct ChUnder {
  uint32_t from, to;
} ChUnder;

/* What the events stage carries along: views of the pack and per-token marks. */
typedef struct ChEventsWork {
  ChReport *r;
  ChTerms terms;
  ChFrames frames[CH_LANGUAGES_MAX]; /* by language index */
  const ChFrames *f;                 /* of the sentence at work */
  uint32_t *classes;                 /* of each token, ch_frames_classes */
  uint32_t *value;                   /* of each token: ordinal number or format word */
  uint32_t *outer;                   /* outermost mention whose extent holds the token, CH_NONE */
  uint32_t *clause;                  /* clause of each token, CH_NONE */
  ChNamedDocument *named;            /* of each token */
  uint32_t *series;                  /* of each token: series of events (world index) in whose name it stands, CH_NONE */
  ChUnder *under;                    /* of each token: arcs.h */
  bool *carrying;                    /* of each clause: its predicate carries an event noun, so it is no event of its own */
  uint32_t speaker, speaker_sentence; /* mention of the person whose words were given last, CH_NONE; where */
  uint32_t source_sentence; /* where an event was last given to a source; its name, "" where there was none */
  ChSlice source_name;
  ChWord source_rule;
  uint32_t first_clause;             /* of the sentence at work */
  bool marked[CH_LANGUAGES_MAX];     /* by language: infinitives have a marker ("to") */
} ChEventsWork;

/* Fills token marks for the whole report. */
void ch_clauses_prepare(ChEventsWork *w);
/* named.c: marks documents and series known by name; the first tokens of documents get the class of document words. After
 * ch_clauses_prepare. */
void ch_named_mark(ChEventsWork *w);
/* The name of the series in whose name one of the tokens stands, "" where in none; *kind is that of its events. */
ChSlice ch_named_series(const ChEventsWork *w, uint32_t token, uint32_t tokens, ChWord *kind);
/* Adds the clauses of sentence s to the report. */
void ch_clauses_fill(ChEventsWork *w, uint32_t s);

/* tree_args.c: adds the arguments that the parse tree gives to the predicates of the sentence at work and the chunks do not. */
void ch_clauses_tree_args(ChEventsWork *w);

/* Does some token of the predicate's verb group before it, or just before the group, have one of these classes? */
bool ch_clauses_group_has(const ChEventsWork *w, uint32_t predicate, uint32_t classes);
/* Does a relative pronoun stand at the start of the clause, before its predicate? */
bool ch_clauses_relative(const ChEventsWork *w, const ChClause *c);
/* Arguments of a clause: first with that function, CH_NONE (an index into clause->args). */
uint32_t ch_clause_arg(const ChClause *c, ChFunction function, uint32_t after);
/* Has the clause an argument "it", which may stand for a document? */
bool ch_clauses_has_it(const ChReport *r, const ChClause *c);
bool ch_clauses_is_actor(const ChReport *r, uint32_t mention);
/* Preposition that governs a token (walking left over its noun group), CH_NONE. */
uint32_t ch_clauses_prep(const ChReport *r, uint32_t token);
/* ChCase of the group or token. */
uint8_t ch_clauses_case(const ChReport *r, uint32_t token);

#endif
