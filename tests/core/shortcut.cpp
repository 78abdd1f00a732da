#include "core/shortcut.hpp"

#include <catch2/catch.hpp>
#include <string>

namespace {

using namespace std::chrono_literals;

constexpr core::wall_time noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + 12h;

/// Sweep after sweep, half an hour apart, each with so many dated changes: "F" where everything is read, "p" where not.
std::string sweeps(core::shortcut& dates, int count, std::int64_t changes, int from = 1) {
    std::string text;
    for (int i = from; i < from + count; ++i) {
        const core::sweep_moment at{i, noon + i * 30min};
        const bool in_part = dates.may_be_taken(at);
        text += in_part ? 'p' : 'F';
        dates.left_a_date(changes);
        if (!in_part)
            dates.read_in_full(at);
    }
    return text;
}

} // namespace

TEST_CASE("dates are believed after three changes that left one, not before") {
    core::shortcut dates;
    CHECK_FALSE(dates.is_believed());
    dates.left_a_date(2);
    CHECK_FALSE(dates.is_believed());
    dates.left_a_date(1);
    CHECK(dates.is_believed());
}

TEST_CASE("believed dates still need one full reading before they are used") {
    core::shortcut dates;
    dates.left_a_date(5);
    CHECK_FALSE(dates.may_be_taken({1, noon}));
    dates.read_in_full({1, noon});
    CHECK(dates.may_be_taken({2, noon + 30min}));
}

TEST_CASE("everything is read after 2, 4, 8 ... sweeps, and after a day at the latest") {
    core::shortcut dates;
    CHECK(sweeps(dates, 32, 3) == "FpFpppFpppppppFpppppppppppppppFp");
    core::shortcut longer;
    const auto a_week = sweeps(longer, 7 * 48, 3);
    const auto longest = std::string(47, 'p');
    CHECK(a_week.find(longest) != std::string::npos);
    CHECK(a_week.find(longest + 'p') == std::string::npos);
}

TEST_CASE("while nothing happens that could prove the dates, the sweeps in between do not become more") {
    core::shortcut dates;
    CHECK(sweeps(dates, 3, 3) == "FpF");
    CHECK(sweeps(dates, 12, 0, 4) == "pppFpppFpppF");
    CHECK(sweeps(dates, 8, 1, 16) == "pppFpppp");
}

TEST_CASE("a change without a date ends the belief at once, and ten times as many have to prove it again") {
    core::shortcut dates;
    sweeps(dates, 3, 3);
    dates.left_none();
    CHECK_FALSE(dates.is_believed());
    CHECK_FALSE(dates.may_be_taken({4, noon + 2h}));
    dates.left_a_date(29);
    CHECK_FALSE(dates.is_believed());
    dates.left_none(); // That was no belief that was betrayed.
    dates.left_a_date(30);
    CHECK(dates.is_believed());
    dates.left_none();
    dates.left_a_date(299);
    CHECK_FALSE(dates.is_believed());
    dates.left_a_date(1);
    CHECK(dates.is_believed());
}

TEST_CASE("where asking for what was modified saves nothing, it is left for 2, 4, 8 ... sweeps or a day") {
    core::shortcut dates;
    dates.left_a_date(3);
    for (std::int64_t sweep = 1; sweep < 6; ++sweep)
        dates.read_in_full({sweep, noon});
    dates.saved_nothing({5, noon});
    CHECK_FALSE(dates.may_be_taken({6, noon}));
    CHECK(dates.may_be_taken({6, noon + 24h}) == false); // The day is over for the full reading, too.
    dates.read_in_full({6, noon});
    CHECK(dates.may_be_taken({7, noon}));
    dates.saved_nothing({7, noon});
    dates.read_in_full({8, noon});
    CHECK_FALSE(dates.may_be_taken({9, noon}));
    dates.saved_something();
    CHECK(dates.may_be_taken({9, noon}));
}

TEST_CASE("a clock that was set back makes a full reading due") {
    core::shortcut dates;
    dates.left_a_date(3);
    dates.read_in_full({1, noon});
    CHECK(dates.may_be_taken({2, noon}));
    CHECK_FALSE(dates.may_be_taken({2, noon - 1s}));
}

TEST_CASE("full readings that prove the dates forgive an old betrayal little by little") {
    core::shortcut dates;
    dates.left_a_date(3);
    dates.left_none();
    dates.left_a_date(30);
    std::int64_t sweep = 0;
    for (int i = 0; i < 4; ++i) { // 30, 15, 7, 3
        dates.left_a_date(1);
        dates.read_in_full({++sweep, noon});
    }
    dates.left_none();
    dates.left_a_date(29);
    CHECK_FALSE(dates.is_believed());
    dates.left_a_date(1);
    CHECK(dates.is_believed());
}
