#include "core/policy.hpp"

#include <catch2/catch.hpp>

#include <initializer_list>

namespace {

bool holds(std::int64_t would_reassign, std::int64_t assigned, double percent, std::int64_t minimum) {
    core::policy limits;
    limits.brake_percent = percent;
    limits.brake_minimum = minimum;
    return core::brake_holds({would_reassign, assigned}, limits);
}

} // namespace

TEST_CASE("The brake holds at more than the share and at least the minimum") {
    struct row {
        std::int64_t would_reassign;
        std::int64_t assigned;
        double percent;
        std::int64_t minimum;
        bool held;
    };
    for (const auto& [would_reassign, assigned, percent, minimum, held] : std::initializer_list<row>{
             {10, 10, 30, 10, true},
             {9, 9, 30, 10, false},    // below the minimum, though it is every device
             {30, 100, 30, 10, false}, // exactly the share
             {31, 100, 30, 10, true},  // one more
             {10, 34, 30, 10, false},  // 29.4 %
             {10, 33, 30, 10, true},   // 30.3 %
             {10, 33, 30, 11, false},
             {1, 3, 33.3, 0, true}, // 33.33 %
             {1, 3, 33.4, 0, false},
             {333, 1000, 33.3, 1, false}, // exactly, with a decimal
             {334, 1000, 33.3, 1, true},
             {0, 0, 0, 0, false}, // nothing to hold
             {0, 100, 0, 0, false},
             {1, 100, 0, 0, true}, // a share of zero stops every replacement
             {1, 100, 0, 1, true},
             {1, 100, 0, 2, false},
             {100, 100, 100, 0, false}, // more than all there are is not possible
             {100, 100, 99.9, 0, true},
             {300'000'000, 1'000'000'000, 30, 10, false},
             {300'000'001, 1'000'000'000, 30, 10, true},
         }) {
        CAPTURE(would_reassign, assigned, percent, minimum);
        CHECK(holds(would_reassign, assigned, percent, minimum) == held);
    }
}

TEST_CASE("Exactly the share never holds, and one more always does, at every tenth of a percent") {
    for (std::int64_t tenths = 1; tenths < 1000; ++tenths)
        for (std::int64_t would_reassign = 1; would_reassign <= 1000; ++would_reassign) {
            if (would_reassign * 1000 % tenths != 0)
                continue;
            const auto assigned = would_reassign * 1000 / tenths;
            const auto percent = static_cast<double>(tenths) / 10;
            if (holds(would_reassign, assigned, percent, 1) || !holds(would_reassign + 1, assigned, percent, 1)) {
                CAPTURE(tenths, would_reassign, assigned);
                CHECK_FALSE(holds(would_reassign, assigned, percent, 1));
                CHECK(holds(would_reassign + 1, assigned, percent, 1));
            }
        }
}

TEST_CASE("An allowance ends when it is spent, and none never ends") {
    core::allowance three(3);
    CHECK(three.limited());
    for (int i = 0; i < 3; ++i) {
        CHECK_FALSE(three.spent());
        three.take();
    }
    CHECK(three.spent());
    CHECK(core::allowance(0).spent());
    CHECK(core::allowance(-1).spent());
    core::allowance endless(std::nullopt);
    CHECK_FALSE(endless.limited());
    for (int i = 0; i < 1000; ++i)
        endless.take();
    CHECK_FALSE(endless.spent());
}
