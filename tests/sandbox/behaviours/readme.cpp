#include <algorithm>
#include <fstream>

#include <catch2/catch.hpp>

#include "tests/sandbox/model/faults.hpp"
#include "tests/sandbox/model/switches.hpp"

TEST_CASE("README.md names every switch with its default, and every kind of fault") {
    std::ifstream file{SANDBOX_README};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    REQUIRE_FALSE(text.empty());
    for (const auto& each : sandbox::all_switches()) {
        INFO(each.name);
        CHECK(text.find("| `" + std::string{each.name} + "` | `" + each.read(sandbox::as_over_a_network()) + "` |") !=
              std::string::npos);
    }
    const auto refusal = sandbox::parse_fault({});
    REQUIRE_FALSE(refusal.has_value());
    std::string_view kinds = refusal.error();
    kinds.remove_prefix(kinds.find(": ") + 2);
    while (!kinds.empty()) {
        const std::string kind{kinds.substr(0, kinds.find(", "))};
        kinds.remove_prefix(std::min(kinds.size(), kind.size() + 2));
        INFO(kind);
        CHECK(text.find("`" + kind + "`") != std::string::npos);
    }
}
