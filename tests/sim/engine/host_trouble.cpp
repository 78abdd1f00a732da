#include "tests/sim/engine/host_trouble.hpp"

namespace simulation {

using namespace std::chrono_literals;

host_trouble::host_trouble(machine& host, test_support::virtual_clock& time, sandbox::random_source& dice)
    : host_(host), time_(time), dice_(dice), ills_(time, dice) {}

void host_trouble::begin_some() {
    ills_.heal_what_is_over();
    switch (dice_.below(7)) {
    case 0:
        time_.set_wrong_by(std::chrono::seconds(dice_.between(-7200, 7200)));
        on_clock();
        return ills_.on_event("the clock is set");
    case 1:
        time_.suspend(std::chrono::seconds(dice_.below(7200)));
        on_clock();
        return ills_.on_event("the machine was suspended");
    case 2:
        host_.disk_is_full = true;
        return ills_.for_a_while("the disk is full", [this] { host_.disk_is_full = false; });
    case 3:
        host_.disk_is_slow = true;
        return ills_.for_a_while("the disk is slow", [this] { host_.disk_is_slow = false; });
    case 4:
        if (host_.running())
            host_.reload();
        return ills_.on_event("SIGHUP");
    case 5:
        if (host_.running())
            host_.sweep_now();
        return ills_.on_event("SIGUSR1");
    default:
        if (host_.running()) {
            host_.terminate();
            on_terminate();
        }
        return ills_.on_event("SIGTERM");
    }
}

void host_trouble::end_all() {
    ills_.heal_all();
    time_.set_wrong_by(0ms);
    on_clock();
}

} // namespace simulation
