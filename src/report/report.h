/* One report in memory: the text and every annotation that the stages lay over it, all in one arena.
 *
 * Each stage reads what earlier ones filled and fills its own arrays; none calls another. References between annotations are indices
 * into the report's arrays (CH_NONE = none), so that arrays may grow. Texts are slices of the clean text, the pack or the arena.
 * Who fills what:
 *   intake     text, map to the raw bytes, meta (what is known from outside)
 *   language   paragraphs, sentences, tokens, groups
 *   names      mentions, entities; outlet and dateline
 *   when       times; the report's date
 *   events     clauses, events as mentioned (one for each trigger), statements
 *   discourse  events merged, inherited and linked; final order and ids
 * ch_report_check states the invariants. */
#ifndef CH_REPORT_REPORT_H
#define CH_REPORT_REPORT_H

#include "base/arena.h"
#include "base/error.h"
#include "model/words.h"

#define CH_NONE UINT32_MAX

/* Bytes [start, end) of the clean text. */
typedef struct ChSpan {
  uint32_t start, end;
} ChSpan;

/* ---- language ---- */

typedef enum ChPos {
  CH_POS_X, CH_POS_ADJ, CH_POS_ADP, CH_POS_ADV, CH_POS_AUX, CH_POS_CCONJ, CH_POS_DET, CH_POS_INTJ, CH_POS_NOUN, CH_POS_NUM,
  CH_POS_PART, CH_POS_PRON, CH_POS_PROPN, CH_POS_PUNCT, CH_POS_SCONJ, CH_POS_SYM, CH_POS_VERB,
} ChPos;

typedef enum ChCase { CH_CASE_NONE, CH_CASE_NOM, CH_CASE_GEN, CH_CASE_DAT, CH_CASE_ACC, CH_CASE_INS, CH_CASE_LOC } ChCase;
typedef enum ChNumber { CH_NUMBER_NONE, CH_NUMBER_SING, CH_NUMBER_PLUR } ChNumber;
typedef enum ChGender { CH_GENDER_NONE, CH_GENDER_MASC, CH_GENDER_FEM, CH_GENDER_NEUT } ChGender;
typedef enum ChTense { CH_TENSE_NONE, CH_TENSE_PAST, CH_TENSE_PRES, CH_TENSE_FUT } ChTense;
typedef enum ChAspect { CH_ASPECT_NONE, CH_ASPECT_IMP, CH_ASPECT_PERF } ChAspect;
typedef enum ChMood { CH_MOOD_NONE, CH_MOOD_IND, CH_MOOD_IMP, CH_MOOD_CND } ChMood;
typedef enum ChVerbForm { CH_VERB_NONE, CH_VERB_FIN, CH_VERB_INF, CH_VERB_PART, CH_VERB_CONV, CH_VERB_GER } ChVerbForm;
typedef enum ChVoice { CH_VOICE_NONE, CH_VOICE_ACT, CH_VOICE_PASS, CH_VOICE_MID } ChVoice;
typedef enum ChDegree { CH_DEGREE_NONE, CH_DEGREE_POS, CH_DEGREE_CMP, CH_DEGREE_SUP } ChDegree;

/* UD relations (universaldependencies.org, version 2), with those subtypes that tell the clause view something. */
typedef enum ChRel {
  CH_REL_NONE, CH_REL_ACL, CH_REL_ACL_RELCL, CH_REL_ADVCL, CH_REL_ADVMOD, CH_REL_AMOD, CH_REL_APPOS, CH_REL_AUX, CH_REL_AUX_PASS,
  CH_REL_CASE, CH_REL_CC, CH_REL_CCOMP, CH_REL_CLF, CH_REL_COMPOUND, CH_REL_CONJ, CH_REL_COP, CH_REL_CSUBJ, CH_REL_CSUBJ_PASS,
  CH_REL_DEP, CH_REL_DET, CH_REL_DISCOURSE, CH_REL_DISLOCATED, CH_REL_EXPL, CH_REL_FIXED, CH_REL_FLAT, CH_REL_GOESWITH, CH_REL_IOBJ,
  CH_REL_LIST, CH_REL_MARK, CH_REL_NMOD, CH_REL_NSUBJ, CH_REL_NSUBJ_PASS, CH_REL_NUMMOD, CH_REL_OBJ, CH_REL_OBL, CH_REL_OBL_AGENT,
  CH_REL_ORPHAN, CH_REL_PARATAXIS, CH_REL_PUNCT, CH_REL_REPARANDUM, CH_REL_ROOT, CH_REL_VOCATIVE, CH_REL_XCOMP, CH_RELS
} ChRel;

