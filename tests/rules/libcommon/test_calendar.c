/* Dates, periods and time limits are computed as the law says (domain.md 3.0, D-1 to D-9). */
#include "libcommon/calendar.h"
#include "tests/check.h"

int main(void)
{
    check_date(date_add_months(DATE(2024, 1, 31), 1), DATE(2024, 2, 29),
               "D-2: 31 January 2024 and one month is 29 February");
    return checks_done();
}
