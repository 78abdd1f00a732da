#include "tests/sim/engine/trouble.hpp"

#include <array>
#include <fmt/format.h>
#include <utility>

namespace simulation {

using namespace std::chrono_literals;
using sandbox::fault_kind;
using test_support::weather;

trouble::trouble(sandbox::autotask& model, machine& host, test_support::virtual_clock& time,
                 sandbox::random_source& dice)
    : model_(model), host_(host), time_(time), dice_(dice), ills_(time, dice) {}

void trouble::join(test_support::model_transport& network) {
    network.turn(weather_);
}

void trouble::begin_some() {
    ills_.heal_what_is_over();
    switch (dice_.below(6)) {
    case 0:
    case 1:
    case 2:
        return spoil_replies();
    case 3:
        return spoil_the_network();
    default:
        return spoil_the_account();
    }
}

void trouble::end_all() {
    ills_.heal_all();
}

void trouble::spoil_replies() {
    struct kind {
        fault_kind what;
        const char* name;
        unsigned status;
        bool only_writes;
    };
    constexpr std::array kinds{
        kind{fault_kind::reset, "connections are reset", 0, false},
        kind{fault_kind::reset, "connections are reset after a write", 0, true},
        kind{fault_kind::stall, "answers stall", 0, false},
        kind{fault_kind::html, "a gateway answers", 503, false},
        kind{fault_kind::html, "a maintenance page is shown", 200, false},
        kind{fault_kind::empty, "answers are empty", 502, false},
        kind{fault_kind::error, "the server fails", 500, false},
        kind{fault_kind::error, "writes are refused", 500, true},
        kind{fault_kind::truncate, "answers break off", 0, false},
        kind{fault_kind::malformed, "answers are no JSON", 0, false},
        kind{fault_kind::delay, "answers are slow", 0, false},
        kind{fault_kind::thread_limit, "other integrations take the threads", 0, false},
        kind{fault_kind::not_stored, "writes are not stored", 0, true},
        kind{fault_kind::reverted, "a workflow rule puts values back", 0, true},
    };
    const auto& one = kinds.at(dice_.below(kinds.size()));
    sandbox::fault_rule rule;
    rule.kind = one.what;
    rule.status = one.status;
    rule.method = one.only_writes ? "PATCH" : "";
    rule.applied = dice_.per_mille(500);
    rule.probability = dice_.per_mille(300) ? 1.0 : 0.05 + dice_.unit() / 2;
    rule.wait = std::chrono::milliseconds(dice_.below(dice_.per_mille(300) ? 90'000 : 3'000));
    if (one.status == 0 && one.what == fault_kind::error)
        rule.status = 500;
    const auto id = model_.faults().add(rule);
    ills_.for_a_while(one.name, [this, id] { model_.faults().remove(id); });
}

void trouble::set_weather(weather what) {
    weather_ = what;
    if (host_.running())
        for (const auto& one : host_.networks())
            if (one.server == &model_)
                one.network->turn(what);
}

void trouble::spoil_the_network() {
    switch (dice_.below(3)) {
    case 0:
        set_weather(weather::refused);
        return ills_.for_a_while("connections are refused", [this] { set_weather(weather::fine); });
    case 1:
        set_weather(weather::silent);
        return ills_.for_a_while("nothing is answered", [this] { set_weather(weather::fine); });
    default: {
        auto& options = model_.options();
        options.latency = std::chrono::milliseconds(dice_.between(1, 900));
        options.slot_release_delay = std::chrono::milliseconds(dice_.below(200));
        return ills_.for_a_while("the way is long", [&options] {
            options.latency = 30ms;
            options.slot_release_delay = 50ms;
        });
    }
    }
}

void trouble::spoil_the_account() {
    auto& user = model_.users().front();
    auto& tenant = model_.tenant();
    const auto now = sandbox::time_point{time_.true_time().time_since_epoch()};
    switch (dice_.below(5)) {
    case 0:
        tenant.home = 1 - tenant.home;
        return ills_.on_event("the database moves to another zone");
    case 1:
        user.revoked = true;
        return ills_.for_a_while("the credentials are revoked", [&user] { user.revoked = false; });
    case 2: // Other integrations use it with a secret of old.
        user.locked = true;
        return ills_.for_a_while("the account is locked", [&user] { user.locked = false; });
    case 3:
        user.access[sandbox::entity::configuration_items].write = false;
        return ills_.for_a_while("writing is not permitted", [&user] { user.access.clear(); });
    default:
        const auto requests = dice_.between(1, model_.options().request_threshold / 2);
        tenant.window.add(now, requests);
        on_other_requests(requests);
        return ills_.on_event("others use the allowance");
    }
}

} // namespace simulation
