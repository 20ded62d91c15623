/* Inner header of the stage `names`: what its files share. One Names holds the work on one report. Order of work:
 *   hits     every phrase of the world's tries at every token, closed words of the language by kind (match.c)
 *   units    posts with rank, state, body and complement ("Deputy Foreign Minister of X") (units.c)
 *   finds    people, states, bodies, places, groups in the text, not yet linked (collective.c, scan_people.c,
 *            famous.c, scan_things.c)
 *   entities what they name; by-posts, surnames, pronouns and nominals resolved (link.c, coref.c) */
#ifndef CH_NAMES_INNER_H
#define CH_NAMES_INNER_H

#include "names/names.h"
#include "world/rewrite.h"
#include "world/world.h"

/* Kinds of the lexicon data/language/CODE/names.tsv, in the order of `lex_names` (lexicon.c). */
typedef enum Lex {
  LEX_OPTION,
  LEX_OF,
  LEX_ARTICLE,
  LEX_POSSESSIVE,
  LEX_CLITIC,
  LEX_AND,
  LEX_PARTICLE,
  LEX_HONORIFIC,
  LEX_COMPLEMENT,
  LEX_COUNTERPART,
  LEX_SAY,
  LEX_LOCATIVE,
  LEX_CAPITAL,
  LEX_SIDE,
  LEX_GROUP,
  LEX_BARE,
  LEX_NOMINAL,
  LEX_PRONOUN,
  LEX_POSSESSIVE_PRONOUN,
  LEX_BODY_TAIL,
  LEX_REPORTED,
  LEX_STOP,
  LEX_GIVEN,
  LEX_SEAT,
  LEX_STANDIN,
  LEX_ORGAN,
  LEX_COMMON,
  LEX_COLLECTIVE,
  LEX_MEMBERS,
  LEX_DEALING,
  LEX_KINDS
} Lex;

typedef struct LexRow {
  uint8_t kind, gender, nominal;
  ChWord value; /* given names: the form to print */
} LexRow;

/* A row of cases.tsv: an ending of a name and what the nominative has in its place. */
typedef struct CaseRow {
  char ending[14], nominative[14];
  uint8_t ending_n, nominative_n, cases; /* cases: bit per ChCase */
  uint8_t gender, keep, weight;
} CaseRow;

enum { OPTION_CAPITAL_ADJECTIVES = 1, OPTION_GENITIVE = 2 };

typedef struct Lang {
  ChPhrases world, lex;
  const LexRow *rows;
  size_t n_rows;
  const CaseRow *cases;
  size_t n_cases;
  ChRewrite latin;
  ChFold fold;
  uint32_t options;
} Lang;

typedef struct Hit {
  uint32_t tokens, ref;
} Hit;

typedef struct LexHit {
  uint32_t tokens, row;
} LexHit;

enum { UNIT_POSTS = 8, UNIT_RANKS = 4, UNIT_STATES = 8, YEARS = 160 };

/* A post as the text puts it: "Russian Deputy Foreign Minister", "chairman of the X council". */
typedef struct Unit {
  uint32_t token, tokens, head;
  uint32_t posts[UNIT_POSTS]; /* candidates for the core; best first once chosen */
  uint32_t ranks[UNIT_RANKS];
  uint32_t states[UNIT_STATES];
  uint32_t n_posts, n_ranks, n_states;
  uint32_t body;              /* world body, CH_NONE */
  uint32_t portfolio;         /* ministry named beside a post that is not a minister's, CH_NONE */
  uint32_t subject;           /* portfolio of a minister, CH_NONE */
  uint32_t core, core_tokens; /* the words of the post alone */
  uint32_t group;             /* the state's capital or metonym gave the state: token, CH_NONE */
  ChSlice complement;         /* " for Syria", printed after the post's name */
  ChSlice of;                 /* whom it is held for where that is neither state nor body of the world; "" */
  bool plural, counterpart, specific;
  uint32_t next; /* a second post of the same person ("A and B"), index, CH_NONE */
  char joint;    /* how: '&' and, '-' dash, ',' comma */
} Unit;

