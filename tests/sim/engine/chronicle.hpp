#pragma once

#include "core/entities.hpp"
#include "tests/sandbox/model/autotask.hpp"
#include "tests/support/virtual_clock.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace simulation {

using moment = std::chrono::milliseconds; ///< virtual_clock::elapsed()

/// What something was, from one moment until the next version.
template <class State>
struct version {
    moment since;
    State state;
};
template <class State>
using history = std::vector<version<State>>;

/// The versions that were there at some time from `since` on until `until`.
template <class State>
auto between(const history<State>& all, moment since, moment until) {
    const auto after = [](moment when, const version<State>& one) { return when < one.since; };
    auto first = std::upper_bound(all.begin(), all.end(), since, after);
    if (first != all.begin())
        --first;
    const auto last = std::upper_bound(all.begin(), all.end(), until, after);
    return std::pair(first, std::max(first, last));
}

/// Of a company, what the sweep asks the server.
struct company_standing {
    bool passes = false; ///< It is active, and a customer.
    std::optional<core::company_id> parent;

    friend bool operator==(const company_standing&, const company_standing&) = default;
};

/// Every state that the tables of a server ever had, as far as a decision needs them.
class chronicle {
public:
    /// Owns nothing. `world` has one tenant.
    chronicle(sandbox::autotask& world, const test_support::virtual_clock& time) : world_(world), time_(time) {}

    /// Looks at every row. To be called whenever something else than contactd may have changed one.
    void look();

    /// The same, where only the server itself may have been at work: its workflow rules put contacts of devices back.
    void look_at_devices();

    const std::map<std::int64_t, history<core::device>>& devices() const { return devices_; }
    const std::map<std::int64_t, history<company_standing>>& companies() const { return companies_; }

    /// The contacts of a company; none where there is no such company.
    const history<std::vector<core::contact>>& contacts(std::int64_t company) const;

    /// What is known of a company now; the rules decide whether the contacts of its parent matter.
    core::snapshot snapshot_of(std::int64_t company) const;

private:
    sandbox::autotask& world_;
    const test_support::virtual_clock& time_;
    std::map<std::int64_t, history<core::device>> devices_;
    std::map<std::int64_t, history<std::vector<core::contact>>> contacts_; ///< By company.
    std::map<std::int64_t, history<company_standing>> companies_;
};

} // namespace simulation
