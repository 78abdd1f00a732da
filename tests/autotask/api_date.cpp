#include "autotask/api_date.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace std::chrono_literals;

constexpr core::wall_time morning = std::chrono::sys_days{std::chrono::year{2012} / 10 / 24} + 5h + 6min + 7s;

} // namespace

TEST_CASE("a date of the API is read with a fraction of any length, or none, with or without a Z") {
    struct row {
        const char* text;
        core::wall_time expected;
    };
    const row rows[] = {
        {"2012-10-24T05:06:07.000Z", morning},
        {"2012-10-24T05:06:07Z", morning},
        {"2012-10-24T05:06:07", morning},
        {"2012-10-24T05:06:07.5Z", morning + 500ms},
        {"2012-10-24T05:06:07.12", morning + 120ms},
        {"2012-10-24T05:06:07.1239999Z", morning + 123ms},
    };
    for (const auto& one : rows) {
        INFO(one.text);
        CHECK(autotask::read_api_date(one.text) == std::optional(one.expected));
    }
}

TEST_CASE("what is no date of the API is none") {
    for (const auto* text : {"", "Z", "2012-10-24", "2012-10-24 05:06:07", "2012-10-24T05:06", "2012-02-30T05:06:07Z",
                             "2012-10-24T24:00:00Z", "2012-10-24T05:60:00Z", "2012-10-24T05:06:60Z",
                             "2012-10-24T05:06:07.", "2012-10-24T05:06:07.xZ", "2012-10-24T05:06:07+02:00",
                             "2012-10-24T05:06:07.000ZZ", "-012-10-24T05:06:07Z", "2012-1 -24T05:06:07Z", "null"}) {
        INFO(text);
        CHECK_FALSE(autotask::read_api_date(text).has_value());
    }
}

TEST_CASE("a date is written as the API reads it, and read back as it was") {
    CHECK(autotask::write_api_date(morning + 8ms) == "2012-10-24T05:06:07.008Z");
    const core::wall_time early = std::chrono::sys_days{std::chrono::year{999} / 1 / 2} + 3ms;
    CHECK(autotask::write_api_date(early) == "0999-01-02T00:00:00.003Z");
    for (const auto when : {morning, early, morning + 999ms})
        CHECK(autotask::read_api_date(autotask::write_api_date(when)) == std::optional(when));
}
