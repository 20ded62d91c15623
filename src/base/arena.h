/* Arenas: memory that is handed out in order and given back all at once. One arena holds all of a report; scratch arenas are reset
 * per sentence. An arena has a cap: a request beyond it does not return (see ch_arena_guard), so callers never test for NULL. */
#ifndef CH_BASE_ARENA_H
#define CH_BASE_ARENA_H

#include <setjmp.h>

#include "base/slice.h"

typedef struct ChArenaBlock ChArenaBlock;

typedef struct ChArena {
  ChArenaBlock *block; /* newest first */
  size_t used;         /* bytes of the newest block */
  size_t total;        /* bytes of all blocks */
  size_t cap;          /* most bytes that all blocks may have */
  jmp_buf *full;       /* where a request beyond the cap goes; abort() where NULL */
} ChArena;

void ch_arena_init(ChArena *a, size_t cap);
void ch_arena_free(ChArena *a);
/* Forgets everything but keeps the newest block for use again. */
void ch_arena_reset(ChArena *a);
/* Zeroed memory, aligned for any type. n = 0 gives a valid pointer. */
void *ch_arena_alloc(ChArena *a, size_t n);
/* Array of `count` zeroed elements; an overflowing product counts as beyond the cap. */
void *ch_arena_array(ChArena *a, size_t count, size_t size);
ChSlice ch_arena_copy(ChArena *a, ChSlice s);
ChSlice ch_arena_printf(ChArena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The array at `old` (`len` elements in use of *cap) with room for one more: the same or a copy twice as long. */
void *ch_arena_grow(ChArena *a, void *old, size_t len, size_t *cap, size_t size);

/* Sets where requests beyond the cap go. Use:
 *   jmp_buf full;
 *   if (setjmp(full)) { ... the arena is full: report it, free the arena ... }
 *   a->full = &full;
 * Between, hold nothing that only an arena cannot give back. */

/* A growable array in an arena: declare with CH_VEC(ChToken) tokens; push with CH_PUSH(arena, &vec). */
#define CH_VEC(T)      \
  struct {             \
    T *at;             \
    size_t n, cap;     \
  }
/* Pointer to a new zeroed element at the end. */
#define CH_PUSH(arena, vec)                                                                                                      \
  ((vec)->at = ch_arena_grow((arena), (vec)->at, (vec)->n, &(vec)->cap, sizeof *(vec)->at), &(vec)->at[(vec)->n++])

#endif
