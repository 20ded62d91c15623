/* Happenings for the commands that export them: from the store, or from a file of JSON Lines. */
#include <string.h>

#include "base/file.h"
#include "cli/happenings.h"

void ch_cli_happenings(const ChPack *pack, const char *store, const ChStoreQuery *q, ChSlice as_of, ChHappeningEach *each, void *context,
                       ChError *err)
{
  ChStore *s = ch_cli_store(store, false, err);
  if (s) {
    ch_store_use(s, pack);
    ch_store_happenings(s, q, as_of, each, context, err);
  }
  ch_store_close(s);
}

/* ---- JSON Lines ---- */

enum { FILE_MAX = 1 << 30 };

void ch_cli_happenings_file(const char *path, ChHappeningEach *each, void *context, ChError *err)
{
  ChBuf bytes = {0};
  uint32_t number = 0;
  bool on = true;
  ch_file_read(path, FILE_MAX, &bytes, err);
  ChSlice rest = ch_buf_view(&bytes);
  while (on && rest.n && !ch_failed(err)) {
    const char *end = memchr(rest.p, '\n', rest.n);
    ChSlice line = ch_slice(rest.p, end ? (size_t)(end - rest.p) : rest.n);
    rest = ch_slice(rest.p + line.n + (end ? 1 : 0), rest.n - line.n - (end ? 1 : 0));
    number++;
    if (!ch_slice_trim(line).n)
      continue;
    json_error_t fault;
    json_t *h = json_loadb(line.p, line.n, 0, &fault);
    if (json_is_object(h))
      on = each(context, h);
    else
      ch_error_at(err, CH_ERR_FORMAT, ch_slice_z(path), number, 0, "%s", h ? "not a JSON object" : fault.text);
    json_decref(h);
  }
  ch_buf_free(&bytes);
}
