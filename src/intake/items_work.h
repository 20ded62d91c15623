/* Inside intake: common to feed.c, json.c, warc.c. */
#ifndef CH_INTAKE_ITEMS_WORK_H
#define CH_INTAKE_ITEMS_WORK_H

#include "intake/items.h"

typedef struct ChItemsRun {
  const ChItems *in;
  ChItemsCount *count;
  ChStream *stream;
  ChError *err;
  bool enough;
} ChItemsRun;

/* What is gathered of one item. */
typedef enum ChItemField {
  CH_ITEM_ID, CH_ITEM_TEXT, CH_ITEM_TITLE, CH_ITEM_PUBLISHED, CH_ITEM_OUTLET, CH_ITEM_LANG, CH_ITEM_URL, CH_ITEM_AUTHOR, CH_ITEM_FIELDS
} ChItemField;

typedef struct ChItemDraft {
  ChBuf field[CH_ITEM_FIELDS];
  bool html; /* the text is markup */
} ChItemDraft;

void ch_item_draft_clear(ChItemDraft *d);
void ch_item_draft_free(ChItemDraft *d);
/* Makes the report of what was gathered and hands it out. Without any text it is left out. */
void ch_items_draft(ChItemsRun *run, const ChItemDraft *d, size_t number);
/* Hands out bytes as they are. */
void ch_items_give(ChItemsRun *run, ChItem *item);
void ch_items_fault(ChItemsRun *run, size_t number, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* "YYYY-MM-DD" of an ISO, RFC 822 or Unix time, into an empty field; nothing of others. */
void ch_items_day(ChBuf *out, ChSlice text);
/* Reads the rest of the stream; false and an error where it is more than CH_INTAKE_MAX. */
bool ch_items_slurp(ChItemsRun *run, ChBuf *out);
/* Bytes in any character set to UTF-8. `declared`: a label or "". */
void ch_items_utf8(const ChPack *pack, ChSlice bytes, ChSlice declared, ChBuf *out);

void ch_items_feed(ChItemsRun *run);
void ch_items_json(ChItemsRun *run);
void ch_items_warc(ChItemsRun *run);

#endif
