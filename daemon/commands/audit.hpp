#pragma once

#include "daemon/cli_audit.hpp"
#include "daemon/exit_status.hpp"
#include "daemon/log.hpp"

#include <string>

namespace contactd {

/// `audit`: prints what is wanted of the log `file`. `one_instance` says that it is known to be about no other.
exit_status run_audit(const audit_options& options, const std::string& file, bool one_instance, log& messages);

} // namespace contactd
