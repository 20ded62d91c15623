/* The page of a brief: one screen in the language asked for. What a report says stays in its own words. */
#include "model/wording.h"
#include "out/brief.h"
#include "out/export_inner.h"

enum { INDENT = 2, HANG = 4, WHO = 4 };

typedef struct Sheet {
  const ChPack *pack;
  ChWorld w;
  ChSlice lang;
  const ChPage *page;
  ChBuf *out, line;
} Sheet;

static ChSlice say(const Sheet *s, const char *prefix, ChSlice id) { return ch_wording(s->pack, s->lang, prefix, id); }

/* The name of a row of the world, by id or by the printed name, in the page's language, else the name given. */
static ChSlice name_in(const Sheet *s, ChGazetteer *g, ChSlice id, ChSlice name)
{
  ChGazette row = ch_gazetteer_id(g, id);
  static const ChWorldType types[] = {CH_WORLD_STATE, CH_WORLD_PLACE, CH_WORLD_PERSON, CH_WORLD_BODY};
  for (size_t i = 0; i < 4 && row.index == CH_NONE; i++)
    row = (ChGazette){types[i], ch_gazetteer_name(g, types[i], name)};
  if (row.index == CH_NONE)
    return name;
  ChSlice local = ch_world_text(&s->w, ch_world_names(&s->w, s->lang, row.type, row.index).name);
  return local.n ? local : name;
}

static void end_line(Sheet *s)
{
  ch_buf_printf(s->out, "%*s", INDENT, "");
  ch_out_wrap(s->out, ch_buf_view(&s->line), INDENT, HANG, s->page->width);
  ch_buf_char(s->out, '\n');
  s->line.n = 0;
}

static void heading(Sheet *s, const char *id)
{
  ChSlice text = say(s, "", ch_slice_z(id));
  ch_buf_printf(s->out, s->page->bold ? "\n\033[1m%.*s\033[0m\n" : "\n%.*s\n", CH_ARG(text));
}

/* What nothing is known of says so, so that nobody takes a gap for an oversight. */
static bool begin(Sheet *s, const char *id, const json_t *list)
{
  heading(s, id);
  if (json_array_size(list))
    return true;
  ch_buf_slice(&s->line, say(s, "", CH_LIT("nothing")));
  end_line(s);
  return false;
}

static void put_names(Sheet *s, ChGazetteer *g, const json_t *list, ChSlice subject)
{
  size_t n = 0;
  for (size_t i = 0; i < json_array_size(list) && n < WHO; i++) {
    ChSlice name = ch_export_item(list, i, "name"), id = ch_export_item(list, i, "id");
    if (!name.n || ch_slice_eq(name, subject))
      continue;
    if (n++)
      ch_buf_text(&s->line, ", ");
    else
      ch_buf_printf(&s->line, ", %.*s ", CH_ARG(say(s, "", CH_LIT("with"))));
    ch_buf_slice(&s->line, name_in(s, g, id, name));
  }
}

static void put_events(Sheet *s, ChGazetteer *g, const json_t *brief, const char *key)
{
  const json_t *list = json_object_get(brief, key);
  ChSlice subject = ch_export_text(brief, "name");
  if (!begin(s, key, list))
    return;
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *h = json_array_get(list, i);
    ChSlice time = ch_export_text(h, "time"), place = ch_export_text(h, "place");
    ch_buf_slice(&s->line, time.n ? time : say(s, "", CH_LIT("undated")));
    ch_buf_printf(&s->line, ": %.*s", CH_ARG(say(s, "kind.", ch_export_text(h, "kind"))));
    ch_buf_printf(&s->line, " (%.*s)", CH_ARG(say(s, "status.", ch_export_text(h, "status"))));
    if (place.n)
      ch_buf_printf(&s->line, ", %.*s", CH_ARG(name_in(s, g, ch_export_text(h, "place_id"), place)));
    put_names(s, g, json_object_get(h, "participants"), subject);
    ch_buf_printf(&s->line, " [%.*s]", CH_ARG(ch_export_text(h, "id")));
    end_line(s);
  }
}

static void put_topics(Sheet *s, const json_t *list)
{
  if (!begin(s, "topics", list))
    return;
  for (size_t i = 0; i < json_array_size(list); i++) {
    ch_buf_printf(&s->line, "%.*s [%.*s]", CH_ARG(ch_export_item(list, i, "topic")), CH_ARG(ch_export_item(list, i, "event")));
    end_line(s);
  }
}

static void put_documents(Sheet *s, const json_t *list)
{
  if (!begin(s, "documents", list))
    return;
  for (size_t i = 0; i < json_array_size(list); i++) {
    ch_buf_printf(&s->line, "%.*s: %.*s [%.*s]", CH_ARG(ch_export_item(list, i, "title")),
                  CH_ARG(say(s, "action.", ch_export_item(list, i, "action"))), CH_ARG(ch_export_item(list, i, "event")));
    end_line(s);
  }
}

