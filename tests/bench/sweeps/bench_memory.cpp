// How much memory a sweep needs, and whether the daemon's grows: the real program over a large database, then a
// thousand sweeps with everything that lives from one to the next.

#include "tests/bench/sweeps/bench_world.hpp"
#include "tests/sandbox/model/world.hpp"
#include "tests/support/process.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <sys/resource.h>

namespace {

using namespace std::chrono_literals;

/// Resident memory of this process in KiB.
long resident() {
    std::ifstream status("/proc/self/status");
    std::string word;
    while (status >> word)
        if (word == "VmRSS:") {
            long kib = 0;
            status >> kib;
            return kib;
        }
    return 0;
}

void one_large_sweep(const char* contactd) {
    bench::bench_world world(2'000, 100'000, 0ms, 0ms);
    world.server().with_model([](sandbox::autotask& model) { model.options().request_threshold = 1'000'000; });
    const support::temporary_directory directory;
    const auto file = directory.path() + "/contactd.toml";
    std::ofstream(file) << "[daemon]\naudit_log = \"" + directory.path() + "/audit.jsonl\"\n" + world.config();
    const auto work = world.count([&] {
        support::process sweep({contactd, "--config", file, "sweep"}, {{"SECRET", sandbox::credentials{}.secret}},
                               directory.path());
        const auto ended = sweep.wait(std::chrono::seconds{600});
        std::printf("exit status %d; %s", ended.status,
                    ended.out.substr(ended.out.rfind('\n', ended.out.size() - 2) + 1).c_str());
    });
    rusage used{};
    getrusage(RUSAGE_CHILDREN, &used);
    std::printf("sweep of 2,000 companies and 100,000 devices: %lld requests, %lld PATCH, %.1f s, peak resident set "
                "%.1f MiB\n",
                static_cast<long long>(work.requests), static_cast<long long>(work.patches), work.seconds,
                static_cast<double>(used.ru_maxrss) / 1024);
}

void a_thousand_sweeps() {
    bench::bench_world world(50, 2'000, 0ms, 0ms);
    world.server().with_model([](sandbox::autotask& model) { model.options().request_threshold = 1'000'000; });
    const auto first = world.sweep(true);
    long at_hundred = 0;
    for (int sweep = 1; sweep <= 1'000; ++sweep) {
        world.let_people_move(1, first.report);
        world.sweep(false);
        if (sweep == 100)
            at_hundred = resident();
    }
    const auto at_end = resident();
    std::printf("resident after 100 sweeps %.1f MiB, after 1,000 %.1f MiB (with the server): %.3f\n",
                static_cast<double>(at_hundred) / 1024, static_cast<double>(at_end) / 1024,
                static_cast<double>(at_end) / static_cast<double>(at_hundred));
}

} // namespace

int main(int argc, char** argv) {
    if (argc > 1)
        one_large_sweep(argv[1]);
    a_thousand_sweeps();
    return EXIT_SUCCESS;
}
