/* Packs of unit tests and fuzz targets. */
#ifndef CH_TESTS_PACK_H
#define CH_TESTS_PACK_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "model/pack.h"

/* Opens what the writer holds, frees the writer, leaves no file. NULL and the complaint on standard error where err says, or now comes
 * to say, that something failed. Run from the root of the sources. */
static ChPack *open_written(ChPackWriter *w, ChError *err)
{
  char path[] = "/tmp/chancery-test.XXXXXX";
  int fd = mkstemp(path);
  if (fd >= 0)
    close(fd);
  ch_pack_writer_save(w, path, err);
  ch_pack_writer_free(w);
  ChPack *pack = ch_pack_open(path, err);
  unlink(path);
  if (ch_failed(err)) {
    char text[900];
    ch_error_format(err, text, sizeof text);
    fprintf(stderr, "%s\n", text);
  }
  return pack;
}

#endif
