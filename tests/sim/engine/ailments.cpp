#include "tests/sim/engine/ailments.hpp"

#include <fmt/format.h>
#include <utility>

namespace simulation {

void ailments::for_a_while(std::string name, std::function<void()> heal) {
    const auto longest = dice_.per_mille(200) ? 1500 : 240;
    const std::chrono::seconds time(dice_.between(1, longest));
    on_event(fmt::format("{} for {} s", name, time.count()));
    ills_.push_back({time_.elapsed() + time, std::move(name), std::move(heal)});
}

void ailments::heal_what_is_over() {
    std::erase_if(ills_, [this](ill& one) {
        if (time_.elapsed() < one.until)
            return false;
        on_event("over: " + one.name);
        one.heal();
        return true;
    });
}

void ailments::heal_all() {
    for (auto& one : ills_)
        one.heal();
    ills_.clear();
}

} // namespace simulation
