#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace contactd {

/// A short text that is looked for in very many bytes, sixteen at a time.
class byte_search {
public:
    static constexpr std::size_t nowhere = std::string_view::npos;

    /// With `any_case`, ASCII letters are found in either case.
    explicit byte_search(std::string_view text, bool any_case = false);

    /// Where it first stands in `bytes` from `from` on; `nowhere` when it does not.
    std::size_t find(std::string_view bytes, std::size_t from = 0) const;

private:
    bool stands_at(const char* place) const;

    std::string text_; ///< In lower case where case does not matter.
    bool any_case_;
};

/// Where the first line feed from `from` on stands that does not part two lines of one object each ("}\n{"), as nearly
/// every one does; at the end of the bytes nothing has to follow. `nowhere` when there is none.
std::size_t find_odd_line_end(std::string_view bytes, std::size_t from = 0);

/// Where the first JSON escape of the kind \u00e9 stands from `from` on; byte_search::nowhere when there is none. An
/// escaped backslash with a "u" behind it is none.
std::size_t find_unicode_escape(std::string_view bytes, std::size_t from = 0);

} // namespace contactd
