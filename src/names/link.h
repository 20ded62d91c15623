/* Inner header of the linking of finds to entities: link.c (things, and the whole), link_people.c, link_posts.c. */
#ifndef CH_NAMES_LINK_H
#define CH_NAMES_LINK_H

#include "names/inner.h"

static inline ChEntity *link_entity(Names *n, uint32_t i) { return &n->r->entities.at[i]; }

/* link.c: a new entity; the value's place for a word in the report's map, 0 in it where new; the same for a name, apart from surnames by a mark. */
uint32_t ch_link_new_entity(Names *n, ChEntityType type, ChSlice name);
uint32_t *ch_link_key(Names *n, ChWord w);
uint32_t *ch_link_named(Names *n, char kind, ChSlice name);
ChSlice ch_link_state_name(const Names *n, uint32_t s);

/* link_people.c: the entity of a person's find; the post that a title gives an entity; do all words of a stand in b? */
void ch_link_set_post(Names *n, uint32_t e, const Find *f);
bool ch_link_within(ChSlice a, ChSlice b);
uint32_t ch_link_person(Names *n, Find *f);
void ch_link_counterparts(Names *n);
/* The one person named in the report whom the tables have in the post of the find's title, in office on the report's day where that is
 * known; CH_NONE. For a title that nothing says whose it is: "the Foreign Secretary" in a release of one ministry. */
uint32_t ch_link_only_holder(Names *n, const Find *f);
void ch_link_surnames(Names *n);

/* link_posts.c: the entity of a find by post alone; CH_NONE where what follows must tell. */
uint32_t ch_link_by_post(Names *n, Find *f);

#endif
