#include "tests/e2e/house.hpp"
#include "tests/e2e/rows.hpp"

#include <catch2/catch.hpp>
#include <fstream>

using namespace e2e;

namespace {

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("check --online shows what a sweep will meet, and writes nothing") {
    house home(world_of(known_rows));
    const auto checked = home.run({"check", "--online"});
    INFO(checked.out);
    CHECK(checked.status == 0);
    CHECK(contains(checked.out, "instance main\n"));
    CHECK(contains(checked.out, "accepted for api-user@sandbox.example"));
    CHECK(contains(checked.out, "of 10,000 requests in the last 60 minutes"));
    CHECK(contains(checked.out, "write ConfigurationItems  allowed"));
    CHECK(contains(checked.out, "2 active companies pass"));
    CHECK(home.count("patch") == 0);
}

TEST_CASE("check --online ends with 1 where a permission is missing, and says which") {
    house home(world_of(known_rows));
    home.server().with_model([](sandbox::autotask& world) {
        world.users().front().access[sandbox::entity::configuration_items].write = false;
    });
    const auto checked = home.run({"check", "--online"});
    CHECK(checked.status == 1);
    CHECK(contains(checked.out, "write ConfigurationItems  FAILED: not allowed"));
}

TEST_CASE("check without a network finds a secret that is missing") {
    house home(world_of(known_rows));
    CHECK(home.run({"check"}).status == 0);
    home.set_secret("");
    CHECK(home.run({"check"}).status == 78);
    CHECK(home.requests() == 0);
}

TEST_CASE("wrong usage ends with 64 and one line that says what to do") {
    house home(world_of(known_rows));
    struct row {
        std::vector<std::string> arguments;
        std::string said;
    };
    const row rows[] = {
        {{}, "contactd: A subcommand is required; see contactd --help\n"},
        {{"swep"}, "contactd: \"swep\" is no command; did you mean \"sweep\"?; see contactd --help\n"},
        {{"sweep", "--limt", "3"}, "contactd: --limt is no option here; see contactd --help\n"},
        {{"plan", "--format", "yaml"}, "contactd: --format: \"yaml\" is none of text, json, csv, md; see contactd --help\n"},
        {{"plan", "--device", "-3"}, "contactd: --device: \"-3\" is no whole number from 0 on; see contactd --help\n"},
        {{"plan", "--dry-run"}, "contactd: --dry-run is no option here; see contactd --help\n"},
    };
    for (const auto& [arguments, said] : rows) {
        const auto refused = home.run(arguments);
        CHECK(refused.status == 64);
        CHECK(refused.err == said);
        CHECK(refused.out.empty());
    }
}

TEST_CASE("the options of every command may stand before or behind it") {
    house home(world_of(known_rows));
    CHECK(home.run({"--log-level", "error", "plan"}).status == 2);
    CHECK(home.run({"plan", "--log-level", "error"}).status == 2);
}

TEST_CASE("help and version go to standard output and end with 0") {
    house home(world_of(known_rows));
    for (const auto* option : {"--help", "--version"}) {
        const auto shown = home.run({option});
        CHECK(shown.status == 0);
        CHECK(contains(shown.out, "contactd"));
        CHECK(shown.err.empty());
    }
}

TEST_CASE("the default configuration is a valid one") {
    house home(world_of(known_rows));
    const auto text = home.run({"config", "default"});
    CHECK(text.status == 0);
    std::ofstream(home.config_file()) << text.out;
    CHECK(home.run({"check"}).status == 0);
    CHECK(home.run({"config", "show"}).status == 0);
}

TEST_CASE("an excluded company is left alone, and one that does not exist is a warning") {
    house home(world_of(known_rows));
    home.configure("exclude_companies = [\"acme BRANCH\", 4711]\n");
    const auto swept = home.run({"sweep"});
    CHECK(swept.status == 0);
    CHECK(home.contact_of(2003) == 0);
    CHECK(home.contact_of(1001) == 101);
    CHECK(swept.err == "contactd: warning: instance main: exclude_companies: no company of the id or name \"4711\" "
                       "passes the filter\n");
}

TEST_CASE("a report that cannot be printed is a failure, and said to be") {
    house home(world_of(known_rows));
    const auto planned =
        support::process({"/bin/sh", "-c",
                          "exec " CONTACTD_BINARY " --config " + home.config_file() + " plan --format json >/dev/full"},
                         {{"CONTACTD_TEST_SECRET", sandbox::credentials{}.secret}}, home.directory())
            .wait();
    CHECK(planned.status == 1);
    CHECK(planned.err == "contactd: error: writing to standard output: No space left on device\n");
}
