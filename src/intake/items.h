/* Reports in a file that holds many: RSS (0.9 to 2.0, RDF) and Atom feeds, JSON Lines (or one JSON array or object), WARC, each perhaps
 * packed by gzip or zstd. They come one after another with what the file says of each; a WARC or JSON Lines file is never in memory as a
 * whole. A file that is none of these is one report.
 *
 * Bounds: an item has at most CH_INTAKE_MAX bytes, a feed or a JSON array too. Faults of one item (a line that is no JSON, a record that is
 * too large, a page packed in an unknown way) are told to `fault`, and reading goes on; a fault that ends the file is the error: CH_ERR_IO,
 * CH_ERR_INPUT, CH_ERR_LIMIT. Items before it have been handed out. */
#ifndef CH_INTAKE_ITEMS_H
#define CH_INTAKE_ITEMS_H

#include "intake/intake.h"
#include "intake/stream.h"

typedef enum ChItemsKind { CH_ITEMS_ONE, CH_ITEMS_FEED, CH_ITEMS_JSON, CH_ITEMS_WARC } ChItemsKind;

/* One report. Everything lives until the call that hands it out returns. */
typedef struct ChItem {
  ChSlice bytes;  /* as to be kept: a page, or a page made of an item's title and text, or plain text */
  ChSlice name;   /* a file name whose ending says what it is */
  ChMeta meta;    /* what the file says of it; id: what it is known by everywhere (an address), "" = nothing */
  size_t number;  /* from 1 */
} ChItem;

typedef struct ChItems {
  ChInput input;
  ChSlice name;       /* the file's */
  const ChPack *pack;
  ChSlice map;        /* JSON: "text=body,published=meta.date": where its fields stand; others by data/intake/fields.tsv */
  bool (*each)(void *context, const ChItem *item);                     /* false = enough */
  void (*fault)(void *context, size_t number, const char *text); /* may be NULL; number: of the item, line or record */
  void *context;
} ChItems;

typedef struct ChItemsCount {
  ChItemsKind kind;
  size_t items;     /* handed out */
  size_t faults;
  size_t left_out;  /* WARC: records that are no page: requests, pictures, errors */
  size_t revisits;  /* WARC: pages that had not changed since they were last fetched, kept without their text */
} ChItemsCount;

void ch_intake_items(const ChItems *in, ChItemsCount *count, ChError *err);
/* Does a file of this name, that begins so, hold many reports (or is it packed)? */
bool ch_intake_many(ChSlice name, ChSlice head);
/* Is it the type of a page, by its Content-Type? */
bool ch_intake_is_page(ChSlice type);
/* A page as HTTP gives it with its Content-Type. A character set that only that names would be lost, so such a page is written to `out` as
 * UTF-8; else it stays as it is. Gives what is to be kept. */
ChSlice ch_intake_http_page(const ChPack *pack, ChSlice body, ChSlice type, ChBuf *out);
/* Is the map well-formed? An error of usage else. */
bool ch_intake_map_check(ChSlice map, ChError *err);

/* Adds data/intake/fields.tsv to the pack. */
void ch_items_compile(ChPackWriter *w, const char *data, ChError *err);

#endif
