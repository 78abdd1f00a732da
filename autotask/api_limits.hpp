#pragma once

#include "autotask/allowance.hpp"
#include "autotask/circuit.hpp"
#include "autotask/gate.hpp"

namespace autotask {

/// What one API user may do at a time, in an hour and in an outage, with all that was learned of it. Shared by the
/// sessions of the same user and kept from sweep to sweep; the stop signal lives as long.
struct api_limits {
    api_limits(clock& time, stop_signal& stop, std::function<double()> dice,
               const breaker_policy& in_an_outage = breaker_policy())
        : slots(time, stop), allowance(time, stop), way(time, stop, std::move(dice), in_an_outage) {}

    gate slots;
    request_allowance allowance;
    circuit way;
};

} // namespace autotask
