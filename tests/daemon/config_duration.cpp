#include "daemon/config/duration.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace std::chrono_literals;

TEST_CASE("a duration is read from whole numbers with units") {
    struct row {
        std::string text;
        std::chrono::seconds expected;
    };
    const row rows[] = {
        {"0s", 0s},
        {"90s", 90s},
        {"30m", 30min},
        {"2h", 2h},
        {"48h", 48h},
        {"1d", 24h},
        {"1h30m", 90min},
        {"1d2h3m4s", 26h + 3min + 4s},
        {"1d4s", 24h + 4s},
        {"007m", 7min},
        {"999999999d", 24h * 999999999},
    };
    for (const row& each : rows) {
        INFO(each.text);
        const auto read = contactd::parse_duration(each.text);
        REQUIRE(read);
        CHECK(*read == each.expected);
    }
}

TEST_CASE("what is not a duration is refused with an example") {
    for (const std::string text : {"", "m", "-5m", "+5m", "5 m", " 5m", "5m ", "1.5h", "5M", "5w", "5min", "30m1h",
                                   "5m5m", "1h30", "5m-", "1000000000d", "1e3s", "\xc2\xa0"}) {
        INFO(text);
        const auto read = contactd::parse_duration(text);
        REQUIRE_FALSE(read);
        CHECK(read.error().what == "\"" + text + "\" is not a duration.");
        CHECK(read.error().remedy == "Write whole numbers with the units d, h, m and s, the larger first, such as "
                                     "\"30m\" or \"1h30m\".");
    }
}

TEST_CASE("a number without a unit is answered with the units it can have") {
    const auto read = contactd::parse_duration("30");
    REQUIRE_FALSE(read);
    CHECK(read.error().what == "\"30\" has no unit.");
    CHECK(read.error().remedy == "Write \"30s\", \"30m\", \"30h\" or \"30d\".");
}

TEST_CASE("a duration is written in the form it is read in, without units that are zero") {
    struct row {
        std::chrono::seconds duration;
        std::string expected;
    };
    const row rows[] = {
        {0s, "0s"},       {1s, "1s"},  {60s, "1m"},        {90s, "1m30s"},
        {90min, "1h30m"}, {48h, "2d"}, {24h + 1s, "1d1s"}, {-5s, "0s"},
    };
    for (const row& each : rows)
        CHECK(contactd::format_duration(each.duration) == each.expected);
    for (int seconds = 0; seconds < 200000; seconds += 37)
        REQUIRE(contactd::parse_duration(contactd::format_duration(std::chrono::seconds(seconds))) ==
                std::chrono::seconds(seconds));
}
