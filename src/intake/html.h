/* The article of an HTML page: its text, one paragraph a block element with an empty line between, and what its head says.
 * libxml2's push parser hands out tags and text; nothing is built in memory, nothing is fetched, no outside entity is read. Scripts,
 * styles, navigation, footers, asides and forms are dropped; where the page marks its article or main part and that holds most of the
 * text, only that is kept; blocks that are nearly all links are dropped. The heading comes first. Tags nested deeper than
 * CH_HTML_DEPTH end the reading there (the parser's cost grows with depth times length). */
#ifndef CH_INTAKE_HTML_H
#define CH_INTAKE_HTML_H

#include "base/buf.h"
#include "base/error.h"

enum { CH_HTML_DEPTH = 512 };

typedef struct ChHtml {
  ChBuf text;      /* clean */
  ChBuf raw;       /* uint32_t for each byte of text: its offset in the source */
  ChBuf title;     /* the first <h1>, else og:title, else <title> */
  ChBuf published; /* YYYY-MM-DD: article:published_time, JSON-LD datePublished, itemprop, <time datetime>; else "" */
  ChBuf outlet;    /* og:site_name, else JSON-LD publisher */
  ChBuf lang;      /* <html lang> */
} ChHtml;

/* The charset that the first kilobyte declares, a slice of it, or "". */
ChSlice ch_html_charset(ChSlice bytes);
/* Reads a page in UTF-8. CH_ERR_LIMIT when memory runs out. */
void ch_html_read(ChHtml *page, ChSlice source, ChError *err);
void ch_html_free(ChHtml *page);

#endif
