#pragma once

#include "tests/sandbox/model/random.hpp"
#include "tests/support/virtual_clock.hpp"

#include <chrono>
#include <functional>
#include <list>
#include <string>

namespace simulation {

/// What goes wrong for a while, and how it is healed.
class ailments {
public:
    /// Owns nothing.
    ailments(test_support::virtual_clock& time, sandbox::random_source& dice) : time_(time), dice_(dice) {}

    /// From now on, until some time has passed and heal_what_is_over() is called.
    void for_a_while(std::string name, std::function<void()> heal);

    void heal_what_is_over();
    void heal_all();

    std::function<void(const std::string& what)> on_event; ///< In words.

private:
    struct ill {
        std::chrono::milliseconds until;
        std::string name;
        std::function<void()> heal;
    };

    test_support::virtual_clock& time_;
    sandbox::random_source& dice_;
    std::list<ill> ills_;
};

} // namespace simulation
