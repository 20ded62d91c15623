#ifndef CH_STORE_STORE_H
#define CH_STORE_STORE_H

#include "report/report.h"

#endif
