#pragma once

#include "daemon/config/toml_tree.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace contactd {

/// The lines of a text, to find the places a toml_node speaks of. Lives no longer than the text.
class text_lines {
public:
    explicit text_lines(std::string_view text);

    /// The byte at which this place is; the end of the text for a place beyond it.
    std::size_t offset(toml_position place) const;

    /// The first byte of a line, behind the byte order mark; the end of the text for a line beyond it.
    std::size_t begin(int line) const;

    /// The first byte behind the line and its line feed.
    std::size_t end(int line) const;

    /// A line without its line end.
    std::string_view content(int line) const;

    /// The line end of a line: "\n", "\r\n", or nothing for the last of a text that does not end with one.
    std::string_view line_end(int line) const;

    /// How many lines have a line end.
    int count() const { return static_cast<int>(begins_.size()) - 1; }

private:
    std::string_view text_;
    std::vector<std::size_t> begins_; ///< One more than there are line feeds.
};

/// The number of code points, which is how wide a text is as far as we know.
std::size_t code_points(std::string_view text);

} // namespace contactd
