#include <stdio.h>
#include <unistd.h>

#include "base/datafile.h"
#include "when/series.h"

void ch_when_compile_relations(ChPackWriter *w, const char *data, ChError *err)
{
  enum { STATE, WITH, FROM, SOURCE };
  static const char *const columns[] = {"state", "with", "from", "source", NULL};
  char path[1024];
  snprintf(path, sizeof path, "%s/world/relations.tsv", data);
  ChBuf rows = {0};
  if (!ch_failed(err) && access(path, F_OK) == 0) {
    ChDataFile f;
    ch_datafile_open(&f, path, "relations", 1, columns, err);
    while (ch_datafile_next(&f)) {
      uint32_t year;
      if (!f.cell[STATE].n || f.cell[FROM].n < 4 || !ch_slice_uint(ch_slice(f.cell[FROM].p, 4), 9999, &year)) {
        ch_datafile_fault(&f, FROM, "a state and a date are needed");
        break;
      }
      ChWhenRelation r = {ch_pack_writer_word(w, f.cell[STATE]), ch_pack_writer_word(w, f.cell[WITH]), (int32_t)year};
      ch_buf_add(&rows, &r, sizeof r);
    }
    ch_datafile_close(&f);
  }
  if (!ch_failed(err))
    ch_pack_writer_add(w, "when.relations", rows.p, sizeof(ChWhenRelation), rows.n / sizeof(ChWhenRelation));
  ch_buf_free(&rows);
}

int32_t ch_when_relations(const ChPack *p, ChWord a, ChWord b, bool *exact)
{
  size_t n;
  const ChWhenRelation *r = ch_pack_section(p, "when.relations", sizeof *r, &n);
  int32_t least = 0;
  *exact = false;
  for (size_t i = 0; i < n; i++) {
    if (r[i].with != CH_NO_WORD && ((r[i].state == a && r[i].with == b) || (r[i].state == b && r[i].with == a))) {
      *exact = true;
      return r[i].from;
    }
    if (r[i].with == CH_NO_WORD && (r[i].state == a || r[i].state == b) && r[i].from > least)
      least = r[i].from;
  }
  return least;
}
