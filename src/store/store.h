/* The store: reports as they came and what was read in them, in one SQLite file (docs/formats.md, "Store"). What is permanent is the
 * table `report` (raw bytes and what was said of them from outside); everything else is made from it and can be made again.
 *
 * Several processes may use a store at once: one writes at a time, one transaction a report; a writer waits up to CH_STORE_WAIT_MS for
 * another. Errors: CH_ERR_NOTFOUND no store, report or event; CH_ERR_BUSY locked by another process; CH_ERR_FORMAT not a store, damaged,
 * or made by a newer Chancery; CH_ERR_IO the disk. A ChStore is for one thread. */
#ifndef CH_STORE_STORE_H
#define CH_STORE_STORE_H

#include <jansson.h>

#include "base/buf.h"
#include "base/error.h"
#include "report/report.h"

enum { CH_STORE_WAIT_MS = 5000, CH_STORE_SCHEMA = 3, CH_STORE_APPLICATION = 0x43484E43 /* "CHNC" */ };

typedef struct ChStore ChStore;

/* Opens the file; makes it (not its folder) where `create`. NULL and an error. */
ChStore *ch_store_open(const char *path, bool create, ChError *err);
void ch_store_close(ChStore *s);

/* The pack that the record's rules and the search's dictionaries are in; it must stay open as long as the store. Before anything is written, the first
 * question about happenings and the first search. */
void ch_store_use(ChStore *s, const ChPack *pack);

/* ---- writing ---- */

/* A report as it came. */
typedef struct ChStoreReport {
  ChSlice bytes;
  ChSlice name; /* of its file: tells HTML from text when it is read again */
  ChMeta meta;  /* meta.id is its id; the rest as given from outside */
  bool ready;   /* the bytes are a reading, which stands as it is */
  ChSlice text; /* its clean text, for the search; "" = only what the reading cites is found */
} ChStoreReport;

typedef enum ChStoreState { CH_STORE_NEW, CH_STORE_CHANGED, CH_STORE_SAME } ChStoreState;

/* Is the report in the store, with the same bytes and the same meta? */
ChStoreState ch_store_state(ChStore *s, const ChStoreReport *report, ChError *err);
/* Puts a report and its reading in, in place of what stood under its id, in one transaction. */
void ch_store_put(ChStore *s, const ChStoreReport *report, const json_t *reading, ChError *err);

/* Takes a report and all that was made of it out; CH_ERR_NOTFOUND where there is none. */
void ch_store_withdraw(ChStore *s, ChSlice report, ChError *err);

/* What the web said of an address (ETag, Last-Modified) when all that it gave was last taken in; left as they are where it never was. */
void ch_store_visit(ChStore *s, ChSlice url, ChBuf *etag, ChBuf *modified, ChError *err);
void ch_store_visited(ChStore *s, ChSlice url, ChSlice etag, ChSlice modified, ChError *err);

/* Calls `each` with the id of every report, in order, until it gives false. */
void ch_store_ids(ChStore *s, bool (*each)(void *context, ChSlice id), void *context, ChError *err);
/* A report as it came: its bytes into `bytes`, the rest into the arena. CH_ERR_NOTFOUND where there is none. */
ChStoreReport ch_store_raw(ChStore *s, ChSlice id, ChBuf *bytes, ChArena *arena, ChError *err);
/* Looks whether the file and the tables are sound and fit each other: calls `each` with every fault, in words. `ids` counts the reports looked at. Needs
 * ch_store_use. */
void ch_store_verify(ChStore *s, bool (*each)(void *context, ChSlice fault), void *context, size_t *ids, ChError *err);

/* ---- asking ---- */

/* Filters; "" = any. Names match at the start of any word of a name or alias, small and capital letters and marks on letters being
 * the same; a participant also answers to the state or body that they stand for. */
typedef struct ChStoreQuery {
  ChSlice who, with; /* two different participants */
  ChSlice where, kind, status;
  ChSlice from, to; /* EDTF; the event's time must share a day with what they enclose */
  bool coming;      /* only events still to come or under way, also those without a date from reports of that time or later */
} ChStoreQuery;

/* One event found. Texts live during the callback. */
typedef struct ChStoreEvent {
  ChSlice report, id; /* "astana/01", "e3" */
  ChSlice published;
  ChSlice kind, status, place, time, who; /* who: names, comma between */
  ChSlice json;                           /* the event's object in the reading */
} ChStoreEvent;

