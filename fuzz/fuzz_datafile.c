/* Any bytes through the reader of data files: rows or one error with a place. */
#include <stdlib.h>

#include "base/datafile.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static const char *const columns[] = {"id", "name", "also", NULL};
  ChDataFile f;
  ChError err = {0};
  uint32_t last = 0;
  ch_datafile_open_bytes(&f, ch_slice((const char *)data, size), "fuzz.tsv", "states", 1, columns, &err);
  while (ch_datafile_next(&f)) {
    if (f.line <= last || f.cells != 3)
      abort();
    last = f.line;
    for (uint32_t i = 0; i < f.cells; i++) {
      ChSlice cell = ch_datafile_cell(&f, i), rest = cell;
      if (ch_utf8_invalid(cell) != SIZE_MAX || memchr(cell.n ? cell.p : "", '\t', cell.n))
        abort();
      while (rest.p)
        ch_slice_cut(&rest, ';');
    }
    if (ch_slice_is(ch_datafile_cell(&f, 0), "fault"))
      ch_datafile_fault(&f, 1, "as asked");
  }
  if (ch_failed(&err) && err.status == CH_ERR_FORMAT && !err.line)
    abort();
  ch_datafile_close(&f);
  return 0;
}
