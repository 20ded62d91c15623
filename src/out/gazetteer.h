/* The world's tables by id and by printed name, for those who write about happenings: one look-up, no guessing. */
#ifndef CH_OUT_GAZETTEER_H
#define CH_OUT_GAZETTEER_H

#include <jansson.h>

#include "world/world.h"

typedef struct ChGazetteer ChGazetteer;

/* A row of the world. */
typedef struct ChGazette {
  ChWorldType type;
  uint32_t index; /* CH_NONE = none */
} ChGazette;

/* NULL where memory is short. The pack must live as long. */
ChGazetteer *ch_gazetteer_new(const ChPack *pack);
void ch_gazetteer_free(ChGazetteer *g);
const ChWorld *ch_gazetteer_world(const ChGazetteer *g);
/* By id, whatever its type. */
ChGazette ch_gazetteer_id(const ChGazetteer *g, ChSlice id);
/* By the name that readings print; of several places of one name the most populous. CH_NONE where none. */
uint32_t ch_gazetteer_name(const ChGazetteer *g, ChWorldType type, ChSlice name);
/* The state that a participant {type, id, name, of} is or stands for; CH_NONE: none, or a body of several states. */
uint32_t ch_gazetteer_state_of(const ChGazetteer *g, const json_t *participant);
/* The state that a row lies in or belongs to. */
uint32_t ch_gazetteer_state(const ChGazetteer *g, ChGazette row);

#endif
