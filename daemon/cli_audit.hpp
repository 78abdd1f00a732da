#pragma once

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace contactd {

/// What the command `audit` is to show, and how.
struct audit_options {
    bool follow = false;
    bool json = false;
    bool utc = false;
    std::optional<std::string> since; ///< A time in words; until the same.
    std::optional<std::string> until;
    std::vector<std::string> sweeps;
    std::vector<std::string> instances;
    std::vector<std::string> companies; ///< Ids or names.
    std::vector<std::string> devices;   ///< The same.
    std::vector<std::string> events;    ///< Names of events, or "all".
    std::vector<std::string> reasons;
    std::optional<std::string> file; ///< Instead of the log that the configuration names.
};

/// Gives the command its options.
void add_audit_options(CLI::App& audit, audit_options& into);

} // namespace contactd
