/* Faults of the environment and of data files. A ChError is sticky: once set, ch_error_set keeps the first fault, and helpers that take
 * one do nothing while it stands. Programmer's faults are asserts; odd text is a diagnostic of the report (report/report.h). */
#ifndef CH_BASE_ERROR_H
#define CH_BASE_ERROR_H

#include "base/slice.h"

typedef enum ChStatus {
  CH_OK = 0,
  CH_ERR_IO,       /* a file or folder cannot be read or written */
  CH_ERR_FORMAT,   /* a file is not of the form it must have */
  CH_ERR_INPUT,    /* a report that cannot be read: empty, binary, too large */
  CH_ERR_LIMIT,    /* a memory or time cap was reached */
  CH_ERR_BUSY,     /* a store is locked by another process */
  CH_ERR_USAGE,    /* wrong arguments */
  CH_ERR_NOTFOUND, /* no such thing */
} ChStatus;

typedef struct ChError {
  ChStatus status;
  char file[256]; /* "" = none */
  uint32_t line;  /* from 1; 0 = none */
  uint32_t col;   /* from 1, in code points; 0 = none */
  char text[512];
} ChError;

static inline bool ch_failed(const ChError *e) { return e->status != CH_OK; }
void ch_error_set(ChError *e, ChStatus status, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void ch_error_at(ChError *e, ChStatus status, ChSlice file, uint32_t line, uint32_t col, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));
/* "file:line:col: error: text" into buf (always terminated). */
void ch_error_format(const ChError *e, char *buf, size_t size);

#endif
