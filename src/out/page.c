/* Pages for a terminal, set from the JSON of a reading. Everything that comes from a report goes through ch_out_wrap, which lets no
 * control character through. */
#include "out/out.h"

enum { LABEL = 4, FIELD = 16 }; /* columns where labels and their values begin */

static ChSlice get(const json_t *o, const char *key)
{
  const json_t *v = json_object_get(o, key);
  const char *z = json_string_value(v);
  return z ? ch_slice(z, json_string_length(v)) : CH_LIT("");
}

static void bold(ChBuf *out, const ChPage *p, const char *z) { ch_buf_printf(out, p->bold ? "\033[1m%s\033[0m" : "%s", z); }

/* "2010-07-16/2010-07-17" -> "2010-07-16 to 2010-07-17"; open ends in words. */
static void add_time(ChBuf *b, ChSlice edtf)
{
  size_t slash = ch_slice_find(edtf, CH_LIT("/"));
  if (!edtf.p || slash == SIZE_MAX) {
    ch_buf_slice(b, edtf);
    return;
  }
  ChSlice from = ch_slice(edtf.p, slash), to = ch_slice(edtf.p + slash + 1, edtf.n - slash - 1);
  if (ch_slice_is(to, ".."))
    ch_buf_printf(b, "from %.*s", CH_ARG(from));
  else if (ch_slice_is(from, ".."))
    ch_buf_printf(b, "until %.*s", CH_ARG(to));
  else
    ch_buf_printf(b, "%.*s to %.*s", CH_ARG(from), CH_ARG(to));
}

/* " [rule 0.80]" where the page explains. */
static void add_why(ChBuf *b, const ChPage *p, const json_t *why)
{
  if (!p->explain || !why)
    return;
  ChSlice rule = get(why, "rule");
  ch_buf_printf(b, " [%.*s%s%.2f]", CH_ARG(rule), rule.n ? " " : "", json_number_value(json_object_get(why, "confidence")));
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

static void quotes(ChBuf *out, const ChPage *p, const json_t *evidence)
{
  ChBuf b = {0};
  for (size_t i = 0; i < json_array_size(evidence); i++) {
    ch_buf_printf(&b, "\"%s\"", json_string_value(json_array_get(evidence, i)));
    line(out, p, i ? "" : "words", &b);
  }
  ch_buf_free(&b);
}

/* Texts of an array, parted by `sep`. */
static void add_list(ChBuf *b, const json_t *list, const char *sep)
{
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *v = json_array_get(list, i);
    ch_buf_printf(b, "%s%s", b->n ? sep : "", json_is_string(v) ? json_string_value(v) : "");
  }
}

/* ---- an event ---- */

static void participants(ChBuf *out, const ChPage *p, const json_t *event)
{
  const json_t *list = json_object_get(event, "participants");
  ChBuf b = {0};
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *x = json_array_get(list, i);
    ChSlice role = get(x, "role"), of = get(x, "of");
    ch_buf_slice(&b, get(x, "name"));
    bool plain = ch_slice_is(role, "party");
    if (of.n || !plain)
      ch_buf_printf(&b, " (%.*s%s%.*s)", CH_ARG(of), of.n && !plain ? "; " : "", CH_ARG(plain ? CH_LIT("") : role));
    if (p->explain && json_is_true(json_object_get(x, "inherited")))
      ch_buf_text(&b, " (inherited)");
    add_why(&b, p, json_object_get(x, "why"));
    line(out, p, i ? "" : "who", &b);
  }
  ch_buf_free(&b);
}

static void place_and_time(ChBuf *out, const ChPage *p, const json_t *event, const json_t *why)
{
  ChBuf b = {0};
  ChSlice time = get(event, "time");
  const json_t *others = json_object_get(event, "other_times");
  if (time.n) {
    add_time(&b, time);
    if (json_array_size(others)) {
      ch_buf_text(&b, "; also given: ");
      size_t before = b.n;
      for (size_t i = 0; i < json_array_size(others); i++) {
        if (b.n > before)
          ch_buf_text(&b, ", ");
        add_time(&b, ch_slice_z(json_string_value(json_array_get(others, i))));
      }
    }
    add_why(&b, p, json_object_get(why, "time"));
  }
  line(out, p, "when", &b);
  ChSlice place = get(event, "place");
  if (place.n) {
    ch_buf_slice(&b, place);
    add_why(&b, p, json_object_get(why, "place"));
  }
  line(out, p, "where", &b);
  ch_buf_free(&b);
}

