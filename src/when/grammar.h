/* The date grammar of a language, compiled from data/language/CODE/calendar.tsv (word classes) and dates.tsv (patterns); see
 * docs/formats.md. One engine serves all languages: the C side knows classes and operators, never words. */
#ifndef CH_WHEN_GRAMMAR_H
#define CH_WHEN_GRAMMAR_H

#include "model/fold.h"
#include "report/report.h"

enum { CH_WHEN_LEVELS = 4, CH_WHEN_ELEMENTS = 14 };

/* What an element of a pattern may be. Classes from CH_WHEN_CLASS_MONTH on hold words; those from CH_WHEN_CLASS_FREE on have no
 * meaning of their own (literals, alternatives, classes that the data names freely). */
typedef enum ChWhenClass {
  CH_WHEN_CLASS_NONE,
  CH_WHEN_CLASS_DAY,    /* 1..31 in digits, perhaps with an ordinal ending */
  CH_WHEN_CLASS_YEAR,   /* four digits, 1000..2199, perhaps with an ending */
  CH_WHEN_CLASS_NEAR,   /* a year that reports speak of: 1985..2049 */
  CH_WHEN_CLASS_YY,     /* two digits */
  CH_WHEN_CLASS_NUM,    /* a number in digits or words */
  CH_WHEN_CLASS_ORD,    /* an ordinal in digits or words */
  CH_WHEN_CLASS_DECADE, /* digits with a decade ending: "1990s" */
  CH_WHEN_CLASS_DASH,
  CH_WHEN_CLASS_CLOCK,    /* 18:10 */
  CH_WHEN_CLASS_TEMPLATE, /* #d.m.y: numbers without blanks */
  CH_WHEN_CLASS_DATE,     /* a time of a lower level: not a length, a time of day or what hangs on an event */
  CH_WHEN_CLASS_CAL,      /* of these only a date of the calendar: day, month, year */
  CH_WHEN_CLASS_GEN,      /* any word in the genitive */
  CH_WHEN_CLASS_WORD,     /* any word that begins with a letter */
  CH_WHEN_CLASS_MONTH,
  CH_WHEN_CLASS_WEEKDAY,
  CH_WHEN_CLASS_UNIT,
  CH_WHEN_CLASS_NUMBER,  /* number words */
  CH_WHEN_CLASS_ORDINAL, /* ordinal words */
  CH_WHEN_CLASS_SEASON,
  CH_WHEN_CLASS_EDGE,
  CH_WHEN_CLASS_REL,
  CH_WHEN_CLASS_CLITIC,  /* what hangs on a word and is passed over */
  CH_WHEN_CLASS_ORDEND,  /* endings of ordinals in digits */
  CH_WHEN_CLASS_DECEND,  /* endings of decades */
  CH_WHEN_CLASS_SPEECH,  /* verbs of saying: their tense is that of a date only beside it */
  CH_WHEN_CLASS_ARGPREP, /* prepositions after which a date is what is spoken of rather than when it was done: "moved to May 5" */
  CH_WHEN_CLASS_FREE,
} ChWhenClass;

typedef enum ChWhenUnit {
  CH_WHEN_UNIT_NONE, CH_WHEN_UNIT_HOUR, CH_WHEN_UNIT_DAY, CH_WHEN_UNIT_WEEK, CH_WHEN_UNIT_MONTH, CH_WHEN_UNIT_QUARTER, CH_WHEN_UNIT_HALF,
  CH_WHEN_UNIT_YEAR, CH_WHEN_UNIT_DECADE, CH_WHEN_UNIT_CENTURY, CH_WHEN_UNIT_WEEKEND,
} ChWhenUnit;

typedef enum ChWhenEdge {
  CH_WHEN_EDGE_NONE, CH_WHEN_EDGE_EARLY, CH_WHEN_EDGE_BEGIN, CH_WHEN_EDGE_MID, CH_WHEN_EDGE_LATE, CH_WHEN_EDGE_END, CH_WHEN_EDGE_HALF1,
  CH_WHEN_EDGE_HALF2, CH_WHEN_EDGE_WEEK1, CH_WHEN_EDGE_WEEKLAST, CH_WHEN_EDGE_TWENTIES, CH_WHEN_EDGE_EVE, CH_WHEN_EDGE_TEENS,
  CH_WHEN_EDGE_WEEK, CH_WHEN_EDGE_WEEK2, CH_WHEN_EDGE_WEEK3, CH_WHEN_EDGE_WEEK4,
} ChWhenEdge;

