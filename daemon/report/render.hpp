#pragma once

#include "daemon/report/sweep_report.hpp"

#include <string>

namespace contactd {

/// The report for people, device by device, with a summary at its end.
std::string render_text(const sweep_report& report, bool coloured);

/// The report for programs: the one JSON object of `--format json`, ending in a line feed.
std::string render_json(const sweep_report& report);

} // namespace contactd
