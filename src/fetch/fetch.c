#include "fetch/fetch.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>

enum { ROBOTS_MAX = 512 * 1024, SITES = 64, CONNECT_SECONDS = 10, SLOW_BYTES = 100, SLOW_SECONDS = 10 };

/* What a site's robots.txt says: its text, "" where there is none. */
typedef struct Site {
  char *origin; /* "https://host:443" */
  ChBuf robots;
  ChError fault; /* it could not be had: nothing may be asked for (RFC 9309, 2.3.1.4) */
} Site;

struct ChFetcher {
  CURL *curl;
  ChFetchOptions options;
  Site site[SITES];
  size_t sites;
};

/* One request. */
typedef struct Request {
  const ChFetcher *fetcher;
  ChBuf *body;
  size_t most;
  bool large, refused;
  ChBuf *etag, *modified;
} Request;

bool ch_fetch_is_url(const char *z) { return strncasecmp(z, "http://", 7) == 0 || strncasecmp(z, "https://", 8) == 0; }

ChFetcher *ch_fetch_open(const ChFetchOptions *options, ChError *err)
{
  ChFetcher *f = ch_failed(err) || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK ? NULL : calloc(1, sizeof *f);
  if (f)
    f->curl = curl_easy_init();
  if (!f || !f->curl) {
    free(f);
    ch_error_set(err, CH_ERR_LIMIT, "not enough memory");
    return NULL;
  }
  f->options = *options;
  f->options.max_bytes = options->max_bytes ? options->max_bytes : CH_FETCH_BYTES;
  f->options.seconds = options->seconds ? options->seconds : CH_FETCH_SECONDS;
  return f;
}

void ch_fetch_close(ChFetcher *f)
{
  if (!f)
    return;
  for (size_t i = 0; i < f->sites; i++) {
    free(f->site[i].origin);
    ch_buf_free(&f->site[i].robots);
  }
  curl_easy_cleanup(f->curl);
  free(f);
  curl_global_cleanup();
}

void ch_fetched_free(ChFetched *out)
{
  ChBuf *all[] = {&out->body, &out->url, &out->type, &out->etag, &out->modified};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    ch_buf_free(all[i]);
}

/* ---- one request ---- */

static size_t on_body(char *p, size_t size, size_t n, void *context)
{
  Request *q = context;
  size_t bytes = size * n;
  if (q->body->n + bytes > q->most) {
    q->large = true;
    return 0;
  }
  ch_buf_add(q->body, p, bytes);
  return q->body->failed ? 0 : bytes;
}

static void take_header(ChBuf *out, ChSlice line, const char *name)
{
  ChSlice key = ch_slice_cut(&line, ':');
  if (!out || !line.p || key.n != strlen(name) || strncasecmp(key.p, name, key.n) != 0)
    return;
  out->n = 0;
  ch_buf_slice(out, ch_slice_trim(line));
}

static size_t on_header(char *p, size_t size, size_t n, void *context)
{
  Request *q = context;
  take_header(q->etag, ch_slice(p, size * n), "etag");
  take_header(q->modified, ch_slice(p, size * n), "last-modified");
  return size * n;
}

/* The socket is opened here, after the name has been resolved, so that the address judged is the address asked. */
static curl_socket_t on_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
  Request *q = context;
  if (purpose != CURLSOCKTYPE_IPCXN || (!q->fetcher->options.private_too && !ch_fetch_public(&address->addr))) {
    q->refused = true;
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype, address->protocol);
}

static void add_condition(struct curl_slist **list, const char *name, ChSlice value)
{
  ChBuf line = {0};
  if (!value.n || value.n > 1000 || memchr(value.p, '\n', value.n) || memchr(value.p, '\r', value.n))
    return;
  ch_buf_printf(&line, "%s: %.*s", name, CH_ARG(value));
  struct curl_slist *more = line.failed ? NULL : curl_slist_append(*list, line.p);
  *list = more ? more : *list;
  ch_buf_free(&line);
}

