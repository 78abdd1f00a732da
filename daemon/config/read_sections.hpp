#pragma once

#include "daemon/config/config.hpp"
#include "daemon/config/section.hpp"

#include <vector>

namespace contactd {

// Each of these reads one section over the values that hold without it, and complains about what it cannot use.

void read_daemon(const section& from, daemon_settings& into);

void read_schedule(const section& from, schedule_settings& into);

void read_match(const section& from, match_settings& into);

void read_policy(const section& from, policy_settings& into);

/// Reads an [[instance]] with its own schedule, match and policy; `into` comes with the ones of the whole file.
void read_instance(const section& from, instance_settings& into);

/// Reads an [[organization]]; `into` comes with nothing.
void read_organization(const section& from, const std::vector<instance_settings>& instances,
                       organization_settings& into);

/// Reads the array of conditions below the key.
void read_conditions(const section& from, std::string_view key, setting<std::vector<autotask::condition>>& into);

} // namespace contactd
