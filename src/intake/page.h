/* Inside intake: what html.c gathers of a page, and what head.c, article.c and pagedata.c make of it. */
#ifndef CH_INTAKE_PAGE_H
#define CH_INTAKE_PAGE_H

#include "base/buf.h"
#include "intake/html.h"
#include "model/pack.h"

/* ---- what the data say (pagedata.c; data/intake/classes.tsv, data/language/CODE/page.tsv) ---- */

enum { /* hints of a class, an id, a role */
       CH_HINT_SKIP = 1 << 0,   /* no part of the article */
       CH_HINT_BODY = 1 << 1,   /* the article's text */
       CH_HINT_DATE = 1 << 2,
       CH_HINT_AUTHOR = 1 << 3,
};

typedef enum ChPhrase {
  CH_PHRASE_NONE,
  CH_PHRASE_WHOLE,   /* a block that is just this is dropped */
  CH_PHRASE_START,   /* a block that starts so is dropped */
  CH_PHRASE_SECTION, /* a block that is this heads something to drop: all that follows in what holds it */
  CH_PHRASE_END,     /* all that follows is dropped */
  CH_PHRASE_BYLINE,  /* a short block that starts so names the author */
  CH_PHRASE_MONTH,   /* name of a month */
  CH_PHRASES
} ChPhrase;

/* Rows of the sections "page-classes" and "page-phrases". */
typedef struct ChPageRow {
  ChWord text;    /* classes: words of it, a blank between; phrases: in lower case */
  uint16_t what;  /* CH_HINT_*, or ChPhrase */
  uint16_t value; /* classes: 1 = the last word may go on; phrases: the month's number */
} ChPageRow;

typedef struct ChPageRules {
  const ChPack *pack;
  const ChPageRow *classes, *phrases;
  size_t n_classes, n_phrases;
} ChPageRules;

void ch_page_rules(ChPageRules *rules, const ChPack *pack);
/* CH_HINT_* of the words of a class or id. */
uint32_t ch_page_hints(const ChPageRules *rules, const char *names);
/* What a block's text is by its phrase; *used = bytes of the phrase and the signs after it. */
ChPhrase ch_page_phrase(const ChPageRules *rules, ChSlice text, size_t *used);
/* The first day in the text, as "YYYY-MM-DD" in `day` (11 bytes): ISO, digits with points or strokes, or a month by name. */
bool ch_page_day(const ChPageRules *rules, ChSlice text, char *day);

/* ---- what a page is made of ---- */

/* A block element. Parents come before children. */
typedef struct ChPageNode {
  uint32_t parent; /* 0 is the page itself */
  uint32_t end;    /* article.c: the nodes below it are those up to here */
  uint32_t hints;  /* BODY of the element itself, the others also from outside */
  bool heading, item, paragraph, article;
  double sum;      /* article.c: how much of an article is below it */
  uint32_t direct; /* article.c: blocks of the article's text that stand right in it */
} ChPageNode;

typedef struct ChPageBlock {
  uint32_t start, end; /* of the gathered text */
  uint32_t node;
  uint32_t letters, linked; /* characters but blanks; those of links */
  bool h1, heading;
  bool keep;
} ChPageBlock;

typedef struct ChPage {
  ChHtml *out;
  ChPageRules rules;
  ChBuf text, raw;              /* everything gathered */
  ChBuf blocks, nodes;          /* ChPageBlock, ChPageNode each */
  ChBuf head_title, og_title, h1_title, json_title;
  ChBuf time_tag, item_date, json_date, url, author_text;
  ChBuf json_outlet, json_author, app_name;
  bool json_article;            /* the JSON-LD fields are those of an article */
} ChPage;

/* Adds clean text to a field that is not too long yet; blanks collapse. */
void ch_page_field(ChBuf *field, const char *p, size_t n);
/* A day in ISO form, compact or not, with or without a time, into a field that is empty; no other text does. */
void ch_page_iso(ChBuf *field, const char *z);
/* head.c: one JSON-LD script. */
void ch_page_json(ChPage *p, ChSlice json);
/* head.c: fills title, outlet, published, author of p->out; gives the block that is the title or SIZE_MAX. After ch_page_choose's first
 * part has said where the article starts: `first` block. */
size_t ch_page_title(ChPage *p);
void ch_page_envelope(ChPage *p, size_t title, size_t first);
/* article.c: sets `keep` of the blocks of the article; gives the first, or the number of blocks where all are kept. */
size_t ch_page_choose(ChPage *p, size_t title);

static inline ChPageBlock *ch_page_blocks(const ChPage *p, size_t *n)
{
  *n = p->blocks.n / sizeof(ChPageBlock);
  return (ChPageBlock *)(void *)p->blocks.p;
}
static inline ChSlice ch_page_block_text(const ChPage *p, const ChPageBlock *b) { return ch_slice(p->text.p + b->start, b->end - b->start); }

#endif