static CURLcode perform(ChFetcher *f, const char *url, Request *q, struct curl_slist *headers)
{
  CURL *c = f->curl;
  curl_easy_reset(c);
  curl_easy_setopt(c, CURLOPT_URL, url);
  curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L); /* each hop is judged anew */
  curl_easy_setopt(c, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
  curl_easy_setopt(c, CURLOPT_PROXY, ""); /* a proxy would resolve names itself, past our judgement */
  curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(c, CURLOPT_USERAGENT, f->options.agent);
  curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(c, CURLOPT_TIMEOUT, f->options.seconds);
  curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
  curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES);
  curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, (long)SLOW_SECONDS);
  curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, on_socket);
  curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, q);
  curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(c, CURLOPT_WRITEDATA, q);
  curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(c, CURLOPT_HEADERDATA, q);
  curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
  return curl_easy_perform(c);
}

/* Says why a request failed. */
static void explain(const Request *q, CURLcode code, const char *url, ChError *err)
{
  if (q->refused)
    ch_error_set(err, CH_ERR_INPUT, "refused: %s leads to a private address", url);
  else if (q->large)
    ch_error_set(err, CH_ERR_INPUT, "too large: %s has more than %zu bytes", url, q->most);
  else if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_LOGIN_DENIED)
    ch_error_set(err, CH_ERR_USAGE, "no address that can be fetched: %s", url);
  else
    ch_error_set(err, CH_ERR_IO, "%s cannot be fetched: %s", url, curl_easy_strerror(code));
}

/* ---- robots.txt ---- */

