#include "report/report.h"

void ch_report_init(ChReport *r, ChArena *arena, const ChPack *pack, ChSlice text)
{
  *r = (ChReport){.arena = arena, .pack = pack, .text = text};
  ch_words_init(&r->words, pack, arena);
}

void ch_report_diag(ChReport *r, ChLevel level, ChFault fault, ChSpan span)
{
  *CH_PUSH(r->arena, &r->diags) = (ChDiag){.level = (uint8_t)level, .fault = (uint8_t)fault, .span = span};
}

const char *ch_fault_text(ChFault fault)
{
  static const char *const texts[CH_FAULTS] = {
      [CH_FAULT_NONE] = "no fault",
      [CH_FAULT_INVALID_UTF8] = "bytes that are not UTF-8 were replaced",
      [CH_FAULT_CHARSET_GUESSED] = "not UTF-8: the character set was guessed",
      [CH_FAULT_CONTROL_BYTES] = "control characters were dropped",
      [CH_FAULT_LONG_LINE] = "a very long sentence was cut",
      [CH_FAULT_NO_LANGUAGE] = "no language of the pack fits this paragraph",
      [CH_FAULT_NO_DATE] = "nothing pins down the date of the report",
      [CH_FAULT_DATE_CONFLICT] = "stated dates of the report disagree",
      [CH_FAULT_NO_WORDS] = "there are no words to read",
  };
  return (unsigned)fault < CH_FAULTS ? texts[fault] : texts[0];
}

const char *ch_level_name(ChLevel level)
{
  return level == CH_LEVEL_NOTE ? "note" : level == CH_LEVEL_WARNING ? "warning" : "error";
}

ChSpan ch_report_tokens_span(const ChReport *r, uint32_t token, uint32_t tokens)
{
  if (!tokens)
    return (ChSpan){r->tokens.at[token].span.start, r->tokens.at[token].span.start};
  return (ChSpan){r->tokens.at[token].span.start, r->tokens.at[token + tokens - 1].span.end};
}
