#include "intake/copies.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/utf8.h"

enum { VERSION = 1, ROWS = CH_COPY_MINS / CH_COPY_BANDS, NEIGHBOURS = 64 };

/* ---- prints ---- */

/* Hashes of the words, one after another. Letters and digits only; small letters; what stands between is no matter. */
static void hash_words(ChSlice text, ChBuf *out)
{
  char word[256];
  size_t n = 0, used;
  for (size_t i = 0; i <= text.n; i += used) {
    uint32_t cp = i < text.n ? ch_utf8_decode(text.p + i, text.n - i, &used) : ' ';
    used = i < text.n ? used : 1;
    if (ch_cp_letter(cp) || ch_cp_digit(cp)) {
      if (n + 4 <= sizeof word)
        n += ch_utf8_encode(ch_cp_lower(cp), word + n);
    } else if (n) {
      uint64_t h = ch_slice_hash(ch_slice(word, n));
      ch_buf_add(out, &h, sizeof h);
      n = 0;
    }
  }
}

static int by_value(const void *a, const void *b)
{
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

/* A bijection of 64 bits (the finish of SplitMix64, Steele and others 2014): one for each seed makes the hashes that MinHash needs. */
static uint64_t mix(uint64_t x)
{
  x += 0x9E3779B97F4A7C15u;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

void ch_copy_print(ChSlice text, ChCopyPrint *print, ChError *err)
{
  *print = (ChCopyPrint){.version = VERSION};
  for (size_t k = 0; k < CH_COPY_MINS; k++)
    print->min[k] = UINT32_MAX;
  ChBuf words = {0};
  if (!ch_failed(err))
    hash_words(text, &words);
  if (words.failed)
    ch_error_set(err, CH_ERR_LIMIT, "not enough memory");
  size_t n = words.n / sizeof(uint64_t), runs = n >= CH_COPY_WORDS ? n - CH_COPY_WORDS + 1 : 0;
  uint64_t *w = (uint64_t *)(void *)words.p;
  for (size_t i = 0; i < runs; i++) { /* a run takes the place of its first word */
    uint64_t h = 0;
    for (size_t k = 0; k < CH_COPY_WORDS; k++)
      h = mix(h ^ w[i + k]);
    w[i] = h;
  }
  if (runs)
    qsort(w, runs, sizeof *w, by_value);
  uint64_t factor[CH_COPY_MINS], shift[CH_COPY_MINS]; /* a * x + b; the high half is the hash */
  for (size_t k = 0; k < CH_COPY_MINS; k++) {
    factor[k] = mix(2 * k) | 1;
    shift[k] = mix(2 * k + 1);
  }
  for (size_t i = 0; i < runs; i++) {
    if (i && w[i] == w[i - 1])
      continue;
    print->runs++;
    for (size_t k = 0; k < CH_COPY_MINS; k++) {
      uint32_t h = (uint32_t)((w[i] * factor[k] + shift[k]) >> 32);
      print->min[k] = h < print->min[k] ? h : print->min[k];
    }
  }
  ch_buf_free(&words);
}

/* ---- two reports ---- */

double ch_copy_alike(const ChCopyPrint *a, const ChCopyPrint *b)
{
  size_t same = 0;
  if (!a->runs || !b->runs || a->version != b->version)
    return 0;
  for (size_t k = 0; k < CH_COPY_MINS; k++)
    same += a->min[k] == b->min[k];
  return (double)same / CH_COPY_MINS;
}

bool ch_copy_same(const ChCopyPrint *a, const ChCopyPrint *b)
{
  const double contained = 0.7, alike = 0.4;
  uint32_t small = a->runs < b->runs ? a->runs : b->runs;
  if (small < CH_COPY_LEAST)
    return false;
  double j = ch_copy_alike(a, b), common = j * ((double)a->runs + b->runs) / (1 + j);
  return j >= alike && common >= contained * small;
}

/* ---- many ---- */

void ch_copy_keys(const ChCopyPrint *print, uint64_t keys[CH_COPY_BANDS])
{
  for (size_t b = 0; b < CH_COPY_BANDS; b++) {
    keys[b] = mix(b);
    for (size_t r = 0; r < ROWS; r++)
      keys[b] = mix(keys[b] ^ print->min[b * ROWS + r]);
  }
}

typedef struct Key {
  uint64_t key, print; /* print: hash of the whole, so that the order is that of contents, not of reports */
  uint32_t report;
} Key;

static int by_key(const void *a, const void *b)
{
  const Key *x = a, *y = b;
  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return (x->print > y->print) - (x->print < y->print);
}

static uint32_t root(uint32_t *group, uint32_t i)
{
  while (group[i] != i)
    i = group[i] = group[group[i]];
  return i;
}

static void join(uint32_t *group, uint32_t a, uint32_t b)
{
  a = root(group, a);
  b = root(group, b);
  if (a < b)
    group[b] = a;
  else
    group[a] = b;
}

/* Compares the reports of one key, each with the NEIGHBOURS before it in the order of their prints. */
static void compare(const ChCopyPrint *prints, const Key *keys, size_t n, uint32_t *group)
{
  for (size_t i = 1; i < n; i++)
    for (size_t j = i > NEIGHBOURS ? i - NEIGHBOURS : 0; j < i; j++) {
      uint32_t a = keys[j].report, b = keys[i].report;
      if (root(group, a) != root(group, b) && ch_copy_same(&prints[a], &prints[b]))
        join(group, a, b);
    }
}

void ch_copy_groups(const ChCopyPrint *prints, size_t n, uint32_t *group, ChError *err)
{
  Key *keys = ch_failed(err) ? NULL : malloc((n * CH_COPY_BANDS + 1) * sizeof *keys);
  size_t count = 0;
  for (size_t i = 0; i < n; i++)
    group[i] = (uint32_t)i;
  if (!keys) {
    ch_error_set(err, CH_ERR_LIMIT, "not enough memory");
    return;
  }
  for (size_t i = 0; i < n; i++) {
    uint64_t own[CH_COPY_BANDS];
    if (prints[i].runs < CH_COPY_LEAST)
      continue;
    ch_copy_keys(&prints[i], own);
    uint64_t print = ch_slice_hash(ch_slice((const char *)&prints[i], sizeof prints[i]));
    for (size_t b = 0; b < CH_COPY_BANDS; b++)
      keys[count++] = (Key){own[b], print, (uint32_t)i};
  }
  qsort(keys, count, sizeof *keys, by_key);
  for (size_t i = 0, end; i < count; i = end) {
    for (end = i + 1; end < count && keys[end].key == keys[i].key;)
      end++;
    compare(prints, keys + i, end - i, group);
  }
  for (size_t i = 0; i < n; i++)
    group[i] = root(group, (uint32_t)i);
  free(keys);
}
