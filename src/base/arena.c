#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct ChArenaBlock {
  ChArenaBlock *older;
  size_t size; /* bytes of data */
  alignas(max_align_t) char data[];
};

enum { FIRST_BLOCK = 64 * 1024 };

void ch_arena_init(ChArena *a, size_t cap) { *a = (ChArena){.cap = cap}; }

void ch_arena_free(ChArena *a)
{
  for (ChArenaBlock *b = a->block; b;) {
    ChArenaBlock *older = b->older;
    free(b);
    b = older;
  }
  *a = (ChArena){.cap = a->cap};
}

void ch_arena_reset(ChArena *a)
{
  if (!a->block)
    return;
  for (ChArenaBlock *b = a->block->older; b;) {
    ChArenaBlock *older = b->older;
    free(b);
    b = older;
  }
  a->block->older = NULL;
  a->total = a->block->size;
  a->used = 0;
}

static void *refuse(ChArena *a)
{
  if (a->full)
    longjmp(*a->full, 1);
  abort();
}

void *ch_arena_alloc(ChArena *a, size_t n)
{
  size_t align = alignof(max_align_t);
  if (n > SIZE_MAX / 4)
    return refuse(a);
  n = (n + align - 1) / align * align;
  if (!a->block || a->block->size - a->used < n) {
    size_t size = a->block ? a->block->size * 2 : FIRST_BLOCK;
    if (size > (size_t)8 << 20)
      size = (size_t)8 << 20;
    if (size < n)
      size = n;
    if (size > a->cap - a->total || a->total > a->cap) {
      size = n; /* the last block may be small */
      if (a->total > a->cap || size > a->cap - a->total)
        return refuse(a);
    }
    ChArenaBlock *b = malloc(sizeof *b + size);
    if (!b)
      return refuse(a);
    *b = (ChArenaBlock){.older = a->block, .size = size};
    a->block = b;
    a->total += size;
    a->used = 0;
  }
  void *p = a->block->data + a->used;
  a->used += n;
  memset(p, 0, n);
  return p;
}

void *ch_arena_array(ChArena *a, size_t count, size_t size)
{
  if (size && count > SIZE_MAX / size)
    return refuse(a);
  return ch_arena_alloc(a, count * size);
}

ChSlice ch_arena_copy(ChArena *a, ChSlice s)
{
  char *p = ch_arena_alloc(a, s.n + 1);
  if (s.n)
    memcpy(p, s.p, s.n);
  return ch_slice(p, s.n);
}

ChSlice ch_arena_printf(ChArena *a, const char *fmt, ...)
{
  va_list ap, again;
  va_start(ap, fmt);
  va_copy(again, ap);
  int n = vsnprintf(NULL, 0, fmt, ap);
  va_end(ap);
  char *p = ch_arena_alloc(a, (size_t)(n < 0 ? 0 : n) + 1);
  if (n > 0)
    vsnprintf(p, (size_t)n + 1, fmt, again);
  va_end(again);
  return ch_slice(p, n < 0 ? 0 : (size_t)n);
}

void *ch_arena_grow(ChArena *a, void *old, size_t len, size_t *cap, size_t size)
{
  if (len < *cap)
    return old;
  size_t more = *cap ? *cap * 2 : 8;
  void *p = ch_arena_array(a, more, size);
  if (len)
    memcpy(p, old, len * size);
  *cap = more;
  return p;
}
