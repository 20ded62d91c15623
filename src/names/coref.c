/* Pronouns and nominals that grammar settles; the report's outlet and dateline. */
#include "names/inner.h"

/* The last person before a mention: of the gender, and of the post where a nominal names one. */
void names_coref(Names *n)
{
  uint32_t last[4] = {CH_NONE, CH_NONE, CH_NONE, CH_NONE}; /* by gender; 0 = any */
  for (size_t i = 0; i < n->finds.n; i++) {
    Find *f = &n->finds.at[i];
    if (f->entity != CH_NONE && f->type == CH_ENTITY_PERSON) {
      uint8_t g = n->r->entities.at[f->entity].gender;
      last[0] = f->entity;
      if (g)
        last[g] = f->entity;
      else
        last[CH_GENDER_MASC] = last[CH_GENDER_FEM] = f->entity;
      continue;
    }
    if (f->entity != CH_NONE || f->nominal != CH_NOMINAL_PERSON_SING)
      continue;
    f->entity = last[f->gender];
  }
}

static ChSlice outlet_name(const Names *n, uint32_t token)
{
  Hit h = names_hit(n, token, CH_WORLD_OUTLET, ANY_NAME);
  return h.tokens ? ch_world_text(&n->w, n->w.outlets[ch_ref_index(h.ref)].name) : CH_LIT("");
}

void names_outlet(Names *n)
{
  ChReport *r = n->r;
  if (r->meta.outlet.n)
    r->outlet = r->meta.outlet;
  for (uint32_t s = 0; s < r->sentences.n; s++) {
    const ChSentence *sent = &r->sentences.at[s];
    for (uint32_t i = sent->token; i < sent->token + sent->tokens; i++) {
      bool head = i < sent->token + sent->dateline || r->paragraphs.at[sent->paragraph].role == CH_TEXT_META;
      Hit place = names_hit(n, i, CH_WORLD_PLACE, ANY_NAME);
      if (head && place.tokens && !r->dateline.n && i < sent->token + sent->dateline)
        r->dateline = ch_world_text(&n->w, n->w.places[ch_ref_index(place.ref)].name);
      if (r->outlet.n)
        continue;
      ChSlice name = outlet_name(n, i);
      if (!name.n)
        continue;
      Hit h = names_hit(n, i, CH_WORLD_OUTLET, ANY_NAME);
      uint32_t next = i + h.tokens;
      bool said = (next < sent->token + sent->tokens && is_lex(n, next, LEX_REPORTED)) || (i > sent->token && is_lex(n, i - 1, LEX_REPORTED));
      if (head || said)
        r->outlet = name;
    }
  }
}
