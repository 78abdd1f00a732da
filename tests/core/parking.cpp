#include "core/parking.hpp"

#include "tests/core/support.hpp"

#include <catch2/catch.hpp>

#include <array>

#include <initializer_list>

using namespace core_tests;
using namespace std::chrono_literals;

namespace {

constexpr core::wall_time noon{std::chrono::milliseconds{1'700'000'000'000}};

core::sweep_moment moment(std::int64_t sweep, core::wall_time now = noon) {
    return core::sweep_moment{sweep, now};
}

constexpr core::device_id pc{7};
constexpr core::contact_id jane{1};
constexpr core::contact_id john{2};

/// The devices of a company, with a contact "a" (1) and a contact "b" (2).
core::snapshot company_of(std::initializer_list<core::device> devices) {
    core::snapshot all;
    all.contacts = {contact_with(1, {"a@acme.example"}), contact_with(2, {"b@acme.example"})};
    all.devices = devices;
    return all;
}

std::vector<std::string> lines(const core::company_plan& plan) {
    std::vector<std::string> list;
    for (const auto& one : plan.decisions)
        list.push_back(std::to_string(one.subject->id.value) + " " + words(one));
    return list;
}

using text_lines = std::vector<std::string>;

} // namespace

TEST_CASE("What is refused each time is tried in the sweeps 1, 3, 7, 15 ...: 2, 4, 8 sweeps apart") {
    core::growing_pause pause;
    std::vector<std::int64_t> tried;
    for (std::int64_t sweep = 1; sweep <= 130; ++sweep)
        if (pause.is_over(moment(sweep))) {
            tried.push_back(sweep);
            pause.begin(moment(sweep));
        }
    CHECK(tried == std::vector<std::int64_t>{1, 3, 7, 15, 31, 63, 127});
    CHECK(pause.refusals() == 7);
}

TEST_CASE("A pause is over after its sweeps or after a day, whichever is first") {
    struct row {
        int refusals;
        std::int64_t sweeps_later;
        std::chrono::milliseconds later;
        bool over;
    };
    for (const auto& [refusals, sweeps_later, later, over] : std::initializer_list<row>{
             {0, 0, 0ms, true}, // never refused
             {1, 1, 30min, false},
             {1, 2, 1h, true},
             {1, 2, 1ms, true}, // a sweep on demand counts like any other
             {2, 3, 90min, false},
             {2, 4, 2h, true},
             {6, 47, 24h - 1ms, false},
             {6, 48, 24h, true}, // a day comes before 64 sweeps
             {6, 64, 3h, true},
             {1, 1, 24h, true},
             {1, 0, 24h, true},
             {1, 1, -1ms, true}, // the clock was set back
             {1, 1, -100h, true},
             {1, 1, 0ms, false},
             {1000, 2'000'000, 1h, true}, // the doubling has an end
             {1000, 1'000'000, 23h, false},
         }) {
        CAPTURE(refusals, sweeps_later, later.count());
        core::growing_pause pause;
        for (int i = 0; i < refusals; ++i)
            pause.begin(moment(40));
        CHECK(pause.is_over(moment(40 + sweeps_later, noon + later)) == over);
    }
}

TEST_CASE("A pause knows how many sweeps and which moment are left at the most") {
    core::growing_pause pause;
    pause.begin(moment(10));
    pause.begin(moment(12, noon + 1h));
    CHECK(pause.sweeps_left(13) == 3);
    CHECK(pause.sweeps_left(15) == 1);
    CHECK(pause.latest() == noon + 25h);
}

TEST_CASE("A device is parked for the contact that was refused and for no other") {
    core::parked_devices lot;
    lot.refuse(pc, jane, "No.", moment(1));
    const auto* parked = lot.parked(pc, jane, moment(2));
    REQUIRE(parked);
    CHECK(parked->words == "No.");
    CHECK_FALSE(lot.parked(pc, john, moment(2)));
    CHECK_FALSE(lot.parked(core::device_id{8}, jane, moment(2)));
    CHECK_FALSE(lot.parked(pc, jane, moment(3)));
}

