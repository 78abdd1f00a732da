#include "daemon/journal/sweep_recorder.hpp"

#include "tests/daemon/sweep_fake.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace contactd;

device_outcome outcome(std::int64_t device, core::event what, std::optional<core::reason> why = std::nullopt) {
    device_outcome one;
    one.instance = "main";
    one.device_id.value = device;
    one.device = "PC";
    one.what = what;
    one.why = why;
    return one;
}

/// The recorder of one sweep, on memory that outlives it.
struct recording {
    test_support::virtual_loop loop;
    sweep_tests::memory_log log;
    test_support::memory_journal journal;
    decision_memory decisions;
    std::vector<std::string> complaints;

    sweep_recorder recorder() {
        return sweep_recorder(
            {log, journal, loop.time(), decisions, [this](const std::string& one) { complaints.push_back(one); }},
            "SWEEP");
    }

    /// How many lines these devices of one sweep added.
    std::size_t lines_of(const std::vector<device_outcome>& devices) {
        const auto before = log.lines.size();
        auto one_sweep = recorder();
        for (const auto& one : devices)
            one_sweep.device_decided(one);
        return log.lines.size() - before;
    }
};

} // namespace

TEST_CASE("a skip is logged when its reason differs from that of the last sweep") {
    recording world;
    using core::event;
    using core::reason;
    CHECK(world.lines_of({outcome(1, event::skipped, reason::no_match)}) == 1);
    CHECK(world.lines_of({outcome(1, event::skipped, reason::no_match)}) == 0);
    CHECK(world.lines_of({outcome(2, event::skipped, reason::no_match)}) == 1);
    CHECK(world.lines_of({outcome(1, event::skipped, reason::ambiguous)}) == 1);
    CHECK(world.lines_of({outcome(1, event::skipped, reason::no_match)}) == 1);
    CHECK(world.lines_of({outcome(1, event::in_sync)}) == 0);
    CHECK(world.lines_of({outcome(1, event::skipped, reason::no_match)}) == 1);
    CHECK(world.lines_of({outcome(1, event::assigned)}) == 1);
    CHECK(world.lines_of({outcome(1, event::skipped, reason::no_match)}) == 1);
    auto elsewhere = outcome(1, event::skipped, reason::no_match);
    elsewhere.instance = "second";
    CHECK(world.lines_of({elsewhere}) == 1);
    CHECK(world.lines_of({outcome(1, event::skipped, reason::no_match)}) == 0);
}

TEST_CASE("changes and failures are always logged, what is in sync or has no last user never") {
    recording world;
    using core::event;
    using core::reason;
    for (int sweep = 0; sweep < 2; ++sweep) {
        CHECK(
            world.lines_of({outcome(1, event::assigned), outcome(2, event::reassigned), outcome(3, event::would_assign),
                            outcome(4, event::would_reassign), outcome(5, event::failed, reason::api_error)}) == 5);
        CHECK(world.lines_of({outcome(6, event::in_sync), outcome(7, event::skipped, reason::no_last_user)}) == 0);
    }
}

TEST_CASE("a skip whose line could not be written is news in the next sweep") {
    recording world;
    const auto skip = outcome(1, core::event::skipped, core::reason::no_match);
    world.log.fails_from = 0;
    CHECK(world.lines_of({skip}) == 0);
    CHECK(world.complaints.size() == 1);
    world.log.fails_from.reset();
    CHECK(world.lines_of({skip}) == 1);
    CHECK(world.lines_of({skip}) == 0);
}

TEST_CASE("a log that breaks is complained of once, and stays broken for the sweep") {
    recording world;
    auto recorder = world.recorder();
    recorder.instance_started("main");
    CHECK_FALSE(recorder.broken());
    world.log.fails_from = 1;
    recorder.device_decided(outcome(1, core::event::assigned));
    recorder.device_decided(outcome(2, core::event::assigned));
    CHECK(recorder.broken());
    world.log.fails_from.reset();
    recorder.device_decided(outcome(3, core::event::assigned));
    CHECK(recorder.broken());
    CHECK(world.log.lines.size() == 1); // A log with holes would be worse than one that ends.
    CHECK(world.complaints ==
          std::vector<std::string>{"writing the audit log: No space left on device; nothing more is assigned"});
}

TEST_CASE("every line carries the time at which it was written and the sweep") {
    recording world;
    auto recorder = world.recorder();
    recorder.instance_started("main");
    world.loop.run_for(std::chrono::milliseconds(1234));
    finished_company company;
    company.instance = "main";
    recorder.company_finished(company);
    held_company held;
    held.instance = "main";
    recorder.company_held(held);
    finished_instance end;
    end.instance = "main";
    recorder.instance_finished(end);
    REQUIRE(world.log.lines.size() == 4);
    CHECK(world.log.lines[0] ==
          R"({"ts":"2026-11-21T00:00:00.000Z","event":"sweep_started","sweep":"SWEEP","instance":"main"})");
    for (std::size_t i = 1; i < 4; ++i)
        CHECK(world.log.lines[i].starts_with(R"({"ts":"2026-11-21T00:00:01.234Z","event":")"));
    CHECK(world.journal.audit_syncs == 0); // Nothing was changed.
}

TEST_CASE("the log is synchronised after a company in which something was written") {
    using core::event;
    for (const auto what : {event::assigned, event::reassigned, event::failed}) {
        recording world;
        auto recorder = world.recorder();
        finished_company company;
        company.counts.add(what, std::nullopt);
        recorder.company_finished(company);
        CHECK(world.journal.audit_syncs == 1);
    }
}
