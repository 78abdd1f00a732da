#pragma once

#include "daemon/cli.hpp"

namespace CLI {
class App;
}

namespace contactd {

/// Adds `pins` and `approve`.
void add_orders(CLI::App& app, command_line& line);

} // namespace contactd