TEST_CASE("Refusals of one contact add up until a success, those of another begin anew") {
    core::parked_devices lot;
    lot.refuse(pc, jane, "first", moment(1));
    CHECK(lot.find(pc)->pause.refusals() == 1);
    // Meanwhile the device may have been in sync or not to be changed: nobody told the lot.
    lot.refuse(pc, jane, "second", moment(90));
    CHECK(lot.find(pc)->pause.refusals() == 2);
    CHECK(lot.find(pc)->words == "second");
    CHECK(lot.parked(pc, jane, moment(93)));
    lot.refuse(pc, john, "third", moment(91));
    CHECK(lot.find(pc)->pause.refusals() == 1);
    CHECK_FALSE(lot.parked(pc, jane, moment(92)));
    CHECK(lot.parked(pc, john, moment(92)));
    lot.forget(pc);
    CHECK_FALSE(lot.find(pc));
    CHECK(lot.size() == 0);
    lot.refuse(pc, john, "fourth", moment(92));
    CHECK(lot.find(pc)->pause.refusals() == 1);
    lot.forget(core::device_id{8}); // Never heard of.
    CHECK(lot.size() == 1);
}

TEST_CASE("A full lot gives up the oldest refusal, not the first device that was refused") {
    core::parked_companies lot(3);
    for (const std::int64_t id : {1, 2, 3, 1}) // 1 is refused again: 2 is the oldest now.
        lot.refuse(core::company_id{id}, {}, "No.", moment(1));
    CHECK(lot.size() == 3);
    lot.refuse(core::company_id{4}, {}, "No.", moment(1));
    CHECK(lot.size() == 3);
    CHECK(lot.find(core::company_id{1}));
    CHECK_FALSE(lot.find(core::company_id{2}));
    CHECK(lot.find(core::company_id{3}));
    CHECK(lot.find(core::company_id{4}));
    CHECK(lot.find(core::company_id{1})->pause.refusals() == 2);
}

TEST_CASE("However much is refused, a lot keeps no more than it may") {
    core::parked_devices lot;
    dice random(3);
    for (std::int64_t i = 0; i < 20'000; ++i) {
        const core::device_id id{static_cast<std::int64_t>(random.roll(12'000))};
        if (random.one_in(4))
            lot.forget(id);
        else
            lot.refuse(id, jane, "No.", moment(i));
        REQUIRE(lot.size() <= core::most_parked);
        REQUIRE((lot.find(id) == nullptr || lot.find(id)->id == id));
    }
    CHECK(lot.size() > core::most_parked / 2);
}

TEST_CASE("Of a plan only the changes are parked that were refused, and not for long") {
    core::parked_devices lot;
    for (const std::int64_t device : {1, 2, 3, 4})
        lot.refuse(core::device_id{device}, jane, "No.", moment(5));
    const auto company = company_of({device_with(1, "a"), device_with(2, "a", 2), device_with(3, "a", 1),
                                     device_with(4, "b"), device_with(5, "a"), device_with(6, "x")});
    core::policy limits;
    limits.brake_percent = 100;
    auto plan = core::make_plan(company, default_rules(), limits);
    core::leave_parked(plan, lot, moment(6));
    CHECK(lines(plan) == text_lines{"1 skipped parked", "2 skipped parked", "3 in_sync", "4 would_assign 2",
                                    "5 would_assign 1", "6 skipped no_match"});
    plan = core::make_plan(company, default_rules(), limits);
    core::leave_parked(plan, lot, moment(7));
    CHECK(lines(plan) == text_lines{"1 would_assign 1", "2 would_reassign 1", "3 in_sync", "4 would_assign 2",
                                    "5 would_assign 1", "6 skipped no_match"});
}

TEST_CASE("A parked device takes nothing from an allowance, but counts for the brake like any other") {
    core::parked_devices lot;
    lot.refuse(core::device_id{1}, jane, "No.", moment(5));
    const auto company = company_of({device_with(1, "a", 2), device_with(2, "a", 2), device_with(3, "a", 2)});
    core::policy limits;
    limits.brake_percent = 100;
    auto plan = core::make_plan(company, default_rules(), limits);
    core::leave_parked(plan, lot, moment(6));
    core::allowance one(1);
    core::allowance unlimited(std::nullopt);
    core::limit_changes(plan, std::array{&one, &unlimited});
    CHECK(lines(plan) == text_lines{"1 skipped parked", "2 would_reassign 1", "3 skipped limit_reached"});
    CHECK(plan.brake.would_reassign == 3);

    limits.brake_percent = 99;
    limits.brake_minimum = 3;
    plan = core::make_plan(company, default_rules(), limits);
    core::leave_parked(plan, lot, moment(6));
    CHECK(lines(plan) == text_lines{"1 skipped held", "2 skipped held", "3 skipped held"});
}
