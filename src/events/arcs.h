/* What the events stage asks of the dependency tree. Nothing of it is needed: where a language has no trees, nothing depends on anything
 * and callers go by position. */
#ifndef CH_EVENTS_ARCS_H
#define CH_EVENTS_ARCS_H

#include "events/clauses.h"

/* Margin of an arc from which it is trusted against what position says. */
enum { CH_ARCS_SURE = 64 };

#define CH_ARCS_REL(rel) ((uint64_t)1 << (rel))

/* Fills ChEventsWork.under for the whole report. */
void ch_arcs_fill(ChEventsWork *w);
/* The first dependent of `head`, at token `from` or later, with one of the relations; CH_NONE. */
uint32_t ch_arcs_dependent(const ChEventsWork *w, uint32_t head, uint64_t rels, uint32_t from);
/* Head word of the subject of a verb, the nearest where the tree has several; CH_NONE. */
uint32_t ch_arcs_subject(const ChEventsWork *w, uint32_t verb);
/* Head word of the clause that a verb of speech governs ("said that they [came]"), CH_NONE. */
uint32_t ch_arcs_said(const ChEventsWork *w, uint32_t verb);
/* Is the verb put into or behind a sentence that is said by it ("..., he [said]")? */
bool ch_arcs_inserted(const ChEventsWork *w, uint32_t verb);
/* Is it the main verb of its sentence, or joined to it? */
bool ch_arcs_main(const ChEventsWork *w, uint32_t verb);

#endif
