#include "autotask/retry_after.hpp"

#include <catch2/catch.hpp>
#include <clocale>
#include <string>

namespace {

using autotask::longest_retry_after;
using autotask::read_http_date;
using autotask::read_retry_after;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;
using namespace std::chrono_literals;

constexpr sys_seconds of(int y, unsigned month, unsigned day, seconds time = 0s) {
    return sys_days{year{y} / static_cast<int>(month) / static_cast<int>(day)} + time;
}

/// The point in time of the examples in RFC 9110.
constexpr sys_seconds example = of(1994, 11, 6, 8h + 49min + 37s);
constexpr sys_seconds today = of(2026, 3, 1);

} // namespace

TEST_CASE("a date of HTTP is read in its three forms") {
    struct {
        const char* text;
        sys_seconds point;
    } const rows[] = {
        {"Sun, 06 Nov 1994 08:49:37 GMT", example},
        {"Sunday, 06-Nov-94 08:49:37 GMT", example},
        {"Sun Nov  6 08:49:37 1994", example},
        {"Wed Nov 16 08:49:37 1994", example + 240h},
        {"Fri, 31 Dec 1999 23:59:59 GMT", of(2000, 1, 1) - 1s},
        {"Sat, 31 Dec 2016 23:59:60 GMT", of(2017, 1, 1)}, // A leap second.
        {"Tue, 29 Feb 2000 00:00:00 GMT", of(2000, 2, 29)},
        {"Thu, 01 Jan 1970 00:00:00 GMT", sys_seconds{}},
        {"Fri, 31 Dec 9999 23:59:59 GMT", of(9999, 12, 31, 24h - 1s)},
        {"Sat Jan  1 00:00:00 0000", of(0, 1, 1)},
    };
    for (const auto& one : rows) {
        INFO(one.text);
        CHECK(read_http_date(one.text, today) == one.point);
    }
}

TEST_CASE("what is not to the letter a date of HTTP is none") {
    for (const auto* text : {
             "",
             "Sun",
             " Sun, 06 Nov 1994 08:49:37 GMT",
             "Sun, 06 Nov 1994 08:49:37 GMT ",
             "sun, 06 Nov 1994 08:49:37 GMT",
             "Sun, 06 nov 1994 08:49:37 GMT",
             "So, 06 Nov 1994 08:49:37 GMT",
             "Sun, 06 Okt 1994 08:49:37 GMT",
             "Mon, 06 Nov 1994 08:49:37 GMT", // It was a Sunday.
             "Sunday, 06 Nov 1994 08:49:37 GMT",
             "Sun, 06-Nov-94 08:49:37 GMT",
             "Sun, 6 Nov 1994 08:49:37 GMT",
             "Sun,  6 Nov 1994 08:49:37 GMT",
             "Sun, 06 Nov 94 08:49:37 GMT",
             "Sun, 06 Nov 01994 08:49:37 GMT",
             "Sun, 06 Nov 1994 08:49:37 UTC",
             "Sun, 06 Nov 1994 08:49:37 gmt",
             "Sun, 06 Nov 1994 08:49:37 +0000",
             "Sun, 06 Nov 1994 08:49:37",
             "Sun, 06 Nov 1994 8:49:37 GMT",
             "Sun, 06 Nov 1994 24:00:00 GMT",
             "Sun, 06 Nov 1994 08:60:37 GMT",
             "Sun, 06 Nov 1994 08:49:61 GMT",
             "Sun, 06 Nov 1994 08.49.37 GMT",
             "Sun, 06 Nov 1994 08:49:3x GMT",
             "Sun, 06 Nov 1994 08:49:-7 GMT",
             "Sun, 31 Nov 1994 08:49:37 GMT",
             "Sun, 00 Nov 1994 08:49:37 GMT",
             "Thu, 29 Feb 1900 08:49:37 GMT",
             "Sun Nov 6 08:49:37 1994",
             "Sun Nov  6 08:49:37 94",
             "Sun Nov  6 08:49:37 1994\n",
             "Sun Nov 06 08:49:37 GMT 1994",
             "Sunday Nov  6 08:49:37 1994",
             "1994-11-06T08:49:37Z",
             "784111777",
         }) {
        INFO(text);
        CHECK_FALSE(read_http_date(text, today));
    }
}

