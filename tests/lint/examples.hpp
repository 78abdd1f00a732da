#pragma once

#include "tests/lint/rules.hpp"

#include <catch2/catch.hpp>
#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <vector>

namespace lint_tests {

struct example {
    std::string_view path;
    std::string_view text;
    std::vector<std::size_t> lines; ///< Of the findings.
};

inline void check_examples(const lint::rule& by, std::initializer_list<example> examples) {
    for (const auto& [path, text, lines] : examples) {
        CAPTURE(path, text);
        std::vector<std::size_t> found;
        for (const auto& one : lint::check(by, path, text)) {
            CHECK(one.path == path);
            CHECK_FALSE(one.sentence.empty());
            found.push_back(one.line);
        }
        CHECK(found == lines);
    }
}

} // namespace lint_tests
