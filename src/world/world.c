#include "world/world.h"

void ch_world_compile(ChPackWriter *w, const char *data, ChError *err) { (void)w, (void)data, (void)err; }
