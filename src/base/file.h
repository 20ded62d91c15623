/* Files as a whole. */
#ifndef CH_BASE_FILE_H
#define CH_BASE_FILE_H

#include <stdio.h>

#include "base/buf.h"
#include "base/error.h"

/* Reads a file (or standard input for "-") to the end into out; more than `max` bytes is CH_ERR_INPUT "too large". */
void ch_file_read(const char *path, size_t max, ChBuf *out, ChError *err);
/* Writes to a temporary file beside `path`, then renames: the file is whole or as it was. */
void ch_file_write(const char *path, ChSlice data, ChError *err);

/* The same piece by piece. After ch_file_begin comes ch_file_end, whatever fails between. */
typedef struct ChFileOut {
  char path[4096], temporary[4096];
  int fd; /* -1 = not open */
} ChFileOut;
void ch_file_begin(ChFileOut *f, const char *path, ChError *err);
void ch_file_add(ChFileOut *f, ChSlice data, ChError *err);
/* The file is there, or, where an error stands, as it was. */
void ch_file_end(ChFileOut *f, ChError *err);

#endif
