/* What Chancery knows of the world: states, places, bodies, outlets, posts and who held them when, series of events. Compiled from
 * data/world (docs/formats.md) into arrays of the pack; a ChWorld is a view of them, cheap to make. References are indices into the
 * array of their type, CH_NONE where none. Dates are days since 1970-01-01 (ch_day_of); CH_DAY_MIN and CH_DAY_MAX where open. */
#ifndef CH_WORLD_WORLD_H
#define CH_WORLD_WORLD_H

#include "model/languages.h"
#include "model/phrases.h"
#include "report/report.h"
#include "world/day.h"

typedef enum ChWorldType {
  CH_WORLD_STATE, CH_WORLD_PLACE, CH_WORLD_BODY, CH_WORLD_OUTLET, CH_WORLD_POST, CH_WORLD_PERSON, CH_WORLD_SERIES, CH_WORLD_PORTFOLIO,
  CH_WORLD_RANK, CH_WORLD_DOCUMENT, CH_WORLD_TYPES,
} ChWorldType;

/* What a phrase of the tries stands for: type, how (ChWorldWay) and index. */
typedef enum ChWorldWay { CH_WAY_NAME, CH_WAY_ADJECTIVE, CH_WAY_DEMONYM, CH_WAY_METONYM, CH_WAY_MINISTRY, CH_WAY_SURNAME } ChWorldWay;
static inline uint32_t ch_world_ref(ChWorldType type, ChWorldWay way, uint32_t index)
{
  return (uint32_t)type << 28 | (uint32_t)way << 24 | index;
}
static inline ChWorldType ch_ref_type(uint32_t ref) { return (ChWorldType)(ref >> 28); }
static inline ChWorldWay ch_ref_way(uint32_t ref) { return (ChWorldWay)(ref >> 24 & 15); }
static inline uint32_t ch_ref_index(uint32_t ref) { return ref & 0xFFFFFF; }

/* Words that printed posts and groups are put together with (world.tsv). */
typedef enum ChPrint { CH_PRINT_OF, CH_PRINT_OF_THE, CH_PRINT_OF_MINISTRY, CH_PRINT_AND, CH_PRINT_THE, CH_PRINT_PLURAL, CH_PRINT_WORDS } ChPrint;

typedef struct ChState {
  ChWord id, name, adjective; /* adjective: the first English one, "Kazakh" ("Kazakh Foreign Ministry") */
  ChWord iso3;                  /* ISO 3166-1 alpha-3, of gone states ISO 3166-3; "" where none */
  uint32_t cow;                 /* Correlates of War number, 0 where none */
  uint32_t capital;             /* place */
  int32_t from, to;
} ChState;

/* Types of places, in the order of place_types (compile_rows.c). */
typedef enum ChPlaceType {
  CH_PLACE_CITY, CH_PLACE_TOWN, CH_PLACE_VENUE, CH_PLACE_REGION, CH_PLACE_COUNTRY_PART, CH_PLACE_AREA, CH_PLACE_SEA, CH_PLACE_RIVER, CH_PLACE_MOUNTAIN,
  CH_PLACE_CONTINENT, CH_PLACE_TYPES,
} ChPlaceType;

typedef struct ChPlace {
  ChWord id, name, type; /* type as the table has it */
  uint32_t kind;         /* the same as ChPlaceType */
  uint32_t state;        /* CH_NONE: seas, continents */
  uint32_t in;           /* place that contains it */
  uint32_t population;
  float lat, lon; /* degrees; 0, 0 where unknown */
} ChPlace;

typedef struct ChBody {
  ChWord id, name, type;
  uint32_t parent; /* body */
  uint32_t state;
  uint32_t portfolio; /* of a ministry with a name of its own; CH_NONE */
  uint32_t seat; /* place */
  uint32_t member, members; /* range of ch_world members: state indices */
} ChBody;

typedef struct ChOutlet {
  ChWord id, name;
  uint32_t state;
} ChOutlet;

typedef struct ChPost {
  ChWord id, name;
  ChWord of;              /* "state", "body" or the id of one */
  uint32_t state, body;   /* which, CH_NONE where any */
  uint32_t rank;    /* 1 = head of state */
  uint32_t portfolio; /* CH_NONE */
  bool single;      /* one holder at a time */
} ChPost;

typedef struct ChPortfolio {
  ChWord id, name, ministry; /* "Foreign Affairs"; "Foreign Ministry" */
} ChPortfolio;

typedef struct ChRank {
  ChWord id, name;
} ChRank;

typedef struct ChPerson {
  ChWord id, name;
  uint8_t gender;
  uint8_t known; /* by surname alone, at any time */
  uint32_t state;
  uint32_t tenure, tenures; /* range of tenures */
} ChPerson;

/* One holding of a post. Sorted by person, then from. */
typedef struct ChTenure {
  uint32_t person, post;
  uint32_t state, body;       /* one of them, the other CH_NONE */
  uint32_t at_state, at_body; /* an ambassador's or envoy's: where, with whom; CH_NONE */
  int32_t from, to;
  ChWord from_edtf, to_edtf; /* the same as the table has them; to: "" still, ".." over, unknown since when */
  bool ended;                /* to_edtf is ".." */
  ChWord source; /* "recall" is soft evidence: never decides a report's date alone */
} ChTenure;

