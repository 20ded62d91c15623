/* What cleaning makes of one code point. */
#ifndef CH_INTAKE_CLEAN_H
#define CH_INTAKE_CLEAN_H

#include "base/utf8.h"

#define CH_CLEAN_DROP 0u
#define CH_CLEAN_CONTROL UINT32_MAX

/* The code point to write: itself, a space, LF; CH_CLEAN_DROP for what has no width; CH_CLEAN_CONTROL for a control character. The
 * caller makes one LF of CR LF (CR alone gives LF). */
static inline uint32_t ch_clean(uint32_t cp)
{
  if (cp >= 0x20 && cp < 0x7F)
    return cp;
  switch (cp) {
  case '\n':
  case '\r':
  case '\v':
  case '\f':
  case 0x85:   /* next line */
  case 0x2028: /* line, paragraph separator */
  case 0x2029:
    return '\n';
  case '\t':
    return ' ';
  case 0xAD:   /* soft hyphen */
  case 0x34F:  /* grapheme joiner */
  case 0x61C:  /* direction marks */
  case 0x180E: /* vowel separator */
  case 0xFEFF: /* byte order mark */
    return CH_CLEAN_DROP;
  default:
    break;
  }
  if ((cp >= 0x200B && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x206F))
    return CH_CLEAN_DROP;
  if (cp < 0xA0)
    return CH_CLEAN_CONTROL;
  return ch_cp_space(cp) ? ' ' : cp;
}

#endif
