#include "tests/sandbox/model/admin.hpp"
#include "tests/sandbox/model/faults.hpp"
#include "tests/sandbox/model/world.hpp"
#include "tests/sim/engine/machine.hpp"
#include "tests/support/process.hpp"
#include "tests/support/sweep_world.hpp"

#include "daemon/report/company_words.hpp"

#include <boost/json/object.hpp>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

// What sweeps tell of companies that come, go and are renamed, and how often.

namespace {

using namespace std::chrono_literals;
using sandbox::entity;
using test_support::one_instance;
using test_support::swept;

constexpr std::int64_t customer = 1;
constexpr std::int64_t lead = 2;

struct world : test_support::sweep_world {
    explicit world(const std::string& sections = {}, const test_support::further_files& others = {})
        : sweep_world({1, 5, 20}, sections + std::string(one_instance), others) {
        for (std::int64_t id = 900; id < 906; ++id)
            company(id, {});
    }

    void company(std::int64_t id, boost::json::object fields) {
        fields["id"] = id;
        if (!model().tenant().rows(entity::companies).find(id))
            fields.insert({{"companyName", "C" + std::to_string(id)}, {"companyType", customer}, {"isActive", true}});
        (void)sandbox::put_row(model().tenant(), entity::companies, fields, now()).value();
    }

    void erase(std::int64_t id) { model().tenant().rows(entity::companies).erase(id); }
};

/// What a sweep told, a line a company; "first" is in front where nothing was known before.
std::string told(const swept& one) {
    std::string said;
    for (const auto& news : one.company_news) {
        if (news.are_first)
            return "first";
        for (const auto& each : news.changes)
            said += (said.empty() ? "" : "; ") + contactd::company_words(each, news.only_mapped);
    }
    return said;
}

} // namespace

TEST_CASE("a first sweep makes the companies known and tells of none; what becomes of them later is told once") {
    world made;
    CHECK(told(made.sweep()) == "first");
    CHECK(told(made.sweep()).empty());
    made.company(901, {{"companyName", "Renamed"}});
    made.company(902, {{"isActive", false}});
    made.company(903, {{"companyType", lead}});
    made.erase(904);
    made.company(910, {});
    CHECK(told(made.sweep()) == "company 901 Renamed (before: C901) was renamed; company 910 C910 is new; company 902 "
                                "C902 became inactive; company 903 C903 no longer passes company_filter; company 904 "
                                "C904 cannot be found any more (deleted, or hidden from the API user)");
    for (int i = 0; i < 3; ++i)
        CHECK(told(made.sweep()).empty());
    made.company(902, {{"isActive", true}});
    made.company(903, {{"companyType", customer}});
    CHECK(told(made.sweep()) == "company 902 C902 passes company_filter again; company 903 C903 passes company_filter "
                                "again");
    CHECK(told(made.sweep()).empty());
    made.company(902, {{"isActive", false}});
    CHECK(told(made.sweep()) == "company 902 C902 became inactive");
    CHECK(told(made.sweep()).empty());
}

TEST_CASE("a company that comes back under another name is told to be swept again, not only to have been renamed") {
    world made;
    made.sweep();
    made.company(902, {{"isActive", false}});
    made.sweep();
    made.company(902, {{"isActive", true}, {"companyName", "Phoenix"}});
    CHECK(told(made.sweep()) == "company 902 Phoenix (before: C902) passes company_filter again");
    made.company(902, {{"companyName", "Phoenix II"}});
    CHECK(told(made.sweep()) == "company 902 Phoenix II (before: Phoenix) was renamed");
}

TEST_CASE("what was told before a restart or a reload is not told after it, and what happened meanwhile is, once") {
    world made;
    made.sweep();
    made.company(901, {{"companyName", "Renamed"}});
    CHECK_FALSE(told(made.sweep()).empty());
    made.company(902, {{"companyName", "Meanwhile"}});
    made.configure(one_instance);
    CHECK(told(made.sweep()) == "company 902 Meanwhile (before: C902) was renamed");
    made.company(903, {{"companyName", "Meanwhile"}});
    made.reload(one_instance);
    CHECK(told(made.sweep()) == "company 903 Meanwhile (before: C903) was renamed");
    CHECK(told(made.sweep()).empty());
}

