#pragma once

#include "daemon/report/sweep_report.hpp"

#include <string>

namespace contactd {

/// The report for people, device by device, with a summary at its end.
std::string render_text(const sweep_report& report, bool coloured);

/// The report for programs: the one JSON object of `--format json`, ending in a line feed.
std::string render_json(const sweep_report& report);

/// The report for spreadsheets (RFC 4180): a header, then a row for every change and every device that is left alone.
/// What a spreadsheet would take for a formula has an apostrophe before it.
std::string render_csv(const sweep_report& report);

/// The report for whoever reviews it in a ticket or a merge request, as GitHub flavoured Markdown under this heading: a
/// table for every company, changes first. Names are shown as they are, whatever they mean in Markdown or HTML.
std::string render_markdown(const sweep_report& report, const std::string& heading);

/// Of devices without a last user, and of those that a limit left for later, there is nothing to say but how many they
/// are.
bool is_worth_a_line(const device_outcome& one);

} // namespace contactd
