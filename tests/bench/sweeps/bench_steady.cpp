// What a sweep of the daemon costs in the middle of an ordinary day, when half a percent of the devices got another
// user since the last one, against a sweep that reads everything; and whether it comes to the same. In one run, over
// HTTPS.

#include "tests/bench/sweeps/bench_world.hpp"

#include <cstdio>
#include <cstdlib>

namespace {

using namespace std::chrono_literals;
using bench::measured;

void show(const char* what, const measured& one) {
    const auto& how = one.report.instances.front();
    std::printf("%-44s %5lld requests, %lld of them reads; %lld PATCH; %.2f s%s%s\n", what,
                static_cast<long long>(one.requests), static_cast<long long>(one.reads),
                static_cast<long long>(one.patches), one.seconds, how.devices_in_part ? "; devices in part" : "",
                how.contacts_in_part ? "; contacts in part" : "");
}

bool is_same_outcome(const measured& before, const measured& after) {
    // What the sweep in part assigned is in sync for the full one; everything else is decided alike.
    using enum core::event;
    const auto& a = before.report.counts;
    const auto& b = after.report.counts;
    return after.patches == 0 && a.reasons == b.reasons && a.devices() == b.devices() &&
           a.of(in_sync) + a.of(assigned) + a.of(reassigned) == b.of(in_sync);
}

} // namespace

int main(int argc, char** argv) {
    const auto companies = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 400;
    const auto devices = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 20'000;
    bench::bench_world world(companies, devices, 30ms, 50ms);
    world.rmm_leaves_dates(true);
    const auto first = world.sweep(true);
    show("the first sweep", first);
    const auto moving = devices / 200;
    bool good = false;
    measured full;
    for (int i = 0; i < 8; ++i) {
        world.an_hour_passes();
        world.let_people_move(moving, first.report);
        world.let_contacts_change(5);
        const auto one = world.sweep(false);
        show("half a percent of the devices changed", one);
        const auto& how = one.report.instances.front();
        if (!how.devices_in_part && !how.contacts_in_part)
            full = one; // By the same daemon, of as many changes.
        if (!how.devices_in_part || !how.contacts_in_part || full.reads == 0)
            continue;
        std::printf("  reads: %.3f of a full sweep's\n",
                    static_cast<double>(one.reads) / static_cast<double>(full.reads));
        const auto again = world.sweep(true); // Of a daemon that was just started.
        show("  the same, read in full after it", again);
        good = is_same_outcome(one, again);
        std::printf("  the outcome is %s\n", good ? "the same" : "NOT THE SAME");
        break;
    }
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
