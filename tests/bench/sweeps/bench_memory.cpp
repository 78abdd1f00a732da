// How much memory a sweep needs, and whether the daemon's grows: the real program over a large database, then a
// thousand sweeps with everything that lives from one to the next.

#include "tests/bench/sweeps/bench_world.hpp"
#include "tests/sandbox/model/world.hpp"
#include "tests/support/process.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

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

/// The real program on a large database, with all its first writes. The server is a process of its own, so that this
/// one is small: a child counts at least the memory of its parent.
void one_large_sweep() {
    const support::temporary_directory place;
    const auto config = place.path() + "/contactd.toml";
    const std::vector<std::string> server{AUTOTASK_SANDBOX,
                                          "--dir",
                                          place.path(),
                                          "--companies",
                                          "2000",
                                          "--devices",
                                          "100000",
                                          "--for",
                                          "900",
                                          "--switch",
                                          "request_threshold=1000000",
                                          "--switch",
                                          "slot_release_delay=0ms"};
    support::process sandbox(server, {}, place.path());
    if (!support::eventually([&] { return std::filesystem::exists(config); }, 60s))
        throw std::runtime_error("autotask-sandbox does not start");
    std::ofstream(config, std::ios::app) << "\n[instance.match]\ndevice_types = [\"*\"]\n[instance.policy]\n"
                                            "brake_percent = 100\n";
    support::process sweep({CONTACTD, "--config", config, "sweep"}, {}, place.path());
    const auto done = sweep.wait(600s);
    const auto end = done.out.rfind(" companies, ");
    const auto begin = end == std::string::npos ? end : done.out.rfind('\n', end) + 1;
    std::printf("a first sweep (exit status %d): %s\n  peak resident %.1f MiB\n", done.status,
                begin == std::string::npos ? "no summary"
                                           : done.out.substr(begin, done.out.find('\n', begin) - begin).c_str(),
                static_cast<double>(done.peak_kib) / 1024);
}

void a_thousand_sweeps() {
    bench::bench_world world(50, 2'000, 0ms, 0ms);
    world.server().with_model([](sandbox::autotask& model) { model.options().request_threshold = 1'000'000; });
    world.rmm_leaves_dates(true); // So that the memory of rows is in use.
    const auto first = world.sweep(true);
    long at_hundred = 0;
    for (int sweep = 1; sweep <= 1'000; ++sweep) {
        world.an_hour_passes();
        world.let_people_move(1, first.report);
        world.let_contacts_change(1);
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
    one_large_sweep();
    a_thousand_sweeps();
    return EXIT_SUCCESS;
}