/* What the trained tagger of names says of a token: IOB2 over three kinds. */
typedef enum ChNameTag {
  CH_NAME_O, CH_NAME_B_PER, CH_NAME_I_PER, CH_NAME_B_ORG, CH_NAME_I_ORG, CH_NAME_B_LOC, CH_NAME_I_LOC, CH_NAME_TAGS
} ChNameTag;

/* UD part of speech and features; each field holds a value of the enum of its name. */
typedef struct ChMorph {
  uint8_t pos, kase, number, gender, tense, aspect, mood, form, voice, degree, person, animate;
} ChMorph;

enum { /* ChToken.flags */
  CH_TOKEN_SPACE_BEFORE = 1 << 0, /* blank or line end before it */
  CH_TOKEN_CAPITAL = 1 << 1,      /* first letter is a capital */
  CH_TOKEN_ACRONYM = 1 << 2,      /* ch_fold_acronym */
  CH_TOKEN_NUMBER = 1 << 3,       /* digits, perhaps with an ordinal ending */
  CH_TOKEN_QUOTE_OPEN = 1 << 4,
  CH_TOKEN_QUOTE_CLOSE = 1 << 5,
  CH_TOKEN_IN_QUOTE = 1 << 6,     /* between quotation marks that enclose a clause (direct speech), not a name */
  CH_TOKEN_KNOWN = 1 << 7,        /* in the lexicon */
  CH_TOKEN_INITIAL = 1 << 8,      /* "S." */
  CH_TOKEN_PUNCT = 1 << 9,        /* punctuation or symbol */
  CH_TOKEN_JOINED = 1 << 10,      /* cut off the word before it: a clitic ("'s") or the second part of one ("can|not") */
};

typedef struct ChToken {
  ChSpan span;
  ChWord form;  /* as written */
  ChWord norm;  /* ch_fold_norm */
  ChWord key;   /* ch_fold_key */
  ChWord caps;  /* ch_fold_caps for acronyms, else CH_NO_WORD */
  ChWord lemma; /* dictionary form, folded like norm */
  ChWord lemma_key; /* ch_fold_key of the lemma: what inflects beyond `key` ("ministers'" -> "minister") */
  ChMorph morph;
  uint16_t flags;
  uint32_t sentence;
  uint32_t head;   /* token of the governor; CH_NONE = root (rel says so) or no tree */
  uint8_t rel;     /* ChRel to the governor; CH_REL_NONE = no tree */
  uint8_t name;    /* ChNameTag; all O where the language has no model */
  uint16_t margin; /* how much better the governor scored than the next best one, in 1/256; the larger the surer */
  uint32_t group;  /* group that holds it, CH_NONE */
  uint32_t mention; /* innermost mention whose extent holds it, CH_NONE; set by names */
  uint32_t time;   /* time expression that holds it, CH_NONE; set by when */
} ChToken;

typedef enum ChRole_ { CH_TEXT_BODY, CH_TEXT_TITLE, CH_TEXT_HEADING, CH_TEXT_META, CH_TEXT_CAPTION } ChTextRole;

typedef struct ChParagraph {
  ChSpan span;
  uint32_t sentence, sentences; /* first, number */
  uint8_t role;                 /* ChTextRole; META = byline, date line, agency slug on its own */
  uint8_t lang;                 /* index into ChLanguages of the pack (language/language.h) */
} ChParagraph;

