#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace core {

/// True when the pattern covers the whole text; `*` stands for any run of characters, `?` for one. Compares bytes
/// except that `?` takes a whole UTF-8 character; fold both sides first where case must not matter.
bool glob_matches(std::string_view pattern, std::string_view text);

/// A list of globs that ignores case. Plain names among them cost one look-up together.
class glob_list {
public:
    glob_list() = default;
    explicit glob_list(std::span<const std::string> patterns);

    void add(std::string_view pattern);

    /// `folded` is a text that went through fold().
    bool matches(std::string_view folded) const;

private:
    std::set<std::string, std::less<>> names_;
    std::vector<std::string> patterns_;
};

} // namespace core
