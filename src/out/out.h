#ifndef CH_OUT_OUT_H
#define CH_OUT_OUT_H

#include "report/report.h"

#endif
