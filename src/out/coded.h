/* A happening as the codebooks of event data see it: who acts on whom, and the codes of what was done (data/events/{sides,plover,cameo,
 * sectors}.tsv; docs/exports.md). Shared by the coded exports. */
#ifndef CH_OUT_CODED_H
#define CH_OUT_CODED_H

#include "out/export_inner.h"

/* Those of one state, or one body or person without a state, on one side. */
typedef struct ChCodedUnit {
  const json_t *participant; /* the first of them; NULL: the state where a visit goes, which the happening does not name */
  ChSlice name;
  uint32_t state;            /* CH_NONE */
  ChSlice sector, country, cameo, icews; /* of the first (sectors.tsv); country: as the table says, else its ISO 3166-1 alpha-3 */
  ChSlice title;             /* post on the day, "" where unknown */
  ChSlice wikidata;
} ChCodedUnit;

/* At most so many a side; further ones are left out, so the pairs of a happening stay countable. */
enum { CH_CODED_UNITS = 48, CH_CODED_CONTEXTS = 8 };

typedef struct ChCoded {
  ChCodedUnit actors[CH_CODED_UNITS], recipients[CH_CODED_UNITS];
  size_t n_actors, n_recipients;
  bool mutual;               /* no recipient, two or more actors: each acts on each */
  const ChCodeRow *row;      /* of the scheme's table; NULL: it has no code */
  int32_t day;               /* its first day, else its last, else the publication of its first report */
  bool dated;                /* one of these is known */
} ChCoded;

/* `scheme`: "plover" or "cameo". False where the scheme does not code it, nobody acts, or no day is known. */
bool ch_coded_of(const ChExport *x, const json_t *h, const char *scheme, ChCoded *out);
/* The publication of its first report, "" where unknown. */
ChSlice ch_coded_published(const json_t *h);

/* Calls `each` for the pairs: every actor with every recipient, every two actors of a mutual one in both directions; an actor with NULL where
 * there is nobody else. `both`: also from recipient to actor (with `back`). */
typedef void ChCodedPair(void *context, const ChCodedUnit *from, const ChCodedUnit *to, bool back);
void ch_coded_pairs(const ChCoded *c, bool both, ChCodedPair *each, void *context);

/* A cell of a tab-separated line, after a TAB unless it is the first; tabs and line ends in it become blanks. */
void ch_coded_cell(ChBuf *out, bool first, ChSlice text);
/* The same for several, with ';' between; a ';' in one becomes ','. */
void ch_coded_list(ChBuf *list, ChSlice text);

#endif
