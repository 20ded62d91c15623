/* The index of words (search.c), for those who open the store and put reports in. */
#ifndef CH_STORE_SEARCH_H
#define CH_STORE_SEARCH_H

#include "store/store.h"

/* Gives the connection its tokenizer; before anything touches the tables of the index. */
void ch_search_register(ChStore *s, ChError *err);
/* Before a write: makes the index anew where the store's pack has other dictionaries than the one that it was made with. Inside a transaction. */
void ch_search_ready(ChStore *s, ChError *err);
/* A report and its reading were put. What stood there before went with its reading. */
void ch_search_put(ChStore *s, const ChStoreReport *report, const json_t *reading, ChError *err);

#endif
