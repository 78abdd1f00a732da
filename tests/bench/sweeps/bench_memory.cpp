// How much memory a sweep needs, and whether the daemon's grows: the real program over a large database, then a
// thousand sweeps with everything that lives from one to the next.

#include "tests/bench/sweeps/bench_world.hpp"
#include "tests/sandbox/model/world.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

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

int main() {
    a_thousand_sweeps();
    return EXIT_SUCCESS;
}
