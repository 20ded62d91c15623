/* Nominals of several whose members the report spells out: "the guarantor countries - A, B and C ... the guarantors", "the delegations
 * of A and B ... both delegations". Each gets a find for every member, all of one extent. */
#include "names/inner.h"

enum { MEMBERS = 8, ROWS = 64 };

typedef struct Members {
  uint32_t row, lang, entities[MEMBERS], n;
} Members;

static bool between(const Names *n, uint32_t from, uint32_t to)
{
  if (to <= from || to - from > 3)
    return false;
  for (uint32_t i = from; i < to; i++)
    if (!(tok(n, i)->flags & CH_TOKEN_PUNCT) && !is_lex(n, i, LEX_AND) && !is_lex(n, i, LEX_ARTICLE))
      return false;
  return true;
}

/* States one after another from find i on; the number of finds. */
static size_t state_row(const Names *n, size_t i, Members *m)
{
  size_t k = i;
  m->n = 0;
  for (; k < n->finds.n && m->n < MEMBERS; k++) {
    const Find *f = &n->finds.at[k];
    bool state = f->type == CH_ENTITY_STATE && f->form == CH_MENTION_NAME && f->entity != CH_NONE;
    if (!state || (k > i && (tok(n, f->token)->sentence != tok(n, n->finds.at[k - 1].token)->sentence ||
                             !between(n, n->finds.at[k - 1].token + n->finds.at[k - 1].tokens, f->token))))
      break;
    m->entities[m->n++] = f->entity;
  }
  return k - i;
}

/* Does a list follow the nominal, after a dash, a colon or a bracket, with at most a few words between? */
static bool spelled(const Names *n, const Find *nominal, const Find *first)
{
  uint32_t from = nominal->token + nominal->tokens;
  if (first->token <= from || first->token - from > 4 || tok(n, first->token)->sentence != tok(n, nominal->token)->sentence)
    return false;
  ChSlice mark = form(n, first->token - 1);
  return (tok(n, first->token - 1)->flags & CH_TOKEN_PUNCT) && !ch_slice_is(mark, ",") && !ch_slice_is(mark, ".");
}

static Members *members_of(Members *all, size_t count, uint32_t row, uint32_t lang)
{
  for (size_t i = 0; i < count; i++)
    if (all[i].row == row && all[i].lang == lang)
      return &all[i];
  return NULL;
}

static uint32_t lang_index(const Names *n, uint32_t token) { return n->r->sentences.at[tok(n, token)->sentence].lang; }

static void repeat(Names *n, size_t find, const uint32_t *entities, uint32_t count)
{
  for (uint32_t k = 0; k < count; k++) {
    if (k > 0) {
      Find copy = n->finds.at[find];
      *CH_PUSH(n->r->arena, &n->finds) = copy;
    }
    Find *f = &n->finds.at[k ? n->finds.n - 1 : find];
    f->entity = entities[k];
    f->type = n->r->entities.at[entities[k]].type;
  }
}

/* The last groups named by one noun, each of another state: who "both delegations" are. */
static uint32_t last_groups(const Names *n, size_t find, uint32_t out[MEMBERS])
{
  uint32_t count = 0;
  ChWord word = tok(n, n->finds.at[find].token + n->finds.at[find].tokens - 1)->lemma_key;
  for (size_t back = 1; back <= find && back < 60 && count < 3; back++) {
    const Find *f = &n->finds.at[find - back];
    if (f->type != CH_ENTITY_GROUP || f->entity == CH_NONE || f->form != CH_MENTION_NAME)
      continue;
    bool same = false, seen = false;
    for (uint32_t i = f->token; i < f->token + f->tokens; i++)
      same |= tok(n, i)->lemma_key == word;
    for (uint32_t k = 0; k < count; k++)
      seen |= out[k] == f->entity;
    if (same && !seen)
      out[count++] = f->entity;
  }
  return count;
}

void ch_names_members(Names *n)
{
  Members all[ROWS];
  size_t count = 0, finds = n->finds.n;
  for (size_t i = 0; i < finds; i++) {
    const Find *f = &n->finds.at[i];
    Members list;
    if (f->nominal == CH_NOMINAL_STATES && f->row != CH_NONE && i + 1 < finds && count < ROWS && spelled(n, f, &n->finds.at[i + 1])) {
      state_row(n, i + 1, &list);
      list.row = f->row;
      list.lang = lang_index(n, f->token);
      if (list.n >= 2 && !members_of(all, count, list.row, list.lang))
        all[count++] = list;
    }
  }
  for (size_t i = 0; i < finds; i++) {
    const Find *f = &n->finds.at[i];
    if (f->entity != CH_NONE || f->row == CH_NONE)
      continue;
    Members *m = members_of(all, count, f->row, lang_index(n, f->token));
    uint32_t groups[MEMBERS];
    uint32_t g = f->nominal == CH_NOMINAL_SIDES ? last_groups(n, i, groups) : 0;
    if (f->nominal == CH_NOMINAL_STATES && m && !(i + 1 < finds && spelled(n, f, &n->finds.at[i + 1])))
      repeat(n, i, m->entities, m->n);
    else if (g >= 2)
      repeat(n, i, groups, g);
  }
}
