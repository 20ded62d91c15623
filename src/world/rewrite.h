/* Rewriting of words by tables of letters: from another script into the one that readings are printed in, and into skeletons, the
 * loose spelling under which all ways to write a name meet ("Sergei", "Sergey" and what stands for them in another script). A table's rows
 * (docs/formats.md) are `from TAB to`; at each place the longest `from` that fits is taken, what fits none stays. '^' and '$' in `from`
 * stand for the start and the end of the word. Words are lower-cased first; a capital at the start of the word or of a part after
 * a hyphen comes back. */
#ifndef CH_WORLD_REWRITE_H
#define CH_WORLD_REWRITE_H

#include "model/fold.h"
#include "model/pack.h"

typedef struct ChRewriteRow {
  char from[24], to[14]; /* UTF-8, by their lengths */
  uint8_t from_n, to_n;
} ChRewriteRow;

typedef struct ChRewrite {
  const ChRewriteRow *rows; /* sorted by bytes of `from` */
  size_t n;
} ChRewrite;

/* Compiles a table (kind `rewrite`) into the section NAME; a file that is not there makes an empty one. */
void ch_rewrite_compile(ChPackWriter *w, const char *section, const char *path, ChError *err);
ChRewrite ch_rewrite_of(const ChPack *p, const char *section);
ChRewrite ch_rewrite_of_lang(const ChPack *p, ChSlice lang, const char *section);
ChRewrite ch_rewrite_of_writer(const ChPackWriter *w, const char *section);
/* Writes the word as rewritten, at most CH_FOLD_MAX bytes (longer is cut at a code point); returns their number. */
size_t ch_rewrite_word(const ChRewrite *t, ChSlice word, bool capitals, char out[CH_FOLD_MAX]);

/* The sounds of a name in Latin script: its words as skeletons, those rewritten by the table of sounds, all together after '='. 0 where fewer
 * than CH_SOUND_LEAST are left: too many names sound so. */
enum { CH_SOUND_MAX = 64, CH_SOUND_LEAST = 4 };
size_t ch_rewrite_sound(const ChRewrite *skeleton, const ChRewrite *sound, const ChSlice *words, size_t n, char out[CH_SOUND_MAX]);

#endif
