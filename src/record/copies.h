/* Copies of one item in many outlets: they are no further evidence of what the first one tells. Pure, as the rest of the record. */
#ifndef CH_RECORD_COPIES_H
#define CH_RECORD_COPIES_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* Do the two tell the same of the same events, word for word as far as the record goes by it? */
bool ch_record_same_telling(const json_t *a, const json_t *b);
/* For n readings of which group[i] is the lowest index of the copies of i (i itself where there is none): original[i] = the one that speaks for i, the
 * earliest published of its copies, or i where it tells otherwise than that one (an update is no copy). */
void ch_record_originals(const json_t *const *readings, size_t n, const uint32_t *group, uint32_t *original);

#endif
