#include "tests/sim/apply_support.hpp"

// Plans that are saved and applied, against the in-memory Autotask, in virtual time.

using namespace apply_tests;

TEST_CASE("a plan that nothing has happened to is applied as it is, and what it did is told as a sweep tells it") {
    auto world = small_world();
    const auto plan = saved(world);
    REQUIRE(plan.report.changes.size() > 20);
    CHECK(world.audit().empty());
    const auto before = stored_contacts(world.model().tenant());
    const auto done = world.apply(plan);
    CHECK(done.report.status() == contactd::exit_status::done);
    CHECK(done.report.unmade.empty());
    CHECK(done.report.done.changes.size() == plan.report.changes.size());
    CHECK(done.writes() == static_cast<std::int64_t>(plan.report.changes.size()));
    CHECK(done.by.requests("ConfigurationItems", "patch") <= done.writes() + done.by.counts.thread_limit_refusals);
    check_stored(world, plan, done);
    std::int64_t changed = 0;
    for (const auto& [device, contact] : stored_contacts(world.model().tenant()))
        changed += before.at(device) != contact ? 1 : 0;
    CHECK(changed == done.writes());

    CHECK(told(world, "assigned") == plan.report.counts.of(core::event::would_assign));
    CHECK(told(world, "reassigned") == plan.report.counts.of(core::event::would_reassign));
    CHECK(told(world, "sweep_started") == 1);
    CHECK(told(world, "sweep_finished") == 1);
    const auto again = world.apply(plan);
    CHECK(again.report.status() == contactd::exit_status::done);
    CHECK(again.count(change_standing::done_already) == done.writes());
    CHECK(again.by.requests("ConfigurationItems", "patch") == 0);
    CHECK(world.sweep().report.changes.empty());
}

TEST_CASE("the state of a hundred devices and their contacts costs two requests") {
    auto world = small_world();
    const auto plan = saved(world);
    const auto changes = static_cast<std::int64_t>(plan.report.changes.size());
    const auto looked = world.apply(plan, {}, true);
    CHECK(looked.by.requests("ConfigurationItems", "query") == (changes + 99) / 100);
    CHECK(looked.by.requests("Contacts", "query") == (changes + 99) / 100);
}

TEST_CASE("whatever has drifted is left alone and listed with what is different, and the rest is done") {
    auto world = small_world();
    const auto plan = saved(world);
    const auto& all = plan.report.changes;
    const auto& reassigned = first(plan, core::event::would_reassign);
    std::vector<const contactd::device_outcome*> assigned;
    for (const auto& one : all) {
        const auto same_contact = [&one](const auto& other) {
            return other.contact_id == one.contact_id && other.device_id != one.device_id;
        };
        if (one.what == core::event::would_assign && std::ranges::none_of(all, same_contact))
            assigned.push_back(&one);
    }
    REQUIRE(assigned.size() > 6);
    const auto& took_by_hand = *assigned[0];
    const auto& changed_hands = *assigned[1];
    const auto& retired = *assigned[2];
    const auto& deleted = *assigned[3];
    const auto& left_the_company = *assigned[4];
    const auto& renamed = *assigned[5];
    const auto& no_longer_there = *assigned[6];

    edit_device(world, took_by_hand, "{\"contactID\":" + std::to_string(took_by_hand.contact_id->value) + "}");
    edit_device(world, reassigned, "{\"contactID\":null}");
    somebody_logs_in(world, changed_hands, "SOMEBODY\\else");
    edit_device(world, retired, "{\"isActive\":false}");
    world.control("DELETE", path_of("ConfigurationItems", deleted.device_id.value));
    edit_contact(world, left_the_company, "{\"isActive\":0}");
    edit_contact(world, renamed, "{\"emailAddress\":\"new@name.example\"}");
    world.control("DELETE", path_of("Contacts", no_longer_there.contact_id->value));

    for (const bool dry_run : {true, false}) {
        const auto done = world.apply(plan, {}, dry_run);
        CHECK(done.report.status() == contactd::exit_status::failed);
        CHECK(done.count(change_standing::drifted) == 7);
        CHECK(done.count(change_standing::done_already) == 1);
        CHECK(done.report.done.changes.size() == all.size() - 8);
        CHECK(drift_of(done, reassigned) ==
              "no contact is set now, and contact " + std::to_string(reassigned.previous_contact_id->value) + " was");
        CHECK(drift_of(done, changed_hands) == "the last user is \"SOMEBODY\\else\" now");
        CHECK(drift_of(done, retired) == "the configuration item is inactive");
        CHECK(drift_of(done, deleted) == "the configuration item is gone");
        CHECK(drift_of(done, left_the_company) ==
              "contact " + std::to_string(left_the_company.contact_id->value) + " is inactive");
        CHECK(drift_of(done, renamed) == "contact " + std::to_string(renamed.contact_id->value) +
                                             " does not have the address " + renamed.contact_email + " any more");
        CHECK(drift_of(done, no_longer_there) ==
              "contact " + std::to_string(no_longer_there.contact_id->value) + " is gone");
        CHECK(done.writes() == (dry_run ? 0 : static_cast<std::int64_t>(all.size()) - 8));
    }
    CHECK(stored(world, reassigned) == 0);
    CHECK(stored(world, changed_hands) == 0);
    CHECK(stored(world, left_the_company) == 0);
}

