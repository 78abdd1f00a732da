#include "daemon/sweep/splitting.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace contactd;
using autotask::error_kind;

std::vector<core::company> companies(std::int64_t from, std::int64_t to) {
    std::vector<core::company> made;
    for (; from <= to; ++from) {
        core::company one;
        one.id.value = from;
        made.push_back(one);
    }
    return made;
}

autotask::error failure(error_kind kind = error_kind::business) {
    autotask::error made;
    made.kind = kind;
    made.doing = "asking";
    made.said = "no";
    return made;
}

/// How many of these failures in a row are worth a split.
int splits(splitting& judge, int failures, const autotask::error& why) {
    int split = 0;
    for (int i = 0; i < failures; ++i) {
        judge.failed(companies(1, 2), why);
        split += judge.may_split(companies(1, 2), why) ? 1 : 0;
    }
    return split;
}

} // namespace

TEST_CASE("companies that failed together are split, one alone is a suspect") {
    splitting judge;
    judge.answered();
    judge.failed(companies(1, 2), failure());
    CHECK(judge.may_split(companies(1, 2), failure()));
    CHECK(judge.suspects().empty());
    judge.failed(companies(2, 2), failure());
    CHECK_FALSE(judge.may_split(companies(2, 2), failure()));
    REQUIRE(judge.suspects().size() == 1);
    CHECK(judge.suspects().front().company.value == 2);
    CHECK(judge.suspects().front().words == "asking failed: no");
    CHECK(judge.any_answer());
}

TEST_CASE("when nothing at all is answered the splitting ends early, and no company is to blame") {
    splitting judge;
    for (int i = 0; i < 40; ++i) // The chunks of a sweep: each of them may hold a bad company.
        judge.failed(companies(1, 200), failure());
    CHECK(judge.may_split(companies(1, 200), failure()));
    CHECK(splits(judge, 100, failure()) == failures_that_settle_it - 1);
    CHECK(judge.is_hopeless());
    CHECK_FALSE(judge.any_answer());
}

TEST_CASE("beside an answer it is split until all is spent that one sweep may spend") {
    for (const auto kind : {error_kind::business, error_kind::protocol}) {
        splitting judge;
        judge.answered();
        CHECK(2 * splits(judge, 1000, failure(kind)) == most_extra_queries);
        CHECK_FALSE(judge.is_hopeless());
    }
}

TEST_CASE("what was not answered is split only while others are, and a few times: each try takes minutes") {
    for (const auto kind : {error_kind::network, error_kind::throttled}) {
        splitting alone;
        CHECK(splits(alone, 5, failure(kind)) == 0);
        splitting judge;
        judge.answered();
        CHECK(splits(judge, 100, failure(kind)) == most_silent_queries);
        CHECK(judge.may_split(companies(1, 2), failure())); // What is refused at once is another matter.
    }
}
