#include "intake/stream.h"

#include <errno.h>
#include <stdlib.h>
#include <strings.h>
#include <zlib.h>
#include <zstd.h>

enum { RAW = 64 * 1024, DICTIONARY_MAX = 16 << 20, WINDOW_LOG = 27 };

struct ChStream {
  ChInput in;
  enum { UNKNOWN, PLAIN, GZIP, ZSTD, OVER } type;
  char raw[RAW];
  size_t raw_at, raw_n;
  bool raw_end;
  char *window;
  size_t at, n;
  uint64_t taken;
  z_stream z;
  ZSTD_DCtx *zstd;
  bool inside;                 /* a member or frame has begun and not ended */
  uint64_t packed, unpacked;   /* of the member */
};

ChStream *ch_stream_open(ChInput in, ChError *err)
{
  ChStream *s = ch_failed(err) ? NULL : calloc(1, sizeof *s);
  if (s && !(s->window = malloc(CH_STREAM_WINDOW))) {
    free(s);
    s = NULL;
  }
  if (!s) {
    ch_error_set(err, CH_ERR_LIMIT, "not enough memory");
    return NULL;
  }
  s->in = in;
  return s;
}

void ch_stream_close(ChStream *s)
{
  if (!s)
    return;
  if (s->type == GZIP)
    inflateEnd(&s->z);
  ZSTD_freeDCtx(s->zstd);
  free(s->window);
  free(s);
}

/* Reads more raw bytes behind those at hand. */
static void fill_raw(ChStream *s, size_t want, ChError *err)
{
  while (!s->raw_end && s->raw_n - s->raw_at < want && !ch_failed(err)) {
    memmove(s->raw, s->raw + s->raw_at, s->raw_n - s->raw_at);
    s->raw_n -= s->raw_at;
    s->raw_at = 0;
    ptrdiff_t got = s->in.read(s->in.context, s->raw + s->raw_n, RAW - s->raw_n);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      ch_error_set(err, CH_ERR_IO, "cannot be read: %s", strerror(errno));
    s->raw_end = got <= 0;
    s->raw_n += got > 0 ? (size_t)got : 0;
  }
}

