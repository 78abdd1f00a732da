#pragma once

#include "core/entities.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace contactd {

/// What of the companies a command is limited to.
struct selection {
    std::vector<std::string> instances; ///< Names; empty is every instance.
    std::vector<std::string> companies; ///< Ids or names; empty is every company.
    std::optional<core::device_id> device;
    std::optional<std::int64_t> most_changes;
};

/// What a selection turned out to name, over all instances.
struct selection_found {
    std::set<std::string> companies;             ///< Of selection::companies, as they were written.
    std::map<std::string, std::string> left_out; ///< Of those that are not swept, why, where that is known.
    bool device = false;
};

/// The ids or names among `wanted` that mean one of these companies, as they were written; case is ignored.
std::set<std::string> names_in_use(const std::vector<std::string>& wanted, const std::vector<core::company>& companies);

/// True when one of the ids or names means the company; case is ignored.
bool is_named(const core::company& company, const std::vector<std::string>& names);

/// Removes the companies that none of the ids or names means.
void keep_named(std::vector<core::company>& companies, const std::vector<std::string>& names);

} // namespace contactd
