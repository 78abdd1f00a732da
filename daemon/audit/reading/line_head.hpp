#pragma once

#include <optional>
#include <string_view>

namespace contactd {

/// What every line of the log begins with, read without parsing the rest of it.
struct line_head {
    std::string_view time, event, sweep, instance;
};

/// The head of a line that is written as contactd writes it; nothing for any other line, which has to be parsed. A key
/// that stands a second time further on is not seen: no line of ours has one, and JSON leaves open what it means.
std::optional<line_head> read_line_head(std::string_view line);

} // namespace contactd
