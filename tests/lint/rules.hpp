#pragma once

#include "tests/lint/source_text.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Rules of this tree that no compiler checks, each a function of a file's path and text. Only such rules are here as
/// hold everywhere: a file that may do what others may not is named in the rule.
namespace lint {

struct finding {
    std::string path; ///< Relative to the root.
    std::size_t line = 0;
    std::string sentence; ///< What is wrong and what to do.
};

/// "path:line: sentence"
std::string to_string(const finding& one);

/// A file as every rule gets it.
struct source_file {
    std::string_view path; ///< Relative to the root.
    const std::vector<lexeme>& lexemes;

    bool is_in(std::string_view folder) const { return path.starts_with(folder); }

    /// What ships: core/, autotask/ and daemon/.
    bool ships() const { return is_in("core/") || is_in("autotask/") || is_in("daemon/"); }
};

struct rule {
    std::vector<finding> (*check)(const source_file&);
    std::span<const std::string_view> exceptions; ///< The files that may do what others may not.
};

/// core <- autotask <- daemon <- tests, and each library only where it belongs.
extern const rule include_direction;

/// Time and chance come from outside: only a few files ask the machine.
extern const rule clock_readers;

/// What g++ 12 gets wrong beside a co_await is named in a statement before it.
extern const rule coroutine_statements;

/// A coroutine that nobody awaits is started by autotask::spawn.
extern const rule spawn_wrapper;

std::vector<finding> check(const rule& by, std::string_view path, std::string_view text);

} // namespace lint
