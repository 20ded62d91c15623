#include "model/pack.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "base/file.h"

enum { ALIGN = 64 };
static const char MAGIC[8] = "CHPACK\r\n";

typedef struct ChPackHeader {
  char magic[8];
  uint32_t version, sections;
  uint64_t size; /* of the whole file */
  uint64_t hash;  /* of what follows the header */
  uint64_t table; /* of the entries alone */
} ChPackHeader;

typedef struct ChPackEntry {
  char name[CH_PACK_NAME];
  uint64_t at, count;
  uint32_t element, pad;
} ChPackEntry;

struct ChPack {
  char *own; /* where the pack is not mapped but in memory of its own */
  const char *map;
  size_t size;
  const ChPackEntry *entries;
  uint32_t sections;
  const char *text;         /* words, one after another */
  const uint32_t *at;       /* word id -> offset of its text; one more than there are words */
  const uint32_t *hash;     /* open addressing: word id or 0 */
  uint32_t words, hash_mask;
};

uint64_t ch_pack_print(const ChPack *p) { return ((const ChPackHeader *)(const void *)p->map)->hash; }

static uint64_t hash_table(const ChPackHeader *h) { return XXH3_64bits(h + 1, h->sections * sizeof(ChPackEntry)); }

static bool check_entries(ChPack *p)
{
  for (uint32_t i = 0; i < p->sections; i++) {
    const ChPackEntry *e = &p->entries[i];
    if (memchr(e->name, '\0', sizeof e->name) == NULL || e->at % ALIGN || e->at > p->size || !e->element ||
        e->count > (p->size - e->at) / e->element)
      return false;
  }
  size_t text, n, slots;
  p->text = ch_pack_section(p, "words.text", 1, &text);
  p->at = ch_pack_section(p, "words.at", sizeof *p->at, &n);
  p->hash = ch_pack_section(p, "words.hash", sizeof *p->hash, &slots);
  if (!p->text || !p->at || !p->hash || n < 2 || (slots & (slots - 1)) || slots <= n || p->at[n - 1] > text)
    return false;
  p->words = (uint32_t)(n - 1);
  p->hash_mask = (uint32_t)(slots - 1);
  return true;
}

ChPack *ch_pack_open(const char *path, ChError *err)
{
  if (ch_failed(err))
    return NULL;
  ChSlice name = ch_slice_z(path);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  struct stat st;
  if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
    ch_error_at(err, CH_ERR_IO, name, 0, 0, "the pack cannot be opened: %s", fd < 0 ? strerror(errno) : "not a file");
    if (fd >= 0)
      close(fd);
    return NULL;
  }
  size_t size = (size_t)st.st_size;
  void *map = size >= sizeof(ChPackHeader) ? mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;
  close(fd);
  if (map == MAP_FAILED) {
    ch_error_at(err, CH_ERR_FORMAT, name, 0, 0, "the pack is damaged: too short");
    return NULL;
  }
  const ChPackHeader *h = map;
  const char *fault = NULL;
  if (memcmp(h->magic, MAGIC, sizeof MAGIC) != 0)
    fault = "not a pack";
  else if (h->version != CH_PACK_VERSION)
    fault = "the pack is of another version; run 'chancery pack'";
  else if (h->size != size || h->sections > (size - sizeof *h) / sizeof(ChPackEntry))
    fault = "the pack is damaged: cut short";
  else if (h->table != hash_table(h))
    fault = "the pack is damaged: wrong checksum";
  ChPack *p = fault ? NULL : calloc(1, sizeof *p);
  if (p) {
    *p = (ChPack){.map = map, .size = size, .entries = (const ChPackEntry *)(h + 1), .sections = h->sections};
    if (check_entries(p))
      return p;
    fault = "the pack is damaged: wrong section";
  }
  ch_error_at(err, CH_ERR_FORMAT, name, 0, 0, "%s", fault ? fault : "not enough memory");
  free(p);
  munmap(map, size);
  return NULL;
}

