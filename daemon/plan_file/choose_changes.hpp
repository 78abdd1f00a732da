#pragma once

#include "daemon/config/config.hpp"
#include "daemon/plan_file/saved_plan.hpp"
#include "daemon/sweep/selection.hpp"

#include <string>
#include <vector>

namespace contactd {

/// The changes of a plan that are to be made in one instance.
struct chosen_changes {
    planned_database of;
    std::vector<device_outcome> changes; ///< By company and device.
};

/// Which changes of a plan are meant, and what is wrong with the question.
struct plan_choice {
    std::vector<chosen_changes> instances; ///< Only those with changes.
    std::vector<std::string> unmet;        ///< Of what the selection names and the plan does not change; sentences.
    std::vector<std::string> refusals;     ///< Why nothing of the plan may be applied; sentences. Usually none.
};

/// Limits the changes of a plan to a selection, and compares the databases of what is left with those that the
/// configuration has under the same names. `dry_run` is for whoever writes nothing: a policy that forbids it does not
/// matter then.
plan_choice choose_changes(const saved_plan& plan, const selection& chosen, const config& settings, bool dry_run);

} // namespace contactd
