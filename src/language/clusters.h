/* Clusters: which words stand in like places in much more text than a treebank has. A word that no treebank has may be told to be a
 * surname or a town by them. From models/CODE.clusters (docs/formats.md, made by train/clusters.py); a language may lack them, or have two
 * kinds, learnt in other ways from other texts. In the pack:
 *   clu.hashes   of the words, ascending; a word as written or, where that is not there, folded (ch_fold_norm)
 *   clu.of       for each word its finest cluster of each kind, CH_CLUSTER_NONE where it has none of that kind
 *   clu.parents  for each finest cluster, those of the second kind behind those of the first, the two coarser ones that it lies in */
#ifndef CH_LANGUAGE_CLUSTERS_H
#define CH_LANGUAGE_CLUSTERS_H

#include "model/pack.h"

enum { CH_CLUSTER_KINDS = 2, CH_CLUSTER_STEPS = 3, CH_CLUSTER_LEVELS = CH_CLUSTER_KINDS * CH_CLUSTER_STEPS, CH_CLUSTER_NONE = UINT16_MAX };

typedef struct ChClusterParents {
  uint16_t at[CH_CLUSTER_STEPS - 1];
} ChClusterParents;

typedef struct ChClusters {
  const uint32_t *hashes;
  const uint16_t *of;
  const ChClusterParents *parents;
  size_t n, n_parents, kinds;
} ChClusters;

/* Adds models/CODE.clusters to the pack where it exists. */
void ch_clusters_compile(ChPackWriter *w, ChSlice lang, const char *models, ChError *err);
ChClusters ch_clusters_of(const ChPack *p, ChSlice lang);
/* The clusters of a word, kind by kind, finest first, each counted from 1, 0 = none; false where the word is not there. */
bool ch_clusters_find(const ChClusters *c, ChSlice form, ChSlice norm, uint16_t out[CH_CLUSTER_LEVELS]);

#endif
