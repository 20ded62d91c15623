/* The one reader of data files (docs/formats.md): UTF-8, "#! KIND VERSION", "#: columns", TAB-separated rows, "#" comments.
 * Usage:
 *   static const char *const columns[] = {"id", "name_en", NULL};
 *   ChDataFile f;
 *   ch_datafile_open(&f, path, "states", 1, columns, &err);
 *   while (ch_datafile_next(&f)) { ChSlice id = ch_datafile_cell(&f, 0); ... ch_datafile_fault(&f, 0, "no such ..."); }
 *   ch_datafile_close(&f);
 * Errors stick in err as file:line:col; after one, ch_datafile_next gives false. */
#ifndef CH_BASE_DATAFILE_H
#define CH_BASE_DATAFILE_H

#include "base/buf.h"
#include "base/error.h"

enum { CH_DATAFILE_COLUMNS = 32 };

typedef struct ChDataFile {
  ChBuf bytes;
  char path[256];
  ChError *err;
  uint32_t line;                      /* of the current row, from 1 */
  uint32_t version;
  ChSlice cell[CH_DATAFILE_COLUMNS];  /* by index in the caller's `columns`; "" where absent, empty or "-" */
  uint32_t cells;                     /* number of the caller's columns */
  /* private */
  size_t at;
  uint8_t order[CH_DATAFILE_COLUMNS]; /* column of the file -> column of the caller */
  uint32_t in_file;
} ChDataFile;

/* Opens and checks the two header lines. `columns`: NULL-terminated names that the file may have; absent ones read as empty. */
void ch_datafile_open(ChDataFile *f, const char *path, const char *kind, uint32_t version, const char *const *columns, ChError *err);
/* The same over bytes in memory (tests, fuzzing); `path` only names it. The bytes are copied. */
void ch_datafile_open_bytes(ChDataFile *f, ChSlice bytes, const char *path, const char *kind, uint32_t version,
                            const char *const *columns, ChError *err);
/* Next row; false at the end or when an error stands. Cells are slices into the file's bytes, valid until ch_datafile_close. */
bool ch_datafile_next(ChDataFile *f);
static inline ChSlice ch_datafile_cell(const ChDataFile *f, uint32_t column) { return f->cell[column]; }
/* Sets the error for a fault in the current row's cell (column of the caller). */
void ch_datafile_fault(ChDataFile *f, uint32_t column, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void ch_datafile_close(ChDataFile *f);

#endif