TEST_CASE("a year of two digits is at most fifty years ahead") {
    struct {
        const char* text;
        sys_seconds now;
        std::optional<sys_seconds> point;
    } const rows[] = {
        {"Sunday, 01-Mar-26 00:00:00 GMT", today, of(2026, 3, 1)},
        {"Saturday, 29-Feb-76 00:00:00 GMT", today, of(2076, 2, 29)},
        {"Thursday, 01-Apr-76 00:00:00 GMT", today, of(1976, 4, 1)},
        {"Wednesday, 01-Apr-76 00:00:00 GMT", today, std::nullopt}, // Of 2076 it is the day of the week.
        {"Friday, 31-Dec-99 23:59:59 GMT", today, of(2000, 1, 1) - 1s},
        {"Friday, 31-Dec-99 23:59:59 GMT", of(2000, 1, 1), of(2000, 1, 1) - 1s},
        {"Friday, 01-Jan-00 00:00:00 GMT", of(2099, 12, 31), of(2100, 1, 1)},
        {"Friday, 31-Dec-99 23:59:59 GMT", of(1999, 1, 1), of(2000, 1, 1) - 1s},
        {"Tuesday, 29-Feb-00 00:00:00 GMT", today, of(2000, 2, 29)},
        {"Sunday, 29-Feb-00 00:00:00 GMT", of(2099, 12, 31), std::nullopt}, // 2100 has none.
    };
    for (const auto& one : rows) {
        INFO(one.text << " at " << one.now.time_since_epoch().count());
        CHECK(read_http_date(one.text, one.now) == one.point);
    }
}

TEST_CASE("no locale changes what a date means") {
    const std::string before = std::setlocale(LC_ALL, nullptr);
    for (const auto* name : {"de_DE.UTF-8", "tr_TR.UTF-8", "C.UTF-8"})
        if (std::setlocale(LC_ALL, name))
            CHECK(read_http_date("Sun, 06 Nov 1994 08:49:37 GMT", today) == example);
    std::setlocale(LC_ALL, before.c_str());
}

TEST_CASE("Retry-After is a number of seconds or a date, and never more than we are willing to wait") {
    const auto* const date = "Sun, 06 Nov 1994 08:49:37 GMT";
    struct {
        const char* why;
        const char* header;
        const char* date;
        sys_seconds now;
        std::optional<seconds> asked;
    } const rows[] = {
        {"absent", "", date, today, std::nullopt},
        {"at once", "0", "", today, 0s},
        {"seconds", "60", "", today, 60s},
        {"leading zeros", "007", "", today, 7s},
        {"the longest", "900", "", today, 900s},
        {"longer", "901", "", today, 900s},
        {"a year", "31536000", "", today, 900s},
        {"more than there are numbers", "99999999999999999999999", "", today, 900s},
        {"negative", "-1", "", today, std::nullopt},
        {"with a unit", "60s", "", today, std::nullopt},
        {"with a fraction", "1.5", "", today, std::nullopt},
        {"with a blank", " 60", "", today, std::nullopt},
        {"two of them", "60, 60", "", today, std::nullopt},
        {"a date by the server's clock", "Sun, 06 Nov 1994 08:50:37 GMT", date, today, 60s},
        {"a date in another form than the clock", "Sunday, 06-Nov-94 08:50:37 GMT", "Sun Nov  6 08:49:37 1994", today,
         60s},
        {"a date without a clock", "Sun, 06 Nov 1994 08:50:37 GMT", "", example + 20s, 40s},
        {"a date with a clock that cannot be read", "Sun, 06 Nov 1994 08:50:37 GMT", "soon", example + 20s, 40s},
        {"the same moment", date, date, today, 0s},
        {"a date that is past", "Sun, 06 Nov 1994 08:00:00 GMT", date, today, 0s},
        {"a date that is past by our clock", date, "", today, 0s},
        {"a date in a year", "Mon, 06 Nov 1995 08:49:37 GMT", date, today, 900s},
        {"a date in eight thousand years", "Fri, 31 Dec 9999 23:59:59 GMT", date, today, 900s},
        {"no date", "tomorrow", date, today, std::nullopt},
    };
    static_assert(longest_retry_after == 900s);
    for (const auto& one : rows) {
        INFO(one.why);
        CHECK(read_retry_after(one.header, one.date, one.now) == one.asked);
    }
}
