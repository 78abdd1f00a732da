#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace contactd {

/// What comes in the place of the bytes from `begin` to before `end`.
struct text_splice {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string text;
};

/// The text with all splices done. They may come in any order, but no two may overlap or begin at the same byte.
std::string spliced(std::string_view text, std::vector<text_splice> splices);

} // namespace contactd