static uint32_t raw_u32(const ChStream *s, size_t at)
{
  const unsigned char *p = (const unsigned char *)s->raw + s->raw_at + at;
  return s->raw_n - s->raw_at < at + 4 ? 0 : (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* The dictionary of all frames of a file stands in a frame of its own kind before them, perhaps packed itself (IIPC, "WARC file
 * compression with Zstandard"). */
static void read_dictionary(ChStream *s, ChError *err)
{
  enum { MAGIC = 0x184D2A5D, HEAD = 8 };
  fill_raw(s, HEAD, err);
  if (raw_u32(s, 0) != MAGIC)
    return;
  size_t left = raw_u32(s, 4);
  ChBuf packed = {0}, plain = {0};
  s->raw_at += HEAD;
  if (left > DICTIONARY_MAX)
    ch_error_set(err, CH_ERR_INPUT, "a zstd dictionary of %zu bytes: too large", left);
  while (left && !ch_failed(err)) {
    fill_raw(s, 1, err);
    size_t k = s->raw_n - s->raw_at < left ? s->raw_n - s->raw_at : left;
    if (!k)
      ch_error_set(err, CH_ERR_INPUT, "cut short in the zstd dictionary");
    ch_buf_add(&packed, s->raw + s->raw_at, k);
    s->raw_at += k;
    left -= k;
  }
  bool zstd = packed.n >= 4 && memcmp(packed.p, "\x28\xB5\x2F\xFD", 4) == 0;
  if (!ch_failed(err) && zstd && !ch_stream_unpack(CH_LIT("zstd"), ch_buf_view(&packed), DICTIONARY_MAX, &plain))
    ch_error_set(err, CH_ERR_INPUT, "the zstd dictionary is damaged");
  const ChBuf *use = zstd ? &plain : &packed;
  if (!ch_failed(err) && use->n && ZSTD_isError(ZSTD_DCtx_loadDictionary(s->zstd, use->p, use->n)))
    ch_error_set(err, CH_ERR_INPUT, "the zstd dictionary is damaged");
  ch_buf_free(&packed);
  ch_buf_free(&plain);
}

static void begin(ChStream *s, ChError *err)
{
  fill_raw(s, 4, err);
  uint32_t magic = raw_u32(s, 0);
  s->type = PLAIN;
  if ((magic & 0xFFFF) == 0x8B1F) {
    s->type = inflateInit2(&s->z, 31) == Z_OK ? GZIP : OVER;
  } else if (magic == 0xFD2FB528 || (magic & 0xFFFFFFF0) == 0x184D2A50) {
    s->zstd = ZSTD_createDCtx();
    s->type = s->zstd ? ZSTD : OVER;
    if (s->zstd) {
      ZSTD_DCtx_setParameter(s->zstd, ZSTD_d_windowLogMax, WINDOW_LOG);
      read_dictionary(s, err);
    }
  }
  if (s->type == OVER)
    ch_error_set(err, CH_ERR_LIMIT, "not enough memory");
}

/* One step of each unpacker: takes raw bytes, writes behind the window's; false at the end of the input. */
static bool step_gzip(ChStream *s, ChError *err)
{
  if (!s->inside && s->raw_at == s->raw_n)
    return false;
  if (!s->inside && (unsigned char)s->raw[s->raw_at] != 0x1F)
    return false; /* padding behind the last member */
  s->inside = true;
  s->z.next_in = (unsigned char *)s->raw + s->raw_at;
  s->z.avail_in = (unsigned)(s->raw_n - s->raw_at);
  s->z.next_out = (unsigned char *)s->window + s->n;
  s->z.avail_out = (unsigned)(CH_STREAM_WINDOW - s->n);
  unsigned in = s->z.avail_in, out = s->z.avail_out;
  int status = inflate(&s->z, Z_NO_FLUSH);
  s->packed += in - s->z.avail_in;
  s->unpacked += out - s->z.avail_out;
  s->raw_at += in - s->z.avail_in;
  s->n += out - s->z.avail_out;
  if (status == Z_STREAM_END) {
    inflateReset(&s->z);
    s->inside = false;
    s->packed = s->unpacked = 0;
  } else if (status != Z_OK && status != Z_BUF_ERROR) {
    ch_error_set(err, CH_ERR_INPUT, "a gzip member is damaged");
  } else if (in == 0 && s->raw_end && out == s->z.avail_out) {
    ch_error_set(err, CH_ERR_INPUT, "cut short in a gzip member");
  }
  return true;
}

static bool step_zstd(ChStream *s, ChError *err)
{
  if (!s->inside && s->raw_at == s->raw_n)
    return false;
  s->inside = true;
  ZSTD_inBuffer in = {s->raw + s->raw_at, s->raw_n - s->raw_at, 0};
  ZSTD_outBuffer out = {s->window + s->n, CH_STREAM_WINDOW - s->n, 0};
  size_t status = ZSTD_decompressStream(s->zstd, &out, &in);
  s->packed += in.pos;
  s->unpacked += out.pos;
  s->raw_at += in.pos;
  s->n += out.pos;
  if (ZSTD_isError(status)) {
    ch_error_set(err, CH_ERR_INPUT, "a zstd frame is damaged: %s", ZSTD_getErrorName(status));
  } else if (status == 0) {
    s->inside = false;
    s->packed = s->unpacked = 0;
  } else if (in.size == 0 && s->raw_end && out.pos == 0) {
    ch_error_set(err, CH_ERR_INPUT, "cut short in a zstd frame");
  }
  return true;
}

static bool step_plain(ChStream *s)
{
  size_t k = s->raw_n - s->raw_at, room = CH_STREAM_WINDOW - s->n;
  k = k < room ? k : room;
  memcpy(s->window + s->n, s->raw + s->raw_at, k);
  s->raw_at += k;
  s->n += k;
  return k > 0;
}

ChSlice ch_stream_peek(ChStream *s, size_t want, ChError *err)
{
  if (s->type == UNKNOWN)
    begin(s, err);
  if (s->n - s->at < want) {
    memmove(s->window, s->window + s->at, s->n - s->at);
    s->n -= s->at;
    s->at = 0;
  }
  while (s->n < want && s->type != OVER && !ch_failed(err)) {
    fill_raw(s, 1, err);
    bool more = s->type == PLAIN ? step_plain(s) : s->type == GZIP ? step_gzip(s, err) : step_zstd(s, err);
    if (!more || ch_failed(err))
      break;
    if (s->unpacked > CH_STREAM_FREE && s->unpacked / CH_STREAM_RATIO > s->packed)
      ch_error_set(err, CH_ERR_INPUT, "%llu packed bytes unpack to more than %d MiB: refused as a bomb", (unsigned long long)s->packed,
                   CH_STREAM_FREE >> 20);
  }
  return ch_slice(s->window + s->at, s->n - s->at);
}

void ch_stream_take(ChStream *s, size_t n)
{
  s->at += n;
  s->taken += n;
}

uint64_t ch_stream_read(ChStream *s, uint64_t n, ChBuf *out, ChError *err)
{
  uint64_t done = 0;
  while (done < n && !ch_failed(err)) {
    ChSlice at_hand = ch_stream_peek(s, 1, err);
    size_t k = at_hand.n < n - done ? at_hand.n : (size_t)(n - done);
    if (!k)
      break;
    if (out)
      ch_buf_add(out, at_hand.p, k);
    ch_stream_take(s, k);
    done += k;
  }
  return done;
}

uint64_t ch_stream_at(const ChStream *s) { return s->taken; }

/* ---- bytes in memory ---- */

static bool unpack_zlib(int bits, ChSlice bytes, size_t max, ChBuf *out)
{
  z_stream z = {0};
  char chunk[32768];
  if (inflateInit2(&z, bits) != Z_OK)
    return false;
  z.next_in = (unsigned char *)(uintptr_t)bytes.p;
  z.avail_in = (unsigned)bytes.n;
  int status = Z_OK;
  while (status == Z_OK && out->n < max) {
    z.next_out = (unsigned char *)chunk;
    z.avail_out = sizeof chunk;
    status = inflate(&z, Z_NO_FLUSH);
    if (status == Z_OK || status == Z_STREAM_END)
      ch_buf_add(out, chunk, sizeof chunk - z.avail_out);
  }
  inflateEnd(&z);
  return status == Z_STREAM_END && out->n <= max;
}

static bool unpack_zstd(ChSlice bytes, size_t max, ChBuf *out)
{
  ZSTD_DCtx *d = ZSTD_createDCtx();
  ZSTD_inBuffer in = {bytes.p, bytes.n, 0};
  size_t status = d ? 1 : 0;
  bool moved = true;
  char chunk[32768];
  if (d)
    ZSTD_DCtx_setParameter(d, ZSTD_d_windowLogMax, WINDOW_LOG);
  while (status && moved && out->n < max) {
    ZSTD_outBuffer to = {chunk, sizeof chunk, 0};
    size_t before = in.pos;
    status = ZSTD_decompressStream(d, &to, &in);
    if (ZSTD_isError(status))
      break;
    moved = in.pos > before || to.pos;
    ch_buf_add(out, chunk, to.pos);
  }
  ZSTD_freeDCtx(d);
  return d && status == 0 && out->n <= max;
}

static bool is(ChSlice a, const char *z) { return a.n == strlen(z) && strncasecmp(a.p, z, a.n) == 0; }

bool ch_stream_unpack(ChSlice packing, ChSlice bytes, size_t max, ChBuf *out)
{
  if (bytes.n > UINT32_MAX)
    return false;
  if (is(packing, "gzip") || is(packing, "x-gzip"))
    return unpack_zlib(31, bytes, max, out);
  if (is(packing, "deflate")) { /* with zlib's head, or without */
    size_t before = out->n;
    if (unpack_zlib(15, bytes, max, out))
      return true;
    out->n = before;
    return unpack_zlib(-15, bytes, max, out);
  }
  return is(packing, "zstd") && unpack_zstd(bytes, max, out);
}