TEST_CASE("what the configuration of today does not want is left out, with the reason") {
    auto world = small_world();
    const auto plan = saved(world);
    const auto& some = first(plan, core::event::would_reassign);
    const auto id = std::to_string(some.company_id.value);
    struct row {
        std::string config;
        test_support::further_files others;
        std::string why;
    };
    const auto organization = [&id](const std::string& rest) {
        return test_support::further_files{
            {"organizations.toml", "[[organization]]\nname = \"X\"\ncompany_id = " + id + "\n" + rest}};
    };
    const row rows[] = {
        {without_brake() + "exclude_companies = [" + id + "]\n",
         {},
         "its company is not swept: exclude_companies names it"},
        {without_brake(), organization("enabled = false\n"),
         "its company is not swept: its organization has enabled = false"},
        {without_brake(), organization("[organization.policy]\ndry_run = true\n"),
         "policy.dry_run = true holds for its company"},
        {without_brake("write = \"fill-empty\"\n"), {}, "policy.write = \"fill-empty\" keeps a contact that is set"},
        {"[match]\ndevice_types = [77]\n" + without_brake(),
         {},
         "match.device_types or match.device_categories leave it out"},
    };
    for (const auto& [config, others, why] : rows) {
        world.configure(config, others);
        const auto done = world.apply(plan, {{}, {}, some.device_id, {}});
        INFO(why);
        REQUIRE(done.count(change_standing::left_out) == 1);
        CHECK(drift_of(done, some) == why);
        CHECK(done.writes() == 0);
        CHECK(done.report.status() == contactd::exit_status::failed);
    }
    world.configure(without_brake());
    world.journal().pasts["main"].devices[some.device_id].pinned = true; // Since the plan was made.
    for (const bool dry : {true, false})
        CHECK(drift_of(world.apply(plan, {{}, {}, some.device_id, {}}, dry), some) ==
              "a person pinned or chose its contact, as \"contactd pins list\" shows");
    world.journal().pasts.clear();
    // The plan knew nothing of it, for example because it was made by somebody who may not read the journal.
    auto& known = world.journal().pasts["main"].devices[some.device_id].choice.emplace();
    known.by = core::chooser::human;
    known.contact = some.previous_contact_id;
    known.person = core::person_key(some.account);
    CHECK(drift_of(world.apply(plan, {{}, {}, some.device_id, {}}), some) ==
          "a person pinned or chose its contact, as \"contactd pins list\" shows");
    world.journal().pasts.clear();
    world.configure(without_brake("dry_run = true\n"));
    const auto refused = world.apply(plan);
    REQUIRE(refused.refusals.size() == 1);
    CHECK(refused.refusals.front().find("policy.dry_run = true, so nothing is applied") != std::string::npos);
    CHECK(world.apply(plan, {}, true).report.done.changes.size() == plan.report.changes.size());
    world.control("PATCH", path_of("Companies", some.company_id.value), "{\"isActive\":false}");
    world.configure(without_brake());
    const auto done = world.apply(plan, {{}, {}, some.device_id, {}});
    CHECK(drift_of(done, some) == "its company is not swept: it is inactive, gone, or does not pass company_filter");
}

