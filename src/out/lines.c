/* Events of several reports, one a line, in columns. */
#include "out/out.h"

enum { COLUMNS = 4, TIME_MAX = 24, PLACE_MAX = 24 };

static ChSlice cell(const ChEventLine *l, size_t column)
{
  const ChSlice cells[COLUMNS] = {l->time, l->status, l->kind, l->place};
  return cells[column];
}

/* The text cut to `width` columns and filled up with blanks. */
static void put_cell(ChBuf *out, ChSlice s, uint32_t width)
{
  ChBuf b = {0};
  ch_out_wrap(&b, s.n ? s : CH_LIT("-"), 0, 0, CH_PAGE_MAX);
  ChSlice v = ch_buf_view(&b);
  while (v.n && ch_out_width(v) > width) {
    v.n--;
    while (v.n && ((unsigned char)v.p[v.n] & 0xC0) == 0x80)
      v.n--;
  }
  ch_buf_slice(out, v);
  ch_buf_printf(out, "%*s", (int)(width - ch_out_width(v)) + 2, "");
  ch_buf_free(&b);
}

void ch_out_event_lines(const ChEventLine *lines, size_t n, const ChPage *page, ChBuf *out)
{
  uint32_t width[COLUMNS] = {0}, at = 0;
  for (size_t i = 0; i < n; i++)
    for (size_t c = 0; c < COLUMNS; c++) {
      uint32_t w = ch_out_width(cell(&lines[i], c)), max = c == 0 ? TIME_MAX : PLACE_MAX;
      w = w > max ? max : w ? w : 1;
      width[c] = w > width[c] ? w : width[c];
    }
  for (size_t c = 0; c < COLUMNS; c++)
    at += width[c] + 2;
  /* On a narrow terminal who and id go to a line of their own. */
  bool apart = at + 24 > page->width;
  for (size_t i = 0; i < n; i++) {
    for (size_t c = 0; c < COLUMNS; c++)
      put_cell(out, cell(&lines[i], c), width[c]);
    ChBuf b = {0};
    ch_buf_printf(&b, "%.*s [%.*s]", CH_ARG(lines[i].who), CH_ARG(lines[i].id));
    if (apart) {
      while (out->n && out->p[out->n - 1] == ' ')
        out->n--;
      ch_buf_text(out, "\n    ");
    }
    ch_out_wrap(out, ch_buf_view(&b), apart ? 4 : at, apart ? 4 : at, page->width);
    ch_buf_char(out, '\n');
    ch_buf_free(&b);
  }
}
