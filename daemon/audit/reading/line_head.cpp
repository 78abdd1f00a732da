#include "daemon/audit/reading/line_head.hpp"

namespace contactd {

namespace {

/// Takes `before` and the text up to the next quotation mark; a text with an escape in it is not for us.
bool take(std::string_view& line, std::string_view before, std::string_view& text) {
    if (!line.starts_with(before))
        return false;
    line.remove_prefix(before.size());
    const auto end = line.find_first_of("\"\\");
    if (end == std::string_view::npos || line[end] != '"')
        return false;
    text = line.substr(0, end);
    line.remove_prefix(end);
    return true;
}

} // namespace

std::optional<line_head> read_line_head(std::string_view line) {
    line_head head;
    if (take(line, R"({"ts":")", head.time) && take(line, R"(","event":")", head.event) &&
        take(line, R"(","sweep":")", head.sweep) && take(line, R"(","instance":")", head.instance))
        return head;
    return std::nullopt;
}

} // namespace contactd