typedef struct ChSentence {
  ChSpan span;
  uint32_t token, tokens; /* first, number */
  uint32_t paragraph;
  uint32_t dateline; /* number of leading tokens that are dateline and agency slug ("MOSCOW, June 8. /TASS/."), 0 = none */
  uint8_t lang;
  bool affairs; /* tells of affairs of state by a word of its own; known where it has events */
} ChSentence;

typedef enum ChGroupType { CH_GROUP_NOUN, CH_GROUP_VERB } ChGroupType;

/* A chunk: a base noun phrase (determiner to head, without what follows the head) or a verb group (auxiliaries, negation, verb). */
typedef struct ChGroup {
  uint32_t token, tokens; /* first, number */
  uint32_t head;          /* token */
  uint32_t prep;          /* token of the preposition that governs a noun group, CH_NONE */
  uint8_t type;           /* ChGroupType */
  uint8_t kase;           /* ChCase of a noun group as agreed by its words */
} ChGroup;

/* ---- names ---- */

typedef enum ChEntityType { CH_ENTITY_PERSON, CH_ENTITY_STATE, CH_ENTITY_BODY, CH_ENTITY_GROUP, CH_ENTITY_PLACE, CH_ENTITY_OUTLET } ChEntityType;

typedef enum ChMentionForm {
  CH_MENTION_NAME,      /* by name, with or without title and post */
  CH_MENTION_POST,      /* a person by post ("the Armenian foreign minister") */
  CH_MENTION_NOMINAL,   /* "the ministers", "the sides", "the Kazakh side", "both leaders" */
  CH_MENTION_PRONOUN,
  CH_MENTION_ADJECTIVE, /* a state by adjective ("Russian-Belarusian dialogue", "the Kazakh capital") */
} ChMentionForm;

/* One mention, extent as wide as the phrase that names it: "Russian Foreign Minister Sergey Lavrov" is one person mention; the state
 * adjective inside it is not a mention of its own unless it stands outside such a phrase. Sorted by first token; may nest
 * ("Foreign Ministry of [Kazakhstan]"), never cross. A mention of several ("Azerbaijani and Armenian foreign ministers") is repeated
 * with the same extent, once for each entity. */
typedef struct ChMention {
  uint32_t token, tokens; /* extent */
  uint32_t name, names;   /* the tokens of the proper name alone within it; names = 0 where none */
  uint32_t head;          /* syntactic head: the token whose case counts (in a language with cases "meeting with minister(ins) Lavrov(ins)": the minister) */
  uint32_t entity;        /* index; CH_NONE for a pronoun or nominal not resolved (discourse resolves by clause) */
  uint32_t prep;          /* token of the governing preposition, CH_NONE */
  uint8_t type;           /* ChEntityType */
  uint8_t form;           /* ChMentionForm */
  uint8_t kase;           /* ChCase */
  uint8_t number;         /* ChNumber */
  uint8_t nominal;        /* for NOMINAL and PRONOUN: ChNominal */
  float score;            /* 0..1 */
} ChMention;

typedef enum ChNominal { /* what a nominal or pronoun may stand for */
  CH_NOMINAL_NONE, CH_NOMINAL_PERSON_SING, CH_NOMINAL_PERSONS, CH_NOMINAL_SIDES, CH_NOMINAL_STATE, CH_NOMINAL_STATES, CH_NOMINAL_BODY,
  CH_NOMINAL_PLACE, CH_NOMINAL_IT, CH_NOMINAL_THEY,
} ChNominal;