static void agenda(ChBuf *out, const ChPage *p, const json_t *event)
{
  ChBuf b = {0};
  add_list(&b, json_object_get(event, "format"), ", ");
  line(out, p, "format", &b);
  ChSlice series = get(event, "series");
  json_int_t ordinal = json_integer_value(json_object_get(event, "ordinal"));
  ch_buf_slice(&b, series);
  if (ordinal)
    ch_buf_printf(&b, "%sno. %lld", series.n ? ", " : "", (long long)ordinal);
  line(out, p, "series", &b);
  add_list(&b, json_object_get(event, "topics"), "; ");
  line(out, p, "topics", &b);
  const json_t *docs = json_object_get(event, "documents");
  for (size_t i = 0; i < json_array_size(docs); i++) {
    const json_t *d = json_array_get(docs, i);
    ch_buf_printf(&b, "%.*s (%.*s)", CH_ARG(get(d, "title")), CH_ARG(get(d, "action")));
    line(out, p, i ? "" : "documents", &b);
  }
  ch_buf_free(&b);
}

static void sources(ChBuf *out, const ChPage *p, const json_t *event, const json_t *why)
{
  ChBuf b = {0};
  ChSlice by = get(event, "attribution");
  if (by.n) {
    ch_buf_slice(&b, by);
    add_why(&b, p, json_object_get(why, "attribution"));
  }
  line(out, p, "source", &b);
  const json_t *links = json_object_get(event, "links");
  for (size_t i = 0; i < json_array_size(links); i++) {
    const json_t *l = json_array_get(links, i);
    ch_buf_printf(&b, "%s%.*s %.*s", i ? ", " : "", CH_ARG(get(l, "type")), CH_ARG(get(l, "event")));
  }
  line(out, p, "links", &b);
  ch_buf_free(&b);
}

static void event_block(const json_t *event, const ChPage *p, ChBuf *out)
{
  const json_t *why = json_object_get(event, "why");
  ChBuf head = {0}, plain = {0};
  ch_out_wrap(&head, get(event, "kind"), 0, 0, CH_PAGE_MAX);
  ch_out_wrap(&plain, get(event, "status"), 0, 0, CH_PAGE_MAX);
  ch_buf_printf(out, "%-*.*s", LABEL, CH_ARG(get(event, "id")));
  bold(out, p, head.p ? head.p : "event");
  ch_buf_printf(out, ", %s", plain.p ? plain.p : "");
  add_why(out, p, json_object_get(why, "kind"));
  if (!json_equal(json_object_get(why, "kind"), json_object_get(why, "status")))
    add_why(out, p, json_object_get(why, "status"));
  ch_buf_char(out, '\n');
  ch_buf_free(&head);
  ch_buf_free(&plain);
  participants(out, p, event);
  place_and_time(out, p, event, why);
  agenda(out, p, event);
  sources(out, p, event, why);
  quotes(out, p, json_object_get(event, "evidence"));
}

/* ---- a report ---- */

static void add_part(ChBuf *b, ChSlice s)
{
  if (s.n)
    ch_buf_printf(b, "%s%.*s", b->n ? ", " : "", CH_ARG(s));
}

static void head(const json_t *reading, const ChPage *p, ChBuf *out)
{
  const json_t *r = json_object_get(reading, "report");
  ChBuf title = {0}, b = {0};
  ChSlice name = get(r, "title"), day = get(r, "published");
  ch_out_wrap(&title, name.n ? name : get(r, "id"), 0, 0, p->width);
  if (title.n) {
    bold(out, p, title.p);
    ch_buf_char(out, '\n');
  }
  add_part(&b, get(r, "outlet"));
  add_part(&b, get(r, "dateline"));
  add_part(&b, day.n ? day : CH_LIT("no date"));
  if (ch_slice_is(get(r, "published_basis"), "inferred"))
    ch_buf_text(&b, " (inferred)");
  ch_out_wrap(out, ch_buf_view(&b), 0, 0, p->width);
  ch_buf_char(out, '\n');
  ch_buf_free(&title);
  ch_buf_free(&b);
}

static void heading(ChBuf *out, const ChPage *p, const char *z)
{
  ch_buf_char(out, '\n');
  bold(out, p, z);
  ch_buf_char(out, '\n');
}

