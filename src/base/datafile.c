#include "base/datafile.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/file.h"
#include "base/utf8.h"

enum { LARGEST = 64 << 20 }; /* bytes of a data file */

/* Cuts the next line off the bytes, without its end. */
static bool next_line(ChDataFile *f, ChSlice *line)
{
  if (f->at >= f->bytes.n)
    return false;
  const char *start = f->bytes.p + f->at;
  const char *end = memchr(start, '\n', f->bytes.n - f->at);
  *line = ch_slice(start, end ? (size_t)(end - start) : f->bytes.n - f->at);
  f->at += line->n + (end ? 1 : 0);
  f->line++;
  if (line->n && line->p[line->n - 1] == '\r')
    line->n--;
  return true;
}

static void fault_at(ChDataFile *f, uint32_t col, const char *text)
{
  ch_error_at(f->err, CH_ERR_FORMAT, ch_slice_z(f->path), f->line, col, "%s", text);
}

static void read_header(ChDataFile *f, const char *kind, uint32_t version, const char *const *columns)
{
  ChSlice line;
  if (!next_line(f, &line) || !ch_slice_starts(line, CH_LIT("#! "))) {
    f->line = 1;
    fault_at(f, 1, "the first line must be '#! KIND VERSION'");
    return;
  }
  ChSlice rest = ch_slice(line.p + 3, line.n - 3);
  ChSlice name = ch_slice_cut(&rest, ' ');
  if (!ch_slice_is(name, kind)) {
    ch_error_at(f->err, CH_ERR_FORMAT, ch_slice_z(f->path), 1, 4, "kind is '%.*s', not '%s'", CH_ARG(name), kind);
    return;
  }
  if (!ch_slice_uint(ch_slice_trim(rest), 1000, &f->version) || f->version != version) {
    ch_error_at(f->err, CH_ERR_FORMAT, ch_slice_z(f->path), 1, (uint32_t)(name.n + 5), "version must be %u", version);
    return;
  }
  if (!next_line(f, &line) || !ch_slice_starts(line, CH_LIT("#:"))) {
    fault_at(f, 1, "the second line must be '#: COLUMN TAB COLUMN ...'");
    return;
  }
  rest = ch_slice(line.p + 2, line.n - 2);
  uint64_t seen = 0;
  while (rest.p) {
    uint32_t col = (uint32_t)(rest.p - line.p) + 1;
    ChSlice c = ch_slice_cut(&rest, '\t');
    uint32_t k = 0;
    while (k < f->cells && !ch_slice_is(c, columns[k]))
      k++;
    if (k == f->cells || (seen >> k & 1) || f->in_file == CH_DATAFILE_COLUMNS) {
      ch_error_at(f->err, CH_ERR_FORMAT, ch_slice_z(f->path), 2, col, "unknown or repeated column '%.*s'", CH_ARG(c));
      return;
    }
    seen |= (uint64_t)1 << k;
    f->order[f->in_file++] = (uint8_t)k;
  }
}

static void start(ChDataFile *f, const char *path, const char *kind, uint32_t version, const char *const *columns)
{
  while (columns[f->cells])
    f->cells++;
  assert(f->cells <= CH_DATAFILE_COLUMNS);
  if (ch_failed(f->err))
    return;
  size_t bad = ch_utf8_invalid(ch_buf_view(&f->bytes));
  if (bad != SIZE_MAX) {
    uint32_t line = 1, col = 1;
    for (size_t i = 0; i < bad; i++) {
      bool end = f->bytes.p[i] == '\n';
      line += end;
      col = end ? 1 : col + (((unsigned char)f->bytes.p[i] & 0xC0) != 0x80);
    }
    ch_error_at(f->err, CH_ERR_FORMAT, ch_slice_z(path), line, col, "not UTF-8");
    return;
  }
  read_header(f, kind, version, columns);
}

void ch_datafile_open(ChDataFile *f, const char *path, const char *kind, uint32_t version, const char *const *columns, ChError *err)
{
  *f = (ChDataFile){.err = err};
  snprintf(f->path, sizeof f->path, "%s", path);
  ch_file_read(path, LARGEST, &f->bytes, err);
  start(f, path, kind, version, columns);
}

void ch_datafile_open_bytes(ChDataFile *f, ChSlice bytes, const char *path, const char *kind, uint32_t version,
                            const char *const *columns, ChError *err)
{
  *f = (ChDataFile){.err = err};
  snprintf(f->path, sizeof f->path, "%s", path);
  ch_buf_slice(&f->bytes, bytes);
  start(f, path, kind, version, columns);
}

bool ch_datafile_next(ChDataFile *f)
{
  ChSlice line;
  while (!ch_failed(f->err) && next_line(f, &line)) {
    if (ch_slice_trim(line).n == 0 || line.p[0] == '#')
      continue;
    for (uint32_t i = 0; i < f->cells; i++)
      f->cell[i] = CH_LIT("");
    ChSlice rest = line;
    for (uint32_t i = 0; rest.p; i++) {
      size_t at = (size_t)(rest.p - line.p);
      ChSlice c = ch_slice_cut(&rest, '\t');
      if (i >= f->in_file) {
        fault_at(f, (uint32_t)ch_utf8_count(ch_slice(line.p, at)) + 1, "more cells than columns");
        return false;
      }
      f->cell[f->order[i]] = ch_slice_is(c, "-") ? CH_LIT("") : c;
    }
    return true;
  }
  return false;
}

void ch_datafile_fault(ChDataFile *f, uint32_t column, const char *fmt, ...)
{
  char text[400];
  va_list ap;
  va_start(ap, fmt);
  vsnprintf(text, sizeof text, fmt, ap);
  va_end(ap);
  /* column of the cell: count from the start of its line */
  uint32_t col = 1;
  if (column < f->cells && f->cell[column].n && f->cell[column].p >= f->bytes.p && f->cell[column].p < f->bytes.p + f->bytes.n) {
    const char *p = f->cell[column].p, *s = p;
    while (s > f->bytes.p && s[-1] != '\n')
      s--;
    col = (uint32_t)ch_utf8_count(ch_slice(s, (size_t)(p - s))) + 1;
  }
  fault_at(f, col, text);
}

void ch_datafile_close(ChDataFile *f) { ch_buf_free(&f->bytes); }
