/* Packs of unit tests and fuzz targets. */
#ifndef CH_TESTS_PACK_H
#define CH_TESTS_PACK_H

#include <stdio.h>

#include "model/pack.h"

/* Opens what the writer holds and frees the writer. NULL and the complaint on standard error where err says, or now comes to say, that
 * something failed. Run from the root of the sources. */
static inline ChPack *open_written(ChPackWriter *w, ChError *err)
{
  ChPack *pack = ch_pack_writer_open(w, err);
  ch_pack_writer_free(w);
  if (ch_failed(err)) {
    char text[900];
    ch_error_format(err, text, sizeof text);
    fprintf(stderr, "%s\n", text);
  }
  return pack;
}

/* Opens the pack of a test's arguments; NULL and the complaint on standard error. */
static inline ChPack *open_named(const char *path)
{
  ChError err = {0};
  ChPack *p = ch_pack_open(path, &err);
  if (!p) {
    char text[1024];
    ch_error_format(&err, text, sizeof text);
    fprintf(stderr, "%s\n", text);
  }
  return p;
}

#endif
