#pragma once

#include "daemon/cli.hpp"
#include "daemon/plan_file/saved_plan.hpp"

#include <string>

namespace contactd {

/// A plan in one of the formats of `plan --format`.
std::string render_plan(const saved_plan& plan, output_format format, bool coloured);

} // namespace contactd
