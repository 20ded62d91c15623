/* The frames of a language: which words carry events, who plays which role, and what tells how certain it is. All of it is data
 * (data/language/CODE/{frames,classes,carriers,cues,speech,grammar}.tsv, docs/formats.md); this is its compiled form. */
#ifndef CH_EVENTS_FRAMES_H
#define CH_EVENTS_FRAMES_H

#include "model/phrases.h"
#include "report/report.h"
#include "world/terms.h"

enum { /* ChFrame.flags */
  CH_FRAME_NOUN = 1 << 0,         /* the trigger is a noun, else a verb */
  CH_FRAME_WEAK = 1 << 1,         /* no event of its own unless nothing else in reach carries it ("discuss") */
  CH_FRAME_CONVENED = 1 << 2,     /* becomes `convened` kind with a number, or a body as its convener ("a meeting of the OSCE") */
  CH_FRAME_NEEDS_DATE = 1 << 3,   /* counts only with a time, a number, two participants or a carrier verb */
  CH_FRAME_NEEDS_TIME = 1 << 4,   /* counts only with a time said */
  CH_FRAME_NEEDS_OBJECT = 1 << 5, /* counts only with an object or argument of its frame */
  CH_FRAME_NEEDS_ACTOR = 1 << 6,  /* counts only with a participant said in its clause */
  CH_FRAME_JOINS = 1 << 7,        /* says who takes part in the gathering last spoken of ("X will lead the delegation") */
  CH_FRAME_VOID = 1 << 8,         /* no event: a longer phrase that takes its words from other frames ("speak out for") */
  CH_FRAME_ARRIVAL = 1 << 9,      /* who came is there from that day on: the time has an open end */
  CH_FRAME_NEEDS_TWO = 1 << 10,   /* counts only with two participants */
  CH_FRAME_NEEDS_FORMAT = 1 << 11, /* counts only with a format said ("speak" + "by telephone") */
  CH_FRAME_TOPICS = 1 << 12,      /* says only what a gathering told elsewhere was about ("the agenda includes ...") */
};

/* What an argument fills besides a participant's role: these words in a role column. */
typedef enum ChSlot { CH_SLOT_NONE, CH_SLOT_ROLE, CH_SLOT_PLACE, CH_SLOT_TOPIC, CH_SLOT_DOCUMENT } ChSlot;

typedef struct ChFrameArg {
  ChWord prep;   /* norm of the preposition; CH_NO_WORD = bare case */
  uint8_t kase;  /* ChCase, NONE = any */
  uint8_t slot;  /* ChSlot */
  ChWord role;   /* for CH_SLOT_ROLE */
} ChFrameArg;

enum { CH_FRAME_CLASSES = 6 }; /* of ChFrame.what */

typedef struct ChFrame {
  ChWord id, kind;
  ChWord convened; /* kind with CH_FRAME_CONVENED */
  ChWord status;   /* forced, CH_NO_WORD = as the context says */
  ChWord format;   /* added, CH_NO_WORD */
  ChWord action;   /* what the event does to a document, CH_NO_WORD */
  uint32_t flags;
  ChFrameArg subject, object;
  uint32_t arg, args;             /* range of ChFrames.args */
  ChWord what[CH_FRAME_CLASSES];  /* names of word classes, one of which the trigger's object must be of; first CH_NO_WORD = any */
} ChFrame;

/* A noun of a named class (classes.tsv): what can be suspended, opened, deployed. Sorted by word; a word may be of several. */
typedef struct ChClassWord {
  ChWord word; /* norm or lemma */
  ChWord name;
  ChWord value; /* English of a word that names are made of, CH_NO_WORD */
} ChClassWord;

enum { /* ChCarrier.relations: where the carried event stands */
  CH_CARRY_SUBJECT = 1 << 0,
  CH_CARRY_OBJECT = 1 << 1,
  CH_CARRY_COMPLEMENT = 1 << 2, /* an infinitive or a that-clause */
  CH_CARRY_OBLIQUE = 1 << 3,    /* after `prep` */
  CH_CARRY_ENDS = 1 << 4,       /* flag: tells of the event's end */
  CH_CARRY_APART = 1 << 5,      /* flag: its subject takes no part ("announced a visit") */
  CH_CARRY_BRINGS = 1 << 6,     /* flag: what it brings together takes part */
  CH_CARRY_ANNOUNCE = 1 << 7,   /* flag: an act of state counts from the day on which it is announced; other events are still to come */
  CH_CARRY_DEMAND = 1 << 8,     /* flag: what it carries is asked of others: a statement, no event ("urged X to lift sanctions") */
};

