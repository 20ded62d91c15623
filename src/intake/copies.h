/* Which reports are copies of one: a wire item that many outlets carry, with heads, feet, datelines and light edits of their own.
 *
 * A report's print is the MinHash of its runs of CH_COPY_WORDS words (Broder, "On the resemblance and containment of documents", 1997):
 * the smallest of each of CH_COPY_MINS hashes over all runs. The share of equal ones estimates how alike two sets of runs are; with their
 * sizes, how much of the smaller stands in the larger. Words are compared as letters and digits in lower case, so marks, line ends and blanks do
 * not count. Two reports are copies where most of the smaller stands in the larger and the larger is not much longer: a digest of
 * many items is no copy of each.
 *
 * The decision on two reports does not depend on others nor on their order; groups are what is connected by it, so neither do they. */
#ifndef CH_INTAKE_COPIES_H
#define CH_INTAKE_COPIES_H

#include "base/error.h"
#include "base/slice.h"

enum {
  CH_COPY_WORDS = 4,   /* of one run */
  CH_COPY_MINS = 128,
  CH_COPY_BANDS = 32,  /* keys for finding likely copies without comparing all */
  CH_COPY_LEAST = 24,  /* runs that a report must have: shorter ones are copies of nothing */
};

/* 520 bytes, plain: may be kept as they are on one kind of machine (little-endian). */
typedef struct ChCopyPrint {
  uint32_t runs; /* different runs of words */
  uint32_t version;
  uint32_t min[CH_COPY_MINS];
} ChCopyPrint;

/* The print of a clean text (ChReport.text). CH_ERR_LIMIT where memory is short. */
void ch_copy_print(ChSlice text, ChCopyPrint *print, ChError *err);
/* How alike the two are, 0 to 1: the estimated share of common runs among all. */
double ch_copy_alike(const ChCopyPrint *a, const ChCopyPrint *b);
bool ch_copy_same(const ChCopyPrint *a, const ChCopyPrint *b);
/* Keys by which to look up likely copies: two that are copies share at least one of them nearly always (alike 0.5: 87 of 100; 0.6: 98;
 * 0.7: 99.98), two that have little in common nearly never (0.1: 3 of 1000). */
void ch_copy_keys(const ChCopyPrint *print, uint64_t keys[CH_COPY_BANDS]);
/* Puts the lowest index of its group at group[i]. What is compared is what shares a key; where more than 64 do, those that are near in the
 * order of their prints. So time is near linear in n, and the groups are the same in whatever order the reports come. */
void ch_copy_groups(const ChCopyPrint *prints, size_t n, uint32_t *group, ChError *err);

#endif
