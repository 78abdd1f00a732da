#include "daemon/service/service.hpp"

#include "tests/sandbox/control/control.hpp"
#include "tests/support/memory_journal.hpp"
#include "tests/support/model_instances.hpp"
#include "tests/support/model_transport.hpp"
#include "tests/support/virtual_clock.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <vector>

#include "tests/sandbox/model/world.hpp"

// The daemon without its process, with several instances: each on its own schedule, none waiting for another, and each
// taking over what was configured anew when its own sweep has ended.

namespace {

using namespace std::chrono_literals;
using test_support::further_files;
using test_support::weather;

class audit_lines final : public contactd::audit_sink {
public:
    std::expected<void, std::string> append(std::string_view line) override {
        lines.push_back(boost::json::parse(line).as_object());
        return {};
    }
    std::expected<void, std::string> sync() override { return {}; }
    std::vector<std::string> lines_of(std::string_view) override { return {}; }

    std::vector<boost::json::object> lines;
};

std::string text_of(const boost::json::object& line, std::string_view key) {
    const auto* found = line.if_contains(key);
    return found && found->is_string() ? std::string(found->as_string()) : std::string();
}

/// An instance whose tenant has an API user of its name.
std::string instance(const std::string& name, const std::string& keys, const std::string& user = {}) {
    const auto who = user.empty() ? name : user;
    return "[[instance]]\nname = \"" + name + "\"\nusername = \"" + who +
           "@sandbox.example\"\ntracking_identifier = \"" + who + "\"\nsecret = \"env:SECRET\"\ncompanies = \"all\"\n" +
           keys + "\n";
}

std::string every(const std::string& time) {
    return "[instance.schedule]\nevery = \"" + time + "\"\njitter = \"0s\"\n";
}

const std::string no_brake = "[policy]\nbrake_percent = 100\n";

/// A service and the networks it is given. Each user has a tenant with the same companies.
struct host {
    explicit host(std::string text, const further_files& others = {}) : config(std::move(text)), files(others) {
        test_support::place_on_network(*model);
        for (const char* name : {"main", "branch", "third"}) {
            auto& tenant = model->add_database();
            sandbox::generate(tenant, {1, 6, 60});
            sandbox::api_user fresh;
            fresh.name = std::string(name) + "@sandbox.example";
            fresh.secret = sandbox::credentials{}.secret;
            fresh.tracking_identifier = name;
            model->add_user(std::move(fresh), tenant);
        }
        const auto load = [this]() -> std::optional<contactd::loaded_configuration> {
            auto made = test_support::make_model_instances(config, loop.time(), *model, files);
            for (std::size_t i = 0; i < made.networks.size(); ++i) {
                auto* network = made.networks[i];
                networks.push_back({made.settings.instances[i].name.value, network});
                network->on_end = [this, network] {
                    std::erase_if(networks, [network](const auto& one) { return one.second == network; });
                };
                network->on_send = on_send;
            }
            return contactd::loaded_configuration{std::move(made.settings), std::move(made.instances)};
        };
        contactd::service_context context{loop.executor(), loop.time(), [this] { return dice.unit(); },
                                          messages,        audit,       journal,
                                          decisions,       load,        {}};
        daemon = std::make_unique<contactd::service>(std::move(context), load().value());
    }

    ~host() {
        daemon->stop();
        loop.finish();
    }
    host(const host&) = delete;
    host& operator=(const host&) = delete;

    void start() { loop.start(daemon->run()); }
    void run_until(std::chrono::milliseconds moment) { loop.run_for(moment - (loop.time().elapsed() - began)); }

    void reload(std::string text) {
        config = std::move(text);
        daemon->reload();
    }

    void reload(const further_files& others) {
        files = others;
        daemon->reload();
    }

    void turn(const std::string& name, weather what) {
        for (const auto& [whose, network] : networks)
            if (whose == name)
                network->turn(what);
    }

    void set_user(const std::string& body) {
        sandbox::http_request request;
        request.method = "POST";
        request.target = "/users";
        request.body = body;
        REQUIRE(control.handle(request, sandbox::time_point{loop.time().true_time().time_since_epoch()}).status == 200);
    }

    /// When sweeps of an instance began, in milliseconds since the start.
    std::vector<std::chrono::milliseconds> began_at(const std::string& name) const {
        return when("sweep_started", name);
    }
    std::vector<std::chrono::milliseconds> ended_at(const std::string& name) const {
        return when("sweep_finished", name);
    }