TEST_CASE("a plan of another database is never applied, also where it is found only online that it is one") {
    auto world = small_world();
    auto plan = saved(world);
    const auto before = stored_contacts(world.model().tenant());
    SECTION("its zone") {
        plan.databases.front().zone = "https://webservices4.autotask.net/ATServicesRest";
        const auto done = world.apply(plan);
        CHECK(done.report.status() == contactd::exit_status::failed);
        REQUIRE(done.report.done.troubles.size() == 1);
        CHECK(done.report.done.troubles.front().message.find("it may be another Autotask database") !=
              std::string::npos);
        CHECK(done.count(change_standing::not_reached) == static_cast<std::int64_t>(plan.report.changes.size()));
    }
    SECTION("its user") {
        plan.databases.front().username = "somebody@else.example";
        CHECK(world.apply(plan).refusals.size() == 1);
    }
    CHECK(stored_contacts(world.model().tenant()) == before);
}

TEST_CASE("a limit takes the first changes, and applying the plan again goes on behind them") {
    auto world = small_world();
    const auto plan = saved(world);
    const auto all = static_cast<std::int64_t>(plan.report.changes.size());
    const auto some = world.apply(plan, {{}, {}, {}, 5});
    CHECK(some.report.status() == contactd::exit_status::done);
    CHECK(some.writes() == 5);
    CHECK(some.count(change_standing::beyond_limit) == all - 5);
    CHECK(some.report.done.changes.front().device_id == plan.report.changes.front().device_id);
    const auto rest = world.apply(plan);
    CHECK(rest.count(change_standing::done_already) == 5);
    CHECK(rest.writes() == all - 5);
}

TEST_CASE("companies that the brake holds are not in a plan's changes, and stay as they are") {
    sweep_world world({1, 12, 300}, "[policy]\nbrake_percent = 1\nbrake_minimum = 1\n" + std::string(one_instance));
    const auto plan = saved(world);
    REQUIRE(!plan.report.held.empty());
    const auto before = stored_contacts(world.model().tenant());
    const auto done = world.apply(plan);
    CHECK(done.report.done.held.empty());
    const auto after = stored_contacts(world.model().tenant());
    std::int64_t changed = 0;
    for (const auto& [device, contact] : after)
        changed += before.at(device) != contact ? 1 : 0;
    CHECK(changed == static_cast<std::int64_t>(plan.report.changes.size()));
}

TEST_CASE("what a person has reviewed is not held by a brake that is narrower by now") {
    auto world = small_world();
    const auto plan = saved(world);
    world.configure("[policy]\nbrake_percent = 1\nbrake_minimum = 1\n" + std::string(one_instance));
    const auto done = world.apply(plan);
    CHECK(done.writes() == static_cast<std::int64_t>(plan.report.changes.size()));
}

TEST_CASE("two instances are applied side by side, each from its own part of the plan") {
    const std::string second = R"(
[[instance]]
name = "second"
username = "second@sandbox.example"
tracking_identifier = "SECOND0TRACKING0IDENTIFIER0"
secret = "env:SECRET"
companies = "all"
)";
    sweep_world world({1, 12, 300});
    world.add_tenant({2, 12, 300}, "second@sandbox.example", "SECOND0TRACKING0IDENTIFIER0");
    world.configure(without_brake() + second);
    const auto plan = saved(world);
    REQUIRE(plan.databases.size() == 2);
    const auto done = world.apply(plan, {{"second"}, {}, {}, {}});
    CHECK(done.report.done.instances.size() == 1);
    for (const auto& one : done.report.done.changes)
        CHECK(one.instance == "second");
    const auto rest = world.apply(plan);
    CHECK(rest.report.done.instances.size() == 2);
    CHECK(rest.count(change_standing::done_already) == done.writes());
    CHECK(done.writes() + rest.writes() == static_cast<std::int64_t>(plan.report.changes.size()));
}
