/* A happening on a terminal: what is known, how it came to be known, where reports disagree, and the words that carry it. */
#include "out/out.h"

enum { LABEL = 4, FIELD = 16 };

static ChSlice get(const json_t *o, const char *key)
{
  const json_t *v = json_object_get(o, key);
  return ch_slice(json_string_value(v) ? json_string_value(v) : "", json_string_length(v));
}

/* One labelled line, wrapped under itself; empties the value. Nothing where the value is empty. */
static void line(ChBuf *out, const ChPage *p, const char *label, ChBuf *value)
{
  if (value->n) {
    ch_buf_printf(out, "%*s%-*s", LABEL, "", FIELD - LABEL, label);
    ch_out_wrap(out, ch_buf_view(value), FIELD, FIELD, p->width);
    ch_buf_char(out, '\n');
  }
  value->n = 0;
}

static void add(ChBuf *b, const char *before, ChSlice s)
{
  if (s.n)
    ch_buf_printf(b, "%s%.*s", b->n ? before : "", CH_ARG(s));
}

static void one(ChBuf *out, const ChPage *p, const char *label, ChSlice value)
{
  ChBuf b = {0};
  ch_buf_slice(&b, value);
  line(out, p, label, &b);
  ch_buf_free(&b);
}

static void participants(const json_t *h, const ChPage *p, ChBuf *out)
{
  const json_t *list = json_object_get(h, "participants");
  ChBuf b = {0};
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *x = json_array_get(list, i);
    ch_buf_slice(&b, get(x, "name"));
    if (get(x, "of").n)
      ch_buf_printf(&b, " (%.*s)", CH_ARG(get(x, "of")));
    add(&b, ", ", get(x, "role"));
    line(out, p, i ? "" : "who", &b);
  }
  ch_buf_free(&b);
}

static void documents(const json_t *h, const ChPage *p, ChBuf *out)
{
  const json_t *list = json_object_get(h, "documents"), *topics = json_object_get(h, "topics");
  ChBuf b = {0};
  for (size_t i = 0; i < json_array_size(list); i++) {
    add(&b, "", get(json_array_get(list, i), "title"));
    add(&b, ": ", get(json_array_get(list, i), "action"));
    line(out, p, i ? "" : "documents", &b);
  }
  for (size_t i = 0; i < json_array_size(topics); i++)
    add(&b, "; ", ch_slice_z(json_string_value(json_array_get(topics, i))));
  line(out, p, "topics", &b);
  ch_buf_free(&b);
}

static void history(const json_t *h, const ChPage *p, ChBuf *out)
{
  const json_t *list = json_object_get(h, "history");
  ChBuf b = {0};
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *x = json_array_get(list, i);
    add(&b, "", get(x, "published"));
    add(&b, "  ", get(x, "status"));
    add(&b, ", ", get(x, "time"));
    add(&b, ", ", get(x, "place"));
    if (get(x, "by").n)
      ch_buf_printf(&b, " [corrected by %.*s]", CH_ARG(get(x, "by")));
    else
      ch_buf_printf(&b, " [%.*s]", CH_ARG(get(x, "report")));
    add(&b, " - ", get(x, "attribution"));
    line(out, p, i ? "" : "history", &b);
  }
  ch_buf_free(&b);
}

/* The reports that are copies of those that the event is known from. */
static void copies(const json_t *h, const ChPage *p, ChBuf *out)
{
  const json_t *reports = json_object_get(h, "reports");
  bool first = true;
  ChBuf b = {0};
  for (size_t i = 0; i < json_array_size(reports); i++) {
    const json_t *r = json_array_get(reports, i), *list = json_object_get(r, "copies");
    for (size_t k = 0; k < json_array_size(list); k++) {
      ch_buf_printf(&b, "%.*s of %.*s", CH_ARG(get(json_array_get(list, k), "id")), CH_ARG(get(r, "id")));
      line(out, p, first ? "copies" : "", &b);
      first = false;
    }
  }
  ch_buf_free(&b);
}