/* A verb that carries an event named by a noun or a verb that depends on it ("hold talks", "plans to meet", "was put off"). */
typedef struct ChCarrier {
  ChWord id;
  ChWord prep;   /* for OBLIQUE */
  ChWord status; /* given to the carried event, CH_NO_WORD = by the carrier's own tense */
  ChWord role;   /* of the carrier's other main argument in the carried event; CH_NO_WORD = the carried frame's own main role */
  uint32_t relations;
  uint8_t noun; /* the carrier is itself a noun ("preparation of the visit", "the postponement of the talks") */
} ChCarrier;

typedef enum ChCueScope { CH_CUE_CHAIN, CH_CUE_CLAUSE, CH_CUE_SENTENCE } ChCueScope;

/* A word or phrase that hedges, negates or places what it governs. */
typedef struct ChCue {
  ChWord id, status;
  uint8_t scope; /* ChCueScope */
  uint8_t negation;
  uint8_t condition; /* a clause that starts with it tells no event of its own ("if") */
  uint8_t format; /* `status` is a format ("by telephone") */
  uint8_t link;   /* `status` is a link type ("on the sidelines of") */
} ChCue;

enum { /* ChSpeech.flags */
  CH_SPEECH_PREP = 1 << 0,   /* "according to X": the source follows */
  CH_SPEECH_REPORTS = 1 << 1, /* reports an event's source; else only a stance */
  CH_SPEECH_BACK = 1 << 2,   /* "Ob etom soobshchil X": the source of the sentence before */
  CH_SPEECH_COLON = 1 << 3,  /* "X: what is said": a mark after the speaker's name at the start of a sentence */
  CH_SPEECH_JUDGES = 1 << 4, /* "called it X": a statement where what is said tells the act */
  CH_SPEECH_CONTENT = 1 << 5, /* no word of saying: its act is that of what is said with it ("is ready to", "unacceptable") */
};

typedef struct ChSpeech {
  ChWord id, act;
  uint32_t flags;
} ChSpeech;

/* Classes of function words (grammar.tsv); a word may be in several. */
enum {
  CH_WORD_RELATIVE = 1 << 0,      /* who, which, where */
  CH_WORD_COMPLEMENT = 1 << 1,    /* that */
  CH_WORD_SUBORDINATE = 1 << 2,   /* when, because, although, if */
  CH_WORD_AND = 1 << 3,
  CH_WORD_NOT = 1 << 4,
  CH_WORD_AGENT = 1 << 5,         /* preposition of the agent of a passive: by */
  CH_WORD_FUTURE = 1 << 6,        /* auxiliary of the future: will, shall */
  CH_WORD_WOULD = 1 << 7,         /* future in the past */
  CH_WORD_MAY = 1 << 8,           /* modal of possibility */
  CH_WORD_OUGHT = 1 << 9,         /* should, must: says what ought to be */
  CH_WORD_BE = 1 << 10,           /* passive and progressive auxiliary */
  CH_WORD_HAVE = 1 << 11,
  CH_WORD_TO = 1 << 12,           /* marker of the infinitive */
  CH_WORD_OF = 1 << 13,           /* preposition before a complement of a noun: of */
  CH_WORD_PLACE = 1 << 14,        /* preposition before a place: in, at */
  CH_WORD_GOAL = 1 << 15,         /* preposition before a goal: to */
  CH_WORD_TOPIC = 1 << 16,        /* preposition before a topic: on, about */
  CH_WORD_SETTING = 1 << 17,      /* preposition that makes the event noun after it the setting of the clause: during, at */
  CH_WORD_DEFINITE = 1 << 18,     /* the, this, that: refers back */
  CH_WORD_INDEFINITE = 1 << 19,   /* a, another, new: first told here */
  CH_WORD_GENERIC = 1 << 20,      /* regular, any, such: no single event */
  CH_WORD_NEXT = 1 << 21,         /* next, upcoming: not yet held */
  CH_WORD_LAST = 1 << 22,         /* last, previous: held */
  CH_WORD_ORDINAL = 1 << 23,      /* see value */
  CH_WORD_FORMAT = 1 << 24,       /* bilateral, official: see value */
  CH_WORD_DOCUMENT = 1 << 25,     /* treaty, memorandum: heads of document titles */
  CH_WORD_PART = 1 << 26,         /* start, opening, end: stands for the whole event named after it */
  CH_WORD_JOINING = 1 << 27,      /* participation: the one named after it takes part */
  CH_WORD_BACK = 1 << 28,         /* at the start of a sentence of saying: speaks of the sentence before */
  CH_WORD_PREVIOUS = 1 << 29,     /* previous: of the same series or kind, before the one told of */
  CH_WORD_THEN = 1 << 30,         /* then, afterwards: after what was told before */
};
/* beforehand: before what was told before */
#define CH_WORD_BEFOREHAND (1u << 31)

