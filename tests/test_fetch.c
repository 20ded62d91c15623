/* Fetching: addresses, robots.txt, and a server on this machine (tests/fetch_server.py). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fetch/fetch.h"

static void addresses(void **state)
{
  (void)state;
  static const struct {
    const char *address;
    bool open;
  } rows[] = {
      {"8.8.8.8", true},        {"127.0.0.1", false},      {"127.9.9.9", false},    {"10.1.2.3", false},        {"172.16.0.1", false},
      {"172.32.0.1", true},     {"192.168.1.1", false},    {"192.167.1.1", true},   {"169.254.169.254", false}, {"100.64.0.1", false},
      {"100.128.0.1", true},    {"0.0.0.0", false},        {"224.0.0.1", false},    {"255.255.255.255", false}, {"198.18.0.1", false},
      {"192.0.2.7", false},     {"203.0.113.9", false},    {"1.1.1.1", true},       {"2606:4700::1111", true},  {"::1", false},
      {"::", false},            {"fe80::1", false},        {"fd00::1", false},      {"fc00::1", false},         {"ff02::1", false},
      {"::ffff:127.0.0.1", false}, {"::ffff:8.8.8.8", true}, {"64:ff9b::7f00:1", false}, {"64:ff9b::808:808", true}, {"2002:7f00:1::", false},
      {"2002:808:808::", true}, {"2001:db8::1", false},    {"2001::1", false},      {"::7f00:1", false},        {"2001:4860:4860::8888", true},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct sockaddr_storage a = {0};
    struct sockaddr_in *four = (struct sockaddr_in *)&a;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)&a;
    bool v6 = strchr(rows[i].address, ':') != NULL;
    a.ss_family = v6 ? AF_INET6 : AF_INET;
    assert_int_equal(inet_pton(a.ss_family, rows[i].address, v6 ? (void *)&six->sin6_addr : (void *)&four->sin_addr), 1);
    if (ch_fetch_public((const struct sockaddr *)&a) != rows[i].open)
      fail_msg("%s is taken for %s", rows[i].address, rows[i].open ? "private" : "public");
  }
  struct sockaddr_storage local = {.ss_family = AF_UNIX};
  assert_false(ch_fetch_public((const struct sockaddr *)&local));
}

static void robots(void **state)
{
  (void)state;
  static const struct {
    const char *robots, *path;
    bool allowed;
  } rows[] = {
      {"", "/a", true},
      {"User-agent: *\nDisallow: /", "/a", false},
      {"User-agent: *\nDisallow:", "/a", true},
      {"User-agent: *\nDisallow: /", "/robots.txt", true},
      {"User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true},
      {"User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/c", false},
      {"User-agent: *\nDisallow: /a\nAllow: /a", "/a", true},
      {"User-agent: chancery\nDisallow: /x\n\nUser-agent: *\nDisallow: /", "/a", true},
      {"User-agent: CHANCERY\r\nDisallow: /x\r\n", "/x/y", false},
      {"User-agent: other\nUser-agent: chancery\nDisallow: /x", "/x", false},
      {"User-agent: other\nDisallow: /x", "/x", true},
      {"User-agent: other\nDisallow: /y\nUser-agent: chancery\nAllow: /y", "/y", true},
      {"User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", false},
      {"User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", true},
      {"User-agent: *\nDisallow: /*?print=", "/a?print=1", false},
      {"User-agent: *\nDisallow: /a*b*c", "/axxbxxc", false},
      {"User-agent: *\nDisallow: /a*b*c", "/axxbxx", true},
      {"# all\nUser-agent: * # every\nDisallow: /a # not this\n", "/a", false},
      {"Disallow: /a\n", "/a", true},
      {"<html>not found</html>", "/a", true},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    if (ch_fetch_allowed(ch_slice_z(rows[i].robots), CH_LIT("chancery"), ch_slice_z(rows[i].path)) != rows[i].allowed)
      fail_msg("row %zu: %s of %s", i, rows[i].path, rows[i].robots);
}

/* ---- against a server ---- */

static int port, to_server;
static pid_t server;

static int start_server(void **state)
{
  (void)state;
  int in[2], out[2];
  if (pipe(in) != 0 || pipe(out) != 0)
    return -1;
  server = fork();
  if (server == 0) {
    dup2(in[0], 0);
    dup2(out[1], 1);
    close(in[1]);
    close(out[0]);
    execlp("python3", "python3", "tests/fetch_server.py", (char *)NULL);
    _exit(127);
  }
  close(in[0]);
  close(out[1]);
  to_server = in[1];
  FILE *lines = fdopen(out[0], "r");
  int ok = lines && fscanf(lines, "%d", &port) == 1 ? 0 : -1;
  if (lines)
    fclose(lines);
  return ok;
}

