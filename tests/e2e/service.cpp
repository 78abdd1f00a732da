#include "tests/e2e/house.hpp"
#include "tests/e2e/rows.hpp"

#include "tests/sandbox/model/admin.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>

using namespace e2e;

namespace {

int sweeps(const house& home) {
    int finished = 0;
    for (const auto& line : home.audit())
        finished += line.at("event").as_string() == "sweep_finished";
    return finished;
}

void play_rmm_sync(house& home, std::int64_t device, const std::string& last_user) {
    home.server().with_model([&](sandbox::autotask& world) {
        REQUIRE(
            sandbox::rmm_sync(world.tenant(), world.options(), device, last_user, std::chrono::system_clock::now()));
    });
}

} // namespace

TEST_CASE("the daemon sweeps at its start, again on SIGUSR1, and ends with 0 on SIGTERM") {
    house home(world_of(known_rows));
    auto daemon = home.start({"run"});
    REQUIRE(support::eventually([&] { return sweeps(home) == 1; }));
    CHECK(home.contact_of(1001) == 101);

    play_rmm_sync(home, 1001, "ACME\\ben");
    daemon->send_signal(SIGUSR1);
    REQUIRE(support::eventually([&] { return sweeps(home) == 2; }));
    CHECK(home.contact_of(1001) == 102);

    daemon->send_signal(SIGTERM);
    const auto ended = daemon->wait();
    INFO(ended.err);
    CHECK(ended.status == 0);
    CHECK(ended.out.empty());
}

TEST_CASE("the daemon sweeps when the interval is over, and logs a skip only when its reason changes") {
    house home(world_of(known_rows));
    home.configure({}, "[schedule]\nevery = \"1s\"\njitter = \"0s\"\n");
    auto daemon = home.start({"run"});
    REQUIRE(support::eventually([&] { return sweeps(home) >= 3; }));
    daemon->send_signal(SIGTERM);
    CHECK(daemon->wait().status == 0);
    int skips_of_1005 = 0;
    for (const auto& line : home.audit())
        skips_of_1005 += line.at("event").as_string() == "skipped" && line.at("device_id").as_int64() == 1005;
    CHECK(skips_of_1005 == 1);
}

TEST_CASE("SIGTERM in the middle of a sweep finishes what is in flight and ends with 0") {
    sandbox::world_options options;
    options.data.companies = 40;
    options.data.devices = 2000;
    house home(sandbox::make_world(options));
    home.server().with_model([](sandbox::autotask& world) { world.options().latency = std::chrono::milliseconds{60}; });
    auto daemon = home.start({"run"});
    REQUIRE(support::eventually([&] { return home.count("patch") > 5; }));
    daemon->send_signal(SIGTERM);
    CHECK(daemon->wait().status == 0);

    int changed = 0;
    for (const auto& line : home.audit()) {
        const auto event = line.at("event").as_string();
        if (event != "assigned" && event != "reassigned")
            continue;
        ++changed;
        CHECK(home.contact_of(line.at("device_id").as_int64()) == line.at("contact_id").as_int64());
    }
    const auto stored = home.server().with_model([](sandbox::autotask& world) { return world.counts().writes_stored; });
    CHECK(changed == stored);
    CHECK(home.audit().back().at("interrupted").as_bool());
}

TEST_CASE("a one-shot sweep that is interrupted says so and ends with 1") {
    sandbox::world_options options;
    options.data.companies = 40;
    options.data.devices = 2000;
    house home(sandbox::make_world(options));
    home.server().with_model([](sandbox::autotask& world) { world.options().latency = std::chrono::milliseconds{60}; });
    auto sweep = home.start({"sweep"});
    REQUIRE(support::eventually([&] { return home.count("patch") > 5; }));
    sweep->send_signal(SIGINT);
    CHECK(sweep->wait().status == 1);
}

