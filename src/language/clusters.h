/* Clusters: which words stand in like places in much more text than a treebank has. A word that no treebank has may be told to be a
 * surname or a town by them. From models/CODE.clusters (docs/formats.md, made by train/clusters.py); a language may lack them. In the pack:
 *   clu.hashes   of the words, ascending; a word as written or, where that is not there, folded (ch_fold_norm)
 *   clu.of       the finest cluster of each
 *   clu.parents  for each finest cluster the two coarser ones that it lies in */
#ifndef CH_LANGUAGE_CLUSTERS_H
#define CH_LANGUAGE_CLUSTERS_H

#include "model/pack.h"

enum { CH_CLUSTER_LEVELS = 3 };

typedef struct ChClusterParents {
  uint16_t at[CH_CLUSTER_LEVELS - 1];
} ChClusterParents;

typedef struct ChClusters {
  const uint32_t *hashes;
  const uint16_t *of;
  const ChClusterParents *parents;
  size_t n, n_parents;
} ChClusters;

/* Adds models/CODE.clusters to the pack where it exists. */
void ch_clusters_compile(ChPackWriter *w, ChSlice lang, const char *models, ChError *err);
ChClusters ch_clusters_of(const ChPack *p, ChSlice lang);
/* The clusters of a word, finest first, each counted from 1; false where it has none. */
bool ch_clusters_find(const ChClusters *c, ChSlice form, ChSlice norm, uint16_t out[CH_CLUSTER_LEVELS]);

#endif