typedef struct ChSeries {
  ChWord id, name, type;
  uint32_t body;
  uint32_t instance, instances;
} ChSeries;

/* A treaty, charter, declaration ... by name. */
typedef struct ChTreaty {
  ChWord id, name, type;
  int32_t from, to; /* the days that its date covers; open where unknown */
  uint32_t place;
} ChTreaty;

/* What a place was called from day to day, where that is not its name today. Sorted by place, then from. */
typedef struct ChRename {
  uint32_t place;
  ChWord names; /* as printed, all languages, ';' between */
  int32_t from, to;
} ChRename;

/* A state in a body. Sorted by body, state, from. */
typedef struct ChMembership {
  uint32_t body, state;
  ChWord status; /* "member", "observer" ... */
  int32_t from, to;
  ChWord source;
} ChMembership;

typedef struct ChInstance {
  uint32_t series, ordinal;
  int32_t from, to;
  uint32_t place;
  ChWord source;
} ChInstance;

/* What every row with an id has besides. */
typedef struct ChWorldFacts {
  ChWord source, wikidata;
} ChWorldFacts;

/* A row's names in one language as its table has them: the usual one, and the others with ';' between. */
typedef struct ChWorldNames {
  ChWord name, also;
} ChWorldNames;

typedef struct ChWorld {
  const ChPack *pack;
  const ChState *states;
  const ChPlace *places;
  const ChBody *bodies;
  const ChOutlet *outlets;
  const ChPost *posts;
  const ChPortfolio *portfolios;
  const ChRank *ranks;
  const ChPerson *persons;
  const ChTenure *tenures;
  const ChSeries *series;
  const ChInstance *instances;
  const ChTreaty *documents;
  const ChRename *renames;
  const ChMembership *memberships;
  const ChWorldFacts *facts[CH_WORLD_TYPES]; /* by type, then index */
  const uint32_t *members;
  const uint32_t *by_post; /* indices of tenures by post, then state, body, first day */
  const ChWord *print; /* CH_PRINT_WORDS of them, or NULL */
  size_t n_states, n_places, n_bodies, n_outlets, n_posts, n_portfolios, n_ranks, n_persons, n_tenures, n_series, n_instances, n_documents,
      n_renames, n_memberships;
} ChWorld;

/* Reads data/world, adds the sections; the tries are "CODE/world" for each language (values: ch_world_ref). Needs
 * ch_languages_compile before. */
void ch_world_compile(ChPackWriter *w, const char *data, ChError *err);
/* A pack in memory that has the base's world with what tables of the user's add and correct: a folder of tables as in data/world, or one
 * of them. A row of an id that the base has takes that row's place (its names still lead there); a tenure, membership or instance
 * that begins as one of the base does takes its place. The base may be closed afterwards. NULL and an error. */
ChPack *ch_world_overlay(const ChPack *base, const char *path, ChError *err);
ChWorld ch_world_of(const ChPack *p);
static inline ChSlice ch_world_text(const ChWorld *w, ChWord id) { return ch_pack_word(w->pack, id); }
/* The last day of a tenure; of one that is over since nobody knows when, CH_TENURE_YEARS after its first. */
enum { CH_TENURE_YEARS = 5 };
static inline int32_t ch_world_last_day(const ChTenure *t)
{
  return t->ended && t->from != CH_DAY_MIN ? t->from + CH_TENURE_YEARS * 365 : t->to;
}
static inline bool ch_world_in_office(const ChTenure *t, int32_t day) { return t->from <= day && day <= ch_world_last_day(t); }
/* Names of a row in a language; empty words where it has none. */
ChWorldNames ch_world_names(const ChWorld *w, ChSlice lang, ChWorldType type, uint32_t index);
/* How many rows a type has, and the id of one. */
size_t ch_world_count(const ChWorld *w, ChWorldType type);
ChSlice ch_world_id(const ChWorld *w, ChWorldType type, uint32_t index);
/* All that a name means, in any language, whatever its case and inflection: at most `most` of ch_world_ref, the best known first; their
 * number. Names of people also by how they sound ("Tokaev"), and where nothing else fits within a letter's difference. */
size_t ch_world_lookup(const ChPack *p, ChSlice name, uint32_t *refs, size_t most);
/* The same by the tables' own names alone: neither ids nor sound nor near letters. Cheap. */
size_t ch_world_named(const ChPack *p, ChSlice name, uint32_t *refs, size_t most);
/* The post of an id (as ChEntity.post_id has it), the body of a printed name; CH_NONE. */
uint32_t ch_world_post(const ChWorld *w, ChWord id);
uint32_t ch_world_body(const ChWorld *w, ChSlice name);
/* The tenures of a post of that state or body (the other CH_NONE), oldest first: *n indices; NULL where none. */
const uint32_t *ch_world_holders(const ChWorld *w, uint32_t post, uint32_t state, uint32_t body, size_t *n);
/* Was the row (ChTenure, ChInstance) written by hand, from memory? */
static inline bool ch_world_recalled(const ChWorld *w, ChWord source) { return ch_slice_is(ch_world_text(w, source), "recall"); }
/* Index of the language that readings print names in. */
uint32_t ch_world_print_language(const ChWorld *w);
/* A word or ending of the language of print; "" where world.tsv has none. */
ChSlice ch_world_print(const ChWorld *w, ChPrint word);

#endif
