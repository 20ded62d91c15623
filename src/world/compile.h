/* Inner header of the compiler of data/world: what its files share. */
#ifndef CH_WORLD_COMPILE_H
#define CH_WORLD_COMPILE_H

#include "base/datafile.h"
#include "world/rewrite.h"
#include "world/world.h"

enum { TYPES = CH_WORLD_TYPES };

/* Ids of one type: by word id, index + 1. */
typedef struct Ids {
  uint32_t *at;
  size_t n;
  uint32_t count, base; /* how many; those of the pack that an overlay corrects come first */
  bool read; /* its table exists */
} Ids;

typedef struct Compile {
  ChPackWriter *w;
  const char *data;
  const char *folder; /* of the tables; or, where `kind` says which, the one table */
  const char *kind;
  bool overlay;
  ChError *err;
  ChLanguage langs[CH_LANGUAGES_MAX];
  ChFold folds[CH_LANGUAGES_MAX];
  ChRewrite latin[CH_LANGUAGES_MAX], skeleton, sound;
  ChPhraseBuilder *tries[CH_LANGUAGES_MAX], *skeletons, *sounds;
  size_t n_langs;
  size_t print; /* the language that readings print names in */
  Ids ids[TYPES];
  ChBuf rows[TYPES]; /* ChState[], ChPlace[] ... */
  ChBuf tenures, by_post, instances, members, renames, memberships;
  ChBuf facts[TYPES];                    /* ChWorldFacts of each row */
  ChBuf names[TYPES][CH_LANGUAGES_MAX]; /* ChWorldNames of each row */
  ChBuf feminine;     /* uint32_t pairs: a post and what a woman who holds it is called */
  ChWord print_words[CH_PRINT_WORDS];
  ChBuf seat_posts;   /* uint32_t: posts held at a place */
  ChBuf head_posts;   /* uint32_t: heads of whatever is named after them */
  ChBuf known_posts;  /* uint32_t: posts that make their holder known by surname alone */
  ChBuf family_first; /* uint32_t: states whose people write the family name first */
} Compile;

/* A table open for reading: fixed columns, then those that each language has ("name_" + code). */
typedef struct Table {
  Compile *c;
  ChDataFile f;
  char names[CH_DATAFILE_COLUMNS][24];
  const char *columns[CH_DATAFILE_COLUMNS + 1];
  uint32_t fixed, each;
} Table;

/* False where the file is not there or an error stands. */
bool ch_compile_open(Compile *c, Table *t, const char *kind, const char *const *fixed, const char *const *each);
static inline ChSlice ch_compile_cell(const Table *t, uint32_t i) { return t->f.cell[i]; }
static inline uint32_t ch_compile_column(const Table *t, size_t lang, uint32_t i) { return t->fixed + (uint32_t)lang * t->each + i; }
static inline ChSlice ch_compile_cell_of(const Table *t, size_t lang, uint32_t i) { return t->f.cell[ch_compile_column(t, lang, i)]; }
/* Registers the id of the current row (column 0). */
void ch_compile_id(Table *t, ChWorldType type);
/* Index of an id, CH_NONE where the cell is empty or the table of the type is not there; else a fault of the column. */
uint32_t ch_compile_ref(Table *t, ChWorldType type, uint32_t column);
/* The same without a fault. */
uint32_t ch_compile_find(const Compile *c, ChWorldType type, ChSlice id);
/* A cell's text as a word of the pack; a whole number; a date: its first day where `start`, else its last, open where empty or "..". */
ChWord ch_compile_word(Table *t, ChSlice s);
uint32_t ch_compile_number(Table *t, uint32_t column, uint32_t most);
int32_t ch_compile_day(Table *t, uint32_t column, bool start);
/* A state's or a body's id; both CH_NONE where the cell is empty. */
void ch_compile_owner(Table *t, uint32_t column, uint32_t *state, uint32_t *body);
/* Adds every entry of a cell to the trie of the language. */
void ch_compile_names(Compile *c, size_t lang, ChSlice cell, ChWorldType type, ChWorldWay way, uint32_t index);
/* A person's name: whole, its ends as surnames, and the skeletons of both. */
void ch_compile_person(Compile *c, size_t lang, ChSlice cell, uint32_t index, bool family_first);

/* compile_rows.c: the tables with ids; first all ids are read, then all rows. */
typedef struct TableKind {
  ChWorldType type;
  const char *kind;
  size_t size;
  const char *fixed[11], *each[6];
  void (*row)(Table *t, uint32_t index);
} TableKind;
extern const TableKind ch_compile_kinds[TYPES];

/* compile_dated.c: holders, renames, memberships, instances; after all rows. */
void ch_compile_dated(Compile *c);

#endif
