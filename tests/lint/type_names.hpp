#pragma once

#include "tests/lint/source_text.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace lint {

/// A type that a file defines in a named namespace, so that its name belongs to the whole program.
struct type_name {
    std::string name; ///< With its namespaces: "core::device".
    std::size_t line = 0;
};

/// The types that are defined there. Those in a namespace without a name, in another type or in a function are the
/// file's own. Two files that define one name make a program that neither compiler nor linker objects to, and in which
/// one type is taken for the other.
std::vector<type_name> types_defined(const std::vector<lexeme>& in);

} // namespace lint
