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
  CH_WORLD_RANK,
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
  uint32_t capital;             /* place */
  int32_t from, to;
} ChState;

typedef struct ChPlace {
  ChWord id, name, type; /* type: "city", "venue" ... */
  uint32_t state;        /* CH_NONE: seas, continents */
  uint32_t in;           /* place that contains it */
  uint32_t population;
  float lat, lon; /* degrees; 0, 0 where unknown */
} ChPlace;

typedef struct ChBody {
  ChWord id, name, type;
  uint32_t parent; /* body */
  uint32_t state;
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
  uint32_t state;
  uint32_t tenure, tenures; /* range of tenures */
} ChPerson;

/* One holding of a post. Sorted by person, then from. */
typedef struct ChTenure {
  uint32_t person, post;
  uint32_t state, body; /* one of them, the other CH_NONE */
  int32_t from, to;
  ChWord source; /* "recall" is soft evidence: never decides a report's date alone */
} ChTenure;

typedef struct ChSeries {
  ChWord id, name, type;
  uint32_t body;
  uint32_t instance, instances;
} ChSeries;

typedef struct ChInstance {
  uint32_t series, ordinal;
  int32_t from, to;
  uint32_t place;
  ChWord source;
} ChInstance;

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
  const uint32_t *members;
  const ChWord *print; /* CH_PRINT_WORDS of them, or NULL */
  size_t n_states, n_places, n_bodies, n_outlets, n_posts, n_portfolios, n_ranks, n_persons, n_tenures, n_series, n_instances;
} ChWorld;

/* Reads data/world, adds the sections; the tries are "CODE/world" for each language (values: ch_world_ref). Needs
 * ch_languages_compile before. */
void ch_world_compile(ChPackWriter *w, const char *data, ChError *err);
ChWorld ch_world_of(const ChPack *p);
static inline ChSlice ch_world_text(const ChWorld *w, ChWord id) { return ch_pack_word(w->pack, id); }
/* Was the row (ChTenure, ChInstance) written by hand, from memory? */
static inline bool ch_world_recalled(const ChWorld *w, ChWord source) { return ch_slice_is(ch_world_text(w, source), "recall"); }
/* A word or ending of the language of print; "" where world.tsv has none. */
ChSlice ch_world_print(const ChWorld *w, ChPrint word);

#endif
