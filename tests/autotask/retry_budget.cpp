#include "autotask/retry_budget.hpp"

#include <catch2/catch.hpp>
#include <random>

using autotask::retry_budget;

TEST_CASE("a dead path costs ten repetitions, however many calls meet it") {
    retry_budget budget;
    int granted = 0;
    for (int call = 0; call < 1000; ++call)
        granted += budget.take() ? 1 : 0;
    CHECK(granted == 10);
    CHECK(budget.left() == 0);
}

TEST_CASE("a success brings two tokens back, and there are never more than ten") {
    retry_budget budget;
    budget.succeeded();
    CHECK(budget.left() == 10);
    REQUIRE(budget.take());
    budget.succeeded();
    CHECK(budget.left() == 10);
    while (budget.take())
        ;
    budget.succeeded();
    CHECK(budget.take());
    CHECK(budget.take());
    CHECK_FALSE(budget.take());
}

namespace {

struct sums {
    int calls = 0;
    int requests = 0;
    int successes = 0;
    int lost = 0;
};

/// So many calls, one after the other, each sent again until it succeeds or the budget refuses.
template <class Fails>
sums spend(int calls, Fails fails) {
    retry_budget budget;
    sums all;
    for (all.calls = 1; all.calls <= calls; ++all.calls) {
        while (true) {
            ++all.requests;
            const bool failed = fails(all.requests);
            if (!failed)
                ++all.successes;
            // The promise of the header, after every single request.
            REQUIRE(all.requests <= all.calls + retry_budget::capacity + retry_budget::refund * all.successes);
            if (!failed) {
                budget.succeeded();
                break;
            }
            if (!budget.take()) {
                ++all.lost;
                break;
            }
        }
    }
    --all.calls;
    return all;
}

} // namespace

TEST_CASE("what is sent altogether is bounded, whatever fails") {
    for (const double failing : {0.0, 0.1, 0.5, 0.6, 0.7, 0.9, 0.99, 1.0})
        for (unsigned seed = 0; seed < 20; ++seed) {
            std::mt19937 random(seed);
            std::bernoulli_distribution fails(failing);
            const auto all = spend(2000, [&](int) { return fails(random); });
            CHECK(all.requests <= 3 * all.calls + 10);
            CHECK(all.successes + all.lost == all.calls);
            if (failing >= 1)
                CHECK(all.requests == all.calls + 10);
        }
}

TEST_CASE("the bound is met by two failures before each success") {
    const auto all = spend(1000, [](int request) { return request % 3 != 0; });
    CHECK(all.lost == 0);
    CHECK(all.requests == 3 * all.calls);
}

TEST_CASE("where every second request fails, less than one call in a hundred is lost") {
    int lost = 0;
    for (unsigned seed = 0; seed < 50; ++seed) {
        std::mt19937 random(seed);
        std::bernoulli_distribution fails(0.5);
        lost += spend(1000, [&](int) { return fails(random); }).lost;
    }
    INFO(lost);
    CHECK(lost < 500); // Of 50,000.
}
