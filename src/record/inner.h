/* Inside the record: what is kept of a mention, and the decisions on fields. */
#ifndef CH_RECORD_INNER_H
#define CH_RECORD_INNER_H

#include "record/record.h"
#include "world/terms.h"
#include "world/world.h"

struct ChRecordRules {
  const ChPack *pack;
  ChWorld world;
  ChTermTables t;
  ChWord held, denied, postponed, cancelled;
};

enum { CH_NAME_WORDS = 10, CH_MENTION_PARTIES = 24, CH_MENTION_WORDS = 64, CH_MENTION_PLACES = 4 };

/* A name as it is compared. */
typedef struct ChRecordName {
  ChSlice text; /* folded */
  uint32_t word[CH_NAME_WORDS]; /* hashes of its words, sorted */
  uint32_t words;
  ChSlice first, last; /* words */
} ChRecordName;

typedef enum ChPartyType { CH_PARTY_PERSON, CH_PARTY_STATE, CH_PARTY_BODY, CH_PARTY_GROUP } ChPartyType;

typedef struct ChParty {
  ChRecordName name;
  ChSlice id, role;
  ChSlice of; /* folded: the state or body stood for; of a state its own name */
  ChPartyType type;
  bool post; /* a person named by post and state */
} ChParty;

/* One of the places that a name gives ("hotel, city"), as far as the world knows it. */
typedef struct ChRecordPlace {
  ChSlice text;          /* folded */
  uint32_t place, state; /* CH_NONE unknown; `state` also of the place */
} ChRecordPlace;

/* A row of corrections that is about a mention, and the side of it on which the mention stands (record/correct.h). */
typedef struct ChCorrection ChCorrection;
typedef struct ChSaid {
  const ChCorrection *of;
  uint32_t side;
} ChSaid;

struct ChRecordMention {
  const json_t *reading, *event;
  ChSlice report, id, published, lang;
  uint64_t key; /* ch_record_mention_id */
  uint32_t number;
  int32_t published_day; /* CH_DAY_MIN unknown */
  ChSlice kind_text, status_text, time_text, place_text;
  const ChKindTerm *kind;     /* NULL: not of the tables */
  const ChStatusTerm *status; /* NULL: not of the tables */
  ChWord kind_word;
  int32_t first, last; /* of the time */
  bool dated;
  ChRecordPlace places[CH_MENTION_PLACES];
  uint32_t n_places;
  ChParty *parties;
  uint32_t n_parties;
  ChRecordName series;
  uint32_t ordinal; /* 0 none */
  uint32_t word[CH_MENTION_WORDS]; /* hashes of the stems of evidence, topics, documents: sorted */
  uint32_t words;
  uint64_t actions; /* what is done with documents: a bit of its stage */
  ChRecordMention *whole; /* what it is part of, in its own report */
  ChSaid *said;           /* what people said of it, by number */
  uint32_t n_said;
};

static inline ChPhase ch_mention_phase(const ChRecordMention *m) { return m->status ? (ChPhase)m->status->phase : CH_PHASE_NONE; }

/* ---- names (people.c) ---- */
ChRecordName ch_record_name(ChArena *a, ChSlice text);
bool ch_record_name_like(const ChRecordName *a, const ChRecordName *b);
/* 1 the same one, 0.5 one stands for the other, 0 neither. */
double ch_party_match(const ChParty *a, const ChParty *b);
/* Two that cannot be one: of the same type, both known by name, and other. */
typedef struct ChPartyTally {
  uint32_t full[4]; /* by type: found in both */
  uint32_t stands;
  uint32_t left_a, left_b; /* not found in the other */
} ChPartyTally;
ChPartyTally ch_party_tally(const ChRecordMention *a, const ChRecordMention *b);
/* Do the two share someone of these roles? -1 where one of them has nobody in them. */
int ch_party_core(const ChRecordMention *a, const ChRecordMention *b, const ChWord *roles, const ChPack *pack);

/* Puts what the world knows of m->place_text in m->places (mention.c). */
void ch_record_places_of(const ChRecordRules *rules, ChArena *arena, ChRecordMention *m);

/* ---- places (match.c) ---- */
typedef enum ChPlaces { CH_PLACES_UNKNOWN, CH_PLACES_SAME, CH_PLACES_WITHIN, CH_PLACES_UNSURE, CH_PLACES_OTHER } ChPlaces;
/* `within`: one lies in the other; *narrow (may be NULL) is 1 where b's is the narrower, -1 where a's is. */
ChPlaces ch_record_places(const ChRecordRules *rules, const ChRecordMention *a, const ChRecordMention *b, int *narrow);

/* ---- corrections (correct.c) ---- */
/* The rows that say of the mention what it is one event with, the last first. */
typedef struct ChSaidRow {
  int64_t number;
  uint32_t side;
  bool splits;
} ChSaidRow;
enum { CH_SAID_ROWS = 16 };
size_t ch_record_said_rows(const ChRecordMention *m, ChSaidRow *rows, size_t most);

/* ---- a happening's place (happening.c) ---- */
/* Id and coordinates of a place that is given as text; null where the world does not know it. */
void ch_record_place_of(const ChRecordRules *rules, ChArena *arena, ChSlice text, json_t *happening);

/* ---- life of a happening (life.c) ---- */

/* Is the time one of the calendar's parts (a month, "mid-July") or open, not days that someone named? */
bool ch_record_vague(const ChRecordMention *m);
/* Does the time of this mention come from what it is part of? */
bool ch_record_inherited(const ChRecordMention *m);
void ch_record_life(const ChRecordRules *rules, ChArena *arena, ChRecordMention *const *m, size_t n, json_t *out);

static inline ChSlice ch_record_get(const json_t *o, const char *key)
{
  const json_t *v = json_object_get(o, key);
  const char *z = json_string_value(v);
  return z ? ch_slice(z, json_string_length(v)) : CH_LIT("");
}
static inline json_t *ch_record_text(ChSlice s) { return s.n ? json_stringn(s.p, s.n) : json_null(); }

#endif
