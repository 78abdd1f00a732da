#pragma once

#include "tests/sandbox/model/autotask.hpp"
#include "tests/sandbox/model/random.hpp"
#include "tests/sim/engine/ailments.hpp"
#include "tests/sim/engine/machine.hpp"

#include <functional>
#include <string>
#include <utility>

namespace simulation {

/// What goes wrong between contactd and one Autotask.
class trouble {
public:
    /// Owns nothing. The networks of the machine that lead there come by join().
    trouble(sandbox::autotask& model, machine& host, test_support::virtual_clock& time, sandbox::random_source& dice);

    /// A network to which the present weather applies as well.
    void join(test_support::model_transport& network);

    /// Something goes wrong now, and ends some time later, when this or end_what_is_over() is called again.
    void begin_some();
    void end_what_is_over() { ills_.heal_what_is_over(); }

    /// Everything is well again.
    void end_all();

    void on_event(std::function<void(const std::string& what)> hears) { ills_.on_event = std::move(hears); }
    std::function<void(std::int64_t requests)> on_other_requests;

private:
    void spoil_replies();
    void spoil_the_network();
    void spoil_the_account();
    void set_weather(test_support::weather what);

    sandbox::autotask& model_;
    machine& host_;
    test_support::virtual_clock& time_;
    sandbox::random_source& dice_;
    test_support::weather weather_ = test_support::weather::fine;
    ailments ills_;
};

} // namespace simulation