void ch_out_conflicts(const json_t *h, const ChPage *p, ChBuf *out)
{
  const json_t *list = json_object_get(h, "conflicts");
  ChBuf b = {0};
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *c = json_array_get(list, i), *values = json_object_get(c, "values");
    ch_buf_printf(&b, "%.*s:", CH_ARG(get(c, "field")));
    for (size_t k = 0; k < json_array_size(values); k++)
      ch_buf_printf(&b, "%s %.*s [%.*s]", k ? " /" : "", CH_ARG(get(json_array_get(values, k), "value")),
                    CH_ARG(get(json_array_get(values, k), "report")));
    line(out, p, i ? "" : "conflicts", &b);
  }
  ch_buf_free(&b);
}

/* "3  2026-11-24  NAME: set time '2017-06-08' - note" */
static void corrections(const json_t *h, const ChPage *p, ChBuf *out)
{
  const json_t *list = json_object_get(h, "corrections");
  ChBuf b = {0};
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *c = json_array_get(list, i);
    ChSlice at = get(c, "at");
    ch_buf_printf(&b, "%lld  %.*s  %.*s: %.*s", (long long)json_integer_value(json_object_get(c, "number")), (int)(at.n < 10 ? at.n : 10), at.p,
                  CH_ARG(get(c, "by")), CH_ARG(get(c, "act")));
    if (get(c, "field").n)
      ch_buf_printf(&b, " %.*s '%.*s'", CH_ARG(get(c, "field")), CH_ARG(get(c, "value")));
    add(&b, " - ", get(c, "note"));
    line(out, p, i ? "" : "corrected", &b);
  }
  ch_buf_free(&b);
}

static void links(const json_t *h, const ChPage *p, ChBuf *out)
{
  const json_t *list = json_object_get(h, "links");
  ChBuf b = {0};
  for (size_t i = 0; i < json_array_size(list); i++) {
    add(&b, "", get(json_array_get(list, i), "type"));
    add(&b, " ", get(json_array_get(list, i), "event"));
    line(out, p, i ? "" : "links", &b);
  }
  ch_buf_free(&b);
}

static void words(const json_t *h, const ChPage *p, ChBuf *out)
{
  const json_t *list = json_object_get(h, "evidence"), *why = json_object_get(h, "why");
  ChBuf b = {0};
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *e = json_array_get(list, i);
    ch_buf_printf(&b, "\"%.*s\" [%.*s]", CH_ARG(get(e, "quote")), CH_ARG(get(e, "report")));
    line(out, p, i ? "" : "words", &b);
  }
  for (size_t i = 0; p->explain && i < json_array_size(why); i++) {
    const json_t *w = json_array_get(why, i);
    ChSlice source = get(w, "by").n ? get(w, "by") : get(w, "report");
    ch_buf_printf(&b, "%.*s %.*s: %.*s [%.*s]", CH_ARG(get(w, "field")), CH_ARG(get(w, "value")), CH_ARG(get(w, "rule")), CH_ARG(source));
    line(out, p, i ? "" : "why", &b);
  }
  ch_buf_free(&b);
}

static void head(const json_t *h, const ChPage *p, ChBuf *out)
{
  ChBuf b = {0};
  ch_buf_printf(&b, "%.*s  %.*s, %.*s", CH_ARG(get(h, "id")), CH_ARG(get(h, "kind")), CH_ARG(get(h, "status")));
  add(&b, "  ", get(h, "label"));
  ch_out_wrap(out, ch_buf_view(&b), 0, FIELD, p->width);
  ch_buf_char(out, '\n');
  ch_buf_free(&b);
}

void ch_out_happening_page(const json_t *h, const ChPage *p, ChBuf *out)
{
  head(h, p, out);
  one(out, p, "when", get(h, "time"));
  one(out, p, "where", get(h, "place"));
  participants(h, p, out);
  documents(h, p, out);
  history(h, p, out);
  copies(h, p, out);
  ch_out_conflicts(h, p, out);
  corrections(h, p, out);
  links(h, p, out);
  words(h, p, out);
}

void ch_out_conflict_page(const json_t *h, const ChPage *p, ChBuf *out)
{
  head(h, p, out);
  ch_out_conflicts(h, p, out);
}