void ch_pack_check(const ChPack *p, ChError *err)
{
  const ChPackHeader *h = (const ChPackHeader *)(const void *)p->map;
  if (!ch_failed(err) && h->hash != XXH3_64bits(p->map + sizeof *h, p->size - sizeof *h))
    ch_error_set(err, CH_ERR_FORMAT, "the pack is damaged: wrong checksum");
}

void ch_pack_close(ChPack *p)
{
  if (!p)
    return;
  if (p->own)
    free(p->own);
  else
    munmap((void *)(uintptr_t)p->map, p->size);
  free(p);
}

const void *ch_pack_section(const ChPack *p, const char *name, size_t element, size_t *count)
{
  *count = 0;
  /* entries are sorted by name */
  uint32_t lo = 0, hi = p->sections;
  while (lo < hi) {
    uint32_t mid = lo + (hi - lo) / 2;
    int c = strcmp(p->entries[mid].name, name);
    if (c == 0) {
      if (p->entries[mid].element != element)
        return NULL;
      *count = p->entries[mid].count;
      return p->map + p->entries[mid].at;
    }
    if (c < 0)
      lo = mid + 1;
    else
      hi = mid;
  }
  return NULL;
}

const void *ch_pack_section_of(const ChPack *p, ChSlice lang, const char *name, size_t element, size_t *count)
{
  char full[CH_PACK_NAME];
  snprintf(full, sizeof full, "%.*s/%s", CH_ARG(lang), name);
  return ch_pack_section(p, full, element, count);
}

uint32_t ch_pack_words(const ChPack *p) { return p->words; }

ChSlice ch_pack_word(const ChPack *p, ChWord w)
{
  assert(w < p->words);
  return ch_slice(p->text + p->at[w], p->at[w + 1] - p->at[w]);
}

ChWord ch_pack_find(const ChPack *p, ChSlice s)
{
  if (!s.n)
    return CH_NO_WORD;
  for (uint32_t i = (uint32_t)ch_slice_hash(s);; i++) {
    uint32_t w = p->hash[i & p->hash_mask];
    if (w == 0 || w >= p->words)
      return CH_NO_WORD;
    if (ch_slice_eq(ch_pack_word(p, w), s))
      return w;
  }
}

/* ---- writing ---- */

typedef struct Section {
  char name[CH_PACK_NAME];
  ChBuf data;
  const char *base; /* the data where they are another pack's, else NULL */
  size_t element, count;
} Section;

static ChSlice data_of(const Section *s) { return s->base ? ch_slice(s->base, s->element * s->count) : ch_buf_view(&s->data); }

struct ChPackWriter {
  ChBuf text;
  ChBuf at; /* uint32_t each */
  uint32_t words;
  uint32_t *hash;
  uint32_t slots;
  Section *sections;
  size_t n, cap;
};

static void add_word(ChPackWriter *w, ChSlice s)
{
  uint32_t at = (uint32_t)w->text.n;
  ch_buf_add(&w->at, &at, sizeof at);
  ch_buf_slice(&w->text, s);
  w->words++;
}

ChPackWriter *ch_pack_writer_new(void)
{
  ChPackWriter *w = calloc(1, sizeof *w);
  if (!w)
    abort();
  w->slots = 1 << 16;
  w->hash = calloc(w->slots, sizeof *w->hash);
  if (!w->hash)
    abort();
  add_word(w, CH_LIT(""));
  return w;
}

void ch_pack_writer_free(ChPackWriter *w)
{
  if (!w)
    return;
  ch_buf_free(&w->text);
  ch_buf_free(&w->at);
  for (size_t i = 0; i < w->n; i++)
    ch_buf_free(&w->sections[i].data);
  free(w->sections);
  free(w->hash);
  free(w);
}

ChSlice ch_pack_writer_text(const ChPackWriter *w, ChWord id)
{
  uint32_t from, to = (uint32_t)w->text.n;
  memcpy(&from, w->at.p + id * sizeof from, sizeof from);
  if (id + 1 < w->words)
    memcpy(&to, w->at.p + (id + 1) * sizeof to, sizeof to);
  return ch_slice(w->text.p + from, to - from);
}

