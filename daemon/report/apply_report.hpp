#pragma once

#include "daemon/report/sweep_report.hpp"
#include "daemon/sweep/instance_apply.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace contactd {

/// Everything that `apply` has to tell.
struct apply_report {
    core::wall_time made;            ///< The plan.
    std::string contactd;            ///< Its maker.
    std::chrono::milliseconds age{}; ///< Negative when it comes from the future.
    bool dry_run = false;
    std::int64_t not_chosen = 0; ///< Changes of the plan that the command line leaves out.
    sweep_report done;           ///< The changes that were made, or would have been, and those that failed.
    std::vector<unmade_change> unmade;

    /// To be called once, at the end.
    void sort();

    std::int64_t count(change_standing how) const;

    /// failed, unless every change that was chosen was made, is done already, or is left for later by a limit.
    exit_status status() const;
};

/// The report for people.
std::string render_apply_text(const apply_report& report, bool coloured);

/// The report for programs: one JSON object, ending in a line feed.
std::string render_apply_json(const apply_report& report);

/// "about 12 min old", "27 h old", "3 days old"; "dated 5 min in the future".
std::string age_words(std::chrono::milliseconds age);

} // namespace contactd
