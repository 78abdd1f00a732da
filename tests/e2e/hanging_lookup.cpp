#include "tests/e2e/house.hpp"
#include "tests/e2e/rows.hpp"

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>

using namespace e2e;
using namespace std::chrono_literals;

TEST_CASE("SIGTERM ends the program at once while the system's lookup of a name hangs") {
    house home(world_of(known_rows));
    auto text = support::read_file(home.config_file());
    const auto url = text.find("https://127.0.0.1");
    REQUIRE(url != std::string::npos);
    std::ofstream(home.config_file()) << text.replace(url, std::string_view("https://127.0.0.1").size(),
                                                      "https://zone.example");
    const std::string command = GENERATE("run", "sweep");
    const std::map<std::string, std::string> variables{{"CONTACTD_TEST_SECRET", "secret"},
                                                       {"LD_PRELOAD", HANGING_GETADDRINFO}};
    support::process program({CONTACTD_BINARY, "--config", home.config_file(), command}, variables, home.directory());
    REQUIRE(support::eventually([&] { return program.err_so_far().find("a lookup hangs") != std::string::npos; }));
    const auto asked = std::chrono::steady_clock::now();
    program.send_signal(SIGTERM);
    const auto ended = program.wait();
    CHECK(std::chrono::steady_clock::now() - asked < 5s);
    CHECK(ended.status == (command == "run" ? 0 : 1));
}
