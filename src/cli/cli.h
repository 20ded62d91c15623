/* The command line: one table of commands, one file a command. Results go to standard output, all else to standard error. */
#ifndef CH_CLI_CLI_H
#define CH_CLI_CLI_H

#include <stdio.h>

#include "base/buf.h"
#include "base/error.h"
#include "model/pack.h"
#include "out/out.h"
#include "store/store.h"

typedef enum ChExit {
  CH_EXIT_DONE = 0,
  CH_EXIT_COMPLAINTS = 1, /* done, with complaints */
  CH_EXIT_UNUSABLE = 2,   /* unusable input or arguments: nothing done */
} ChExit;

/* One option. `value`: what it takes ("FILE"), NULL for a switch. */
typedef struct ChOption {
  const char *name; /* "json" */
  char letter;      /* 'o' for -o, 0 = none */
  const char *value, *help;
} ChOption;

enum { CH_CLI_OPTIONS = 16 };

typedef struct ChCli ChCli;

/* A command's row of the table. An option's value is found under its index in `options`. */
typedef struct ChCommand {
  const char *name, *operands, *summary, *help;
  const ChOption *options; /* ended by a row without a name; --help is understood by all */
  size_t least, most;      /* operands */
  ChExit (*run)(ChCli *cli);
} ChCommand;

struct ChCli {
  const ChCommand *command;
  const char *value[CH_CLI_OPTIONS]; /* NULL = not given, "" for a switch */
  char **operand;
  size_t operands;
  size_t complaints;
  const struct ChProgress *progress; /* the bar that may stand on the terminal, NULL = none */
};

extern const ChCommand ch_command_analyse, ch_command_brief, ch_command_calendar, ch_command_conflicts, ch_command_correct, ch_command_corrections, ch_command_dump, ch_command_events, ch_command_export, ch_command_ingest,
    ch_command_pack, ch_command_read, ch_command_rebuild, ch_command_search, ch_command_show, ch_command_timeline, ch_command_verify, ch_command_who, ch_command_withdraw;

/* Parses and runs; the result is the exit status. */
int ch_cli_main(int argc, char **argv);

/* ---- common to commands (cli/common.c) ---- */

/* "chancery: ..." on standard error; counts. */
void ch_cli_complain(ChCli *cli, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The same for an error that stands; `file` names it where the error names none (NULL = no file). Clears the error. */
void ch_cli_complain_error(ChCli *cli, ChError *err, const char *file);
/* Prints the buffer to standard output and empties it; false where it cannot be written. */
bool ch_cli_print(ChCli *cli, ChBuf *b);
/* How to set pages for standard output. */
ChPage ch_cli_page(void);
/* Opens the pack: CHANCERY_PACK, else chancery.pack beside the program, else in the share folder. NULL and an error. */
ChPack *ch_cli_pack(ChError *err);

/* A .conllu file whose tokens and sentences are to be kept (cli/tokens.c): read document by document (# newdoc), long ones in parts. */
typedef struct ChTokenLine {
  ChSlice text;   /* the line as it stands in the file */
  uint32_t token; /* index of the token that stands there, CH_NONE = a comment, a multiword token, an empty line */
} ChTokenLine;
typedef struct ChTokenFile {
  ChSlice rest;    /* not read yet */
  uint32_t number; /* of the line that comes next, from 1 */
  ChBuf text;      /* the document's words with the blanks between them */
  ChBuf tokens;    /* of ChGivenToken */
  ChBuf lines;     /* of ChTokenLine */
} ChTokenFile;
/* Reads the next document; false at the end, or where the file has a fault (err). */
bool ch_tokens_next(ChTokenFile *f, ChError *err);
void ch_tokens_free(ChTokenFile *f);

/* Reads reports one after another in one arena. */
typedef struct ChReader {
  ChPack *pack;
  ChArena arena;
  ChBuf bytes;
  ChReport report;  /* the last one read, until the next */
  const char *last; /* the last stage to run, NULL = all */
} ChReader;
/* `world`: tables of the user's that add to and correct the pack's world; NULL = CHANCERY_WORLD where that is set. */
void ch_reader_open(ChReader *reader, const char *world, ChError *err);
void ch_reader_close(ChReader *reader);
/* Reads a file ("-" = standard input) into reader->report. `meta` = what is known from outside. */
void ch_reader_read(ChReader *reader, const char *path, const ChMeta *meta, ChError *err);
/* The same in two steps: the file's bytes; the report in them. */
void ch_reader_load(ChReader *reader, const char *path, ChError *err);
void ch_reader_parse(ChReader *reader, const char *path, const ChMeta *meta, ChError *err);
/* Warnings and errors of the last report on standard error, as FILE:LINE:COLUMN; notes too where `notes`. */
void ch_reader_complain(const ChReader *reader, ChCli *cli, const char *path, bool notes);
/* Opens the store: `named`, else CHANCERY_STORE, else chancery.db in the user's data folder, which is made where `create`. */
ChStore *ch_cli_store(const char *named, bool create, ChError *err);
#define CH_OPTION_STORE                                                                                                               \
  {                                                                                                                                   \
    "store", 0, "FILE", "the store (CHANCERY_STORE, else chancery.db in the user's data folder)"                                      \
  }
#define CH_OPTION_WORLD                                                                                                               \
  {                                                                                                                                   \
    "world", 0, "FILE", "a table, or a folder of tables, that add to and correct what is known of the world (CHANCERY_WORLD)"         \
  }
/* Is this NULL or the code of a language of the pack? Complains where it is not. */
bool ch_cli_lang(ChCli *cli, const ChPack *pack, const char *code);
/* Is this a day ("2010-07-16")? Complains of the option where it is not; NULL is fine. */
bool ch_cli_day(ChCli *cli, const char *option, const char *z);
/* Is this an EDTF date or interval? Complains where it is not; NULL is fine. */
bool ch_cli_edtf(ChCli *cli, const char *option, const char *z);
/* Prints the events found: a table, or with `json` one object a line; false where nothing could be asked. */
bool ch_cli_list_events(ChCli *cli, const char *store, const ChStoreQuery *q, const char *as_of, bool json);

/* A bar on standard error for work that takes long, where that is a terminal. */
typedef struct ChProgress {
  size_t done, all;
  int64_t began, drawn; /* milliseconds */
  bool shown;
} ChProgress;
void ch_progress_start(ChProgress *p, size_t all);
void ch_progress_step(ChProgress *p);
void ch_progress_end(ChProgress *p); /* takes it off the screen */

#endif