/* Calls `each` for the events found, by first day (those without a date last), report and number, until it gives false. */
void ch_store_events(ChStore *s, const ChStoreQuery *q, bool (*each)(void *context, const ChStoreEvent *e), void *context,
                     ChError *err);
/* A statement found. */
typedef struct ChStoreStatement {
  ChSlice speaker, of, act, about, target, report, published, quote;
} ChStoreStatement;
/* What the speaker, by the name that readings print (a person, or a state or body: also those who stand for it), is reported to have said, about
 * or to `target` where that is not "", in reports published up to and on `as_of` ("" = all): at most `most`, the latest first. */
void ch_store_statements(ChStore *s, ChSlice speaker, ChSlice target, ChSlice as_of, size_t most,
                         bool (*each)(void *context, const ChStoreStatement *statement), void *context, ChError *err);
/* The event as JSON: its object with "id" as "REPORT:EVENT", "report" and "published"; new reference. */
json_t *ch_store_event_json(const ChStoreEvent *e);
/* What to look for: words all of which must be there, in any inflection; between double quotes a phrase. */
typedef struct ChStoreSearch {
  ChSlice words;
  ChSlice from, to, kind, status, as_of; /* "" = any. Times of events, days of reports; kind and status leave only events */
  bool reports, events;                  /* which of the two */
  size_t most;
} ChStoreSearch;
/* A report, or an event of one, found. Texts live during the callback. */
typedef struct ChStoreHit {
  ChSlice report, event; /* event "" = the report itself */
  ChSlice published, outlet, title;
  ChSlice excerpt;                        /* the words found stand between U+0001 and U+0002 */
  ChSlice time, kind, status, place, who; /* of the event */
} ChStoreHit;
/* Calls `each` with what is found, the likeliest first, until it gives false. Needs ch_store_use. CH_ERR_USAGE where there is no word. */
void ch_store_search(ChStore *s, const ChStoreSearch *q, bool (*each)(void *context, const ChStoreHit *hit), void *context, ChError *err);

/* The stored reading of a report; new reference, NULL and CH_ERR_NOTFOUND where there is none. */
json_t *ch_store_reading(ChStore *s, ChSlice report, ChError *err);
/* Calls `each` with every report's id and the text of its reading, by id. */
void ch_store_readings(ChStore *s, bool (*each)(void *context, ChSlice report, ChSlice json), void *context, ChError *err);

/* ---- happenings: what several reports tell of one event (docs/record.md) ---- */

/* Calls `each` with every happening that fits, by first day (those without a date last) and id, until it gives false; the object is
 * borrowed. Answers from reports published up to and on `as_of`; "" = all. Needs ch_store_use. */
void ch_store_happenings(ChStore *s, const ChStoreQuery *q, ChSlice as_of, bool (*each)(void *context, const json_t *happening), void *context,
                         ChError *err);
/* The happening of an id: its own ("h-..."), that of any of its members' ids of that form, or a member ("report:e3"); new reference, NULL
 * and CH_ERR_NOTFOUND where there is none. */
json_t *ch_store_happening(ChStore *s, ChSlice id, ChSlice as_of, ChError *err);
/* ---- corrections by people (docs/record.md, record/correct.h) ---- */

typedef struct ChStoreCorrection {
  ChSlice at; /* "" = now */
  ChSlice by, act, field, value, note;
  int64_t target; /* of an undo */
} ChStoreCorrection;
/* The anchor of a member ("report:e3") on this side; new reference, NULL and CH_ERR_NOTFOUND. */
json_t *ch_store_anchor(ChStore *s, ChSlice member, int side, ChError *err);
/* Adds a row; its number, 0 and an error. Rows are never changed and never deleted. */
int64_t ch_store_correct(ChStore *s, const ChStoreCorrection *c, const json_t *anchors, ChError *err);
/* All rows, by number, as the record takes them; new reference. */
json_t *ch_store_corrections(ChStore *s, ChError *err);
/* Adds to each row `stands` and to each of its anchors `mention`: the member it leads to, null where there is none any more. Needs ch_store_use. */
void ch_store_corrections_lead(ChStore *s, json_t *rows, ChError *err);

/* The whole record as a JSON array in canonical order: from reports published up to and on `as_of` ("" = all); new reference. */
json_t *ch_store_record(ChStore *s, ChSlice as_of, ChError *err);

#endif
