/* Copies of one item among the store's reports (copies.c). */
#ifndef CH_STORE_COPIES_H
#define CH_STORE_COPIES_H

#include "store/store.h"

/* A report was put: its print, and the pairs of it and its copies. What stood there before went with its reading. */
void ch_copies_put(ChStore *s, const ChStoreReport *report, ChError *err);
/* group[i] = the lowest index of the copies among the n reports, whose ids are sorted; copies of a copy are copies. */
void ch_copies_groups(ChStore *s, const ChSlice *ids, size_t n, uint32_t *group, ChError *err);

#endif
