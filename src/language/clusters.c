#include "language/clusters.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

enum { HEAD = 20 };

static bool values_ok(const uint32_t *hash, const uint16_t *of, uint32_t words, uint32_t clusters, uint32_t kinds)
{
  for (uint32_t i = 0; i < words; i++)
    if (i && hash[i] <= hash[i - 1])
      return false;
  for (size_t i = 0; i < (size_t)words * kinds; i++)
    if (of[i] >= clusters && of[i] != CH_CLUSTER_NONE)
      return false;
  return true;
}

static bool add_file(ChPackWriter *w, ChSlice lang, ChSlice bytes)
{
  uint32_t sizes[3];
  if (bytes.n < HEAD || memcmp(bytes.p, "CHCLUSTR", 8) != 0)
    return false;
  memcpy(sizes, bytes.p + 8, sizeof sizes);
  uint32_t kinds = sizes[0], words = sizes[1], clusters = sizes[2]; /* the version of the file says how many kinds */
  if (!kinds || kinds > CH_CLUSTER_KINDS)
    return false;
  uint64_t size = HEAD + (uint64_t)words * (sizeof(uint32_t) + kinds * sizeof(uint16_t)) + (uint64_t)clusters * sizeof(ChClusterParents);
  if (!words || !clusters || clusters >= UINT16_MAX || size != bytes.n)
    return false;
  const void *hash = bytes.p + HEAD, *parents = bytes.p + HEAD + (size_t)words * sizeof(uint32_t),
             *of = bytes.p + HEAD + (size_t)words * sizeof(uint32_t) + (size_t)clusters * sizeof(ChClusterParents);
  if (!values_ok(hash, of, words, clusters, kinds))
    return false;
  ch_pack_writer_add_of(w, lang, "clu.hashes", hash, sizeof(uint32_t), words);
  ch_pack_writer_add_of(w, lang, "clu.parents", parents, sizeof(ChClusterParents), clusters);
  ch_pack_writer_add_of(w, lang, "clu.of", of, sizeof(uint16_t), (size_t)words * kinds);
  return true;
}

void ch_clusters_compile(ChPackWriter *w, ChSlice lang, const char *models, ChError *err)
{
  enum { LARGEST = 32 << 20 };
  char path[1024];
  ChBuf b = {0};
  snprintf(path, sizeof path, "%s/%.*s.clusters", models ? models : "", CH_ARG(lang));
  if (ch_failed(err) || !models || access(path, F_OK) != 0)
    return;
  ch_file_read(path, LARGEST, &b, err);
  if (!ch_failed(err) && !add_file(w, lang, ch_buf_view(&b)))
    ch_error_at(err, CH_ERR_FORMAT, ch_slice_z(path), 0, 0, "not a file of clusters of this version, or damaged");
  ch_buf_free(&b);
}

ChClusters ch_clusters_of(const ChPack *p, ChSlice lang)
{
  ChClusters c = {0};
  size_t n;
  c.hashes = ch_pack_section_of(p, lang, "clu.hashes", sizeof *c.hashes, &c.n);
  c.of = ch_pack_section_of(p, lang, "clu.of", sizeof *c.of, &n);
  c.parents = ch_pack_section_of(p, lang, "clu.parents", sizeof *c.parents, &c.n_parents);
  c.kinds = c.n ? n / c.n : 0;
  return c.hashes && c.of && c.parents && c.kinds && c.kinds <= CH_CLUSTER_KINDS && n == c.n * c.kinds ? c : (ChClusters){0};
}

/* The place of a hash; c->n where it is not there. Hashes are spread evenly, so it lies near to where its size says: from there the range is
 * doubled until it holds the hash, then halved. */
static size_t place_of(const ChClusters *c, uint32_t hash)
{
  size_t guess = (size_t)((uint64_t)hash * c->n >> 32), from = guess, end = guess, step = 32;
  while (from > 0 && c->hashes[from] > hash) {
    from = from > step ? from - step : 0;
    step *= 2;
  }
  for (step = 32; end < c->n && c->hashes[end] < hash; step *= 2)
    end = end + step < c->n ? end + step : c->n;
  while (from < end) {
    size_t middle = from + (end - from) / 2;
    if (c->hashes[middle] < hash)
      from = middle + 1;
    else
      end = middle;
  }
  return from < c->n && c->hashes[from] == hash ? from : c->n;
}

bool ch_clusters_find(const ChClusters *c, ChSlice form, ChSlice norm, uint16_t out[CH_CLUSTER_LEVELS])
{
  memset(out, 0, CH_CLUSTER_LEVELS * sizeof *out);
  if (!c->n)
    return false;
  size_t at = place_of(c, (uint32_t)(ch_slice_hash(form) >> 32));
  if (at == c->n)
    at = place_of(c, (uint32_t)(ch_slice_hash(norm) >> 32));
  if (at == c->n)
    return false;
  for (size_t kind = 0; kind < c->kinds; kind++) {
    uint16_t of = c->of[at * c->kinds + kind], *to = out + kind * CH_CLUSTER_STEPS;
    if (of >= c->n_parents)
      continue;
    to[0] = (uint16_t)(of + 1);
    for (size_t k = 1; k < CH_CLUSTER_STEPS; k++)
      to[k] = (uint16_t)(c->parents[of].at[k - 1] + 1);
  }
  return true;
}