TEST_CASE("companies are told of whether or not they are swept, and with the organization that is mapped to them") {
    world made({}, {{"organizations.toml", "[[organization]]\nname = \"Nine-O-One\"\ncompany_id = 901\n"
                                           "[[organization]]\nname = \"Off\"\ncompany_id = 902\nenabled = false\n"}});
    made.sweep();
    made.company(901, {{"isActive", false}});
    made.company(902, {{"companyName", "New name"}});
    const auto one = made.sweep();
    REQUIRE(one.company_news.size() == 1);
    REQUIRE(one.company_news.front().changes.size() == 2);
    CHECK(one.company_news.front().changes[0].organization == "Off");
    CHECK(one.company_news.front().changes[1].organization == "Nine-O-One");
    CHECK(contactd::needs_attention(one.company_news.front().changes[1]));
}

TEST_CASE("another company_filter tells of the companies that it shuts out and of those that it lets in, once") {
    world made;
    made.company(903, {{"companyType", lead}});
    made.sweep();
    const auto other =
        std::string(one_instance) + "company_filter = [ { field = \"companyType\", op = \"eq\", value = 2 } ]\n";
    made.reload(other);
    const auto said = told(made.sweep());
    CHECK(said.find("company 901 C901 no longer passes company_filter") != std::string::npos);
    CHECK(said.find("company 903 C903 is new") != std::string::npos);
    CHECK(told(made.sweep()).empty());
}

TEST_CASE("where nobody says what became of a company, nothing is told of any, and all of it the next time") {
    world made;
    made.sweep();
    made.company(901, {{"companyName", "Renamed"}});
    made.company(902, {{"isActive", false}});
    // The list is answered, the question after it is not.
    auto rule =
        sandbox::parse_fault({{"kind", "error"}, {"text", "Broken."}, {"path", "*Companies/query"}, {"skip", 1}});
    REQUIRE(rule);
    made.model().faults().add(*rule);
    const auto bad = made.sweep();
    CHECK(told(bad).empty());
    CHECK_FALSE(bad.warnings.empty());
    CHECK(bad.report.status() == contactd::exit_status::done);
    made.model().faults().clear();
    CHECK(told(made.sweep()) == "company 901 Renamed (before: C901) was renamed; company 902 C902 became inactive");
}

TEST_CASE("what a daemon told of companies is in its journal, so that it is not told again after a restart or a kill") {
    const support::temporary_directory place{support::memory_disk()};
    sandbox::world_options options;
    options.data = {1, 5, 20};
    const auto model = sandbox::make_world(options);
    test_support::place_on_network(*model);
    test_support::virtual_clock time;
    boost::asio::io_context server{1};
    std::vector<std::string> told;
    int sweeps = 0;
    const auto only = [&model](const std::string&) -> sandbox::autotask& { return *model; };
    simulation::machine host({time, only, server.get_executor(), 1, place.path()});
    host.configure("[schedule]\nevery = \"10m\"\njitter = \"0s\"\n" + std::string(one_instance));
    host.on_audit_line = [](std::string_view) {};
    host.on_network = [](const simulation::attached_network&) {};
    host.on_loaded = [] {};
    host.on_log_line = [&](const std::string& line) {
        if (line.find(" company ") != std::string::npos)
            told.push_back(line.substr(line.find(" company ") + 1));
        sweeps += line.find("the next sweep is due") != std::string::npos ? 1 : 0;
    };
    const auto step = [&] {
        server.restart();
        if (!host.step() && server.poll_one() == 0)
            REQUIRE((!host.running() || time.advance()));
    };
    const auto sweep = [&] {
        const auto wanted = sweeps + 1;
        do
            step();
        while (sweeps < wanted);
    };
    const auto end = [&] {
        host.terminate();
        while (host.running())
            step();
    };
    const auto change = [&](std::int64_t id, boost::json::object fields) {
        fields["id"] = id;
        const sandbox::time_point now{time.true_time().time_since_epoch()};
        (void)sandbox::put_row(model->tenant(), entity::companies, fields, now).value();
    };
    host.start();
    sweep();
    CHECK(told.empty());
    change(175, {{"companyName", "Renamed"}});
    change(176, {{"isActive", false}});
    sweep();
    REQUIRE(told.size() == 2);
    CHECK(told[0].starts_with("company 175 Renamed (before: "));
    end();
    host.start();
    sweep();
    CHECK(told.size() == 2);
    change(176, {{"isActive", true}});
    sweep();
    REQUIRE(told.size() == 3);
    CHECK(told[2].ends_with("passes company_filter again"));
    host.kill();
    host.start();
    sweep();
    CHECK(told.size() == 3);
    end();
}
