#ifndef CH_INTAKE_INTAKE_H
#define CH_INTAKE_INTAKE_H

#include "report/report.h"

#endif
