#include "tests/support/model_transport.hpp"
#include "tests/support/office.hpp"
#include "tests/support/sweep_world.hpp"

#include "tests/sandbox/model/faults.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <ctime>
#include <map>
#include <set>

// Whole sweeps against the in-memory Autotask, in virtual time.

namespace {

using namespace std::chrono_literals;
using sandbox::entity;
using test_support::one_instance;
using test_support::stored_contacts;
using test_support::sweep_world;
using test_support::swept;
using test_support::weather;

/// Nothing is held back: a generated world has companies where many contacts are wrong.
std::string without_brake() {
    return "[policy]\nbrake_percent = 100\n" + std::string(one_instance);
}

std::string lower_ascii(std::string_view text) {
    std::string made(text);
    std::ranges::transform(made, made.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    return made;
}

/// The name of "DOMAIN\name" where nothing about it is odd; empty otherwise.
std::string plain_name(std::string_view last_user) {
    const auto at = last_user.find('\\');
    if (at == std::string_view::npos || at == 0)
        return {};
    const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.'; };
    const auto domain = lower_ascii(last_user.substr(0, at));
    const auto name = lower_ascii(last_user.substr(at + 1));
    return std::ranges::all_of(domain, is_plain) && std::ranges::all_of(name, is_plain) ? name : std::string();
}

/// The contact of every device of a workstation's type whose last user says it plainly, worked out in a way of its own:
/// the one active contact of the company whose address begins with the name.
std::map<std::int64_t, std::int64_t> expected_contacts(const sandbox::database& tenant) {
    const auto& contacts = tenant.rows(entity::contacts);
    std::map<std::pair<std::int64_t, std::string>, std::set<std::int64_t>> by_name;
    for (const auto& row : contacts.rows()) {
        const auto get = [&](const char* field) { return row.get(contacts.shape().at(field)); };
        const auto field = get("emailAddress");
        const auto address = lower_ascii(field.as_text());
        if (get("isActive").as_integer() == 1 && !address.empty())
            by_name[{get("companyID").as_integer(), address.substr(0, address.find('@'))}].insert(row.id());
    }
    const auto& companies = tenant.rows(entity::companies);
    const auto& devices = tenant.rows(entity::configuration_items);
    std::map<std::int64_t, std::int64_t> expected;
    for (const auto& row : devices.rows()) {
        const auto get = [&](const char* field) { return row.get(devices.shape().at(field)); };
        const auto* company = companies.find(get("companyID").as_integer());
        const bool is_customer = company->get(companies.shape().at("companyType")).as_integer() == 1 &&
                                 company->get(companies.shape().at("isActive")).as_boolean();
        const auto user = get("rmmDeviceAuditLastUser");
        const auto name = plain_name(user.as_text());
        if (!is_customer || !get("isActive").as_boolean() || get("configurationItemType").as_integer() != 1 ||
            name.empty())
            continue;
        const auto found = by_name.find({company->id(), name});
        if (found != by_name.end() && found->second.size() == 1)
            expected[row.id()] = *found->second.begin();
    }
    return expected;
}

sandbox::fault_rule fault(const char* text) {
    return sandbox::parse_fault(boost::json::parse(text).as_object()).value();
}

/// What docs/architecture.md promises to a request that may pass, and what one attempt may take: the last attempt can
/// begin when the patience is nearly used up.
constexpr auto patience = 2min;
constexpr auto one_attempt = 60s;
constexpr auto one_repetition = 30s;

bool is_done(const swept& one) {
    return one.report.status() == contactd::exit_status::done;
}

} // namespace

TEST_CASE("a first sweep stores every contact that follows from the data, reports exactly those, and a second none") {
    sweep_world world({1, 40, 1'200}, without_brake());
    auto& tenant = world.model().tenant();
    const auto expected = expected_contacts(tenant);
    const auto before = stored_contacts(tenant);
    const auto first = world.sweep();
    const auto after = stored_contacts(tenant);
    INFO((first.report.troubles.empty() ? std::string() : first.report.troubles.front().message));
    CHECK(is_done(first));

    CHECK(expected.size() > 400);
    for (const auto& [device, contact] : expected) {
        INFO("device " << device);
        CHECK(after.at(device) == contact);
    }
    std::map<std::int64_t, std::int64_t> changed;
    for (const auto& [device, contact] : after)
        if (before.at(device) != contact)
            changed[device] = contact;
    std::map<std::int64_t, std::int64_t> reported;
    for (const auto& one : first.report.changes)
        reported[one.device_id.value] = one.contact_id->value;
    CHECK(changed.size() > 50);
    CHECK(changed == reported);
    CHECK(first.counts.writes_stored == static_cast<std::int64_t>(changed.size()));
    CHECK(first.requests("ConfigurationItems", "patch") <=
          first.counts.writes_stored + first.counts.thread_limit_refusals);

    world.pass(30min);
    const auto second = world.sweep();
    CHECK(is_done(second));
    CHECK(second.report.changes.empty());
    CHECK(second.requests("ConfigurationItems", "patch") == 0);
    CHECK(second.counts.writes_stored == 0);
    CHECK(stored_contacts(tenant) == after);
}

TEST_CASE("threads that are freed late never make it more than three at a time, and teach once") {
    sweep_world world({1, 40, 1'200}, without_brake());
    REQUIRE(world.model().options().slot_release_delay == 50ms);
    REQUIRE(world.model().options().latency == 30ms);
    const auto first = world.sweep();
    CHECK(is_done(first));
    for (const char* entity : {"ConfigurationItems", "Contacts", "Companies"}) {
        INFO(entity);
        CHECK(first.most_in_progress(entity) >= 1);
        CHECK(first.most_in_progress(entity) <= 3);
    }
    CHECK(first.most_in_progress("ConfigurationItems") == 3);
    CHECK(first.counts.thread_limit_refusals > 0);
    const auto second = world.sweep();
    CHECK(second.counts.thread_limit_refusals == 0); // What was learned lasts from sweep to sweep.
}

TEST_CASE("a maintenance page for half a minute in the middle of a sweep costs time and nothing else") {
    const sandbox::generator_options data{1, 40, 1'200};
    sweep_world undisturbed(data, without_brake());
    const auto usual = undisturbed.sweep();
    sweep_world world(data, without_brake());
    world.in(usual.took / 2, [&world] { world.model().faults().add(fault(R"({"kind":"maintenance"})")); });
    world.in(usual.took / 2 + 30s, [&world] { world.model().faults().clear(); });
    const auto disturbed = world.sweep();
    INFO((disturbed.report.troubles.empty() ? std::string() : disturbed.report.troubles.front().message));
    CHECK(is_done(disturbed));
    CHECK_FALSE(disturbed.warnings.empty());
    CHECK(disturbed.took > 30s);
    CHECK(disturbed.took < 2min);
    CHECK(stored_contacts(world.model().tenant()) == stored_contacts(undisturbed.model().tenant()));
}

TEST_CASE("a network that refuses every connection ends a sweep after about two minutes") {
    sweep_world world({1, 10, 100});
    world.network().turn(weather::refused);
    const auto one = world.sweep();
    CHECK(one.report.status() == contactd::exit_status::failed);
    REQUIRE(one.report.troubles.size() == 1);
    CHECK(one.report.troubles.front().kind == autotask::error_kind::network);
    CHECK(one.took >= patience);
    CHECK(one.took <= patience + 10s);
    CHECK(one.counts.requests == 0);
    world.network().turn(weather::fine);
    CHECK(is_done(world.sweep()));
}

TEST_CASE("a silent network ends a sweep in two minutes and what the last request is given") {
    sweep_world world({1, 10, 100});
    world.network().turn(weather::silent);
    const auto one = world.sweep();
    CHECK(one.report.status() == contactd::exit_status::failed);
    REQUIRE(one.report.troubles.size() == 1);
    CHECK(one.report.troubles.front().kind == autotask::error_kind::network);
    CHECK(one.took >= patience);
    CHECK(one.took <= patience + one_attempt);
    CHECK(one.counts.requests == 0);
}

TEST_CASE("a network that falls silent in the middle of a sweep ends it, and no device is said to be what it is not") {
    const sandbox::generator_options data{1, 40, 6'000};
    sweep_world undisturbed(data, without_brake());
    const auto usual = undisturbed.sweep();
    sweep_world world(data, without_brake());
    world.network().turn(weather::silent, usual.took * 9 / 10);
    const auto one = world.sweep();
    CHECK(one.report.status() == contactd::exit_status::failed);
    // At the worst a write takes its whole time first, then a repetition, then the probes take all patience.
    CHECK(one.took <= one_attempt + patience + 2 * one_repetition + 30s);
    CHECK(one.report.changes.size() > 10);
    const auto stored = stored_contacts(world.model().tenant());
    for (const auto& change : one.report.changes)
        CHECK(stored.at(change.device_id.value) == change.contact_id->value);
    // Once the network is back the next sweep makes up for it.
    world.network().turn(weather::fine);
    CHECK(is_done(world.sweep()));
    CHECK(stored_contacts(world.model().tenant()) == stored_contacts(undisturbed.model().tenant()));
}

TEST_CASE("what the RMM does between two sweeps is all that the second one writes, and what people do stands") {
    sweep_world world({1, 20, 400}, without_brake());
    const auto first = world.sweep();
    REQUIRE(first.report.changes.size() >= 2);
    const auto& moved = first.report.changes[0];
    const auto& edited = first.report.changes[1];
    // One device gets the user of another one of its company; of a second one somebody takes the contact away.
    const auto& rows = world.model().tenant().rows(entity::configuration_items);
    std::string user;
    for (const auto& one : first.report.changes)
        if (one.company_id == moved.company_id && one.contact_id != moved.contact_id)
            user = one.last_user;
    REQUIRE_FALSE(user.empty());
    std::string escaped;
    for (const char c : user)
        escaped += c == '\\' ? std::string("\\\\") : std::string(1, c);
    world.control("POST", "/rmm-sync",
                  R"({"id":)" + std::to_string(moved.device_id.value) + R"(,"lastUser":")" + escaped + "\"}");
    world.control("PATCH", "/rows/ConfigurationItems/" + std::to_string(edited.device_id.value),
                  R"({"contactID":null})");
    CHECK(rows.find(edited.device_id.value)->get(rows.shape().at("contactID")).is_null());
    const auto second = world.sweep();
    std::set<std::int64_t> changed;
    for (const auto& one : second.report.changes)
        changed.insert(one.device_id.value);
    CHECK(changed == std::set<std::int64_t>{moved.device_id.value});
    CHECK(rows.find(edited.device_id.value)->get(rows.shape().at("contactID")).is_null());
}

TEST_CASE("two instances with tenants of their own are swept side by side, and one that is refused harms no other") {
    auto config = without_brake() + R"(
[[instance]]
name = "branch"
username = "branch@sandbox.example"
tracking_identifier = "BRANCH"
secret = "env:SECRET"
companies = "all"
)";
    sweep_world world({1, 10, 200}, one_instance);
    world.add_tenant({2, 10, 200}, "branch@sandbox.example", "BRANCH");
    world.configure(config);
    world.network(1).turn(weather::refused);
    const auto bad = world.sweep();
    REQUIRE(bad.report.instances.size() == 2);
    CHECK(bad.report.instances[1].instance == "main");
    CHECK(bad.report.instances[1].final.companies_done == bad.report.instances[1].final.companies);
    CHECK(bad.report.instances[0].final.requests > 0);
    CHECK(bad.report.troubles.size() == 1);
    world.network(1).turn(weather::fine);
    CHECK(is_done(world.sweep()));
    const auto stored = stored_contacts(world.model().tenant(1));
    for (const auto& [device, contact] : expected_contacts(world.model().tenant(1)))
        CHECK(stored.at(device) == contact);
}

TEST_CASE("a day of sweeps, one each half hour, asks no more than it has to and writes nothing that is not news") {
    sweep_world world({1, 20, 400}, without_brake());
    auto last = world.sweep();
    for (int i = 0; i < 48; ++i) {
        world.pass(30min - last.took);
        last = world.sweep();
        REQUIRE(is_done(last));
        REQUIRE(last.requests("ConfigurationItems", "patch") == 0);
        REQUIRE(last.counts.thread_limit_refusals == 0);
    }
    CHECK(world.audit().size() > 96); // at the least the beginning and the end of each
}

TEST_CASE("a configuration that is wrong is refused with everything that is wrong with it") {
    const sandbox::generator_options data{1, 1, 1};
    CHECK_THROWS_WITH(sweep_world(data, "[polizei]\n"), Catch::Contains("polizei"));
}

// Hidden, because it means something only with optimisation: test_sim "[timing]"
TEST_CASE("a sweep of 400 companies and 20,000 devices takes less than a second of real time", "[.timing]") {
    const auto seconds = [](std::clock_t since) {
        return static_cast<double>(std::clock() - since) / CLOCKS_PER_SEC; // Of this process: neighbours do not count.
    };
    auto at = std::clock();
    sweep_world world({1, 400, 20'000}, "[match]\ndevice_types = [\"*\"]\n" + without_brake());
    WARN("the world: " << seconds(at) << " s");
    for (const char* which : {"first", "second", "third"}) {
        at = std::clock();
        const auto one = world.sweep();
        WARN(which << " sweep: " << seconds(at) << " s for " << static_cast<double>(one.took.count()) / 1000
                   << " s of virtual time, " << one.counts.requests << " requests, "
                   << one.requests("ConfigurationItems", "patch") << " of them writes, "
                   << one.counts.thread_limit_refusals << " refused, " << one.counts.rows_served << " rows");
        CHECK(is_done(one));
        CHECK(seconds(at) < 1);
    }
}
