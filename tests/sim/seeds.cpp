#include "tests/sim/engine/simulation.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>

// docs/testing.md says how to replay a seed, and how to run many more of them.

namespace {

constexpr std::uint64_t first_seed = 1;
constexpr std::uint64_t seeds = 250;

std::string lines(const std::vector<std::string>& all) {
    std::string text;
    for (const auto& one : all)
        text += one + '\n';
    return text;
}

} // namespace

TEST_CASE("whatever happens, nothing wrong is written, no write is forgotten, and three quiet sweeps put all right") {
    std::int64_t writes = 0;
    std::int64_t writes_of_clients = 0;
    std::int64_t crashes = 0;
    std::int64_t instances = 0;
    std::int64_t changes = 0;
    for (auto seed = first_seed; seed < first_seed + seeds; ++seed) {
        const auto one = simulation::simulate(seed);
        INFO("replay with: soak --seed " << seed);
        INFO(lines(one.wrong));
        CHECK(one.wrong.empty());
        writes += one.writes;
        writes_of_clients += one.writes_of_clients;
        crashes += one.crashes;
        instances += one.instances;
        changes += one.changes;
    }
    // Otherwise the days were too quiet to show anything.
    constexpr auto all = static_cast<std::int64_t>(seeds);
    CHECK(writes > all * 15);
    CHECK(writes_of_clients > all * 10);
    CHECK(crashes > all);
    CHECK(instances > all * 3 / 2);
    CHECK(changes > all * 3);
}

TEST_CASE("a seed runs the same way every time, to the letter") {
    std::int64_t most_instances = 0;
    for (std::uint64_t seed = 7; seed < 13; ++seed) {
        INFO("seed " << seed);
        const auto once = simulation::simulate(seed);
        const auto again = simulation::simulate(seed);
        CHECK(once.diary.size() > 100);
        CHECK(once.diary == again.diary);
        CHECK(once.steps == again.steps);
        most_instances = std::max(most_instances, once.instances);
    }
    CHECK(most_instances == 3);
}
