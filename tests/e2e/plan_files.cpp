#include "tests/e2e/house.hpp"
#include "tests/e2e/rows.hpp"
#include "tests/sandbox/model/admin.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>

// Plans that are saved, shown and applied by the real program.

using namespace e2e;

namespace {

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::string plan_in(const house& home) {
    return home.directory() + "/plan.json";
}

/// A plan of the known rows, in its file.
void save_plan(house& home) {
    const auto planned = home.run({"plan", "-o", plan_in(home)});
    INFO(planned.err);
    REQUIRE(planned.status == 2);
}

void write_file(const std::string& path, const std::string& text) {
    std::ofstream(path) << text;
}

std::size_t events(const house& home, std::string_view event) {
    std::size_t count = 0;
    for (const auto& line : home.audit())
        count += line.at("event").as_string() == event ? 1U : 0U;
    return count;
}

} // namespace

TEST_CASE("plan -o saves what it prints, for its owner only, and a newer plan takes the place of an older one") {
    house home(world_of(known_rows));
    const auto planned = home.run({"plan", "-o", plan_in(home)});
    CHECK(planned.status == 2);
    CHECK(planned.err.empty());
    CHECK(contains(planned.out, "  + PC-EMPTY (1001)"));
    CHECK(contains(planned.out, "saved in " + plan_in(home) + "; contactd apply "));
    struct stat status {};
    REQUIRE(::stat(plan_in(home).c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    const auto first = parsed(support::read_file(plan_in(home)));
    CHECK(first.at("plan_version").as_int64() == 1);
    CHECK(first.at("changes").as_array().size() == 3);

    CHECK(home.run({"plan", "--company", "20", "--output", plan_in(home)}).status == 2);
    CHECK(parsed(support::read_file(plan_in(home))).at("changes").as_array().size() == 1);
    CHECK(home.count("patch") == 0);
    for (const auto& one : std::filesystem::directory_iterator(home.directory()))
        CHECK_FALSE(one.path().filename().string().starts_with("plan.json."));
}

TEST_CASE("plan -o overwrites nothing but plans, and says before it asks anybody when it cannot save") {
    house home(world_of(known_rows));
    write_file(plan_in(home), "my notes\n");
    const auto refused = home.run({"plan", "-o", plan_in(home)});
    CHECK(refused.status == 1);
    CHECK(refused.err == "contactd: error: " + plan_in(home) +
                             ": this file is no plan, and is not overwritten by one: remove it, or give the plan "
                             "another name\n");
    CHECK(support::read_file(plan_in(home)) == "my notes\n");
    const auto nowhere = home.run({"plan", "-o", home.directory() + "/missing/plan.json"});
    CHECK(nowhere.status == 1);
    CHECK(contains(nowhere.err, "/missing/: No such file or directory"));
    CHECK(home.run({"plan", "-o", home.directory()}).status == 1);
    CHECK(home.run({"plan", "-o", "/dev/null"}).status == 1);
    CHECK(home.run({"plan", "-o", "-"}).status == 64);
    CHECK(home.requests() == 0);
}

TEST_CASE("--format decides what is printed and not what is saved, and --show prints a saved plan without a network") {
    house home(world_of(known_rows));
    const std::map<std::string, std::string> begins{{"text", "Acme (instance main, company 10)\n"},
                                                    {"json", "{\"plan_version\":1,\n"},
                                                    {"csv", "event,reason,instance,"},
                                                    {"md", "# Plan of 20"}};
    for (const auto& [format, text] : begins) {
        const auto planned = home.run({"plan", "--format", format, "-o", plan_in(home)});
        CHECK(planned.status == 2);
        CHECK(planned.out.starts_with(text));
        CHECK(parsed(support::read_file(plan_in(home))).at("plan_version").as_int64() == 1);
        if (format == "json")
            CHECK(support::read_file(plan_in(home)) == planned.out);
        const auto requests = home.requests();
        std::filesystem::rename(home.config_file(), home.config_file() + ".away");
        const auto shown = home.run({"plan", "--show", plan_in(home), "--format", format});
        std::filesystem::rename(home.config_file() + ".away", home.config_file());
        CHECK(shown.status == 2);
        CHECK(shown.err.empty());
        CHECK(home.requests() == requests);
        const auto end = planned.out.find("saved in");
        CHECK(shown.out == planned.out.substr(0, end));
    }
}

TEST_CASE("a saved plan is applied, and a second time there is nothing left to do") {
    house home(world_of(known_rows));
    save_plan(home);
    const auto looked = home.run({"apply", plan_in(home), "--dry-run"});
    CHECK(looked.status == 0);
    CHECK(contains(looked.out, "2 would_assign, 1 would_reassign (nothing was written)"));
    CHECK(home.count("patch") == 0);
    CHECK(support::read_file(home.audit_file()).empty());

    const auto applied = home.run({"apply", plan_in(home)});
    INFO(applied.out << applied.err);
    CHECK(applied.status == 0);
    CHECK(applied.err.empty());
    CHECK(home.count("patch") == 3);
    CHECK(home.contact_of(1001) == 101);
    CHECK(home.contact_of(1002) == 102);
    CHECK(home.contact_of(2003) == 202);
    CHECK(events(home, "assigned") == 2);
    CHECK(events(home, "reassigned") == 1);
    CHECK(home.audit().front().at("event").as_string() == "sweep_started");
    CHECK(home.audit().back().at("event").as_string() == "sweep_finished");

    const auto again = home.run({"apply", plan_in(home), "--format", "json"});
    CHECK(again.status == 0);
    CHECK(home.count("patch") == 3);
    CHECK(parsed(again.out).at("done_already").as_array().size() == 3);
    CHECK(home.run({"plan"}).status == 0);
}

TEST_CASE("what has drifted is listed and left alone, and ends with 1 although the rest was done") {
    house home(world_of(known_rows));
    save_plan(home);
    home.server().with_model([](sandbox::autotask& world) {
        sandbox::rmm_sync(world.tenant(), world.options(), 1001, "ACME\\ben", std::chrono::system_clock::now());
        return 0;
    });
    const auto applied = home.run({"apply", plan_in(home)});
    INFO(applied.out << applied.err);
    CHECK(applied.status == 1);
    CHECK(contains(applied.out, "drifted: the last user is \"ACME\\ben\" now"));
    CHECK(contains(applied.out, "3 changes of the plan: 1 assigned, 1 reassigned, 1 drifted; "));
    CHECK(home.contact_of(1001) == 0);
    CHECK(home.contact_of(1002) == 102);
}

TEST_CASE("selectors limit what of a plan is applied") {
    house home(world_of(known_rows));
    save_plan(home);
    CHECK(home.run({"apply", plan_in(home), "--company", "acme branch"}).status == 0);
    CHECK(home.count("patch") == 1);
    CHECK(home.run({"apply", plan_in(home), "--device", "1002"}).status == 0);
    CHECK(home.contact_of(1002) == 102);
    const auto none = home.run({"apply", plan_in(home), "--device", "4711"});
    CHECK(none.status == 1);
    CHECK(contains(none.err, "--device 4711: the plan does not change this configuration item"));
    CHECK(home.run({"apply", plan_in(home), "--limit", "1"}).status == 0);
    CHECK(home.contact_of(1001) == 101);
    CHECK(home.run({"apply", plan_in(home), "--instance", "other"}).status == 64);
    CHECK(home.count("patch") == 3);
}

TEST_CASE("nothing is applied where the configuration says dry_run, or means another database") {
    house home(world_of(known_rows));
    save_plan(home);
    const auto requests = home.requests();
    home.configure({}, "[policy]\ndry_run = true\n");
    const auto dry = home.run({"apply", plan_in(home)});
    CHECK(dry.status == 1);
    CHECK(dry.err ==
          "contactd: error: instance main: policy.dry_run = true, so nothing is applied: set it to false in " +
              home.config_file() + ", or look what would be done with --dry-run\n");
    CHECK(home.requests() == requests);
    CHECK(home.run({"apply", plan_in(home), "--dry-run"}).status == 0);

    home.configure();
    auto text = support::read_file(plan_in(home));
    const std::string path = "/ATServicesRest";
    text.replace(text.find(path), path.size(), "/elsewhere/ATServicesRest");
    write_file(plan_in(home), text);
    const auto elsewhere = home.run({"apply", plan_in(home)});
    CHECK(elsewhere.status == 1);
    CHECK(contains(elsewhere.err, "it may be another Autotask database, so nothing is applied; make a new plan"));
    CHECK(home.count("patch") == 0);
}

TEST_CASE("a file that is no plan is refused in one sentence, and options that mean nothing are wrong usage") {
    house home(world_of(known_rows));
    write_file(plan_in(home), "{\"changes\":[]}");
    for (const auto& arguments :
         {std::vector<std::string>{"apply", plan_in(home)}, {"plan", "--show", plan_in(home)}}) {
        const auto refused = home.run(arguments);
        CHECK(refused.status == 1);
        CHECK(refused.err ==
              "contactd: error: " + plan_in(home) + ": this is no plan of contactd: it has no \"plan_version\"\n");
    }
    CHECK(
        contains(home.run({"apply", home.directory() + "/none"}).err, "/none: The file cannot be read: No such file"));
    CHECK(home.run({"apply"}).status == 64);
    CHECK(home.run({"apply", plan_in(home), "--format", "csv"}).status == 64);
    CHECK(home.run({"plan", "--show", plan_in(home), "-o", "x"}).status == 64);
    CHECK(home.run({"plan", "--show", plan_in(home), "--device", "1"}).status == 64);
    CHECK(contains(home.run({"aply", "x"}).err, "did you mean \"apply\"?"));
    CHECK(home.requests() == 0);
}

TEST_CASE("apply waits for no daemon: it says who is at work, and only looking is welcome") {
    house home(world_of(known_rows));
    save_plan(home);
    auto daemon = home.start({"run"});
    REQUIRE(support::eventually([&] { return events(home, "sweep_finished") > 0; }));
    const auto refused = home.run({"apply", plan_in(home)});
    CHECK(refused.status == 1);
    CHECK(contains(refused.err, "another contactd (contactd run, process "));
    CHECK(contains(refused.err, "stop it, apply the plan, and start it again"));
    CHECK(home.run({"apply", plan_in(home), "--dry-run"}).status == 0);
    daemon->send_signal(SIGTERM);
    CHECK(daemon->wait().status == 0);
}

TEST_CASE("killed and then stopped while it applies a plan, contactd loses nothing and writes nothing twice",
          "[crash]") {
    sandbox::world_options options;
    options.data = {3, 20, 900};
    house home(sandbox::make_world(options));
    home.configure({}, "[policy]\nbrake_percent = 100\n");
    save_plan(home);
    const auto plan = parsed(support::read_file(plan_in(home)));
    const auto stored = [&home] {
        return home.server().with_model([](sandbox::autotask& world) { return world.counts().writes_stored; });
    };
    const auto wanted = static_cast<std::int64_t>(plan.at("changes").as_array().size());
    REQUIRE(wanted > 60);
    // What was killed may leave a write behind that could still arrive: the next one waits for it, and so does the
    // test.
    for (const int signal : {SIGKILL, SIGINT}) {
        auto apply = home.start({"apply", plan_in(home)});
        const auto before = stored();
        REQUIRE(support::eventually([&] { return stored() > before + 4; }, std::chrono::seconds(120)));
        apply->send_signal(signal);
        const auto ended = apply->wait();
        INFO(ended.out << ended.err);
        CHECK(ended.status == (signal == SIGINT ? 1 : 128 + SIGKILL));
        CHECK(contains(ended.out, "the same plan can be applied again") == (signal == SIGINT));
    }
    const auto last = home.start({"apply", plan_in(home)})->wait(std::chrono::seconds(150));
    INFO(last.out << last.err);
    CHECK(last.status == 0);
    CHECK(stored() == wanted);
    for (const auto& one : plan.at("changes").as_array())
        CHECK(home.contact_of(one.at("device_id").as_int64()) == one.at("contact_id").as_int64());
    std::map<std::int64_t, int> told;
    for (const auto& line : home.audit())
        if (line.at("event").as_string() == "assigned" || line.at("event").as_string() == "reassigned")
            ++told[line.at("device_id").as_int64()];
    CHECK(static_cast<std::int64_t>(told.size()) == wanted);
    for (const auto& [device, times] : told)
        CHECK(times == 1);
    CHECK(home.run({"plan"}).status == 0);
}
