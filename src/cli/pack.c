/* chancery pack: data/ and models/ to one file. */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "cli/cli.h"
#include "pipeline/pipeline.h"

enum { DATA, MODELS, OUTPUT, DEPFILE, VERIFY };
static const ChOption options[] = {
    [DATA] = {"data", 0, "DIR", "the folder of data files (data)"},
    [MODELS] = {"models", 0, "DIR", "the folder of trained models (models)"},
    [OUTPUT] = {"output", 'o', "FILE", "the pack to write (chancery.pack)"},
    [DEPFILE] = {"depfile", 0, "FILE", "also write the list of files that were read, as a make rule, for build systems"},
    [VERIFY] = {"verify", 0, "FILE", "write nothing; check every byte of this pack"},
    {NULL, 0, NULL, NULL},
};

static int by_text(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void add_dependency(ChBuf *b, const char *path)
{
  ch_buf_char(b, ' ');
  for (const char *p = path; *p; p++) {
    if (*p == ' ' || *p == '#' || *p == '\\')
      ch_buf_char(b, '\\');
    if (*p == '$')
      ch_buf_char(b, '$');
    ch_buf_char(b, *p);
  }
}

/* Files and folders under `root`, itself among them: a folder's time tells of files that come and go. */
static void list_files(ChBuf *b, const char *root)
{
  char **todo = NULL;
  size_t n = 0, cap = 0;
  char *first = realpath(root, NULL);
  if (first) {
    todo = malloc(sizeof *todo * (cap = 16));
    if (todo)
      todo[n++] = first;
    else
      free(first);
  }
  while (n) {
    char *path = todo[--n];
    struct stat st;
    add_dependency(b, path);
    DIR *dir = lstat(path, &st) == 0 && S_ISDIR(st.st_mode) ? opendir(path) : NULL;
    size_t from = n;
    for (struct dirent *e; dir && (e = readdir(dir));) {
      char *full = NULL;
      if (e->d_name[0] == '.' || asprintf(&full, "%s/%s", path, e->d_name) < 0)
        continue;
      char **more = n == cap ? realloc(todo, sizeof *todo * (cap *= 2)) : todo;
      if (!more) {
        free(full);
        break;
      }
      todo = more;
      todo[n++] = full;
    }
    if (dir)
      closedir(dir);
    qsort(todo + from, n - from, sizeof *todo, by_text);
    free(path);
  }
  free(todo);
}

static ChExit run(ChCli *cli)
{
  const char *data = cli->value[DATA] ? cli->value[DATA] : "data";
  const char *models = cli->value[MODELS] ? cli->value[MODELS] : "models";
  const char *output = cli->value[OUTPUT] ? cli->value[OUTPUT] : "chancery.pack";
  ChError err = {0};
  if (cli->value[VERIFY]) {
    ChPack *p = ch_pack_open(cli->value[VERIFY], &err);
    if (p)
      ch_pack_check(p, &err);
    ch_pack_close(p);
    if (!ch_failed(&err))
      return CH_EXIT_DONE;
    ch_cli_complain_error(cli, &err, cli->value[VERIFY]);
    return CH_EXIT_UNUSABLE;
  }
  ch_pipeline_pack(data, models, output, &err);
  if (cli->value[DEPFILE]) {
    ChBuf b = {0};
    ch_buf_printf(&b, "%s:", output);
    list_files(&b, data);
    list_files(&b, models);
    ch_buf_char(&b, '\n');
    ch_file_write(cli->value[DEPFILE], ch_buf_view(&b), &err);
    ch_buf_free(&b);
  }
  if (!ch_failed(&err))
    return CH_EXIT_DONE;
  ch_cli_complain_error(cli, &err, NULL);
  return CH_EXIT_UNUSABLE;
}

const ChCommand ch_command_pack = {
    "pack",
    "",
    "check the data files and compile them and the models into a pack",
    "Reads every file of the data and model folders, checks them, and writes one pack file, whole or not at all. The first fault is "
    "reported as file:line:column. Other commands check only the head of a pack and its table; --verify checks all of it.",
    options,
    0,
    0,
    run};
