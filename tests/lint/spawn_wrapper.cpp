#include "tests/lint/rules.hpp"

#include <algorithm>
#include <array>

namespace lint {

namespace {

using namespace std::string_view_literals;

/// The wrapper itself. The server of the local Autotask shares no code with the client, and has one place of its own.
constexpr std::array may_spawn{"autotask/spawn.cpp"sv, "tests/sandbox/server/front.cpp"sv};

constexpr auto what_to_do =
    ": what a coroutine throws must end the program; call autotask::spawn or use a task_group"sv;

std::vector<finding> check_spawns(const source_file& file) {
    const bool is_home = std::ranges::find(may_spawn, file.path) != may_spawn.end();
    std::vector<finding> found;
    for (std::size_t i = 0; i < file.lexemes.size(); ++i) {
        const auto& one = file.lexemes[i];
        const bool of_asio = i >= 2 && file.lexemes[i - 1].is("::") && file.lexemes[i - 2].is("asio");
        const bool spawns = one.is("co_spawn") || one.text == "boost/asio/co_spawn.hpp";
        const bool forgets = (one.is("detached") && of_asio) || one.text == "boost/asio/detached.hpp";
        if (((spawns || forgets) && !is_home) || (forgets && file.ships()))
            found.push_back({std::string(file.path), one.line, std::string(one.text) + std::string(what_to_do)});
    }
    return found;
}

} // namespace

constinit const rule spawn_wrapper{check_spawns, may_spawn};

} // namespace lint
