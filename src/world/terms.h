/* What the tables of data/events and data/record say of statuses and kinds beyond their names, and the weights by which mentions of one
 * happening find each other. Compiled into sections of the pack; read by the stages and by the record. */
#ifndef CH_WORLD_TERMS_H
#define CH_WORLD_TERMS_H

#include "model/pack.h"

typedef enum ChPhase { CH_PHASE_NONE, CH_PHASE_PAST, CH_PHASE_COMING, CH_PHASE_OFF } ChPhase;

typedef struct ChStatusTerm {
  ChWord id;
  uint16_t phase; /* ChPhase */
  uint16_t rank;  /* how much it says that the event happens; 0 where the table does not tell */
  uint32_t open;  /* on the calendar of what is under way or to come */
} ChStatusTerm;

enum { CH_KIND_NEAR = 4, CH_KIND_CORE = 4 };

/* Does it matter who is left out by one report of a small event? CH_FEW_ALL: two with one guest each are two. */
typedef enum ChFew { CH_FEW_NONE, CH_FEW_COUNT, CH_FEW_ALL } ChFew;

/* A kind of event as the record sees it (data/record/kinds.tsv). */
typedef struct ChKindTerm {
  ChWord id, family;
  ChWord near[CH_KIND_NEAR]; /* kinds that one happening may be given as */
  ChWord core[CH_KIND_CORE]; /* roles of which two mentions must share someone */
  uint32_t few;              /* ChFew */
} ChKindTerm;

/* What a document's action comes to (data/record/actions.tsv). */
typedef struct ChActionTerm {
  ChWord id, stage;
} ChActionTerm;

/* Weights in the order of their names in terms.c. */
typedef enum ChWeight {
  CH_WEIGHT_JOIN, CH_WEIGHT_MEAN, CH_WEIGHT_KIND, CH_WEIGHT_KIND_NEAR, CH_WEIGHT_PERSON, CH_WEIGHT_STATE, CH_WEIGHT_BODY,
  CH_WEIGHT_EVERYONE, CH_WEIGHT_MISSING, CH_WEIGHT_CORE, CH_WEIGHT_STANDS, CH_WEIGHT_FALL, CH_WEIGHT_STRANGERS, CH_WEIGHT_STRANGERS_MANY, CH_WEIGHT_DAY, CH_WEIGHT_SPAN, CH_WEIGHT_INSIDE,
  CH_WEIGHT_INSIDE_MONTH, CH_WEIGHT_INSIDE_LONG, CH_WEIGHT_BESIDE, CH_WEIGHT_APART, CH_WEIGHT_MOVED, CH_WEIGHT_MOVED_FAR, CH_WEIGHT_MOVED_YEARS, CH_WEIGHT_DENIED,
  CH_WEIGHT_UNDATED, CH_WEIGHT_UNDATED_FAR, CH_WEIGHT_PLACE, CH_WEIGHT_PLACE_STATE, CH_WEIGHT_PLACE_OTHER, CH_WEIGHT_SERIES,
  CH_WEIGHT_SERIES_OTHER, CH_WEIGHT_NUMBER, CH_WEIGHT_NUMBER_ALONE, CH_WEIGHT_WORDS, CH_WEIGHT_PAPER, CH_WEIGHT_PAPER_OTHER,
  CH_WEIGHT_WHOLE, CH_WEIGHT_WHOLE_OTHER, CH_WEIGHTS
} ChWeight;

typedef struct ChTermTables {
  const ChStatusTerm *statuses;
  const ChKindTerm *kinds;
  const ChActionTerm *actions;
  const double *weights; /* CH_WEIGHTS of them, NULL where the pack lacks them */
  size_t n_statuses, n_kinds, n_actions;
} ChTermTables;

/* Reads data/events/statuses.tsv, data/record/{kinds,actions,weights}.tsv into sections. */
void ch_terms_compile(ChPackWriter *w, const char *data, ChError *err);
ChTermTables ch_term_tables(const ChPack *p);
/* The row of a status or kind by its name; NULL where there is none. */
const ChStatusTerm *ch_term_status(const ChTermTables *t, ChWord id);
/* The stage of a document's action, CH_NO_WORD where the tables do not tell. */
ChWord ch_term_stage(const ChTermTables *t, ChWord action);
const ChKindTerm *ch_term_kind(const ChTermTables *t, ChWord id);

#endif
