#include "tests/sim/engine/simulation.hpp"

#include <chrono>
#include <cstdlib>
#include <fmt/core.h>
#include <string>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>

// Runs the simulation for as long as asked, seed after seed, and shows the whole diary of one that fails.

namespace {

/// A killed contactd leaves its memory behind; a process of its own for so many seeds gives it back.
constexpr std::uint64_t seeds_at_a_time = 100;

struct wanted {
    std::chrono::seconds time{60};
    std::uint64_t first = 1;
    bool one_seed = false;
};

int usage() {
    fmt::print(stderr, "usage: soak [--seconds N] [--from SEED]   seeds from SEED on, for so long\n"
                       "       soak --seed SEED                   one seed, with everything that happened\n");
    return 64;
}

bool run_seed(std::uint64_t seed, bool always_tell) {
    const auto one = simulation::simulate(seed);
    if (!one.wrong.empty() || always_tell)
        for (const auto& line : one.diary)
            fmt::print("{}\n", line);
    for (const auto& line : one.wrong)
        fmt::print("WRONG {}\n", line);
    if (!one.wrong.empty() || always_tell)
        fmt::print("seed {}: {} steps, {} sweeps, {} writes, {} crashes, {} wrong\n", seed, one.steps, one.sweeps,
                   one.writes, one.crashes, one.wrong.size());
    return one.wrong.empty();
}

/// What the seeds of one process came to, as it passes it on.
struct totals {
    std::int64_t seeds = 0;
    std::int64_t steps = 0;
    std::int64_t sweeps = 0;
    std::int64_t writes = 0;
    std::int64_t writes_of_clients = 0;
    std::int64_t crashes = 0;
    std::int64_t instances = 0;
    std::int64_t changes = 0;

    void add(const totals& other) {
        seeds += other.seeds;
        steps += other.steps;
        sweeps += other.sweeps;
        writes += other.writes;
        writes_of_clients += other.writes_of_clients;
        crashes += other.crashes;
        instances += other.instances;
        changes += other.changes;
    }
};

/// Runs some seeds in a process of its own. False when one of them failed.
bool run_some(std::uint64_t from, totals& into) {
    int ends[2];
    if (::pipe(ends) != 0)
        return false;
    const auto child = ::fork();
    if (child == 0) {
        totals mine;
        for (auto seed = from; seed < from + seeds_at_a_time; ++seed) {
            const auto one = simulation::simulate(seed);
            if (!one.wrong.empty()) {
                run_seed(seed, true);
                std::fflush(stdout);
                ::_exit(1);
            }
            mine.add(
                {1, one.steps, one.sweeps, one.writes, one.writes_of_clients, one.crashes, one.instances, one.changes});
        }
        const bool told = ::write(ends[1], &mine, sizeof mine) == sizeof mine;
        ::_exit(told ? 0 : 1);
    }
    ::close(ends[1]);
    totals mine;
    const bool told = ::read(ends[0], &mine, sizeof mine) == sizeof mine;
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (told)
        into.add(mine);
    else
        fmt::print("failed: one of the seeds {} to {}{}\n", from, from + seeds_at_a_time - 1,
                   WIFSIGNALED(status) ? fmt::format(", by signal {}", WTERMSIG(status)) : std::string());
    return told && status == 0;
}

} // namespace

int main(int argc, char** argv) {
    wanted want;
    for (int i = 1; i < argc; i += 2) {
        const std::string_view name = argv[i];
        if (i + 1 >= argc)
            return usage();
        const auto value = std::strtoull(argv[i + 1], nullptr, 10);
        if (name == "--seconds")
            want.time = std::chrono::seconds(value);
        else if (name == "--from" || name == "--seed")
            want.first = value;
        else
            return usage();
        want.one_seed = want.one_seed || name == "--seed";
    }
    if (want.one_seed)
        return run_seed(want.first, true) ? 0 : 1;
    const auto begun = std::chrono::steady_clock::now();
    totals all;
    bool good = true;
    for (auto seed = want.first; good && std::chrono::steady_clock::now() - begun < want.time; seed += seeds_at_a_time)
        good = run_some(seed, all);
    fmt::print("{} seeds, {} instances, {} steps, {} sweeps, {} writes, {} of them of organizations, {} changes of the "
               "configuration, {} crashes: {}\n",
               all.seeds, all.instances, all.steps, all.sweeps, all.writes, all.writes_of_clients, all.changes,
               all.crashes, good ? "all is well" : "FAILED");
    return good ? 0 : 1;
}