    std::vector<std::chrono::milliseconds> when(const std::string& event, const std::string& name) const {
        std::vector<std::chrono::milliseconds> found;
        for (const auto& line : audit.lines)
            if (text_of(line, "event") == event && text_of(line, "instance") == name)
                found.push_back(since_start(text_of(line, "ts")));
        return found;
    }

    /// The clock starts at midnight less an hour of steady time, see virtual_clock.
    static std::chrono::milliseconds since_start(const std::string& ts) {
        const auto number = [&ts](std::size_t at, std::size_t size) { return std::stoll(ts.substr(at, size)); };
        return std::chrono::days(number(8, 2) - 21) + std::chrono::hours(number(11, 2)) +
               std::chrono::minutes(number(14, 2)) + std::chrono::seconds(number(17, 2)) +
               std::chrono::milliseconds(number(20, 3));
    }

    bool logged(const std::string& part) const {
        return std::ranges::any_of(log_lines,
                                   [&part](const std::string& line) { return line.find(part) != std::string::npos; });
    }

    /// How many audit lines of that event a sweep wrote, the n-th one of an instance, over companies that pass.
    template <class Passes>
    std::size_t events(const std::string& name, std::size_t sweep, std::initializer_list<const char*> kinds,
                       const Passes& passes) const {
        std::string id;
        std::size_t seen = 0;
        for (const auto& line : audit.lines)
            if (text_of(line, "event") == "sweep_started" && text_of(line, "instance") == name && seen++ == sweep)
                id = text_of(line, "sweep");
        std::size_t count = 0;
        for (const auto& line : audit.lines)
            if (text_of(line, "sweep") == id && line.contains("device_id") &&
                std::ranges::find(kinds, text_of(line, "event")) != kinds.end())
                count += passes(line.at("company_id").as_int64()) ? 1 : 0;
        return count;
    }

    std::string config;
    further_files files;
    std::unique_ptr<sandbox::autotask> model = sandbox::make_world({{1, 1, 1}, {}});
    sandbox::control_interface control{*model, {}};
    sandbox::random_source dice{1};
    std::vector<std::string> log_lines;
    contactd::log messages{[this](const std::string& line) { log_lines.push_back(line); }, "debug"};
    audit_lines audit;
    test_support::memory_journal journal;
    contactd::decision_memory decisions;
    std::vector<std::pair<std::string, test_support::model_transport*>> networks;
    std::function<void(const autotask::http_request&)> on_send;
    test_support::virtual_loop loop;
    std::chrono::milliseconds began = loop.time().elapsed();
    std::unique_ptr<contactd::service> daemon;
};

/// The moments 0, step, 2 step ... of the first so many.
std::vector<std::chrono::milliseconds> multiples(std::chrono::milliseconds step, int count) {
    std::vector<std::chrono::milliseconds> made;
    for (int i = 0; i < count; ++i)
        made.push_back(step * i);
    return made;
}

} // namespace

TEST_CASE("in a day every instance is swept as often as its own schedule says, to the minute") {
    host made(no_brake + instance("main", every("30m")) + instance("branch", every("2h")) +
              instance("third", every("7h")));
    made.start();
    made.run_until(24h - 1min);
    CHECK(made.began_at("main") == multiples(30min, 48));
    CHECK(made.began_at("branch") == multiples(2h, 12));
    CHECK(made.began_at("third") == multiples(7h, 4));
}

TEST_CASE("an instance whose server is silent, refuses, or locked its user out, delays no other") {
    host undisturbed(no_brake + instance("main", every("10m")));
    undisturbed.start();
    undisturbed.run_until(6h);
    for (const char* how : {"silent", "refused", "locked"}) {
        INFO(how);
        host made(no_brake + instance("main", every("10m")) + instance("branch", every("10m")));
        if (how == std::string("locked"))
            made.set_user(R"({"name":"branch@sandbox.example","locked":true})");
        else
            made.turn("branch", how == std::string("silent") ? weather::silent : weather::refused);
        made.start();
        made.run_until(6h);
        CHECK(made.began_at("main") == undisturbed.began_at("main"));
        const auto ends = made.ended_at("main");
        REQUIRE(ends.size() == undisturbed.ended_at("main").size());
        for (std::size_t i = 0; i < ends.size(); ++i)
            CHECK(ends[i] - made.began_at("main")[i] < 1min);
        CHECK(made.logged("instance branch"));
        CHECK(made.events("branch", 0, {"assigned", "reassigned"}, [](std::int64_t) { return true; }) == 0);
    }
}

