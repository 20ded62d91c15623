#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

static void fill(ChError *e, ChStatus status, ChSlice file, uint32_t line, uint32_t col, const char *fmt, va_list ap)
{
  if (e->status != CH_OK)
    return;
  e->status = status;
  snprintf(e->file, sizeof e->file, "%.*s", CH_ARG(file));
  e->line = line;
  e->col = col;
  vsnprintf(e->text, sizeof e->text, fmt, ap);
}

void ch_error_set(ChError *e, ChStatus status, const char *fmt, ...)
{
  va_list ap;
  va_start(ap, fmt);
  fill(e, status, CH_LIT(""), 0, 0, fmt, ap);
  va_end(ap);
}

void ch_error_at(ChError *e, ChStatus status, ChSlice file, uint32_t line, uint32_t col, const char *fmt, ...)
{
  va_list ap;
  va_start(ap, fmt);
  fill(e, status, file, line, col, fmt, ap);
  va_end(ap);
}

void ch_error_format(const ChError *e, char *buf, size_t size)
{
  if (e->file[0] && e->line)
    snprintf(buf, size, "%s:%u:%u: error: %s", e->file, e->line, e->col, e->text);
  else if (e->file[0])
    snprintf(buf, size, "%s: error: %s", e->file, e->text);
  else
    snprintf(buf, size, "error: %s", e->text);
}