static void rehash(ChPackWriter *w)
{
  uint32_t slots = w->slots * 2;
  uint32_t *hash = calloc(slots, sizeof *hash);
  if (!hash)
    abort();
  for (uint32_t id = 1; id < w->words; id++) {
    uint32_t i = (uint32_t)ch_slice_hash(ch_pack_writer_text(w, id));
    while (hash[i & (slots - 1)])
      i++;
    hash[i & (slots - 1)] = id;
  }
  free(w->hash);
  w->hash = hash;
  w->slots = slots;
}

ChWord ch_pack_writer_word(ChPackWriter *w, ChSlice s)
{
  if (!s.n)
    return CH_NO_WORD;
  if ((uint64_t)(w->words + 1) * 4 > (uint64_t)w->slots * 3)
    rehash(w);
  uint32_t i = (uint32_t)ch_slice_hash(s);
  for (;; i++) {
    uint32_t id = w->hash[i & (w->slots - 1)];
    if (!id)
      break;
    if (ch_slice_eq(ch_pack_writer_text(w, id), s))
      return id;
  }
  w->hash[i & (w->slots - 1)] = w->words;
  add_word(w, s);
  return w->words - 1;
}

void ch_pack_writer_add(ChPackWriter *w, const char *name, const void *data, size_t element, size_t count)
{
  assert(strlen(name) < CH_PACK_NAME);
  for (size_t i = 0; i < w->n; i++)
    assert(strcmp(w->sections[i].name, name) != 0);
  if (w->n == w->cap) {
    w->cap = w->cap ? w->cap * 2 : 32;
    w->sections = realloc(w->sections, w->cap * sizeof *w->sections);
    if (!w->sections)
      abort();
  }
  Section *s = &w->sections[w->n++];
  *s = (Section){.element = element, .count = count};
  snprintf(s->name, sizeof s->name, "%s", name);
  ch_buf_add(&s->data, data, element * count);
}

void ch_pack_writer_add_of(ChPackWriter *w, ChSlice lang, const char *name, const void *data, size_t element, size_t count)
{
  char full[CH_PACK_NAME];
  int n = snprintf(full, sizeof full, "%.*s/%s", CH_ARG(lang), name);
  assert(n > 0 && n < CH_PACK_NAME);
  (void)n;
  ch_pack_writer_add(w, full, data, element, count);
}

const void *ch_pack_writer_section(const ChPackWriter *w, const char *name, size_t element, size_t *count)
{
  *count = 0;
  for (size_t i = 0; i < w->n; i++) {
    if (strcmp(w->sections[i].name, name) != 0 || w->sections[i].element != element)
      continue;
    *count = w->sections[i].count;
    return data_of(&w->sections[i]).p;
  }
  return NULL;
}

const void *ch_pack_writer_section_of(const ChPackWriter *w, ChSlice lang, const char *name, size_t element, size_t *count)
{
  char full[CH_PACK_NAME];
  snprintf(full, sizeof full, "%.*s/%s", CH_ARG(lang), name);
  return ch_pack_writer_section(w, full, element, count);
}

static int by_name(const void *a, const void *b)
{
  return strcmp(((const Section *)a)->name, ((const Section *)b)->name);
}

static void pad(ChBuf *b)
{
  static const char zero[ALIGN];
  if (b->n % ALIGN)
    ch_buf_add(b, zero, ALIGN - b->n % ALIGN);
}

void ch_pack_writer_put(ChPackWriter *w, const char *name, const void *data, size_t element, size_t count)
{
  for (size_t i = 0; i < w->n; i++) {
    if (strcmp(w->sections[i].name, name) != 0)
      continue;
    ch_buf_free(&w->sections[i].data);
    w->sections[i] = w->sections[--w->n];
    break;
  }
  ch_pack_writer_add(w, name, data, element, count);
}

