#include "tests/lint/reachable_headers.hpp"
#include "tests/lint/rules.hpp"
#include "tests/lint/type_names.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

namespace {

using namespace std::string_view_literals;
using lint::finding;

constexpr std::array folders{"core/"sv, "autotask/"sv, "daemon/"sv, "tests/"sv};
const std::array rules{lint::include_direction, lint::clock_readers, lint::coroutine_statements, lint::spawn_wrapper};

/// Every source and header of ours, by its path relative to the root.
std::map<std::string, std::string> read_tree() {
    const std::filesystem::path root(LINT_ROOT);
    std::map<std::string, std::string> texts;
    for (const auto folder : folders) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
            const auto kind = entry.path().extension();
            if (!entry.is_regular_file() || (kind != ".cpp" && kind != ".hpp"))
                continue;
            std::ifstream file(entry.path());
            texts[entry.path().lexically_relative(root).generic_string()] =
                std::string(std::istreambuf_iterator<char>(file), {});
        }
    }
    return texts;
}

} // namespace

TEST_CASE("Every rule holds in every file of the tree") {
    std::string all;
    for (const auto& [path, text] : read_tree()) {
        const auto lexemes = lint::lexemes_of(text);
        for (const auto& by : rules) {
            for (const auto& one : by.check({path, lexemes}))
                all += to_string(one) + '\n';
        }
    }
    INFO(all);
    CHECK(all.empty());
}

TEST_CASE("No two files of what ships define a type of one name") {
    std::map<std::string, std::string> homes;
    std::string twice;
    for (const auto& [path, text] : read_tree()) {
        const auto lexemes = lint::lexemes_of(text);
        if (!lint::source_file{path, lexemes}.ships())
            continue;
        for (const auto& one : lint::types_defined(lexemes)) {
            const auto [home, is_new] = homes.try_emplace(one.name, path);
            if (!is_new)
                twice += path + ':' + std::to_string(one.line) + ": " + one.name + " is defined in " + home->second +
                         " as well: give one of them another name, or put it into a namespace without a name\n";
        }
    }
    CHECK(homes.size() > 200);
    CHECK(homes.contains("core::standing"));
    INFO(twice);
    CHECK(twice.empty());
}

TEST_CASE("From a plan no way leads to a writer") {
    const auto texts = read_tree();
    const auto of_plan = lint::reachable_from("daemon/commands/plan.cpp", texts);
    CHECK(of_plan.size() > 60);
    for (const auto* writes : {"autotask/writer.hpp", "daemon/sweep/write_queue.hpp", "daemon/sweep/sinks.hpp"})
        CHECK(lint::way_to(writes, of_plan) == "");
    CHECK(of_plan.contains("daemon/sweep/instance_sweep_failures.cpp"));
    const auto of_sweep = lint::reachable_from("daemon/commands/sweep.cpp", texts);
    CHECK(lint::way_to("autotask/writer.hpp", of_sweep) ==
          "daemon/commands/sweep.cpp > daemon/sweep/sinks.hpp > daemon/sweep/sinks.cpp > "
          "daemon/sweep/write_queue.hpp > autotask/writer.hpp");
}

TEST_CASE("Nothing but the queue of writes has a writer") {
    std::string others;
    for (const auto& [path, text] : read_tree()) {
        const auto lexemes = lint::lexemes_of(text);
        const bool is_home = path == "autotask/writer.cpp" || path == "daemon/sweep/write_queue.hpp";
        for (const auto& one : lexemes)
            if (one.kind == lint::lexeme_kind::header && one.text == "autotask/writer.hpp" && !is_home &&
                lint::source_file{path, lexemes}.ships())
                others += path + ": writes go through the queue, which records and proves them\n";
    }
    CHECK(others == "");
}

TEST_CASE("What is called every file is the whole tree, and was read") {
    const auto texts = read_tree();
    CHECK(texts.size() > 300);
    for (const auto folder : folders) {
        CAPTURE(folder);
        CHECK(std::ranges::count_if(texts, [folder](const auto& one) { return one.first.starts_with(folder); }) > 20);
    }
    CHECK(texts.contains("tests/lint/whole_tree.cpp"));
    CHECK(std::ranges::none_of(texts, [](const auto& one) { return one.second.empty(); }));
}

TEST_CASE("No file is an exception that need not be one") {
    const auto texts = read_tree();
    for (const auto& by : rules) {
        for (const auto path : by.exceptions) {
            const auto found = texts.find(std::string(path));
            if (found == texts.end())
                continue; // It may be written later.
            const auto neighbour = std::string(path.substr(0, path.rfind('/') + 1)) + "another_file.cpp";
            CAPTURE(path);
            CHECK(lint::check(by, neighbour, found->second).size() > lint::check(by, path, found->second).size());
        }
    }
}