/* "https://host:443" and "/path?query" of an address, to be freed; false where it is none. */
static bool split_url(const char *url, char **origin, char **path)
{
  CURLU *u = curl_url();
  char *scheme = NULL, *host = NULL, *port = NULL, *own = NULL, *query = NULL;
  *origin = *path = NULL;
  bool ok = u && curl_url_set(u, CURLUPART_URL, url, 0) == CURLUE_OK && curl_url_get(u, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
            curl_url_get(u, CURLUPART_HOST, &host, 0) == CURLUE_OK && curl_url_get(u, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) == CURLUE_OK &&
            curl_url_get(u, CURLUPART_PATH, &own, 0) == CURLUE_OK;
  if (ok)
    curl_url_get(u, CURLUPART_QUERY, &query, 0);
  ok = ok && asprintf(origin, "%s://%s:%s", scheme, host, port) >= 0;
  if (ok && asprintf(path, "%s%s%s", own, query ? "?" : "", query ? query : "") < 0) {
    free(*origin);
    *origin = *path = NULL;
    ok = false;
  }
  char *parts[] = {scheme, host, port, own, query};
  for (size_t i = 0; i < 5; i++)
    curl_free(parts[i]);
  curl_url_cleanup(u);
  return ok;
}

/* Asks for an address and where it is sent on; the status, 0 and the last code where it failed. `hop` judges each address first. */
typedef bool (*Hop)(ChFetcher *f, const char *url, ChError *err);
static long follow(ChFetcher *f, const char *url, Request *q, struct curl_slist *headers, Hop hop, ChBuf *last, ChError *err)
{
  last->n = 0;
  ch_buf_text(last, url);
  for (int hops = 0; !ch_failed(err); hops++) {
    if (hop && !hop(f, last->p, err))
      return 0;
    q->body->n = 0;
    CURLcode code = last->failed ? CURLE_OUT_OF_MEMORY : perform(f, last->p, q, headers);
    long status = 0;
    char *next = NULL;
    curl_easy_getinfo(f->curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(f->curl, CURLINFO_REDIRECT_URL, &next);
    if (code != CURLE_OK) {
      explain(q, code, last->p, err);
      return 0;
    }
    if (!next)
      return status;
    if (hops == CH_FETCH_REDIRECTS) {
      ch_error_set(err, CH_ERR_IO, "%s is sent on more than %d times", url, CH_FETCH_REDIRECTS);
      return 0;
    }
    if (!ch_fetch_is_url(next)) {
      ch_error_set(err, CH_ERR_INPUT, "refused: %s is sent on to what is neither http nor https", url);
      return 0;
    }
    ChBuf to = {0};
    ch_buf_text(&to, next); /* the handle's own text goes with the next request */
    last->n = 0;
    ch_buf_slice(last, ch_buf_view(&to));
    ch_buf_free(&to);
  }
  return 0;
}

static Site *site_of(ChFetcher *f, const char *origin)
{
  for (size_t i = 0; i < f->sites; i++)
    if (strcmp(f->site[i].origin, origin) == 0)
      return &f->site[i];
  if (f->sites == SITES) { /* the oldest makes room */
    free(f->site[0].origin);
    ch_buf_free(&f->site[0].robots);
    memmove(f->site, f->site + 1, (SITES - 1) * sizeof *f->site);
    f->sites--;
  }
  Site *s = &f->site[f->sites];
  *s = (Site){.origin = strdup(origin)};
  ChBuf url = {0}, last = {0};
  ch_buf_printf(&url, "%s/robots.txt", origin);
  Request q = {.fetcher = f, .body = &s->robots, .most = ROBOTS_MAX};
  long status = s->origin && !url.failed ? follow(f, url.p, &q, NULL, NULL, &last, &s->fault) : 0;
  if (q.large) /* what came of it counts */
    s->fault = (ChError){0};
  if (status >= 500)
    ch_error_set(&s->fault, CH_ERR_IO, "%s answers with status %ld, so nothing may be asked for there", last.p, status);
  if (status >= 400)
    s->robots.n = 0;
  ch_buf_free(&url);
  ch_buf_free(&last);
  if (!s->origin)
    return NULL;
  f->sites++;
  return s;
}

static bool may_ask(ChFetcher *f, const char *url, ChError *err)
{
  char *origin, *path;
  if (!split_url(url, &origin, &path)) {
    ch_error_set(err, CH_ERR_USAGE, "no address that can be fetched: %s", url);
    return false;
  }
  const Site *s = site_of(f, origin);
  ChSlice agent = ch_slice_z(f->options.agent);
  agent = ch_slice_cut(&agent, '/');
  bool allowed = s && !ch_failed(&s->fault) && ch_fetch_allowed(ch_buf_view(&s->robots), agent, ch_slice_z(path));
  if (!s)
    ch_error_set(err, CH_ERR_LIMIT, "not enough memory");
  else if (ch_failed(&s->fault))
    *err = s->fault;
  else if (!allowed)
    ch_error_set(err, CH_ERR_INPUT, "refused: the robots.txt of %s does not allow %s", origin, path);
  free(origin);
  free(path);
  return allowed;
}

void ch_fetch_get(ChFetcher *f, const char *url, ChSlice etag, ChSlice modified, ChFetched *out, ChError *err)
{
  *out = (ChFetched){0};
  if (ch_failed(err))
    return;
  struct curl_slist *headers = NULL;
  add_condition(&headers, "If-None-Match", etag);
  add_condition(&headers, "If-Modified-Since", modified);
  Request q = {.fetcher = f, .body = &out->body, .most = f->options.max_bytes, .etag = &out->etag, .modified = &out->modified};
  long status = follow(f, url, &q, headers, may_ask, &out->url, err);
  curl_slist_free_all(headers);
  char *type = NULL;
  curl_easy_getinfo(f->curl, CURLINFO_CONTENT_TYPE, &type);
  if (!ch_failed(err) && type)
    ch_buf_text(&out->type, type);
  out->unchanged = status == 304;
  if (!ch_failed(err) && status != 200 && status != 304)
    ch_error_set(err, CH_ERR_IO, "%s answers with status %ld", out->url.p, status);
  if (out->body.failed || out->url.failed)
    ch_error_set(err, CH_ERR_LIMIT, "not enough memory");
}
