/* Files that hold many reports (feeds, JSON Lines, WARC, packed files), and sidecars. */
#ifndef CH_CLI_ITEMS_H
#define CH_CLI_ITEMS_H

#include <jansson.h>

#include "cli/cli.h"
#include "fetch/fetch.h"
#include "intake/items.h"

/* Does the file hold many reports, or is it packed? Not for standard input. */
bool ch_cli_many(const char *path);

typedef bool (*ChCliEach)(void *context, const ChItem *item);
/* Calls `each` for every report in the file until it gives false. known: from outside, before what the file says; known->id names reports
 * that have no id of their own (ID#NUMBER). Complains of what is wrong. How many there were. */
size_t ch_cli_items(ChCli *cli, const ChPack *pack, const char *path, const char *map, const ChMeta *known, ChCliEach each, void *context);

/* The same for what an address gives: a page, or a feed or another file of many. */
typedef struct ChCliPage {
  const char *url, *map;
  ChSlice etag, modified; /* of the time before, "" = none: only what has changed since */
  ChBuf new_etag, new_modified;
  bool unchanged; /* it has not */
  bool whole;     /* all that it gives was taken */
} ChCliPage;
size_t ch_cli_fetch(ChCli *cli, ChFetcher *fetcher, const ChPack *pack, ChCliPage *page, const ChMeta *known, ChCliEach each, void *context);
/* Opens a fetcher that says that it is Chancery; NULL and an error. */
ChFetcher *ch_cli_fetcher(ChError *err);

/* What NAME.meta.json beside a report NAME.txt or NAME.html says of it: published, outlet, title, lang, author, url. */
typedef struct ChSidecar {
  json_t *root;
  ChMeta meta;
} ChSidecar;
/* Nothing where there is no such file; complains where it is wrong. */
void ch_cli_sidecar_open(ChSidecar *s, ChCli *cli, const ChPack *pack, const char *path);
void ch_cli_sidecar_close(ChSidecar *s);
/* Fills what is not given. */
void ch_cli_sidecar_under(ChMeta *given, const ChMeta *beside);

#define CH_OPTION_MAP                                                                                                                 \
  {                                                                                                                                   \
    "map", 0, "FIELD=KEY,...", "where JSON keeps the fields id, text, title, published, outlet, lang, url, author (a.b goes into a)"  \
  }

#endif