TEST_CASE("a reload in the middle of a sweep of one instance holds at once for the other, and at its end for it") {
    host made(no_brake + instance("main", every("30m")) + instance("branch", every("30m")));
    made.turn("branch", weather::silent);
    made.start();
    made.run_until(1min);
    REQUIRE(made.ended_at("main").size() == 1);
    REQUIRE(made.ended_at("branch").empty());
    made.reload(no_brake + instance("main", every("5m")) + instance("branch", every("10m")));
    CHECK(made.logged("instance branch: the configuration is taken over when the sweep that is under way has ended"));
    CHECK_FALSE(made.logged("instance main: the configuration is taken over when"));
    CHECK_FALSE(made.logged("instance branch: the configuration was reloaded"));
    made.run_until(21min);
    CHECK(made.began_at("main") == multiples(5min, 5));
    CHECK(made.logged("instance branch: the configuration was reloaded"));
    CHECK(made.began_at("branch") == multiples(10min, 3));
    CHECK(made.ended_at("branch").size() == 3);
    // With the network of the new one, whose weather is fine.
    CHECK(made.events("branch", 1, {"assigned", "reassigned"}, [](std::int64_t) { return true; }) > 0);
}

TEST_CASE("a reload between two sweeps reckons the next one from the start of the last by the new schedule") {
    host made(no_brake + instance("main", every("2h")));
    made.start();
    made.run_until(30min);
    made.reload(no_brake + instance("main", every("1h")));
    made.run_until(50min);
    CHECK(made.began_at("main").size() == 1);
    made.run_until(70min);
    CHECK(made.began_at("main") == multiples(1h, 2));
    made.reload(no_brake + instance("main", every("5m")));
    made.run_until(71min);
    REQUIRE(made.began_at("main").size() == 3);
    CHECK(made.began_at("main")[2] == 70min); // It was due long ago.
}

TEST_CASE("an instance that is configured no longer ends with its sweep, and one that is added begins at once") {
    host made(no_brake + instance("main", every("30m")) + instance("branch", every("30m")));
    made.turn("branch", weather::silent);
    made.start();
    made.run_until(1min);
    made.reload(no_brake + instance("main", every("30m")) + instance("third", every("30m")));
    CHECK(made.logged("instance branch: no longer configured, so it is not swept any more"));
    made.run_until(4h - 1min);
    CHECK(made.began_at("main") == multiples(30min, 8));
    CHECK(made.began_at("branch") == multiples(30min, 1));
    CHECK(made.ended_at("branch").size() == 1);
    REQUIRE(made.began_at("third").size() == 8);
    CHECK(made.began_at("third").front() == 1min);
    CHECK(made.events("third", 0, {"assigned", "reassigned"}, [](std::int64_t) { return true; }) > 0);
    CHECK(made.networks.size() == 2);
}

TEST_CASE("an instance that was removed and added again by two reloads in one sweep goes on as if it never had been") {
    const auto both = no_brake + instance("main", every("30m")) + instance("branch", every("30m"));
    const auto alone = no_brake + instance("main", every("30m"));
    host made(both);
    made.turn("branch", weather::silent);
    made.start();
    made.run_until(1min);
    made.reload(alone);
    made.run_until(90s);
    made.reload(both);
    made.run_until(2h - 1min);
    CHECK(made.began_at("branch") == multiples(30min, 4));
    CHECK(made.ended_at("branch").size() == 4);
    // And between two sweeps, at the same moment.
    made.reload(alone);
    made.reload(both);
    made.run_until(3h - 1min);
    CHECK(made.began_at("branch") == multiples(30min, 6));
    // And the other way round.
    made.reload(both);
    made.reload(alone);
    made.run_until(4h);
    CHECK(made.began_at("branch") == multiples(30min, 6));
    CHECK(made.networks.size() == 1);
    // Long after its end it is new.
    made.reload(both);
    made.run_until(4h + 1min);
    REQUIRE(made.began_at("branch").size() == 7);
    CHECK(made.began_at("branch")[6] == 4h);
}

TEST_CASE("the service goes on when a reload gives its only instance another name") {
    host made(no_brake + instance("main", every("30m")));
    made.start();
    made.run_until(1min);
    made.reload(no_brake + instance("primary", every("30m"), "main"));
    made.run_until(62min);
    CHECK(made.began_at("main").size() == 1);
    CHECK(made.began_at("primary") == std::vector<std::chrono::milliseconds>{1min, 31min, 61min});
}