/* Names in one column, posts in the next. */
static void people(const json_t *reading, const ChPage *p, ChBuf *out)
{
  const json_t *list = json_object_get(reading, "people");
  uint32_t widest = 0;
  if (!json_array_size(list))
    return;
  heading(out, p, "People");
  for (size_t i = 0; i < json_array_size(list); i++) {
    uint32_t w = ch_out_width(get(json_array_get(list, i), "name"));
    widest = w > widest && w <= p->width / 3 ? w : widest;
  }
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *x = json_array_get(list, i);
    ChSlice name = get(x, "name"), post = get(x, "post"), of = get(x, "of");
    ChBuf b = {0};
    ch_buf_text(out, "  ");
    ch_out_wrap(out, name, 2, 2, p->width);
    add_part(&b, post);
    add_part(&b, of);
    if (b.n) {
      uint32_t w = ch_out_width(name), pad = w < widest ? widest - w : 0;
      ch_buf_printf(out, "%*s", (int)pad + 2, "");
      ch_out_wrap(out, ch_buf_view(&b), w + pad + 4, widest + 4, p->width);
    }
    ch_buf_char(out, '\n');
    ch_buf_free(&b);
  }
}

static void statements(const json_t *reading, const ChPage *p, ChBuf *out)
{
  const json_t *list = json_object_get(reading, "statements");
  if (!json_array_size(list))
    return;
  heading(out, p, "Statements");
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *s = json_array_get(list, i);
    ChSlice of = get(s, "of"), target = get(s, "target"), about = get(s, "about");
    ChBuf b = {0};
    ch_buf_slice(&b, get(s, "speaker"));
    if (of.n)
      ch_buf_printf(&b, " (%.*s)", CH_ARG(of));
    ch_buf_printf(&b, " %.*s", CH_ARG(get(s, "act")));
    if (about.n)
      ch_buf_printf(&b, ": %.*s", CH_ARG(about));
    if (target.n)
      ch_buf_printf(&b, " (to %.*s)", CH_ARG(target));
    add_why(&b, p, json_object_get(s, "why"));
    ch_buf_printf(out, "%s  ", i ? "\n" : "");
    ch_out_wrap(out, ch_buf_view(&b), 2, LABEL, p->width);
    ch_buf_char(out, '\n');
    quotes(out, p, json_object_get(s, "evidence"));
    ch_buf_free(&b);
  }
}

static void reasons(const json_t *reading, const ChPage *p, ChBuf *out)
{
  const json_t *r = json_object_get(reading, "report"), *dates = json_object_get(r, "dates"),
               *diags = json_object_get(r, "diagnostics");
  ChBuf b = {0};
  if (json_array_size(dates))
    heading(out, p, "Date of the report");
  for (size_t i = 0; i < json_array_size(dates); i++) {
    const json_t *d = json_array_get(dates, i);
    ch_buf_printf(&b, "%.2f  %.*s", json_number_value(json_object_get(d, "score")), CH_ARG(get(d, "reasons")));
    ch_buf_printf(out, "  %-12.*s  ", CH_ARG(get(d, "day")));
    ch_out_wrap(out, ch_buf_view(&b), 16, 16, p->width);
    ch_buf_char(out, '\n');
    b.n = 0;
  }
  if (json_array_size(diags))
    heading(out, p, "Notes");
  for (size_t i = 0; i < json_array_size(diags); i++) {
    const json_t *d = json_array_get(diags, i);
    ch_buf_printf(&b, "line %lld, column %lld: %.*s: %.*s", (long long)json_integer_value(json_object_get(d, "line")),
                  (long long)json_integer_value(json_object_get(d, "column")), CH_ARG(get(d, "level")), CH_ARG(get(d, "text")));
    ch_buf_text(out, "  ");
    ch_out_wrap(out, ch_buf_view(&b), 2, LABEL, p->width);
    ch_buf_char(out, '\n');
    b.n = 0;
  }
  ch_buf_free(&b);
}

void ch_out_reading_page(const json_t *reading, const ChPage *page, ChBuf *out)
{
  const json_t *events = json_object_get(reading, "events");
  head(reading, page, out);
  people(reading, page, out);
  heading(out, page, json_array_size(events) ? "Events" : "No events");
  for (size_t i = 0; i < json_array_size(events); i++) {
    if (i)
      ch_buf_char(out, '\n');
    event_block(json_array_get(events, i), page, out);
  }
  statements(reading, page, out);
  if (page->explain)
    reasons(reading, page, out);
}

void ch_out_event_page(const json_t *reading, const json_t *event, const ChPage *page, ChBuf *out)
{
  head(reading, page, out);
  ch_buf_char(out, '\n');
  event_block(event, page, out);
}
