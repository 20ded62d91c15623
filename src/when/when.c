#include "when/when.h"

void ch_when_compile(ChPackWriter *w, const char *data, ChError *err)
{
  (void)w, (void)data, (void)err;
  
}

void ch_when_stage(ChReport *r) { (void)r; }