TEST_CASE("being told to sweep now sweeps every instance, and one that is being swept once more") {
    host made(no_brake + instance("main", every("2h")) + instance("branch", every("2h")));
    made.turn("branch", weather::silent);
    made.start();
    made.run_until(1min);
    made.daemon->sweep_now();
    made.turn("branch", weather::fine);
    made.run_until(30min);
    CHECK(made.began_at("main") == std::vector<std::chrono::milliseconds>{0min, 1min});
    CHECK(made.began_at("branch").size() == 2);
    made.daemon->sweep_now();
    made.run_until(40min);
    CHECK(made.began_at("main").size() == 3);
    CHECK(made.began_at("branch").size() == 3);
    made.run_until(2h + 29min); // The schedule counts from there.
    CHECK(made.began_at("main").size() == 3);
    made.run_until(2h + 31min);
    CHECK(made.began_at("main").size() == 4);
}

TEST_CASE("a stop ends every instance, whether it sleeps or is being swept, and nothing is begun any more") {
    host made(no_brake + instance("main", every("30m")) + instance("branch", every("30m")));
    made.turn("branch", weather::silent);
    made.start();
    made.run_until(1min);
    made.daemon->stop();
    CHECK(made.loop.finish());
    CHECK(made.loop.time().elapsed() - made.began < 2min);
    CHECK(made.ended_at("branch").size() == 1);
}

TEST_CASE("a sweep decides by the mapping it began with, and the next by that of a reload in its middle") {
    // Of 2,000 mappings those of odd numbers are in a dry run first, those of even ones after the reload.
    const auto mapping = [](std::int64_t in_dry_run) {
        std::string text;
        for (std::int64_t id = 1; id <= 2000; ++id) {
            const auto number = std::to_string(id);
            text += "[[organization]]\nname = \"Client " + number + "\"\ncompany_id = " + number + "\n";
            if (id % 2 == in_dry_run)
                text += "[organization.policy]\ndry_run = true\n";
        }
        return further_files{{"organizations.toml", text}};
    };
    const auto odd = [](std::int64_t company) { return company % 2 == 1; };
    const auto even = [](std::int64_t company) { return company % 2 == 0; };
    host made(no_brake + instance("main", every("30m")), mapping(1));
    bool is_begun = false;
    for (const auto& [name, network] : made.networks)
        network->on_send = [&is_begun](const autotask::http_request& request) {
            is_begun = is_begun || test_support::entity_of(request) == "ConfigurationItems";
        };
    made.start();
    while (!is_begun)
        made.loop.run_for(10ms);
    REQUIRE(made.ended_at("main").empty());
    made.reload(mapping(0));
    made.run_until(1h);
    REQUIRE(made.ended_at("main").size() >= 2);
    CHECK(made.events("main", 0, {"assigned", "reassigned"}, even) > 0);
    CHECK(made.events("main", 0, {"assigned", "reassigned"}, odd) == 0);
    CHECK(made.events("main", 0, {"would_assign", "would_reassign"}, odd) > 0);
    CHECK(made.events("main", 0, {"would_assign", "would_reassign"}, even) == 0);
    CHECK(made.events("main", 1, {"assigned", "reassigned"}, odd) ==
          made.events("main", 0, {"would_assign", "would_reassign"}, odd));
    CHECK(made.events("main", 1, {"would_assign", "would_reassign"}, odd) == 0);
}

TEST_CASE("instances that a reload gives one and the same API user share its slots from then on") {
    host made(no_brake + instance("main", every("10m")) + instance("branch", every("10m")));
    made.start();
    made.run_until(5min);
    std::int64_t most = 0;
    made.on_send = [&](const autotask::http_request&) {
        std::int64_t under_way = 0;
        for (const auto& [name, network] : made.networks)
            under_way += network->in_flight("ConfigurationItems");
        most = std::max(most, under_way);
    };
    made.reload(no_brake + instance("main", every("10m"), "third") + instance("branch", every("10m"), "third"));
    const auto refused = made.model->counts().thread_limit_refusals;
    made.run_until(45min);
    CHECK(made.ended_at("main").size() == 5);
    CHECK(made.ended_at("branch").size() == 5);
    CHECK(made.model->counts().thread_limit_refusals - refused <= 6); // The first ones teach.
    CHECK(most >= 1);
    CHECK(most <= 3);
}
