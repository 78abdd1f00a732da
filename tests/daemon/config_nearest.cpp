#include "daemon/config/nearest.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <string>

using namespace std::string_view_literals;

TEST_CASE("a slip is a missing, a further, a wrong or two swapped characters") {
    struct row {
        std::string_view left, right;
        std::size_t expected;
    };
    const row rows[] = {
        {"", "", 0},
        {"", "abc", 3},
        {"abc", "", 3},
        {"write", "write", 0},
        {"wite", "write", 1},
        {"wwrite", "write", 1},
        {"wrate", "write", 1},
        {"wirte", "write", 1},
        {"WRITE", "write", 0},
        {"dry-run", "dry_run", 0},
        {"kitten", "sitting", 3},
        {"ca", "abc", 3},
    };
    for (const row& each : rows) {
        INFO(each.left << " " << each.right);
        CHECK(contactd::edit_distance(each.left, each.right) == each.expected);
        CHECK(contactd::edit_distance(each.right, each.left) == each.expected);
    }
}

TEST_CASE("only a plausible word is suggested") {
    constexpr std::array known{"dry_run"sv,       "write"sv,         "max_changes"sv,
                               "brake_percent"sv, "brake_minimum"sv, "company_filter"sv};
    struct row {
        std::string typed;
        std::string expected; // "" is no suggestion.
    };
    const row rows[] = {
        {"dryrun", "dry_run"},
        {"dry-run", "dry_run"},
        {"wirte", "write"},
        {"max_change", "max_changes"},
        {"brake_precent", "brake_percent"},
        {"filter", "company_filter"}, // A piece of one word only.
        {"minimum", "brake_minimum"},
        {"brake", ""}, // A piece of two.
        {"run", ""},   // Too short a piece to mean anything.
        {"colour", ""},
        {"", ""},
        {std::string(65, 'w'), ""},
    };
    for (const row& each : rows) {
        INFO(each.typed);
        CHECK(contactd::nearest(each.typed, known).value_or("") == each.expected);
    }
}
