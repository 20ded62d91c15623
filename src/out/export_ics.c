/* iCalendar (RFC 5545): an all-day entry a happening. Entries without a day are left out: a VEVENT without DTSTART is not valid. All that
 * is written follows from the happening (DTSTAMP is the day of its last report), so the same record gives the same bytes. */
#include "base/utf8.h"
#include "out/export_inner.h"

enum { FOLD = 75 }; /* octets of a line without its end */

/* A content line, folded between characters. */
static void line(ChExport *x, ChSlice text)
{
  ChBuf *out = &x->out[0];
  size_t at = 0;
  for (size_t i = 0, used; i < text.n; i += used) {
    used = 1;
    while (i + used < text.n && ((unsigned char)text.p[i + used] & 0xC0) == 0x80 && used < 4)
      used++;
    if (at + used > FOLD) {
      ch_buf_text(out, "\r\n ");
      at = 1;
    }
    ch_buf_add(out, text.p + i, used);
    at += used;
  }
  ch_buf_text(out, "\r\n");
}

/* TEXT values: backslash before backslash, semicolon and comma; line breaks as \n; other control characters cannot stand there. */
static void escape(ChBuf *b, ChSlice text)
{
  for (size_t i = 0; i < text.n; i++) {
    unsigned char c = (unsigned char)text.p[i];
    if (c == '\\' || c == ';' || c == ',')
      ch_buf_char(b, '\\');
    if (c == '\n')
      ch_buf_text(b, "\\n");
    else if (c == '\t')
      ch_buf_char(b, ' ');
    else if (c >= 0x20 && c != 0x7F)
      ch_buf_char(b, (char)c);
  }
}

static void send(ChExport *x, ChBuf *b)
{
  x->out[0].failed |= b->failed;
  line(x, ch_buf_view(b));
  ch_buf_free(b);
}

/* NAME:text; nothing for "". */
static void put(ChExport *x, const char *name, ChSlice text)
{
  ChBuf b = {0};
  if (!text.n)
    return;
  ch_buf_printf(&b, "%s:", name);
  escape(&b, text);
  send(x, &b);
}

static void put_plain(ChExport *x, const char *name, const char *value)
{
  ChBuf b = {0};
  ch_buf_printf(&b, "%s:%s", name, value);
  send(x, &b);
}

/* An id as RFC 7986 likes a UID: globally unique. */
static void put_uid(ChExport *x, const char *name, ChSlice id)
{
  ChBuf b = {0};
  ch_buf_printf(&b, "%s:", name);
  escape(&b, id);
  ch_buf_text(&b, "@chancery");
  send(x, &b);
}

/* The day before the first that counts: an open beginning is unknown, so the entry stands on its last day; an open end likewise. */
static void put_days(ChExport *x, int32_t first, int32_t last)
{
  char from[9], to[9];
  if (first == CH_DAY_MIN)
    first = last;
  if (last == CH_DAY_MAX)
    last = first;
  ch_export_day8(first, from);
  ch_export_day8(last + 1, to);
  put_plain(x, "DTSTART;VALUE=DATE", from);
  put_plain(x, "DTEND;VALUE=DATE", to);
}

static void put_stamp(ChExport *x, const json_t *h)
{
  ChSlice revised = ch_export_revised(h);
  int32_t first, last;
  char day[9] = "19700101", z[24];
  if (revised.n && ch_day_span(revised, &first, &last))
    ch_export_day8(first, day);
  snprintf(z, sizeof z, "%sT000000Z", day);
  put_plain(x, "DTSTAMP", z);
  if (revised.n)
    put_plain(x, "LAST-MODIFIED", z);
  snprintf(z, sizeof z, "%zu", ch_export_changes(h));
  put_plain(x, "SEQUENCE", z);
}

