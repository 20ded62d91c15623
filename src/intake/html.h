/* The article of an HTML page: its text, one paragraph a block element with an empty line between, and what the page says of it.
 * libxml2's push parser hands out tags and text; no tree of the page is built, nothing is fetched, no outside entity is read. Scripts,
 * styles, navigation, footers, asides and forms are dropped as they come. What is left is blocks of text in their elements, among which
 * article.c chooses; data/intake/classes.tsv and data/language/CODE/page.tsv tell it what is no part of an article. The heading comes
 * first. Tags nested deeper than CH_HTML_DEPTH end the reading there (the parser's cost grows with depth times length). */
#ifndef CH_INTAKE_HTML_H
#define CH_INTAKE_HTML_H

#include "base/buf.h"
#include "base/error.h"
#include "model/pack.h"

enum { CH_HTML_DEPTH = 512 };

typedef struct ChHtml {
  ChBuf text;      /* clean */
  ChBuf raw;       /* uint32_t for each byte of text: its offset in the source */
  ChBuf title;     /* the <h1> where the head does not say otherwise, else og:title, JSON-LD headline, <title> without the site */
  ChBuf published; /* YYYY-MM-DD: article:published_time, JSON-LD datePublished, itemprop, <time datetime>, the canonical address, the text
                      about the title; else "" */
  ChBuf outlet;    /* og:site_name, JSON-LD publisher, application-name, the rest of <title> */
  ChBuf author;    /* JSON-LD, meta, byline */
  ChBuf lang;      /* <html lang> */
} ChHtml;

/* The charset that the first kilobytes declare, a slice of it, or "". */
ChSlice ch_html_charset(ChSlice bytes);
/* Reads a page in UTF-8; `pack` may be NULL. CH_ERR_LIMIT when memory runs out. */
void ch_html_read(ChHtml *page, const ChPack *pack, ChSlice source, ChError *err);
void ch_html_free(ChHtml *page);

#endif
