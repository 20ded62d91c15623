/* What people and programs see. A reading is one JSON object (docs/formats.md, "Reading"): made of a report here, or kept in a store;
 * the pages are set from that object, so a fresh reading and a stored one look the same. Objects are jansson's, new references
 * unless said otherwise; out of memory gives NULL. */
#ifndef CH_OUT_OUT_H
#define CH_OUT_OUT_H

#include <jansson.h>

#include "base/buf.h"
#include "report/report.h"
#include "world/world.h"

/* ---- JSON ---- */

/* The reading of a report whose stages have run (all, some or none). */
json_t *ch_out_reading(const ChReport *r);
/* What the world's tables say of a row (ch_world_ref): names in all languages, posts, members, holders ... as they were on the day;
 * CH_DAY_MAX: a person's or place's whole history, other things as they are now. */
json_t *ch_out_who(const ChPack *pack, uint32_t ref, int32_t day);
/* Who held a post of a state or body (the other CH_NONE): all, or on the day. */
json_t *ch_out_succession(const ChPack *pack, uint32_t post, uint32_t state, uint32_t body, int32_t day);
/* Text of any object: indented and ending in a line end, or in one line with a line end. */
void ch_out_json(const json_t *object, bool pretty, ChBuf *out);

/* ---- pages ---- */

typedef struct ChPage {
  uint32_t width; /* columns of the terminal; lines are wrapped to it, never below CH_PAGE_MIN */
  bool bold;      /* may use bold type: the output is a terminal */
  bool explain;   /* rule ids, confidence, rival dates, diagnostics */
} ChPage;
enum { CH_PAGE_MIN = 40, CH_PAGE_MAX = 110 };

void ch_out_reading_page(const json_t *reading, const ChPage *page, ChBuf *out);
/* One event of a reading. `report`: the reading it stands in, for its date and outlet. */
void ch_out_event_page(const json_t *reading, const json_t *event, const ChPage *page, ChBuf *out);

/* A happening (docs/record.md); only its head and what contradicts in it; only the latter. */
void ch_out_happening_page(const json_t *happening, const ChPage *page, ChBuf *out);
void ch_out_conflict_page(const json_t *happening, const ChPage *page, ChBuf *out);
void ch_out_conflicts(const json_t *happening, const ChPage *page, ChBuf *out);

/* One object of ch_out_who or ch_out_succession. */
void ch_out_who_page(const json_t *who, const ChPage *page, ChBuf *out);

/* One line an event: day, status, kind, place, who, id. For lists of events across reports. */
typedef struct ChEventLine {
  ChSlice id, time, status, kind, place, who;
} ChEventLine;
void ch_out_event_lines(const ChEventLine *lines, size_t n, const ChPage *page, ChBuf *out);

/* ---- text in columns (out/columns.c) ---- */

/* Columns that the text takes on a terminal (wide letters two, marks none). */
uint32_t ch_out_width(ChSlice text);
/* Adds text wrapped at blanks to `width` columns, of which the first line has used `at` already; further lines begin with `indent`
 * blanks. Ends without a line end. Control characters are not written. */
void ch_out_wrap(ChBuf *out, ChSlice text, uint32_t at, uint32_t indent, uint32_t width);

#endif