static int stop_server(void **state)
{
  (void)state;
  close(to_server);
  waitpid(server, NULL, 0);
  return 0;
}

static ChError get(ChFetcher *f, const char *host, const char *path, ChSlice etag, ChFetched *out)
{
  char url[300];
  ChError err = {0};
  snprintf(url, sizeof url, "http://%s:%d%s", host, port, path);
  ch_fetch_get(f, url, etag, CH_LIT(""), out, &err);
  return err;
}

static void pages(void **state)
{
  (void)state;
  ChError err = {0};
  ChFetched got;
  ChFetcher *f = ch_fetch_open(&(ChFetchOptions){.agent = "chancery/test", .max_bytes = 100000, .seconds = 2, .private_too = true}, &err);
  assert_non_null(f);
  err = get(f, "127.0.0.1", "/page", CH_LIT(""), &got);
  assert_int_equal(err.status, CH_OK);
  assert_string_equal(got.body.p, "agent chancery/test");
  assert_string_equal(got.type.p, "text/plain");
  assert_string_equal(got.etag.p, "\"v1\"");
  ch_fetched_free(&got);
  err = get(f, "127.0.0.1", "/conditional", CH_LIT("\"v1\""), &got);
  assert_int_equal(err.status, CH_OK);
  assert_true(got.unchanged);
  ch_fetched_free(&got);
  err = get(f, "127.0.0.1", "/to/to/page", CH_LIT(""), &got);
  assert_int_equal(err.status, CH_OK);
  assert_non_null(strstr(got.url.p, "/page"));
  assert_null(strstr(got.url.p, "/to"));
  ch_fetched_free(&got);
  static const struct {
    const char *path;
    ChStatus status;
    const char *text;
  } rows[] = {
      {"/none", CH_ERR_IO, "status 404"},     {"/large", CH_ERR_INPUT, "too large"},      {"/endless", CH_ERR_INPUT, "too large"},
      {"/packed", CH_ERR_INPUT, "too large"}, {"/slow", CH_ERR_IO, "Timeout"},           {"/loop", CH_ERR_IO, "sent on more than"},
      {"/file", CH_ERR_INPUT, "neither http"}, {"/closed/x", CH_ERR_INPUT, "robots.txt"}, {"/to/closed/x", CH_ERR_INPUT, "robots.txt"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    err = get(f, "127.0.0.1", rows[i].path, CH_LIT(""), &got);
    if (err.status != rows[i].status || !strstr(err.text, rows[i].text))
      fail_msg("%s: %d \"%s\"", rows[i].path, (int)err.status, err.text);
    ch_fetched_free(&got);
  }
  err = get(f, "127.0.0.1", "/hits-closed", CH_LIT(""), &got);
  assert_string_equal(got.body.p, "0"); /* what is closed was never asked for */
  ch_fetched_free(&got);
  err = get(f, "127.0.0.1", "/closed/but-this", CH_LIT(""), &got);
  assert_int_equal(err.status, CH_OK);
  ch_fetched_free(&got);
  /* a server that fails at robots.txt closes all of its site */
  err = get(f, "localhost", "/page", CH_LIT(""), &got);
  assert_int_equal(err.status, CH_ERR_IO);
  assert_non_null(strstr(err.text, "status 503"));
  ch_fetched_free(&got);
  ch_fetch_close(f);
}

/* Without the tests' leave nothing on this machine is asked, by whatever name. */
static void private_addresses(void **state)
{
  (void)state;
  static const char *const hosts[] = {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "0.0.0.0"};
  ChError err = {0};
  ChFetched got;
  ChFetcher *f = ch_fetch_open(&(ChFetchOptions){.agent = "chancery/test", .seconds = 2}, &err);
  assert_non_null(f);
  for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
    err = get(f, hosts[i], "/page", CH_LIT(""), &got);
    if (err.status != CH_ERR_INPUT || !strstr(err.text, "private address"))
      fail_msg("%s: %d \"%s\"", hosts[i], (int)err.status, err.text);
    assert_int_equal(got.body.n, 0);
    ch_fetched_free(&got);
  }
  static const char *const odd[] = {"ftp://example.org/x", "file:///etc/passwd", "http://user:word@example.org/", "http://", "http:///x"};
  for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
    err = (ChError){0};
    ch_fetch_get(f, odd[i], CH_LIT(""), CH_LIT(""), &got, &err);
    if (!ch_failed(&err) || got.body.n)
      fail_msg("%s is fetched", odd[i]);
    ch_fetched_free(&got);
  }
  ch_fetch_close(f);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(addresses), cmocka_unit_test(robots), cmocka_unit_test(pages), cmocka_unit_test(private_addresses)};
  return cmocka_run_group_tests(tests, start_server, stop_server);
}
