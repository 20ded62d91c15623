/* The pack: data/ and models/ compiled into one file that is mapped and never changed, so that threads and processes share it.
 * Layout (little-endian): ChPackHeader, ChPackEntry[sections], then the sections, each aligned to 64 bytes. The hash (XXH3-64) covers
 * everything after the header, another the entries alone: that one is looked at when a pack is opened, so that a short report need not wait
 * for a whole file to be read. All strings of the pack stand once in its word table; a ChWord is a string's number there, 0 = "".
 * Sections hold arrays of plain structs; their layout belongs to the folder that compiles and reads them. */
#ifndef CH_MODEL_PACK_H
#define CH_MODEL_PACK_H

#include "base/buf.h"
#include "base/error.h"

typedef uint32_t ChWord;
#define CH_NO_WORD 0u /* the empty string */

enum { CH_PACK_VERSION = 4, CH_PACK_NAME = 32 };

typedef struct ChPack ChPack;

/* Maps the file and checks its head and its table of sections; NULL and an error where it is missing, of another version, cut short or
 * damaged there. */
ChPack *ch_pack_open(const char *path, ChError *err);
/* Reads all of the pack; an error where any byte is not as it was written. */
void ch_pack_check(const ChPack *p, ChError *err);
void ch_pack_close(ChPack *p);
/* The hash that its head has for all that follows: another pack has another. */
uint64_t ch_pack_print(const ChPack *p);
/* Section by name: its elements (const, as long as the pack) and their number. NULL and 0 where absent or where elements have another
 * size (a pack of another build). */
const void *ch_pack_section(const ChPack *p, const char *name, size_t element, size_t *count);
/* The same with a language's code before a slash: "en/fold". */
const void *ch_pack_section_of(const ChPack *p, ChSlice lang, const char *name, size_t element, size_t *count);
uint32_t ch_pack_words(const ChPack *p); /* number of words, all ids are below it */
ChSlice ch_pack_word(const ChPack *p, ChWord w);
/* The id of a string, CH_NO_WORD where the pack lacks it. */
ChWord ch_pack_find(const ChPack *p, ChSlice s);

typedef struct ChPackWriter ChPackWriter;
ChPackWriter *ch_pack_writer_new(void);
void ch_pack_writer_free(ChPackWriter *w);
/* Id of a string, added where new. */
ChWord ch_pack_writer_word(ChPackWriter *w, ChSlice s);
ChSlice ch_pack_writer_text(const ChPackWriter *w, ChWord id);
/* Adds a section (the data are copied). Two of one name are a programmer's fault. */
void ch_pack_writer_add(ChPackWriter *w, const char *name, const void *data, size_t element, size_t count);
void ch_pack_writer_add_of(ChPackWriter *w, ChSlice lang, const char *name, const void *data, size_t element, size_t count);
/* A section already added; NULL where absent. Valid until the next call that adds one. */
const void *ch_pack_writer_section(const ChPackWriter *w, const char *name, size_t element, size_t *count);
const void *ch_pack_writer_section_of(const ChPackWriter *w, ChSlice lang, const char *name, size_t element, size_t *count);
/* A writer that starts from a pack: its words keep their ids, its sections stand until one of the same name takes their place
 * (ch_pack_writer_put). The pack must outlive the writer. */
ChPackWriter *ch_pack_writer_from(const ChPack *p);
/* Adds a section, or puts it in the place of the one of that name. */
void ch_pack_writer_put(ChPackWriter *w, const char *name, const void *data, size_t element, size_t count);
/* The pack in memory; the writer can be freed. NULL and an error where memory is short. */
ChPack *ch_pack_writer_open(ChPackWriter *w, ChError *err);
/* Writes the pack whole or not at all. */
void ch_pack_writer_save(ChPackWriter *w, const char *path, ChError *err);

#endif
