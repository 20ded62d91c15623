/* The record: what readings of many reports say of one happening, put together (docs/how-merging-works.md). Pure decisions: no files, no
 * SQL, no output. What comes out is a function of the set of mentions that goes in, whatever their order.
 *
 * A mention is one event of one reading. Mentions are found for each other by keys (ch_record_keys), paired within a window of each key's
 * block, scored (data/record), and joined into happenings; a happening's fields are chosen among its mentions' by rules that its "why"
 * names. Texts of mentions are borrowed from the readings' JSON, which must outlive them. */
#ifndef CH_RECORD_RECORD_H
#define CH_RECORD_RECORD_H

#include <jansson.h>

#include "base/arena.h"
#include "model/pack.h"

/* To be raised with every change of what comes out for the same readings and tables: stores keep what came out. */
enum { CH_RECORD_VERSION = 1 };

typedef struct ChRecordMention ChRecordMention;
typedef struct ChRecordRules ChRecordRules;

/* The tables of a pack, in the arena; NULL and CH_ERR_FORMAT where the pack has none. */
const ChRecordRules *ch_record_rules(const ChPack *pack, ChArena *arena, ChError *err);

/* ---- mentions ---- */

/* The mentions of one reading in order of its events; *n of them. `report` is its id; "" = the one that the reading has. Events without an id,
 * with a colon in it, or with that of one before are none: happenings' ids come from REPORT:EVENT. */
ChRecordMention **ch_record_mentions(const ChRecordRules *rules, ChArena *arena, const json_t *reading, ChSlice report, size_t *n);
ChSlice ch_record_mention_report(const ChRecordMention *m);
ChSlice ch_record_mention_event(const ChRecordMention *m);
/* The id that a happening bears when this is its first mention: 60 bits of a hash of report and event. */
uint64_t ch_record_mention_id(const ChRecordMention *m);
/* The same of a member as the JSON has it ("report:e3"). */
uint64_t ch_record_key(ChSlice member);
/* Where the mention stands in its blocks: by day, then by id. */
int32_t ch_record_mention_day(const ChRecordMention *m);
/* Order of mentions in the record: by publication, report, number in it. */
int ch_record_mention_order(const ChRecordMention *a, const ChRecordMention *b);

/* Keys of the blocks in which the mention is looked for, sorted, without doubles. A pair is compared where both stand in one block with
 * fewer than CH_RECORD_WINDOW others between them: the cost of a block of any size is linear, and the rule asks for no order of arrival. */
enum { CH_RECORD_KEYS = 32, CH_RECORD_WINDOW = 24 };
size_t ch_record_keys(const ChRecordMention *m, uint64_t keys[CH_RECORD_KEYS]);

/* ---- decisions ---- */

typedef struct ChRecordPair {
  uint32_t a, b; /* indices of mentions */
} ChRecordPair;

/* How much speaks for it that the two are one happening; -INFINITY where they cannot be. */
double ch_record_score(const ChRecordRules *rules, const ChRecordMention *a, const ChRecordMention *b);
/* All pairs that the blocks of these mentions give, each once. */
ChRecordPair *ch_record_pairs(ChArena *arena, ChRecordMention *const *m, size_t n, size_t *pairs);
/* Sorts the mentions (ch_record_mention_order), joins them; group[i] is the index of the first mention of i's happening. The pairs' indices
 * are those before the sorting. */
void ch_record_join(const ChRecordRules *rules, ChArena *arena, ChRecordMention **m, size_t n, const ChRecordPair *pairs, size_t n_pairs,
                    uint32_t *group);
/* Do the two stand in one component: is the score of the pair enough to join them by itself? */
bool ch_record_linked(const ChRecordRules *rules, const ChRecordMention *a, const ChRecordMention *b);

/* ---- happenings ---- */

/* "h-" and 15 hexadecimal digits. */
enum { CH_RECORD_ID = 18 };
void ch_record_id(uint64_t id, char out[CH_RECORD_ID]);
/* The number in such an id; false where it is none. */
bool ch_record_id_parse(ChSlice text, uint64_t *id);

/* The happening of these mentions (sorted) as JSON; new reference, NULL out of memory. `of` gives the id of the happening that an event of a
 * report belongs to, 0 where there is none; NULL = no links. */
typedef uint64_t ChRecordOf(void *context, ChSlice report, ChSlice event);
json_t *ch_record_happening(const ChRecordRules *rules, ChArena *arena, ChRecordMention *const *m, size_t n, ChRecordOf *of, void *context);

/* All of it: the record of these readings as a JSON array in canonical order, with what people corrected by `as_of` (record/correct.h; NULL =
 * nothing); new reference, NULL and an error. */
json_t *ch_record_build(const ChPack *pack, const json_t *const *readings, size_t n, const json_t *corrections, ChSlice as_of, ChError *err);

#endif
