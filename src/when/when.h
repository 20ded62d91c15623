/* Time expressions to EDTF; the date of the report.
 *
 * The stage finds the times of all sentences with the date grammar of their language (grammar.h, match.h), works out the report's own
 * date from what is stated and from what fits (date.h), and resolves every time against it and the clause's tense (tense.h, resolve.h).
 * Times cover the words of the date without a plain preposition ("on", "in"); a preposition that changes the meaning ("since", "by",
 * "from ... to") is inside. They are sorted by token and never overlap. */
#ifndef CH_WHEN_WHEN_H
#define CH_WHEN_WHEN_H

#include "base/buf.h"
#include "report/report.h"

/* Compiles what this folder reads of data/language/CODE. Needs ch_languages_compile before. */
void ch_when_compile(ChPackWriter *w, const char *data, ChError *err);
/* The stage: fills times, dates, published, published_stated, ChToken.time. */
void ch_when_stage(ChReport *r);
/* The times and the candidates for the date as text, one a line. */
void ch_when_dump(const ChReport *r, ChBuf *out);

#endif