typedef struct ChGrammarWord {
  ChWord word; /* norm or lemma; sorted */
  uint32_t classes;
  uint32_t value; /* ORDINAL: the number; FORMAT: word id of the format */
} ChGrammarWord;

/* Which types of entity may play a role: bits 1 << ChEntityType. */
typedef struct ChRoleTypes {
  ChWord role;
  uint32_t types;
} ChRoleTypes;

typedef struct ChFrames {
  const ChFrame *frames;
  const ChFrameArg *args;
  const ChCarrier *carriers;
  const ChCue *cues;
  const ChSpeech *speech;
  const ChGrammarWord *grammar;
  const ChClassWord *class_words;
  size_t n_frames, n_args, n_carriers, n_cues, n_speech, n_grammar, n_class_words;
  ChPhrases verb_words, noun_words, carrier_words, cue_words, speech_words; /* by lemma, cues by norm or lemma */
} ChFrames;

/* Kinds, statuses and roles as word ids, found once per report. */
typedef struct ChTerms {
  ChWord held, ongoing, scheduled, expected, possible, proposed, postponed, cancelled, denied;
  ChWord visit, meeting, call, conference, signing, proposal, measure, conflict, message;
  ChWord party, host, speaker, attendee, head;
  ChWord part_of, sidelines_of, after, before, prepares;
  ChWord appointment, address;
  ChWord actors; /* the class of nouns that name who acts without naming anyone ("militants") */
  ChWord vague, namely, affairs, another, preparing, leading, alongside, informant, informant_kind, informant_office, informant_paper; /* classes of nouns: see data/language/CODE/classes.tsv */
  ChWord says, calls_for, supports, opposes, promises, hopes, agrees;
  ChTermTables tables; /* phases and ranks of statuses */
  const ChRoleTypes *roles;
  size_t n_roles;
} ChTerms;

ChFrames ch_frames_of(const ChPack *p, ChSlice lang);
ChTerms ch_terms_of(const ChPack *p);
/* Classes of a token's norm or lemma; *value (may be NULL) receives the value of the first class that has one. */
uint32_t ch_frames_classes(const ChFrames *f, const ChToken *t, uint32_t *value);
/* Is the token's norm or lemma of one of the frame's classes of nouns? False where the frame has none. */
bool ch_frames_is_what(const ChFrames *f, const ChFrame *frame, const ChToken *t);
/* Is the token's norm or lemma a noun of the class? */
bool ch_frames_is_class(const ChFrames *f, ChWord name, const ChToken *t);
/* The English that the class gives the token's norm or lemma, CH_NO_WORD. */
ChWord ch_frames_class_value(const ChFrames *f, ChWord name, const ChToken *t);
/* The longest phrase of the trie at token i (before `end`), each step by norm or lemma, passing over up to two determiners or
 * adjectives, or a name; *length tokens. Node 0 where none ends. */
uint32_t ch_frames_match(const ChPhrases *t, const ChReport *r, uint32_t i, uint32_t end, uint32_t *length);

#endif
