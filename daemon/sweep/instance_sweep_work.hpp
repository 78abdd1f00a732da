#pragma once

#include "daemon/sweep/instance_sweep.hpp"

namespace contactd {

/// What the changes of a company are taken from.
struct instance_sweep::allowances {
    core::allowance& of_instance;
    core::allowance& of_command;
};

/// A company whose decisions are made while its changes are still under way.
struct instance_sweep::company_in_work {
    finished_company summary;
    std::size_t open_changes = 0;
    bool all_submitted = false;
    bool held = false;
    std::unordered_set<core::device_id> approved; ///< Changes that a person let go, and that are not made yet.
};

} // namespace contactd
