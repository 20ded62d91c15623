/* Who is who across reports: by id where both have one, by folded name otherwise. */
#include <stdlib.h>

#include "base/utf8.h"
#include "record/inner.h"

static int by_number(const void *a, const void *b)
{
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return x < y ? -1 : x > y;
}

ChRecordName ch_record_name(ChArena *a, ChSlice text)
{
  ChRecordName n = {0};
  ChBuf b = {0};
  ch_utf8_fold(text, &b);
  n.text = ch_arena_copy(a, ch_buf_view(&b));
  ch_buf_free(&b);
  for (ChSlice rest = n.text; rest.n;) {
    ChSlice w = ch_slice_cut(&rest, ' ');
    if (!n.first.n)
      n.first = w;
    n.last = w;
    if (n.words < CH_NAME_WORDS)
      n.word[n.words++] = (uint32_t)ch_slice_hash(w);
  }
  qsort(n.word, n.words, sizeof *n.word, by_number);
  return n;
}

static uint32_t common(const uint32_t *a, uint32_t na, const uint32_t *b, uint32_t nb)
{
  uint32_t i = 0, k = 0, same = 0;
  while (i < na && k < nb) {
    if (a[i] == b[k])
      same++, i++, k++;
    else if (a[i] < b[k])
      i++;
    else
      k++;
  }
  return same;
}

/* Three in five of all words. */
bool ch_record_name_like(const ChRecordName *a, const ChRecordName *b)
{
  uint32_t same = common(a->word, a->words, b->word, b->words);
  return same && same * 5 >= (a->words + b->words - same) * 3;
}

/* Letters to change to make one word the other; words longer than 23 bytes are the same or not. */
static size_t distance(ChSlice a, ChSlice b)
{
  enum { MOST = 24 };
  size_t row[MOST];
  if (a.n >= MOST || b.n >= MOST)
    return ch_slice_eq(a, b) ? 0 : MOST;
  for (size_t k = 0; k <= b.n; k++)
    row[k] = k;
  for (size_t i = 1; i <= a.n; i++) {
    size_t corner = row[0];
    row[0] = i;
    for (size_t k = 1; k <= b.n; k++) {
      size_t change = corner + (a.p[i - 1] != b.p[k - 1]), more = 1 + (row[k] < row[k - 1] ? row[k] : row[k - 1]);
      corner = row[k];
      row[k] = change < more ? change : more;
    }
  }
  return row[b.n];
}

/* Written otherwise by another outlet: at most one letter in four differs. */
static bool near_word(ChSlice a, ChSlice b)
{
  return distance(a, b) * 4 <= (a.n > b.n ? a.n : b.n);
}

/* The same surname, nearly, and given names that do not clash. */
static bool same_person(const ChRecordName *a, const ChRecordName *b)
{
  if (ch_slice_eq(a->text, b->text))
    return true;
  if (!a->words || !b->words)
    return false;
  if (a->words > 1 && a->words == b->words && common(a->word, a->words, b->word, b->words) == a->words)
    return true; /* the family name first, or last */
  if (a->last.n < 3 || b->last.n < 3 || !near_word(a->last, b->last))
    return false;
  if (a->words == 1 || b->words == 1)
    return ch_slice_eq(a->last, b->last);
  return a->first.p[0] == b->first.p[0] && (a->first.n < 3 || b->first.n < 3 || distance(a->first, b->first) * 2 <= a->first.n);
}

static double match_persons(const ChParty *a, const ChParty *b)
{
  bool state = a->of.n && ch_slice_eq(a->of, b->of);
  if (a->post != b->post)
    return state ? 0.5 : 0;
  if (a->post)
    return ch_slice_eq(a->name.text, b->name.text) || (state && ch_record_name_like(&a->name, &b->name)) ? 1 : 0;
  if (a->id.n && b->id.n && a->id.p[0] == b->id.p[0])
    return ch_slice_eq(a->id, b->id) ? 1 : 0;
  return same_person(&a->name, &b->name) ? 1 : 0;
}

double ch_party_match(const ChParty *a, const ChParty *b)
{
  bool state = a->of.n && ch_slice_eq(a->of, b->of);
  if (a->type == CH_PARTY_PERSON && b->type == CH_PARTY_PERSON)
    return match_persons(a, b);
  if (a->type == b->type) {
    if (ch_slice_eq(a->name.text, b->name.text) || (a->id.n && ch_slice_eq(a->id, b->id)))
      return 1;
    if (a->type == CH_PARTY_STATE)
      return 0;
    return ch_record_name_like(&a->name, &b->name) ? 1 : state ? 0.5 : 0;
  }
  /* a delegation, a ministry, a minister and their state */
  return state ? 0.5 : ch_slice_eq(a->name.text, b->name.text) ? 1 : 0;
}

ChPartyTally ch_party_tally(const ChRecordMention *a, const ChRecordMention *b)
{
  ChPartyTally t = {0};
  bool used[CH_MENTION_PARTIES] = {false}, found[CH_MENTION_PARTIES] = {false};
  for (int pass = 0; pass < 2; pass++)
    for (uint32_t i = 0; i < a->n_parties; i++)
      for (uint32_t k = 0; k < b->n_parties && !found[i]; k++) {
        double m = used[k] ? 0 : ch_party_match(&a->parties[i], &b->parties[k]);
        if (m <= 0 || (pass == 0 && m < 1))
          continue;
        found[i] = used[k] = true;
        if (m < 1)
          t.stands++;
        else
          t.full[a->parties[i].type]++;
      }
  /* who is left may stand beside, or under, one that is found: the state of a minister who is there, one more of a delegation */
  for (uint32_t i = 0; i < a->n_parties; i++) {
    for (uint32_t k = 0; k < b->n_parties && !found[i]; k++)
      found[i] = ch_party_match(&a->parties[i], &b->parties[k]) > 0;
    t.left_a += !found[i];
  }
  for (uint32_t k = 0; k < b->n_parties; k++) {
    for (uint32_t i = 0; i < a->n_parties && !used[k]; i++)
      used[k] = ch_party_match(&a->parties[i], &b->parties[k]) > 0;
    t.left_b += !used[k];
  }
  return t;
}

int ch_party_core(const ChRecordMention *a, const ChRecordMention *b, const ChWord *roles, const ChPack *pack)
{
  bool has_a = false, has_b = false;
  for (int r = 0; r < CH_KIND_CORE && roles[r]; r++) {
    ChSlice role = ch_pack_word(pack, roles[r]);
    for (uint32_t i = 0; i < a->n_parties; i++) {
      if (!ch_slice_eq(a->parties[i].role, role))
        continue;
      has_a = true;
      for (uint32_t k = 0; k < b->n_parties; k++)
        if (ch_slice_eq(b->parties[k].role, role) && ch_party_match(&a->parties[i], &b->parties[k]) > 0)
          return 1;
    }
    for (uint32_t k = 0; k < b->n_parties; k++)
      has_b = has_b || ch_slice_eq(b->parties[k].role, role);
  }
  return has_a && has_b ? 0 : -1;
}