/* Something found in the text. */
typedef struct Find {
  uint32_t token, tokens, name, names, head;
  uint8_t type, form, nominal, gender;
  uint32_t ref;    /* world ref, CH_NONE */
  uint32_t row;    /* of the lexicon, for a nominal; CH_NONE */
  uint32_t unit;   /* CH_NONE */
  uint32_t state;  /* world state it belongs to, CH_NONE */
  uint32_t near;   /* world state that a title without one belongs to, CH_NONE */
  uint32_t entity; /* CH_NONE until linked */
  uint32_t tenure; /* that makes the bearer of a surname alone known, CH_NONE */
  ChSlice text;    /* name to print where the world lacks it; "" */
  bool surname;    /* a surname alone */
  bool possessed;  /* "its foreign minister": of the state that `near` is */
  bool bare;       /* a group whose state is left out */
} Find;

typedef struct Person {
  uint32_t entity, post; /* post of the world that the report gives, CH_NONE */
} Person;

typedef struct Names {
  ChReport *r;
  ChWorld w;
  Lang langs[CH_LANGUAGES_MAX];
  size_t n_langs;
  ChRewrite skeleton;
  ChPhrases skeletons, sounds;
  ChRewrite sound;
  uint32_t print;  /* language of printed names */
  int32_t day;     /* of the report where known from outside, else CH_DAY_MIN */
  uint32_t *years; /* years that the text names (famous.c); NULL until asked for */
  struct Famous *famous;
  bool dated; /* the day or some year is known */
  Hit *hits;
  uint32_t *first; /* hits of token i: [first[i], first[i + 1]) */
  uint32_t *lex;   /* bits of the kinds that a single token has */
  LexHit *lex_hits;
  uint32_t *lex_first;
  bool *named;     /* states that the report names in some way */
  uint32_t *taken; /* find + 1 whose extent holds the token */
  uint32_t *support; /* by state, how much of the report speaks for it; made when first asked for */
  uint32_t *heads; /* state -> the usual post of its head + 1; made when first asked for */
  CH_VEC(Unit) units;
  CH_VEC(Find) finds;
  CH_VEC(Person) people; /* people by name, the first ones; entity.mention is the index while linking */
  struct Keys {
    ChWord *words;
    uint32_t *values;
    uint32_t slots, n;
  } surnames; /* key of a surname -> entity + 1 */
} Names;

static inline const ChToken *tok(const Names *n, uint32_t i) { return &n->r->tokens.at[i]; }
static inline const Lang *lang_at(const Names *n, uint32_t token)
{
  return &n->langs[n->r->sentences.at[tok(n, token)->sentence].lang];
}
static inline bool is_lex(const Names *n, uint32_t i, Lex k) { return n->lex[i] >> k & 1; }
static inline bool is_capital(const Names *n, uint32_t i) { return tok(n, i)->flags & CH_TOKEN_CAPITAL; }
static inline ChSlice form(const Names *n, uint32_t i) { return ch_report_slice(n->r, tok(n, i)->span); }
static inline bool mark(const Names *n, uint32_t i, const char *z) { return ch_slice_is(form(n, i), z); }
static inline uint32_t past_article(const Names *n, uint32_t i, uint32_t end)
{
  while (i < end && is_lex(n, i, LEX_ARTICLE))
    i++;
  return i;
}
static inline uint32_t sentence_end(const Names *n, uint32_t i)
{
  const ChSentence *s = &n->r->sentences.at[tok(n, i)->sentence];
  return s->token + s->tokens;
}

/* match.c */
void ch_names_match(Names *n);
/* After people: a state or place whose letters do not fit is none where the word is the surname of somebody named in full. */
void ch_names_drop_for_people(Names *n);
/* Longest hit of a type and one of the ways (bits) at a token; tokens = 0 where none. */
Hit ch_names_hit(const Names *n, uint32_t token, ChWorldType type, uint32_t ways);
/* Does the report name two members of the body or more? */
bool ch_names_members_named(const Names *n, uint32_t body);
/* Longest hit in the lexicon of a kind; its row, or NULL. */
const LexRow *ch_names_lex(const Names *n, uint32_t token, Lex kind, uint32_t *tokens);
/* A state named at the token by name, metonym or adjective as `ways` say. */
#define WAY(w) (1u << (w))
enum { ANY_NAME = 1u << CH_WAY_NAME };

