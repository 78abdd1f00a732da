#pragma once

#include "tests/sandbox/model/autotask.hpp"
#include "tests/sandbox/model/random.hpp"
#include "tests/sim/engine/machine.hpp"

#include <functional>
#include <list>
#include <string>
#include <vector>

namespace simulation {

/// What goes wrong between contactd, its host and Autotask.
class trouble {
public:
    /// Owns nothing. The networks of the machine come by join().
    trouble(sandbox::autotask& model, machine& host, test_support::virtual_clock& time, sandbox::random_source& dice);

    /// A network to which the present weather applies as well.
    void join(test_support::model_transport& network);

    /// Something goes wrong now, and ends some time later, when begin_some() is called again.
    void begin_some();

    /// Everything is well again.
    void end_all();

    std::function<void(const std::string& what)> on_event; ///< In words.
    std::function<void(std::int64_t requests)> on_other_requests;

private:
    struct ill {
        std::chrono::milliseconds until;
        std::string name;
        std::function<void()> heal;
    };

    void heal_what_is_over();
    void spoil_replies();
    void spoil_the_network();
    void spoil_the_account();
    void spoil_the_host();
    void set_weather(test_support::weather what);
    void for_a_while(std::string name, std::function<void()> heal);

    sandbox::autotask& model_;
    machine& host_;
    test_support::virtual_clock& time_;
    sandbox::random_source& dice_;
    test_support::weather weather_ = test_support::weather::fine;
    std::list<ill> ills_;
};

} // namespace simulation
