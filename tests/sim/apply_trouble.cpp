#include "tests/sim/apply_support.hpp"

// The same when something goes wrong meanwhile.

using namespace apply_tests;

TEST_CASE("an outage in the middle leaves nothing in doubt, and applying the plan again finishes it") {
    sweep_world world({1, 60, 2'400}, without_brake());
    const auto plan = saved(world);
    REQUIRE(plan.report.changes.size() > 150);
    SECTION("that passes") {
        world.in(1s, [&world] { world.network().turn(weather::silent); });
        world.in(60s, [&world] { world.network().turn(weather::fine); });
        const auto done = world.apply(plan);
        CHECK(done.report.status() == contactd::exit_status::done);
        check_stored(world, plan, done);
    }
    SECTION("that does not") {
        world.in(1500ms, [&world] { world.network().turn(weather::refused); });
        const auto done = world.apply(plan);
        CHECK(done.report.status() == contactd::exit_status::failed);
        CHECK(done.report.done.changes.size() + done.report.done.failed.size() + done.report.unmade.size() ==
              plan.report.changes.size());
        CHECK(!done.report.done.troubles.empty());
        world.network().turn(weather::fine);
        world.pass(15min);
        const auto again = world.apply(plan);
        CHECK(again.report.status() == contactd::exit_status::done);
        const auto now = stored_contacts(world.model().tenant());
        for (const auto& one : plan.report.changes)
            CHECK(now.at(one.device_id.value) == one.contact_id->value);
    }
    CHECK(told(world, "assigned") == plan.report.counts.of(core::event::would_assign));
    CHECK(told(world, "reassigned") == plan.report.counts.of(core::event::would_reassign));
}

TEST_CASE("what was begun and never heard of again is found out first, and not written twice") {
    auto world = small_world();
    const auto plan = saved(world);
    const auto all = static_cast<std::int64_t>(plan.report.changes.size());
    const auto& killed = first(plan, core::event::would_assign);
    world.leave_open(killed);
    SECTION("it had not left") {
        const auto done = world.apply(plan);
        CHECK(done.by.took > 80s); // It might still have arrived.
        CHECK(told(world, "failed") == 1);
        CHECK(done.writes() == all);
        CHECK(stored(world, killed) == killed.contact_id->value);
    }
    SECTION("it had arrived") {
        edit_device(world, killed, "{\"contactID\":" + std::to_string(killed.contact_id->value) + "}");
        const auto done = world.apply(plan);
        CHECK(done.count(change_standing::done_already) == 1);
        CHECK(done.writes() == all - 1);
        CHECK(told(world, "failed") == 0);
        CHECK(told(world, "assigned") == plan.report.counts.of(core::event::would_assign));
    }
}

TEST_CASE("a stop in the middle says what is left, and applying the plan again does it") {
    sweep_world world({1, 60, 2'400}, without_brake());
    const auto plan = saved(world);
    const auto all = plan.report.changes.size();
    world.in(1200ms, [&world] { world.stop(); });
    const auto done = world.apply(plan);
    CHECK(done.report.status() == contactd::exit_status::failed);
    CHECK(done.writes() > 0);
    CHECK(done.count(change_standing::not_reached) > 0);
    CHECK(done.report.done.changes.size() + done.report.done.failed.size() + done.report.unmade.size() == all);
    CHECK(static_cast<std::size_t>(done.writes()) == done.report.done.changes.size());
    for (const auto& one : done.report.done.failed)
        CHECK(one.write);
    for (const auto& one : done.report.unmade)
        CHECK((one.planned.what == core::event::would_assign || one.planned.what == core::event::would_reassign));
}

TEST_CASE("a device that cannot be read, and a write that is refused, concern nobody else") {
    auto world = small_world();
    const auto plan = saved(world);
    const auto all = static_cast<std::int64_t>(plan.report.changes.size());
    SECTION("the question about many") {
        world.model().faults().add(
            fault(R"({"kind":"error","status":500,"text":"Broken.","path":"*ConfigurationItems/query","count":1})"));
        const auto done = world.apply(plan);
        CHECK(done.report.status() == contactd::exit_status::done);
        CHECK(done.writes() == all);
    }
    SECTION("one write") {
        world.model().faults().add(
            fault(R"({"kind":"error","status":500,"text":"Refused.","method":"PATCH","count":1})"));
        const auto done = world.apply(plan);
        CHECK(done.report.status() == contactd::exit_status::failed);
        CHECK(done.report.done.failed.size() == 1);
        CHECK(done.writes() == all - 1);
    }
    SECTION("one that answers 200 and stores nothing") {
        world.model().faults().add(fault(R"({"kind":"not_stored","method":"PATCH","count":1})"));
        const auto done = world.apply(plan);
        REQUIRE(done.report.done.failed.size() == 1);
        CHECK(done.report.done.failed.front().why == core::reason::not_stored);
    }
}

TEST_CASE("a contact that leaves while the plan is being applied is not given any further devices") {
    sweep_world world({1, 60, 2'400}, without_brake());
    const auto plan = saved(world);
    REQUIRE(plan.report.changes.size() > 150);
    const auto& late = plan.report.changes.back();
    world.in(1200ms, [&] { edit_contact(world, late, "{\"isActive\":0}"); });
    const auto done = world.apply(plan);
    CHECK(drift_of(done, late) == "contact " + std::to_string(late.contact_id->value) + " is inactive");
    CHECK(stored(world, late) != late.contact_id->value);
}
