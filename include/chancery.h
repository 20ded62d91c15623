/* libchancery: reads reports of diplomacy into readings and keeps them in a store.
 *
 * A reading is JSON (docs/formats.md, "Reading"). The library reads no settings, prints nothing and never ends the process. A Chancery
 * (the open pack) never changes once open: any number of threads may read reports with one. A ChanceryStore is for one thread; several
 * processes may have one file open.
 *
 * Errors: a function that takes a ChanceryError clears it first and fills it when it fails; NULL is allowed where the reason is of no
 * interest. Texts given back are UTF-8 ended by NUL, belong to the caller and are freed with chancery_free. Texts taken are borrowed for
 * the call. */
#ifndef CHANCERY_H
#define CHANCERY_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ChanceryStatus {
  CHANCERY_OK = 0,
  CHANCERY_IO,        /* a file cannot be read or written */
  CHANCERY_FORMAT,    /* a file is not of the form it must have: a pack or store that is damaged or of another version */
  CHANCERY_INPUT,     /* a report that cannot be read: empty, binary, too large */
  CHANCERY_LIMIT,     /* out of memory, or the report needs more than its share */
  CHANCERY_BUSY,      /* the store is locked by another process */
  CHANCERY_USAGE,     /* wrong arguments */
  CHANCERY_NOT_FOUND, /* no such store, report or event */
} ChanceryStatus;

typedef struct ChanceryError {
  ChanceryStatus status;
  char text[1024]; /* "FILE: error: ..." */
} ChanceryError;

const char *chancery_version(void);
void chancery_free(char *text);

/* ---- reading ---- */

typedef struct Chancery Chancery;

/* Opens a pack (made by 'chancery pack'). `world`: a table, or a folder of tables, of the user's that add to and correct what the pack
 * knows of the world (docs/formats.md, "World"); NULL = none. NULL when it fails. */
Chancery *chancery_open(const char *pack, const char *world, ChanceryError *error);
void chancery_close(Chancery *c);

/* A report as it came. What is known of it from outside stands before what its text suggests; NULL = not known. */
typedef struct ChanceryReport {
  const void *bytes;
  size_t size;           /* at most 16 MiB */
  const char *file_name; /* tells HTML (.html) from text (.txt); NULL = by its first bytes */
  const char *id;
  const char *published; /* YYYY-MM-DD */
  const char *outlet, *title, *lang;
} ChanceryReport;

/* The reading of a report: one JSON object in one line. NULL when it fails. */
char *chancery_read(const Chancery *c, const ChanceryReport *report, ChanceryError *error);

/* ---- the store ---- */

typedef struct ChanceryStore ChanceryStore;

/* Opens a store; makes it where `create` and it is missing. NULL when it fails. */
ChanceryStore *chancery_store_open(const char *path, bool create, ChanceryError *error);
void chancery_store_close(ChanceryStore *s);

typedef enum ChanceryState { CHANCERY_FAILED = -1, CHANCERY_NEW, CHANCERY_CHANGED, CHANCERY_SAME } ChanceryState;

/* Reads a report (it needs an id) into the store in one transaction. A report that is there unchanged is left alone. */
ChanceryState chancery_store_ingest(ChanceryStore *s, const Chancery *c, const ChanceryReport *report, ChanceryError *error);

/* Filters; NULL or "" = any. Names match from the start of any word of a name or alias, whatever the case; one without a letter or
 * digit, or a day that is none, is CHANCERY_USAGE. */
typedef struct ChanceryQuery {
  const char *who, *with; /* two different participants */
  const char *where, *kind, *status;
  const char *from, *to; /* YYYY-MM-DD, YYYY-MM or YYYY */
  bool coming;           /* only what is under way or to come; needs `from` */
} ChanceryQuery;

/* The events that fit, by time: one JSON object a line, "id" being "REPORT:EVENT"; "" where there are none, NULL when it fails. */
char *chancery_store_events(ChanceryStore *s, const ChanceryQuery *query, ChanceryError *error);
/* The stored reading of a report. NULL when it fails. */
char *chancery_store_reading(ChanceryStore *s, const char *report_id, ChanceryError *error);

#ifdef __cplusplus
}
#endif

#endif