TEST_CASE("SIGHUP reloads the configuration, keeps the old one when the new is wrong, and reopens the audit log") {
    house home(world_of(known_rows));
    home.configure({}, "[policy]\ndry_run = true\n");
    auto daemon = home.start({"run"});
    REQUIRE(support::eventually([&] { return sweeps(home) == 1; }));
    CHECK(home.count("patch") == 0);

    home.configure({}, "[policy]\ndry_run = \"maybe\"\n");
    daemon->send_signal(SIGHUP);
    REQUIRE(support::eventually(
        [&] { return daemon->err_so_far().find("the configuration in use stays in use") != std::string::npos; }));

    std::filesystem::rename(home.audit_file(), home.audit_file() + ".1");
    home.configure();
    daemon->send_signal(SIGHUP);
    REQUIRE(support::eventually(
        [&] { return daemon->err_so_far().find("the configuration was reloaded") != std::string::npos; }));
    daemon->send_signal(SIGUSR1);
    REQUIRE(support::eventually([&] { return sweeps(home) == 1; }));
    CHECK(home.contact_of(1001) == 101);
    daemon->send_signal(SIGTERM);
    CHECK(daemon->wait().status == 0);
}

TEST_CASE("SIGHUP in the middle of a sweep says at once what is wrong with the file, or when it is taken over") {
    house home(world_of(known_rows));
    home.server().with_model(
        [](sandbox::autotask& world) { world.options().latency = std::chrono::milliseconds{700}; });
    home.configure({}, "[schedule]\nevery = \"1h\"\n");
    auto daemon = home.start({"run"});
    REQUIRE(support::eventually([&] { return home.requests() >= 1; }));
    home.configure({}, "[schedule]\nevery = \"often\"\n");
    daemon->send_signal(SIGHUP);
    REQUIRE(support::eventually(
        [&] { return daemon->err_so_far().find("the configuration in use stays in use") != std::string::npos; }));
    CHECK(sweeps(home) == 0);
    home.configure({}, "[schedule]\nevery = \"2h\"\n");
    daemon->send_signal(SIGHUP);
    REQUIRE(support::eventually([&] {
        return daemon->err_so_far().find("taken over when the sweep that is under way has ended") != std::string::npos;
    }));
    CHECK(sweeps(home) == 0);
    REQUIRE(support::eventually(
        [&] { return daemon->err_so_far().find("the configuration was reloaded") != std::string::npos; }));
    CHECK(sweeps(home) == 1);
    daemon->send_signal(SIGTERM);
    CHECK(daemon->wait().status == 0);
}

TEST_CASE("the daemon reads only what was modified once it has seen that changes leave dates, and says so") {
    sandbox::world_options options;
    options.data.companies = 10;
    options.data.devices = 200;
    house home(sandbox::make_world(options));
    home.server().with_model([](sandbox::autotask& world) { world.options().rmm_sync_touches_last_modified = true; });
    home.configure({}, "[policy]\nbrake_percent = 100\n[schedule]\nevery = \"1s\"\njitter = \"0s\"\n");
    auto daemon = home.start({"run"});
    // The sweep after the writes learns nothing: they left dates as well.
    REQUIRE(support::eventually([&] { return sweeps(home) >= 3; }));
    // Everybody who was assigned moves to the next desk.
    std::vector<boost::json::object> moved;
    for (const auto& line : home.audit())
        if (line.at("event").as_string() == "assigned" || line.at("event").as_string() == "reassigned")
            moved.push_back(line);
    REQUIRE(moved.size() > 4);
    for (std::size_t i = 0; i < moved.size(); ++i)
        play_rmm_sync(home, moved[i].at("device_id").as_int64(),
                      std::string(moved[(i + 1) % moved.size()].at("last_user").as_string()));
    const auto in_part = [&] {
        for (const auto& line : home.audit())
            if (const auto* what = line.if_contains("only_modified"))
                return boost::json::serialize(*what);
        return std::string();
    };
    REQUIRE(support::eventually([&] { return !in_part().empty(); }));
    CHECK(in_part() == R"(["devices"])"); // Nobody has edited a contact.
    daemon->send_signal(SIGTERM);
    const auto ended = daemon->wait();
    CHECK(ended.status == 0);
    CHECK(ended.err.find("changes of configuration items were seen to leave their date of modification") !=
          std::string::npos);
    CHECK(ended.err.find("(of the devices, read only what was modified)") != std::string::npos);
}
