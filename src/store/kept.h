/* The record as it was last put together, kept until a report or a correction changes it (kept.c). */
#ifndef CH_STORE_KEPT_H
#define CH_STORE_KEPT_H

#include "store/store.h"

/* Something that the record is made from has changed. Inside the writer's transaction. */
void ch_kept_changed(ChStore *s, ChError *err);
/* Is what is kept the record of the reports of now? Where it is not, puts it together and keeps it, unless another process writes or the store cannot be
 * written: then false, and the question must be answered from the readings. Needs ch_store_use. */
bool ch_kept_ready(ChStore *s, ChError *err);
/* Calls `each` with those of the kept happenings that fit, in order of time, until it gives false. */
void ch_kept_each(ChStore *s, const ChStoreQuery *q, bool (*each)(void *context, const json_t *happening), void *context, ChError *err);
/* The kept happening of the id of a member or of one that an event of a copy had; new reference, NULL where there is none. */
json_t *ch_kept_of(ChStore *s, uint64_t key, ChError *err);
/* All of it in canonical order; new reference. */
json_t *ch_kept_record(ChStore *s, ChError *err);

#endif