ChPackWriter *ch_pack_writer_from(const ChPack *p)
{
  ChPackWriter *w = calloc(1, sizeof *w);
  if (!w)
    abort();
  w->words = p->words;
  w->slots = p->hash_mask + 1;
  w->hash = malloc(w->slots * sizeof *w->hash);
  if (!w->hash)
    abort();
  memcpy(w->hash, p->hash, w->slots * sizeof *w->hash);
  ch_buf_add(&w->text, p->text, p->at[p->words]);
  ch_buf_add(&w->at, p->at, p->words * sizeof *p->at);
  for (uint32_t i = 0; i < p->sections; i++) {
    const ChPackEntry *e = &p->entries[i];
    if (strncmp(e->name, "words.", 6) == 0)
      continue;
    ch_pack_writer_add(w, e->name, NULL, e->element, 0);
    w->sections[w->n - 1].base = p->map + e->at;
    w->sections[w->n - 1].count = e->count;
  }
  return w;
}

/* The whole pack; out->failed where memory is short. */
static void build(ChPackWriter *w, ChBuf *file)
{
  uint32_t end = (uint32_t)w->text.n;
  ch_buf_add(&w->at, &end, sizeof end);
  ch_buf_char(&w->text, '\0'); /* so that the section is never empty */
  ch_pack_writer_add(w, "words.text", w->text.p, 1, w->text.n);
  ch_pack_writer_add(w, "words.at", w->at.p, sizeof(uint32_t), w->words + 1);
  ch_pack_writer_add(w, "words.hash", w->hash, sizeof *w->hash, w->slots);
  qsort(w->sections, w->n, sizeof *w->sections, by_name);

  ChPackHeader h = {.version = CH_PACK_VERSION, .sections = (uint32_t)w->n};
  memcpy(h.magic, MAGIC, sizeof MAGIC);
  ch_buf_add(file, &h, sizeof h);
  size_t at = sizeof h + w->n * sizeof(ChPackEntry);
  for (size_t i = 0; i < w->n; i++) {
    Section *s = &w->sections[i];
    at = (at + ALIGN - 1) / ALIGN * ALIGN;
    ChPackEntry e = {.at = at, .count = s->count, .element = (uint32_t)s->element};
    memcpy(e.name, s->name, sizeof e.name);
    ch_buf_add(file, &e, sizeof e);
    at += data_of(s).n;
  }
  for (size_t i = 0; i < w->n; i++) {
    pad(file);
    ch_buf_slice(file, data_of(&w->sections[i]));
    if (w->sections[i].data.failed)
      file->failed = true;
  }
  if (w->text.failed || w->at.failed)
    file->failed = true;
  if (file->failed)
    return;
  h.size = file->n;
  h.hash = XXH3_64bits(file->p + sizeof h, file->n - sizeof h);
  memcpy(file->p, &h, sizeof h);
  h.table = hash_table((const ChPackHeader *)(const void *)file->p);
  memcpy(file->p, &h, sizeof h);
}

static const char no_memory[] = "not enough memory to build the pack";

ChPack *ch_pack_writer_open(ChPackWriter *w, ChError *err)
{
  if (ch_failed(err))
    return NULL;
  ChBuf file = {0};
  build(w, &file);
  ChPack *p = file.failed ? NULL : calloc(1, sizeof *p);
  if (!p) {
    ch_error_set(err, CH_ERR_LIMIT, no_memory);
    ch_buf_free(&file);
    return NULL;
  }
  const ChPackHeader *h = (const ChPackHeader *)(const void *)file.p;
  *p = (ChPack){.own = file.p, .map = file.p, .size = file.n, .entries = (const ChPackEntry *)(h + 1), .sections = h->sections};
  bool whole = check_entries(p);
  assert(whole);
  (void)whole;
  return p;
}

void ch_pack_writer_save(ChPackWriter *w, const char *path, ChError *err)
{
  if (ch_failed(err))
    return;
  ChBuf file = {0};
  build(w, &file);
  if (file.failed)
    ch_error_set(err, CH_ERR_LIMIT, no_memory);
  else
    ch_file_write(path, ch_buf_view(&file), err);
  ch_buf_free(&file);
}
