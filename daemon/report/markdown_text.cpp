#include "daemon/report/markdown_text.hpp"

#include "daemon/printable.hpp"

namespace contactd {
namespace {

/// A service's own links: "www." and "://" need no brackets to become one (GitHub Flavored Markdown Spec, "Autolinks
/// (extension)").
bool begins_a_link(std::string_view rest) {
    return rest.starts_with("://") || rest.starts_with("www.") || rest.starts_with("WWW.");
}

} // namespace

std::string markdown_text(std::string_view text) {
    const auto line = printable(text);
    std::string safe;
    safe.reserve(line.size());
    for (std::size_t at = 0; at < line.size(); ++at) {
        const char c = line[at];
        const auto rest = std::string_view(line).substr(at);
        if (c == '<')
            safe += "&lt;";
        else if (c == '>')
            safe += "&gt;";
        else if (c == '&')
            safe += "&amp;";
        else if (begins_a_link(rest))
            safe += c == ':' ? "&#58;" : c == 'w' ? "&#119;" : "&#87;";
        else if (std::string_view("\\`*_[]~|$").find(c) != std::string_view::npos)
            (safe += '\\') += c;
        else
            safe += c;
    }
    return safe;
}

} // namespace contactd
