#include "out/out.h"
