#include "core/plan.hpp"

#include "tests/core/support.hpp"

#include <catch2/catch.hpp>

#include <array>

#include <algorithm>

using namespace core_tests;

namespace {

/// A company whose devices 1..reassigned would each be given contact 1 instead of 2, followed by those in sync.
core::snapshot company_with(std::int64_t reassigned, std::int64_t in_sync) {
    core::snapshot all;
    all.company.id = core::company_id{5};
    all.contacts = {contact_with(1, {"a@acme.example"}), contact_with(2, {"b@acme.example"})};
    for (std::int64_t i = 1; i <= reassigned; ++i)
        all.devices.push_back(device_with(i, "a", 2));
    for (std::int64_t i = 1; i <= in_sync; ++i)
        all.devices.push_back(device_with(reassigned + i, "b", 2));
    return all;
}

std::vector<std::string> lines(const core::company_plan& plan) {
    std::vector<std::string> list;
    for (const auto& one : plan.decisions)
        list.push_back(std::to_string(one.subject->id.value) + " " + words(one));
    return list;
}

core::policy without_brake() {
    core::policy limits;
    limits.brake_percent = 100;
    return limits;
}

using text_lines = std::vector<std::string>;

} // namespace

TEST_CASE("A plan lists every device once, by ascending id, whatever the order it was read in") {
    core::snapshot all;
    all.contacts = {contact_with(1, {"a@acme.example"}), contact_with(2, {"b@acme.example"}),
                    contact_with(3, {"b@acme.test"}), contact_with(4, {"c@acme.example"})};
    const std::string users[]{"a", "b", "c", "d", "", "SYSTEM", "a@acme.example", "x$"};
    dice random(4);
    for (std::int64_t i = 0; i < 200; ++i)
        all.devices.push_back(device_with(
            1000 - 3 * i, random.pick(users),
            random.one_in(2) ? std::optional<std::int64_t>(static_cast<std::int64_t>(random.roll(5))) : std::nullopt));
    const auto expected = lines(core::make_plan(all, default_rules(), without_brake()));
    CHECK(expected.size() == 200);
    const auto plan = core::make_plan(all, default_rules(), without_brake());
    CHECK(std::ranges::is_sorted(plan.decisions, {}, [](const auto& one) { return one.subject->id; }));
    for (int i = 0; i < 20; ++i) {
        auto mixed = all;
        random.shuffle(mixed.devices);
        random.shuffle(mixed.contacts);
        REQUIRE(lines(core::make_plan(mixed, default_rules(), without_brake())) == expected);
    }
}

TEST_CASE("Devices that are inactive or of another type are not decided on at all") {
    core::snapshot all;
    all.contacts = {contact_with(1, {"a@acme.example"})};
    for (std::int64_t i = 1; i <= 4; ++i)
        all.devices.push_back(device_with(i, "a"));
    all.devices[1].active = false;
    all.devices[2].type = 2;
    all.devices[3].type = std::nullopt;
    auto rules = default_rules();
    CHECK(lines(core::make_plan(all, rules, {})) == text_lines{"1 would_assign 1"});
    rules.scope.types.untyped = true;
    CHECK(lines(core::make_plan(all, rules, {})) == text_lines{"1 would_assign 1", "4 would_assign 1"});
    rules.scope.types.every = true;
    CHECK(core::make_plan(all, rules, {}).decisions.size() == 3);
}

TEST_CASE("A plan names its company and counts the contacts that cannot be read") {
    auto all = company_with(0, 1);
    all.contacts.push_back(contact_with(8, {"junk"}));
    all.contacts.push_back(contact_with(9, {}, false));
    const auto plan = core::make_plan(all, default_rules(), {});
    CHECK(plan.subject == &all.company);
    CHECK(plan.unreadable_contacts == 1);
    CHECK_FALSE(plan.held);
}

