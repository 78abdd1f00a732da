#pragma once

#include "daemon/config/config.hpp"
#include "daemon/config/environment.hpp"

namespace contactd {

// What holds where the file is silent. Every origin is "default", or the variable a directory comes from.

/// The directories are those systemd names in $STATE_DIRECTORY and $LOGS_DIRECTORY, or else the ones of the package.
daemon_settings default_daemon(const environment& variables);

schedule_settings default_schedule();

match_settings default_match();

policy_settings default_policy();

/// `company_filter` is companyType eq "Customer": an instance whose author wrote no filter must not reach the devices
/// of vendors and prospects. An empty array in the file lifts it.
instance_settings default_instance();

} // namespace contactd
