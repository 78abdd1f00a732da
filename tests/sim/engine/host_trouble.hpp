#pragma once

#include "tests/sim/engine/ailments.hpp"
#include "tests/sim/engine/machine.hpp"

#include <functional>
#include <string>

namespace simulation {

/// What goes wrong on the host of contactd, for all of its instances.
class host_trouble {
public:
    /// Owns nothing.
    host_trouble(machine& host, test_support::virtual_clock& time, sandbox::random_source& dice);

    /// Something goes wrong now, and ends some time later, when this or end_what_is_over() is called again.
    void begin_some();
    void end_what_is_over() { ills_.heal_what_is_over(); }

    /// Everything is well again.
    void end_all();

    void on_event(std::function<void(const std::string& what)> hears) { ills_.on_event = std::move(hears); }
    std::function<void()> on_clock;     ///< The clock was set, or the machine suspended.
    std::function<void()> on_terminate; ///< contactd was told to end.

private:
    machine& host_;
    test_support::virtual_clock& time_;
    sandbox::random_source& dice_;
    ailments ills_;
};

} // namespace simulation
