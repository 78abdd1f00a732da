#pragma once

#include "daemon/exit_status.hpp"

namespace contactd {

/// The whole program behind main().
exit_status run_program(int argc, const char* const* argv);

} // namespace contactd