TEST_CASE("An empty company has an empty plan") {
    const core::snapshot all;
    const auto plan = core::make_plan(all, default_rules(), {});
    CHECK(plan.decisions.empty());
    CHECK_FALSE(plan.held);
    CHECK(plan.counts().of(core::event::skipped) == 0);
}

TEST_CASE("The policy fill-empty keeps every contact that is set, and fills the others") {
    auto all = company_with(20, 1);
    all.devices.push_back(device_with(100, "a"));
    core::policy limits;
    limits.write = core::write_policy::fill_empty;
    const auto plan = core::make_plan(all, default_rules(), limits);
    CHECK_FALSE(plan.held);
    CHECK(plan.brake.would_reassign == 0);
    const auto counts = plan.counts();
    CHECK(counts.of(core::reason::policy_keeps_existing) == 20);
    CHECK(counts.of(core::event::would_assign) == 1);
    CHECK(counts.of(core::event::would_reassign) == 0);
    CHECK(counts.of(core::event::in_sync) == 1);
    CHECK(counts.of(core::event::skipped) == 20);
}

TEST_CASE("The brake holds a company at its exact edge") {
    CHECK_FALSE(core::make_plan(company_with(9, 0), default_rules(), {}).held);
    CHECK(core::make_plan(company_with(10, 0), default_rules(), {}).held);
    CHECK(core::make_plan(company_with(10, 23), default_rules(), {}).held);
    CHECK_FALSE(core::make_plan(company_with(10, 24), default_rules(), {}).held);
    CHECK_FALSE(core::make_plan(company_with(30, 70), default_rules(), {}).held);
    CHECK(core::make_plan(company_with(31, 69), default_rules(), {}).held);
}

TEST_CASE("The share is one of the devices in scope with a contact and a last user") {
    auto all = company_with(10, 23);
    REQUIRE(core::make_plan(all, default_rules(), {}).brake.assigned_devices == 33);
    const auto add = [&all](core::device one) {
        one.id = core::device_id{static_cast<std::int64_t>(1000 + all.devices.size())};
        all.devices.push_back(std::move(one));
    };
    auto rules = default_rules();
    rules.scope.exclude.add("kiosk");
    for (int i = 0; i < 20; ++i) {
        add(device_with(0, "", 2));
        add(device_with(0, "None", 2));
        add(device_with(0, "a"));
        auto kiosk = device_with(0, "b", 2);
        kiosk.hostname = "KIOSK";
        add(kiosk);
        auto other_type = device_with(0, "b", 2);
        other_type.type = 7;
        add(other_type);
        auto inactive = device_with(0, "b", 2);
        inactive.active = false;
        add(inactive);
    }
    const auto plan = core::make_plan(all, rules, {});
    CHECK(plan.brake.assigned_devices == 33);
    CHECK(plan.brake.would_reassign == 10);
    CHECK(plan.held);
    add(device_with(0, "NT AUTHORITY\\SYSTEM", 2)); // has a last user, though not a person
    CHECK(core::make_plan(all, rules, {}).brake.assigned_devices == 34);
    CHECK_FALSE(core::make_plan(all, rules, {}).held);
}

TEST_CASE("In a held company the changes are held, and everybody else keeps their own reason") {
    auto all = company_with(10, 1);
    all.devices.push_back(device_with(100, "a"));
    all.devices.push_back(device_with(101, "nobody.here"));
    all.devices.push_back(device_with(102, "SYSTEM"));
    const auto plan = core::make_plan(all, default_rules(), {});
    REQUIRE(plan.held);
    const auto counts = plan.counts();
    CHECK(counts.of(core::reason::held) == 11);
    CHECK(counts.of(core::reason::no_match) == 1);
    CHECK(counts.of(core::reason::system_account) == 1);
    CHECK(counts.of(core::event::in_sync) == 1);
    CHECK(counts.of(core::event::skipped) == 13);
    CHECK(counts.of(core::event::would_assign) + counts.of(core::event::would_reassign) == 0);
    for (const auto& one : plan.decisions)
        CHECK(one.target() == nullptr);
    CHECK(plan.brake.would_reassign == 10);
}

