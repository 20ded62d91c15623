/* Bytes of a file or of what else can be read, as a stream without its packing: gzip of one or many members, zstd of one or many frames
 * (with the dictionary that a WARC may begin with), or as they are. Memory is bounded: a window of bytes at hand, and what the unpacker
 * needs (at most 128 MiB, for zstd with a long window).
 *
 * Errors: CH_ERR_IO the input cannot be read; CH_ERR_INPUT packed data are damaged, cut short, or a bomb: a member that gives more than
 * CH_STREAM_FREE bytes and more than CH_STREAM_RATIO times its size. */
#ifndef CH_INTAKE_STREAM_H
#define CH_INTAKE_STREAM_H

#include "base/buf.h"
#include "base/error.h"

enum { CH_STREAM_WINDOW = 256 * 1024, CH_STREAM_FREE = 64 << 20, CH_STREAM_RATIO = 200 };

/* Where bytes come from: gives how many it wrote, 0 at the end, -1 and errno where it cannot read. */
typedef struct ChInput {
  ptrdiff_t (*read)(void *context, char *to, size_t room);
  void *context;
} ChInput;

typedef struct ChStream ChStream;

/* NULL and CH_ERR_LIMIT where memory is short. */
ChStream *ch_stream_open(ChInput in, ChError *err);
void ch_stream_close(ChStream *s);
/* The bytes at hand: at least `want` (at most CH_STREAM_WINDOW) but at the end or after an error. Valid until the next call. */
ChSlice ch_stream_peek(ChStream *s, size_t want, ChError *err);
/* Goes on past n bytes that are at hand. */
void ch_stream_take(ChStream *s, size_t n);
/* Adds the next n bytes to `out` (NULL = drops them); how many there were. */
uint64_t ch_stream_read(ChStream *s, uint64_t n, ChBuf *out, ChError *err);
/* Bytes taken so far, unpacked. */
uint64_t ch_stream_at(const ChStream *s);

/* Unpacks bytes in memory ("gzip", "x-gzip", "deflate", "zstd"), at most `max`; false where they are damaged, too many, or packed otherwise.
 * What came before the damage stands in `out`. */
bool ch_stream_unpack(ChSlice packing, ChSlice bytes, size_t max, ChBuf *out);

#endif