static void put_positions(Sheet *s, ChGazetteer *g, const json_t *list, ChSlice subject)
{
  if (!begin(s, "positions", list))
    return;
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *x = json_array_get(list, i);
    ChSlice speaker = ch_export_text(x, "speaker"), about = ch_export_text(x, "about"), target = ch_export_text(x, "target"),
            quote = ch_export_text(x, "quote");
    ch_buf_printf(&s->line, "%.*s: ", CH_ARG(ch_export_text(x, "published")));
    if (!ch_slice_eq(speaker, subject))
      ch_buf_printf(&s->line, "%.*s ", CH_ARG(name_in(s, g, CH_LIT(""), speaker)));
    ch_buf_slice(&s->line, say(s, "act.", ch_export_text(x, "act")));
    if (about.n)
      ch_buf_printf(&s->line, ": %.*s", CH_ARG(about));
    if (target.n)
      ch_buf_printf(&s->line, " -> %.*s", CH_ARG(name_in(s, g, CH_LIT(""), target)));
    if (quote.n && !ch_slice_eq(quote, about))
      ch_buf_printf(&s->line, " \"%.*s\"", CH_ARG(quote));
    ch_buf_printf(&s->line, " [%.*s]", CH_ARG(ch_export_text(x, "report")));
    end_line(s);
  }
}

static void put_conflicts(Sheet *s, const json_t *list)
{
  if (!begin(s, "conflicts", list))
    return;
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *c = json_array_get(list, i), *x = json_object_get(c, "conflict"), *values = json_object_get(x, "values");
    ch_buf_printf(&s->line, "%.*s, %.*s:", CH_ARG(ch_export_text(c, "label")), CH_ARG(say(s, "field.", ch_export_text(x, "field"))));
    for (size_t k = 0; k < json_array_size(values); k++) {
      const json_t *value = json_object_get(json_array_get(values, k), "value");
      ChBuf text = {0};
      if (json_is_string(value))
        ch_buf_add(&text, json_string_value(value), json_string_length(value));
      else if (value)
        ch_out_json(value, false, &text);
      ch_buf_printf(&s->line, "%s %.*s (%.*s)", k ? ";" : "", CH_ARG(ch_slice_trim(ch_buf_view(&text))),
                    CH_ARG(ch_export_item(values, k, "report")));
      ch_buf_free(&text);
    }
    ch_buf_printf(&s->line, " [%.*s]", CH_ARG(ch_export_text(c, "event")));
    end_line(s);
  }
}

/* "NAME: POST, STATE; POST, BODY" as on the day. */
static void put_who(Sheet *s, ChGazetteer *g, const json_t *brief)
{
  const json_t *who = json_object_get(brief, "who"), *posts = json_object_get(who, "posts");
  ChSlice name = ch_export_text(brief, "name"), with = ch_export_text(brief, "with");
  ChSlice local = name_in(s, g, ch_export_text(who, "id"), name);
  ch_buf_printf(&s->line, "%.*s", CH_ARG(local));
  if (!ch_slice_eq(local, name))
    ch_buf_printf(&s->line, " (%.*s)", CH_ARG(name));
  if (with.n)
    ch_buf_printf(&s->line, " - %.*s", CH_ARG(name_in(s, g, CH_LIT(""), with)));
  ch_buf_printf(&s->line, ", %.*s %.*s", CH_ARG(say(s, "", CH_LIT("as-of"))), CH_ARG(ch_export_text(brief, "as_of")));
  ch_out_wrap(s->out, ch_buf_view(&s->line), 0, HANG, s->page->width);
  ch_buf_char(s->out, '\n');
  s->line.n = 0;
  for (size_t i = 0; i < json_array_size(posts); i++) {
    ChSlice of = ch_export_item(posts, i, "of"), from = ch_export_item(posts, i, "from"), to = ch_export_item(posts, i, "to");
    ch_buf_printf(&s->line, "%.*s, %.*s (%.*s-%.*s)", CH_ARG(ch_export_item(posts, i, "post")), CH_ARG(name_in(s, g, CH_LIT(""), of)), CH_ARG(from), CH_ARG(to));
    end_line(s);
  }
  posts = json_object_get(who, "holders");
  for (size_t i = 0; i < json_array_size(posts) && i < WHO; i++) {
    ch_buf_printf(&s->line, "%.*s: %.*s", CH_ARG(ch_export_item(posts, i, "post")),
                  CH_ARG(name_in(s, g, ch_export_item(posts, i, "id"), ch_export_item(posts, i, "person"))));
    end_line(s);
  }
}

void ch_out_brief_page(const json_t *brief, const ChPack *pack, ChSlice lang, const ChPage *page, ChBuf *out)
{
  Sheet s = {.pack = pack, .w = ch_world_of(pack), .lang = lang, .page = page, .out = out};
  ChGazetteer *g = ch_gazetteer_new(pack);
  if (!g) {
    out->failed = true;
    return;
  }
  put_who(&s, g, brief);
  put_events(&s, g, brief, "last");
  put_events(&s, g, brief, "next");
  put_topics(&s, json_object_get(brief, "topics"));
  put_documents(&s, json_object_get(brief, "documents"));
  put_positions(&s, g, json_object_get(brief, "positions"), ch_export_text(brief, "name"));
  put_conflicts(&s, json_object_get(brief, "conflicts"));
  out->failed |= s.line.failed;
  ch_buf_free(&s.line);
  ch_gazetteer_free(g);
}
