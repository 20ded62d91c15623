/* Pages and feeds from the web, politely and safely (libcurl). http and https only; robots.txt is obeyed (RFC 9309); the address that a name
 * resolves to must be a public one, at each redirect anew, and no proxy is asked; size, time and number of redirects are bounded; no
 * cookies, no passwords; the agent says who it is.
 *
 * Errors: CH_ERR_USAGE no such address; CH_ERR_IO not reached, or an answer that is no page; CH_ERR_INPUT refused: by robots.txt, a private
 * address, too large; CH_ERR_LIMIT memory. */
#ifndef CH_FETCH_FETCH_H
#define CH_FETCH_FETCH_H

#include "base/buf.h"
#include "base/error.h"

enum { CH_FETCH_BYTES = 16 << 20, CH_FETCH_SECONDS = 30, CH_FETCH_REDIRECTS = 5 };

typedef struct ChFetchOptions {
  const char *agent;   /* "chancery/1.0": what stands before the stroke is the name that robots.txt may know */
  size_t max_bytes;    /* 0 = CH_FETCH_BYTES; of the body as unpacked */
  long seconds;        /* 0 = CH_FETCH_SECONDS; for one request */
  bool private_too;    /* for tests against a server on this machine: private addresses are asked, too */
} ChFetchOptions;

typedef struct ChFetched {
  ChBuf body;
  ChBuf url;            /* after redirects */
  ChBuf type;           /* Content-Type */
  ChBuf etag, modified; /* ETag, Last-Modified; for the next time */
  bool unchanged;       /* the answer to a conditional request: as it was, without a body */
} ChFetched;

typedef struct ChFetcher ChFetcher;

ChFetcher *ch_fetch_open(const ChFetchOptions *options, ChError *err);
void ch_fetch_close(ChFetcher *f);
/* Gets one page. `etag`, `modified`: of the time before ("" = none): a conditional request. */
void ch_fetch_get(ChFetcher *f, const char *url, ChSlice etag, ChSlice modified, ChFetched *out, ChError *err);
void ch_fetched_free(ChFetched *out);

/* Is it an http or https address by its beginning? */
bool ch_fetch_is_url(const char *z);

/* ---- parts, for tests ---- */

struct sockaddr;
/* Is it an address of the public internet? (IANA's special-purpose registries; addresses that carry an IPv4 one are judged by that.) */
bool ch_fetch_public(const struct sockaddr *address);
/* May the agent of this name ask for the path ("/a?b") by this robots.txt? */
bool ch_fetch_allowed(ChSlice robots, ChSlice agent, ChSlice path);

#endif
