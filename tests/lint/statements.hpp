#pragma once

#include "tests/lint/source_text.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace lint {

/// What one statement does, each with the line on which it does so first. A statement goes up to its semicolon; the
/// parentheses of an if, a while or a switch are one of their own, those of a for one for each part. What is in the
/// body of a lambda belongs to the statements there.
struct statement {
    std::optional<std::size_t> awaits{};   ///< co_await
    std::optional<std::size_t> captures{}; ///< A lambda that captures.
    std::optional<std::size_t> braces{};   ///< An initialiser in braces.
    std::optional<std::size_t> chooses{};  ///< ?:
};

/// A parser of no more of C++ than it takes to tell a block from an initialiser, and a lambda from a subscript.
std::vector<statement> statements_of(const std::vector<lexeme>& source);

} // namespace lint
