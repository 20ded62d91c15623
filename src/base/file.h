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

#endif