/* One person, state, body, group, place or outlet of the report, whatever the number of its mentions. */
typedef struct ChEntity {
  uint8_t type;    /* ChEntityType */
  uint8_t gender;  /* ChGender of a person */
  bool by_post;    /* a person known by post alone: name is "Minister of Foreign Affairs of Armenia" */
  bool known;      /* in the world table */
  uint32_t world;  /* index in the world table of its type (world/world.h), CH_NONE */
  ChSlice id;      /* world id ("ru", "h-sergey-lavrov"); "" where new */
  ChSlice name;    /* usual English name */
  ChSlice native;  /* the fullest form in the report's script, nominative where known; "" */
  ChSlice post;    /* canonical English post as this report gives it; "" */
  ChWord post_id;  /* id of the post in the world table, CH_NO_WORD */
  ChSlice of;      /* name of the state or body that a person, group or ministry stands for; "" */
  uint32_t of_entity; /* the same as an entity of the report where it is one, else CH_NONE */
  uint32_t state;  /* world index of that state (a person's, ministry's; a place's own state), CH_NONE */
  uint32_t mention, mentions; /* first mention; number */
} ChEntity;

/* ---- when ---- */

typedef enum ChTimeAnchor {
  CH_TIME_FULL,      /* day, month or year given in full */
  CH_TIME_YEARLESS,  /* day and month, or month, without a year */
  CH_TIME_WEEKDAY,   /* "on Tuesday" */
  CH_TIME_RELATIVE,  /* "yesterday", "last week", "this year", "a year ago" */
  CH_TIME_EVENT,     /* "the day before the summit": relative to an event */
  CH_TIME_PERIOD,    /* a length or repetition, not a date ("for two weeks", "every year"): edtf stays "" */
  CH_TIME_ANNIVERSARY, /* "20th anniversary": edtf is the year of the origin */
} ChTimeAnchor;

typedef struct ChTime {
  uint32_t token, tokens;
  uint8_t anchor;        /* ChTimeAnchor */
  bool dateline;         /* stands in a dateline or byline: dates the report, not an event */
  bool deadline;         /* "by", "before the end of" */
  bool earliest;         /* "not before", "as early as": a day in the open span */
  ChSlice edtf;          /* resolved value, "" where it has none */
  ChSlice unresolved;    /* the grammar's reading before the report's date is known, for dumps ("XXXX-06-08", "W2", "D-1") */
  bool counted;          /* told in days from an event ("the day after the summit"): `days` of them, before it where negative */
  int32_t days;
  ChWord rule;           /* id of the date pattern */
  float score;
} ChTime;

/* A candidate for the report's date, best first. */
typedef struct ChDateGuess {
  ChSlice day;     /* YYYY-MM-DD */
  float score;     /* sum of support */
  ChSlice reasons; /* "stated in the dateline; Thursday fits; S. Lavrov in office", for --explain */
} ChDateGuess;

/* ---- events ---- */

typedef enum ChPolarity { CH_POLARITY_YES, CH_POLARITY_NO } ChPolarity;

typedef enum ChFunction {
  CH_ARG_SUBJECT, CH_ARG_OBJECT, CH_ARG_OBLIQUE, CH_ARG_POSSESSOR, /* genitive or "of", adjective before a nominal trigger */
} ChFunction;

/* One argument of a predicate. */
typedef struct ChArgument {
  uint8_t function; /* ChFunction */
  uint8_t kase;
  uint32_t prep;    /* token, CH_NONE */
  uint32_t token;   /* head token */
  uint32_t mention; /* mention that stands there, CH_NONE */
  uint32_t time;    /* time expression that stands there, CH_NONE */
  bool inherited;   /* said in another clause: subject of an infinitive, antecedent of a relative */
  float score;
} ChArgument;

/* The clause view: what frames match, filled by chunks and tree. */
typedef struct ChClause {
  uint32_t sentence;
  uint32_t token, tokens; /* extent */
  uint32_t predicate;     /* token: verb, or noun of a nominal clause ("talks in Moscow" in a headline) */
  uint32_t parent;        /* clause that governs it ("said that ...", "plans to ..."), CH_NONE */
  uint8_t voice, tense, form, polarity;
  CH_VEC(ChArgument) args;
} ChClause;

/* A field's provenance. */
typedef struct ChWhy {
  ChWord rule; /* id of the rule or frame */
  float confidence;
} ChWhy;

typedef struct ChParticipant {
  uint32_t entity;
  ChWord role;     /* one of data/events/roles.tsv ("party") */
  uint32_t mention; /* where it is said, CH_NONE = inherited */
  ChWhy why;
} ChParticipant;