/* units.c, unit_text.c */
bool ch_names_unit(Names *n, uint32_t token, uint32_t end, Unit *u);
/* "a of b" in the language of print. */
ChSlice ch_names_joined(const Names *n, ChSlice a, ChPrint word, ChSlice b);
/* The post as readings print it, with ranks and complement. */
ChSlice ch_names_unit_text(Names *n, const Unit *u, uint8_t gender);
/* The post of the core that fits the state or body. */
uint32_t ch_names_unit_post(const Names *n, const Unit *u, uint32_t state);
/* Is the post in one of the pack's lists ("world.seat-posts")? */
bool ch_names_listed(const Names *n, const char *section, uint32_t post);
/* "Leader" and "head of state" as the post that they mean in that state; others as they are. */
uint32_t ch_names_leader(Names *n, uint32_t post, uint32_t state);

/* shape.c */
/* Tokens of a person's name at the token; 0 where none. `strong`: a title stands before it. */
uint32_t ch_names_person_shape(Names *n, uint32_t token, uint32_t end, bool strong);
/* The name in print: nominative, in Latin script, and its gender. `native`: the nominative as written. */
ChSlice ch_names_person_text(Names *n, uint32_t token, uint32_t tokens, uint8_t kase, uint8_t *gender, ChSlice *native);
/* World person for a name of which no phrase of the trie is, by skeleton; CH_NONE. */
uint32_t ch_names_by_skeleton(Names *n, ChSlice latin);
/* sound.c: world person for a name whose letters no table has, by its sounds, its title and state (CH_NONE where not given); CH_NONE. */
uint32_t ch_names_by_sound(Names *n, ChSlice latin, const Unit *u, uint32_t state);
/* May the first and last word of the text be those of one of the row's names, by all letters? Of a surname the last is all. */
bool ch_names_spelt_row(Names *n, uint32_t token, uint32_t tokens, uint32_t ref);
/* May the word be the surname of the person by all its letters, in the nominative? */
bool ch_names_may_be(Names *n, uint32_t token, uint32_t person);
/* The skeleton of one word, with '~' before it. */
size_t ch_names_skeleton(Names *n, ChSlice word, char out[CH_FOLD_MAX + 1]);

/* scan_people.c, scan_things.c */
void ch_names_scan_people(Names *n);
void ch_names_scan_things(Names *n);
/* How much of the report speaks for a state: its places, its people, titles of it. Counted once. */
uint32_t ch_names_support(Names *n, uint32_t state);
Find *ch_names_find(Names *n, uint32_t token, uint32_t tokens, ChEntityType type, ChMentionForm form);
void ch_names_take(Names *n, uint32_t find);

/* collective.c */
/* Groups by the post of all; before people, who would take the words. */
void ch_names_scan_collectives(Names *n);

/* famous.c */
/* Surnames alone of well-known people. */
void ch_names_scan_famous(Names *n);
/* The well-known person whom a surname alone means, and the tenure that makes them known; CH_NONE. */
uint32_t ch_names_famous(Names *n, uint32_t token, uint32_t tokens, uint32_t *tenure);

/* link.c, coref.c */
void ch_names_link(Names *n);
/* Did the person ever hold one of the unit's posts for the state (CH_NONE: any)? */
bool ch_names_held(const Names *n, uint32_t person, const Unit *u, uint32_t state);
/* Is the unit's post that person's, by the report or by the table? */
bool ch_names_posts_meet(const Names *n, const Unit *u, ChWord post_id, const ChEntity *x, uint32_t state);
void ch_names_coref(Names *n);
void ch_names_members(Names *n);
void ch_names_outlet(Names *n);
uint32_t ch_names_body_entity(Names *n, uint32_t body);
/* The body of the world that an organ named without its owner is, as an entity; CH_NONE. */
uint32_t ch_names_organ(Names *n, const Find *f);

#endif
