/* The best tree of a sentence by the scores of its arcs: Chu-Liu and Edmonds' algorithm (J. Edmonds, "Optimum branchings", 1967) with exactly
 * one word under the root. */
#ifndef CH_LANGUAGE_TREE_H
#define CH_LANGUAGE_TREE_H

#include <stddef.h>
#include <stdint.h>

/* Scratch for sentences of up to `n` words, in bytes; to be aligned as int64_t is. */
size_t ch_tree_scratch(uint32_t n);
/* scores[w * (n + 1) + g]: that word w (1..n) hangs under g (0 = root); those of w under itself and of w = 0 are not read. They are
 * changed. Fills heads[1..n] with governors, heads[0] with 0. Every score must lie within +-2^22. Takes some square of n steps, its
 * cube at worst. */
void ch_tree_best(int32_t *scores, uint32_t n, uint32_t *heads, void *scratch);

#endif