typedef struct ChDocument {
  ChSlice title;
  ChWord action; /* "signed", "to-sign" ... */
  ChSlice id;    /* in the world's tables; "" */
} ChDocument;

typedef struct ChLink {
  ChWord type; /* "part_of" ... */
  uint32_t event;
} ChLink;

typedef struct ChEvidence {
  ChSpan span;
  uint32_t sentence;
} ChEvidence;

typedef struct ChEvent {
  ChWord kind;   /* data/events/kinds.tsv */
  ChWord status; /* data/events/statuses.tsv */
  uint32_t trigger, clause, sentence; /* of the first mention */
  CH_VEC(ChParticipant) participants;
  CH_VEC(ChParticipant) open; /* said by a nominal that names cannot resolve ("the sides"): entity CH_NONE; discourse resolves them */
  bool definite;  /* the trigger refers back ("the meeting") */
  bool headline;  /* told in a title: its tense says little */
  bool fresh;     /* the trigger tells of one not told of before ("a", "another", "new") */
  bool sequel;    /* told by its place in a sequence ("beforehand", "then"): of the day and place of the event before */
  bool arrival;   /* its word says that someone came and is there ("arrived") */
  bool ends;      /* tells of its end: the time is that of its last day */
  bool verbal;    /* its trigger is a verb */
  bool carried;   /* a verb carries it ("took place", "will hold"), or it is that verb */
  bool joins;     /* weak, and names those who take part, so that they need not be known from the event before */
  bool weak;      /* says something of an event rather than carrying one ("discussed"); discourse finds the event */
  bool unfit;     /* told of people who do no diplomacy: discourse drops it */
  bool only_topics; /* says what was spoken of at an event told elsewhere; discourse hands it on */
  bool telling;   /* its trigger's object is of a class that tells what was done ("seized the city") */
  bool discusses; /* its verb says what those who meet speak of ("discussed"), whoever is named with it */
  bool purpose;   /* its noun says what the verb of its clause is about ("gathered for a summit") */
  bool another;   /* its noun is "the next" or "another" of its kind */
  bool preparing; /* its noun is "preparatory" */
  bool aside;     /* on the sidelines of what its clause does not name as an event ("on the margins of the event") */
  bool previous;  /* its noun is "the previous" of its kind */
  bool then;      /* its clause tells it as what came next ("then", "afterwards") */
  bool beforehand; /* its clause tells it as what came first ("beforehand") */
  uint32_t counted_from; /* set by discourse: the event that its time is counted from, plus 1; 0 = none */
  ChWord setting; /* link type: the event is named as the setting of its clause's other events ("during the visit"), CH_NO_WORD */
  uint32_t place; /* entity, CH_NONE */
  ChSlice time;   /* EDTF, "" */
  CH_VEC(ChSlice) other_times;
  CH_VEC(ChWord) formats;
  ChSlice series;
  uint32_t ordinal; /* 0 = none */
  CH_VEC(ChSlice) topics;
  CH_VEC(ChDocument) documents;
  ChSlice attribution; /* English name, "" = the report's own voice */
  CH_VEC(ChLink) links;
  CH_VEC(ChEvidence) evidence;
  ChWhy why_kind, why_status, why_place, why_time, why_attribution;
  uint32_t merged; /* discourse: the event this mention was merged into, CH_NONE = stands */
} ChEvent;

typedef struct ChStatement {
  ChSlice speaker, of;
  ChWord act;
  ChSlice about, target;
  CH_VEC(ChEvidence) evidence;
  ChWhy why;
} ChStatement;

/* ---- diagnostics ---- */

typedef enum ChLevel { CH_LEVEL_NOTE, CH_LEVEL_WARNING, CH_LEVEL_ERROR } ChLevel;

