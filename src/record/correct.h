/* Corrections by people (docs/record.md): rows that say "these two are one event", "this is none", "it was on the 8th". They are input beside the
 * readings, and the record is a function of both, whatever their order.
 *
 * A row is a JSON object: `number` (rows with higher ones come later), `at`, `by`, `act` (confirm, reject, set, pin, merge, split, undo), `field` and `value`
 * (set, pin), `target` (undo: the number of a row), `note`, `anchors`. An anchor leads to a mention, also where the report was read anew:
 * `report`, `event` (its id then), `kind`, `who` (names), `time`, `quotes` and `spans` of its evidence, `same` (true: the report's bytes are what they
 * were, so spans count), `side`. Of merge and split, anchors of one side are one event and those of different sides are not; of two that hold both
 * mentions the later row counts. */
#ifndef CH_RECORD_CORRECT_H
#define CH_RECORD_CORRECT_H

#include "record/record.h"

typedef struct ChRecordCorrections ChRecordCorrections;

/* The rows that stand on the day `as_of` ("" = now): made by then and not undone by a row of by then. `rows` must outlive it; NULL = none. */
const ChRecordCorrections *ch_record_corrections(const ChRecordRules *rules, ChArena *arena, const json_t *rows, ChSlice as_of);
/* Does the row of this number stand? */
bool ch_record_stands(const ChRecordCorrections *c, int64_t number);
/* Lays them over all mentions of one reading, before their keys are asked for: rejected ones are taken off the list. */
void ch_record_correct(const ChRecordRules *rules, const ChRecordCorrections *c, ChArena *arena, ChRecordMention **m, size_t *n);
/* The mention of its report that an anchor leads to; NULL where there is none any more. */
ChRecordMention *ch_record_anchored(const ChRecordRules *rules, const json_t *anchor, ChRecordMention *const *m, size_t n);
/* The anchor of an event of a reading, on this side; new reference. */
json_t *ch_record_anchor(const json_t *event, ChSlice report, int side);
/* May people set the field to the value? An error that names what may be set. */
bool ch_record_settable(const ChRecordRules *rules, ChSlice field, ChSlice value, ChError *err);

/* ---- inside the record ---- */

/* The number of the row that says whether the two are one event: above 0 one, below 0 not, 0 = none says so. */
int64_t ch_record_said(const ChRecordMention *a, const ChRecordMention *b);
/* Puts what people said of these mentions in place of what reports say, in the happening's JSON. */
void ch_record_overrule(const ChRecordRules *rules, ChArena *arena, ChRecordMention *const *m, size_t n, json_t *happening);

#endif