typedef enum ChWhenOp {
  CH_WHEN_OP_NONE,    /* eats the words, means nothing */
  CH_WHEN_OP_DATE,    /* day, month, year as captured; two days, months or years make an interval; a day alone: of the month r from the
                       * report's, or the nearest in the clause's direction */
  CH_WHEN_OP_WEEKDAY, /* the weekday nearest in the clause's direction; with r: last, this, next */
  CH_WHEN_OP_UNIT,    /* the calendar unit u, r units from that of the report */
  CH_WHEN_OP_SHIFT,   /* n units u before (dir -1) or after (+1) the report, in the unit's own grain */
  CH_WHEN_OP_EDGE,    /* part e of the inner time, season or month */
  CH_WHEN_OP_RANGE,   /* from one time to another */
  CH_WHEN_OP_LIST,    /* two or more times; days that follow each other make one interval; k = 1: never, k = 2: months and weeks, too */
  CH_WHEN_OP_SINCE,   /* from the inner time on; k = 1: on a day from then on, not all the time since */
  CH_WHEN_OP_BY,      /* deadline: from the report to the end of the inner time */
  CH_WHEN_OP_WITHIN,  /* from the report n units u on (dir +1) or back (-1); open without n; k = 1: only where the clause is of the future */
  CH_WHEN_OP_LATER,   /* from the report to the end of the inner time */
  CH_WHEN_OP_EARLIER, /* from the start of the inner time to the report */
  CH_WHEN_OP_INYEAR,  /* the inner time in the captured year, or r years from that of the report */
  CH_WHEN_OP_FIRST,   /* the inner time as it is; weekday and time of day are passed over */
  CH_WHEN_OP_STAMP,   /* the inner time, which dates the report where it stands near the top */
  CH_WHEN_OP_EVENT,   /* n units u from an event named in the text; with dir, the event is as far from the last day named before */
  CH_WHEN_OP_SAME,    /* n units u from the last day named before */
  CH_WHEN_OP_PERIOD,  /* a length or repetition */
  CH_WHEN_OP_CLOCK,   /* a time of day */
  CH_WHEN_OP_ANNIVERSARY, /* n years ago; k = 1: of relations between states */
  CH_WHEN_OP_PART,    /* n-th quarter or half (u) of the captured or the report's year */
  CH_WHEN_OP_CUE,     /* no time: a cue of the clause's direction, k = ChWhenTense */
} ChWhenOp;

/* Direction of a clause in time. */
typedef enum ChWhenTense { CH_WHEN_TENSE_NONE, CH_WHEN_TENSE_PAST, CH_WHEN_TENSE_PRESENT, CH_WHEN_TENSE_FUTURE } ChWhenTense;

enum { /* ChWhenElement.flags */
  CH_WHEN_OPTIONAL = 1,
  CH_WHEN_CONTEXT = 2, /* must be there, is no part of the expression */
  CH_WHEN_NOT = 4,     /* must not be there; takes nothing */
};

typedef struct ChWhenElement {
  uint16_t cls;
  uint8_t flags;
  char shape[9]; /* of a template: "d.m.y" */
} ChWhenElement;

enum { CH_WHEN_UNSET = INT16_MIN };

typedef struct ChWhenRow {
  ChWord id;
  uint32_t element; /* first in the elements */
  uint8_t elements, level, op;
  int8_t dir;
  int16_t n, u, r, e, w, k; /* fixed by the meaning, else CH_WHEN_UNSET */
  float score;
} ChWhenRow;

/* A pattern may begin with an item of this class. Sorted by level, class, row. */
typedef struct ChWhenFirst {
  uint16_t level, cls;
  uint32_t row;
} ChWhenFirst;

enum { /* ChWhenWord.flags */
  CH_WHEN_WORD_KEY = 1,     /* compared with the key, else with the norm */
  CH_WHEN_WORD_CAPITAL = 2, /* only with a capital */
};

typedef struct ChWhenWord {
  ChWord word;
  uint16_t cls;
  int16_t value;
  uint32_t flags;
} ChWhenWord; /* sorted by word, class */

/* The grammar of one language, a view of the pack. Empty where the language has none. */
typedef struct ChWhenGrammar {
  const ChWhenRow *rows; /* sorted by level */
  const ChWhenElement *elements;
  const ChWhenWord *words;
  const ChWhenFirst *firsts;
  size_t n_rows, n_elements, n_words, n_firsts;
} ChWhenGrammar;

/* Compiles one language's two files; a language without them gets an empty grammar. */
void ch_when_compile_grammar(ChPackWriter *w, const char *data, ChSlice lang, ChError *err);
ChWhenGrammar ch_when_grammar(const ChPack *p, ChSlice lang);
/* Rows of the level that may begin with the class; *n = 0 where none. */
const ChWhenFirst *ch_when_firsts(const ChWhenGrammar *g, uint16_t level, uint16_t cls, size_t *n);
/* Entries of a word; *n = 0 where it has none. */
const ChWhenWord *ch_when_words(const ChWhenGrammar *g, ChWord word, size_t *n);

#endif