/* Every diagnosable fault of a text, in one ordered list (report.c has the texts). */
typedef enum ChFault {
  CH_FAULT_NONE,
  CH_FAULT_INVALID_UTF8,     /* bytes replaced by U+FFFD */
  CH_FAULT_CHARSET_GUESSED,  /* decoded as another charset than UTF-8, by guess */
  CH_FAULT_CONTROL_BYTES,    /* control characters dropped */
  CH_FAULT_LONG_LINE,        /* a sentence beyond the cap was cut */
  CH_FAULT_NO_LANGUAGE,      /* a paragraph in a language that the pack lacks */
  CH_FAULT_NO_DATE,          /* nothing pins the report's date down */
  CH_FAULT_DATE_CONFLICT,    /* stated dates disagree */
  CH_FAULT_NO_WORDS,         /* nothing to read */
  CH_FAULTS
} ChFault;

typedef struct ChDiag {
  uint8_t level, fault;
  ChSpan span;
} ChDiag;

/* ---- the report ---- */

/* What is known of the report from outside (command line, sidecar, feed, HTML head); "" = not. Overrides what the text suggests. */
typedef struct ChMeta {
  ChSlice id, published, outlet, title, lang;
  ChSlice author, url; /* of a page or an item of a feed */
} ChMeta;

/* A token that is given instead of being cut from the text. Its span holds no line end and does not begin or end with a blank. */
typedef struct ChGivenToken {
  ChSpan span;
  bool sentence, paragraph; /* the first of one; a paragraph begins with a sentence */
} ChGivenToken;

typedef struct ChReport {
  ChArena *arena;
  ChWords words;
  const ChPack *pack;
  ChSlice text;          /* clean UTF-8 */
  const uint32_t *raw;   /* raw[i] = offset in the raw bytes of text byte i; NULL = the same */
  ChMeta meta;
  /* For an analysis as such (`analyse`), set before the stages run: */
  const ChGivenToken *given; /* n_given tokens in text order that the language stage takes as they are; NULL = it cuts the text */
  uint32_t n_given;
  bool treebank;             /* words are cut where treebanks cut them, not where the later stages want it */

  CH_VEC(ChParagraph) paragraphs;
  CH_VEC(ChSentence) sentences;
  CH_VEC(ChToken) tokens;
  CH_VEC(ChGroup) groups;
  CH_VEC(ChMention) mentions;
  CH_VEC(ChEntity) entities;
  CH_VEC(ChTime) times;
  CH_VEC(ChDateGuess) dates;
  CH_VEC(ChClause) clauses;
  CH_VEC(ChEvent) events; /* after discourse: those with merged == CH_NONE, in order of first mention */
  CH_VEC(ChStatement) statements;
  CH_VEC(ChDiag) diags;

  ChSlice lang;      /* code of the main language */
  ChSlice published; /* YYYY-MM-DD, "" */
  bool published_stated;
  ChSlice outlet, dateline, title; /* "" = none */
} ChReport;

/* An empty report over `text` (borrowed) in `arena` (borrowed). */
void ch_report_init(ChReport *r, ChArena *arena, const ChPack *pack, ChSlice text);
void ch_report_diag(ChReport *r, ChLevel level, ChFault fault, ChSpan span);
const char *ch_fault_text(ChFault fault);
const char *ch_level_name(ChLevel level);

static inline ChSlice ch_report_slice(const ChReport *r, ChSpan s) { return ch_slice(r->text.p + s.start, s.end - s.start); }
/* Bytes from the first to the last token of a range. */
ChSpan ch_report_tokens_span(const ChReport *r, uint32_t token, uint32_t tokens);
static inline ChSlice ch_report_word(const ChReport *r, ChWord w) { return ch_words_text(&r->words, w); }
/* Does the word spell z? */
static inline bool ch_report_word_is(const ChReport *r, ChWord w, const char *z) { return ch_slice_is(ch_report_word(r, w), z); }

/* Checks the invariants (spans inside the text and in order, indices in range, heads form trees, EDTF well-formed, evidence inside its
 * sentence). False and a text in err for the first that fails: a programmer's fault. */
bool ch_report_check(const ChReport *r, ChError *err);

#endif
