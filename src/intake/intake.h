/* Intake: the bytes of one report, as a file or a server gives them, to clean UTF-8 with a map back to the bytes, and what the
 * envelope says of the report (title, date, outlet, language).
 *
 * Character set: byte order mark; else UTF-8 where the bytes are UTF-8; else what an HTML head declares; else UTF-8 with replacement
 * where only few bytes are wrong; else the best of data/intake/charsets.tsv (intake/charset.h). Clean text: line ends are LF, all blanks
 * are spaces, soft hyphens, zero-width and direction marks are gone, control characters are gone. HTML: the article's own text, one
 * paragraph a block, an empty line between (intake/html.h).
 *
 * Errors are CH_ERR_INPUT: empty, too large, binary, nothing to read; CH_ERR_LIMIT: the arena is full. Everything else is a diagnostic of
 * the report, with a span of its clean text, and reading goes on. */
#ifndef CH_INTAKE_INTAKE_H
#define CH_INTAKE_INTAKE_H

#include "report/report.h"

enum { CH_INTAKE_MAX = 16 << 20 }; /* most bytes of one report */

typedef enum ChSource { CH_SOURCE_GUESS, CH_SOURCE_TEXT, CH_SOURCE_HTML } ChSource;

typedef struct ChIntake {
  ChSource source; /* GUESS: HTML where the bytes begin like it */
  ChMeta meta;     /* known from outside: stands before what the envelope says; texts are copied */
} ChIntake;

/* Adds what intake needs of data/intake to the pack. */
void ch_intake_compile(ChPackWriter *w, const char *data, ChError *err);
/* HTML for names that end so, TEXT for .txt, else GUESS. */
ChSource ch_intake_source(ChSlice path);
/* Initialises r over the report's clean text, all in `arena` (reset before, by the caller). `bytes` may go after the call. */
void ch_intake_report(ChReport *r, ChArena *arena, const ChPack *pack, ChSlice bytes, const ChIntake *in, ChError *err);

#endif
