#include "daemon/audit/reading/time_words.hpp"

#include "daemon/timestamp.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <ctime>

namespace {

using namespace contactd;
using namespace std::chrono_literals;

const core::wall_time now = std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + 17h + 30min;

/// The machine is in Berlin while it lives: an hour ahead of UTC, two in summer.
class in_berlin {
public:
    in_berlin() {
        if (const char* zone = std::getenv("TZ"))
            before_ = zone;
        ::setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
        ::tzset();
    }
    ~in_berlin() {
        before_ ? ::setenv("TZ", before_->c_str(), 1) : ::unsetenv("TZ");
        ::tzset();
    }
    in_berlin(const in_berlin&) = delete;
    in_berlin& operator=(const in_berlin&) = delete;

private:
    std::optional<std::string> before_;
};

std::string read(std::string_view words, time_zone zone) {
    const auto when = read_time_words(words, now, zone);
    return when ? timestamp(*when) : when.error();
}

} // namespace

TEST_CASE("a time of the log is asked for in the words of people") {
    const in_berlin place;
    struct {
        const char* words;
        const char* local;
        const char* utc;
    } const rows[] = {
        {"2026-11-24", "2026-11-23T23:00:00.000Z", "2026-11-24T00:00:00.000Z"},
        {"2026-07-01", "2026-06-30T22:00:00.000Z", "2026-07-01T00:00:00.000Z"},
        {"2026-11-24T18:00", "2026-11-24T17:00:00.000Z", "2026-11-24T18:00:00.000Z"},
        {"2026-11-24 18:00:05", "2026-11-24T17:00:05.000Z", "2026-11-24T18:00:05.000Z"},
        {"2026-11-24t18:00:05.25", "2026-11-24T17:00:05.250Z", "2026-11-24T18:00:05.250Z"},
        {"2026-11-24T18:00:05.1239999", "2026-11-24T17:00:05.123Z", "2026-11-24T18:00:05.123Z"},
        {"2026-11-24T18:00Z", "2026-11-24T18:00:00.000Z", "2026-11-24T18:00:00.000Z"},
        {"2026-11-24T18:00z", "2026-11-24T18:00:00.000Z", "2026-11-24T18:00:00.000Z"},
        {"2026-11-24T18:00+05:30", "2026-11-24T12:30:00.000Z", "2026-11-24T12:30:00.000Z"},
        {"2026-11-24T18:00-0130", "2026-11-24T19:30:00.000Z", "2026-11-24T19:30:00.000Z"},
        {"2026-11-24T18:00+01", "2026-11-24T17:00:00.000Z", "2026-11-24T17:00:00.000Z"},
        {"2024-02-29", "2024-02-28T23:00:00.000Z", "2024-02-29T00:00:00.000Z"},
        {"18:00", "2026-11-24T17:00:00.000Z", "2026-11-24T18:00:00.000Z"},
        {"06:15:30", "2026-11-24T05:15:30.000Z", "2026-11-24T06:15:30.000Z"},
        {"today", "2026-11-23T23:00:00.000Z", "2026-11-24T00:00:00.000Z"},
        {"yesterday", "2026-11-22T23:00:00.000Z", "2026-11-23T00:00:00.000Z"},
        {"2h", "2026-11-24T15:30:00.000Z", "2026-11-24T15:30:00.000Z"},
        {"3d", "2026-11-21T17:30:00.000Z", "2026-11-21T17:30:00.000Z"},
        {"1h30m", "2026-11-24T16:00:00.000Z", "2026-11-24T16:00:00.000Z"},
        {"0s", "2026-11-24T17:30:00.000Z", "2026-11-24T17:30:00.000Z"},
        {"999999999d", "1970-01-01T00:00:00.000Z", "1970-01-01T00:00:00.000Z"},
    };
    for (const auto& one : rows) {
        CAPTURE(one.words);
        CHECK(read(one.words, time_zone::local) == one.local);
        CHECK(read(one.words, time_zone::utc) == one.utc);
    }
}

TEST_CASE("what is no time is said, with what would be one") {
    const char* const rows[] = {"",
                                "soon",
                                "2026",
                                "2026-13-01",
                                "2026-02-29",
                                "2026-11-24T",
                                "2026-11-24T24:00",
                                "2026-11-24T18:60",
                                "2026-11-24T18",
                                "2026-11-24T18:00+",
                                "2026-11-24T18:00+25:00",
                                "2026-11-24T18:00+01:",
                                "2026-11-24T18:00ZZ",
                                "24.11.2026",
                                "18:00Z",
                                "8:00",
                                "3",
                                "3w",
                                "-2h",
                                "2026-11-24T18:00."};
    for (const auto* one : rows) {
        CAPTURE(one);
        CHECK(read(one, time_zone::local) ==
              '"' + std::string(one) +
                  "\" is no time: write a date (2026-11-24), a date and a time (2026-11-24T18:00, with Z or +01:00 "
                  "behind it for a zone), a time of today (18:00) or an age (30m, 2h, 3d)");
    }
}

TEST_CASE("the time of a line has to say its zone") {
    CHECK(read_timestamp("2026-11-24T18:00:05.123Z").has_value());
    CHECK(timestamp(read_timestamp("2026-11-24T18:00:05+01:00").value()) == "2026-11-24T17:00:05.000Z");
    for (const auto* one : {"", "2026-11-24", "2026-11-24T18:00:05", "18:00", "2026-11-24T18:00:05.Z"}) {
        CAPTURE(one);
        CHECK_FALSE(read_timestamp(one));
    }
}

TEST_CASE("times are shown as the clock on the wall has them, or in UTC, and sort as they are") {
    const in_berlin place;
    CHECK(time_words(now + 12s + 999ms, time_zone::local) == "2026-11-24 18:30:12");
    CHECK(time_words(now + 12s + 999ms, time_zone::utc) == "2026-11-24 17:30:12Z");
    CHECK(time_words(now - std::chrono::days{150}, time_zone::local) == "2026-06-27 19:30:00");
}