/* The topics, then the words that carry it, one a line. */
static void put_description(ChExport *x, const json_t *h)
{
  const json_t *topics = json_object_get(h, "topics"), *evidence = json_object_get(h, "evidence");
  ChBuf b = {0};
  for (size_t i = 0; i < json_array_size(topics); i++)
    ch_buf_printf(&b, "%s%.*s", b.n ? "\n" : "", CH_ARG(ch_export_item(topics, i, NULL)));
  for (size_t i = 0; i < json_array_size(evidence); i++) {
    ChSlice quote = ch_export_item(evidence, i, "quote"), report = ch_export_item(evidence, i, "report");
    ch_buf_printf(&b, "%s\"%.*s\"", b.n ? "\n" : "", CH_ARG(quote));
    if (report.n)
      ch_buf_printf(&b, " (%.*s)", CH_ARG(report));
  }
  x->out[0].failed |= b.failed;
  put(x, "DESCRIPTION", ch_buf_view(&b));
  ch_buf_free(&b);
}

static void put_summary(ChExport *x, const json_t *h)
{
  ChBuf b = {0};
  ChSlice kind = ch_export_text(h, "kind"), label = ch_export_text(h, "label");
  ch_buf_printf(&b, "%.*s%s%.*s", CH_ARG(kind), label.n ? ": " : "", CH_ARG(label));
  x->out[0].failed |= b.failed;
  put(x, "SUMMARY", ch_buf_view(&b));
  ch_buf_free(&b);
}

static void put_status(ChExport *x, const json_t *h)
{
  const ChPack *pack = x->how.pack;
  ChCodes codes = ch_codes_of(pack, "ics");
  ChWord status = ch_pack_find(pack, ch_export_text(h, "status"));
  const ChCodeRow *row = ch_codes_find_words(&codes, &status, 1);
  if (row)
    put(x, "STATUS", ch_pack_word(pack, row->value[0]));
}

static void put_place(ChExport *x, const json_t *h)
{
  double lon, lat;
  char z[64];
  put(x, "LOCATION", ch_export_text(h, "place"));
  if (!ch_export_point(x, h, &lon, &lat))
    return;
  snprintf(z, sizeof z, "%.4f;%.4f", lat, lon);
  put_plain(x, "GEO", z);
}

static void put_links(ChExport *x, const json_t *h)
{
  const json_t *links = json_object_get(h, "links");
  for (size_t i = 0; i < json_array_size(links); i++) {
    ChSlice type = ch_export_item(links, i, "type"), to = ch_export_item(links, i, "event");
    if (to.n)
      put_uid(x, ch_slice_is(type, "part_of") ? "RELATED-TO;RELTYPE=PARENT" : "RELATED-TO;RELTYPE=SIBLING", to);
  }
}

static void open(ChExport *x)
{
  put_plain(x, "BEGIN", "VCALENDAR");
  put_plain(x, "VERSION", "2.0");
  put_plain(x, "PRODID", "-//Chancery//Record of diplomatic events//EN");
  put_plain(x, "CALSCALE", "GREGORIAN");
}

static void happening(ChExport *x, const json_t *h)
{
  int32_t first, last;
  ChSlice id = ch_export_text(h, "id");
  if (!id.n || !ch_export_days(h, &first, &last) || (first == CH_DAY_MIN && last == CH_DAY_MAX))
    return;
  put_plain(x, "BEGIN", "VEVENT");
  put_uid(x, "UID", id);
  put_stamp(x, h);
  put_days(x, first, last);
  put_summary(x, h);
  put_status(x, h);
  put_place(x, h);
  put(x, "CATEGORIES", ch_export_text(h, "kind"));
  put_description(x, h);
  put_links(x, h);
  put_plain(x, "TRANSP", "TRANSPARENT");
  put(x, "X-CHANCERY-STATUS", ch_export_text(h, "status"));
  put(x, "X-CHANCERY-TIME", ch_export_text(h, "time"));
  put_plain(x, "END", "VEVENT");
}

static void close(ChExport *x) { put_plain(x, "END", "VCALENDAR"); }

const ChExportWriter ch_export_ics = {.open = open, .happening = happening, .close = close};