TEST_CASE("Changes beyond an allowance are left for later, in the order of the plan and across companies") {
    const auto one = company_with(3, 1);
    const auto two = company_with(3, 1);
    auto first = core::make_plan(one, default_rules(), {});
    auto second = core::make_plan(two, default_rules(), {});
    core::allowance of_instance(4);
    core::allowance of_command(std::nullopt);
    core::limit_changes(first, std::array{&of_instance, &of_command});
    core::limit_changes(second, std::array{&of_instance, &of_command});
    CHECK(first.counts().of(core::event::would_reassign) == 3);
    CHECK(lines(second) ==
          text_lines{"1 would_reassign 1", "2 skipped limit_reached", "3 skipped limit_reached", "4 in_sync"});
    CHECK(of_instance.spent());
}

TEST_CASE("A change counts against the instance and the command, and either can end them") {
    const auto all = company_with(5, 0);
    const auto left = [&all](std::optional<std::int64_t> instance, std::optional<std::int64_t> command) {
        auto plan = core::make_plan(all, default_rules(), {});
        core::allowance of_instance(instance);
        core::allowance of_command(command);
        core::limit_changes(plan, std::array{&of_instance, &of_command});
        return plan.counts().of(core::event::would_reassign);
    };
    CHECK(left(std::nullopt, std::nullopt) == 5);
    CHECK(left(2, std::nullopt) == 2);
    CHECK(left(std::nullopt, 3) == 3);
    CHECK(left(2, 3) == 2);
    CHECK(left(3, 2) == 2);
    CHECK(left(0, 3) == 0);
    CHECK(left(9, 9) == 5);
}

TEST_CASE("What is held does not use up an allowance") {
    const auto all = company_with(10, 0);
    auto plan = core::make_plan(all, default_rules(), {});
    core::allowance of_instance(1);
    core::allowance of_command(1);
    core::limit_changes(plan, std::array{&of_instance, &of_command});
    CHECK(plan.counts().of(core::reason::held) == 10);
    CHECK_FALSE(of_instance.spent());
    CHECK_FALSE(of_command.spent());
}

TEST_CASE("A second sweep over what the first wrote changes nothing") {
    dice random(15);
    const std::string users[]{"a", "b", "ACME\\c", "c@acme.example", "x", "d", ""};
    for (int run = 0; run < 500; ++run) {
        core::snapshot all;
        all.contacts = {contact_with(1, {"a@acme.example"}), contact_with(2, {"b@acme.example"}),
                        contact_with(3, {"c@acme.example", "d@acme.example"}), contact_with(4, {"b@acme.test"})};
        for (std::int64_t i = 0; i < 8; ++i) {
            all.devices.push_back(device_with(i, random.pick(users)));
            if (random.one_in(2))
                all.devices.back().contact = core::contact_id{static_cast<std::int64_t>(random.roll(6))};
        }
        for (const auto& one : core::make_plan(all, default_rules(), {}).decisions)
            if (const auto* who = one.target())
                all.devices[static_cast<std::size_t>(one.subject->id.value)].contact = who->id;
        const auto counts = core::make_plan(all, default_rules(), {}).counts();
        REQUIRE(counts.of(core::event::would_assign) == 0);
        REQUIRE(counts.of(core::event::would_reassign) == 0);
    }
}

TEST_CASE("Counts add up, by event and by reason") {
    core::tally sum;
    sum.add(core::event::skipped, core::reason::no_match);
    sum.add(core::event::skipped, core::reason::no_last_user, 40);
    sum.add(core::event::in_sync, std::nullopt, 2);
    core::tally both = sum;
    both.add(sum);
    CHECK(both.of(core::event::skipped) == 82);
    CHECK(both.of(core::event::in_sync) == 4);
    CHECK(both.of(core::reason::no_last_user) == 80);
    CHECK(both.of(core::reason::no_match) == 2);
    CHECK(both.of(core::reason::ambiguous) == 0);
}
