#include "core/leave_alone.hpp"

#include "tests/core/support.hpp"

#include <catch2/catch.hpp>

using namespace core_tests;
using namespace std::chrono_literals;

namespace {

const core::wall_time noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + 12h};

/// One device whose last user is `user` and whose contact is `contact`, 0 for none. Contact 1 is jane, 2 bob, 3 carol.
class desk {
public:
    desk(std::string user, std::int64_t contact) {
        company.contacts = {contact_with(1, {"jane@a.example"}), contact_with(2, {"bob@a.example"}),
                            contact_with(3, {"carol@a.example"})};
        company.devices = {
            device_with(7, std::move(user), contact == 0 ? std::nullopt : std::optional<std::int64_t>(contact))};
    }

    core::company_plan plan(core::wall_time now = noon) const {
        return core::make_plan(company, default_rules(), limits, core::retrospect{&pasts, now});
    }

    std::string decided(core::wall_time now = noon) const { return words(plan(now).decisions.front()); }

    core::past_news news(core::wall_time now = noon) const {
        return core::news_of(plan(now).decisions.front(), core::retrospect{&pasts, now}.of({7}), limits, now);
    }

    /// A sweep, and what it remembers.
    std::string sweep(core::wall_time now) {
        auto told = decided(now);
        const auto learned = news(now);
        auto& past = pasts[{7}];
        if (learned.choice)
            past.choice = learned.choice;
        if (learned.streak)
            past.streak = *learned.streak;
        if (!learned.person.empty()) {
            std::erase_if(past.people, [&](const core::device_person& one) { return one.person == learned.person; });
            past.people.push_back({learned.person, now});
        }
        return told;
    }

    void use(std::string user) { company.devices.front().last_user = std::move(user); }
    void set(std::int64_t contact) { company.devices.front().contact = core::contact_id{contact}; }
    void chose(core::chooser by, std::optional<std::int64_t> contact, std::string person) {
        core::contact_choice made;
        made.by = by;
        if (contact)
            made.contact = core::contact_id{*contact};
        made.person = std::move(person);
        pasts[{7}].choice = made;
    }

    core::snapshot company;
    core::device_pasts pasts;
    core::policy limits;
};

} // namespace

TEST_CASE("a contact that a human set after we wrote another stands as long as the policy says") {
    using enum core::manual_changes;
    using enum core::chooser;
    struct row {
        core::chooser by;
        std::int64_t chosen; ///< What was chosen last, as recorded, while `person` used the device.
        std::string person;
        std::int64_t present; ///< What is set now, while `user` uses it.
        std::string user;
        core::manual_changes manual;
        std::string expected;
    };
    const row rows[]{
        // What we wrote and find there is ours to replace.
        {us, 1, "jane", 1, "bob", until_user_changes, "would_reassign 2"},
        {us, 1, "jane", 1, "bob", always, "would_reassign 2"},
        // A human has just set carol. Whoever uses the device now is who she was set for.
        {us, 1, "jane", 3, "jane", until_user_changes, "skipped pinned"},
        {us, 1, "jane", 3, "bob", until_user_changes, "skipped pinned"},
        {us, 1, "jane", 3, "bob", always, "skipped pinned"},
        {us, 1, "jane", 3, "bob", never, "would_reassign 2"},
        {us, 1, "jane", 0, "jane", until_user_changes, "skipped pinned"}, // Taken away is a choice, too.
        {us, 1, "jane", 0, "jane", never, "would_assign 1"},
        // It was noticed while jane used the device.
        {human, 3, "jane", 3, "jane", until_user_changes, "skipped pinned"},
        {human, 3, "jane", 3, "D\\JANE", until_user_changes, "skipped pinned"},
        {human, 3, "jane", 3, "jane@a.example", until_user_changes, "skipped pinned"},
        {human, 3, "jane", 3, "bob", until_user_changes, "would_reassign 2"},
        {human, 3, "jane", 3, "bob", always, "skipped pinned"},
        {human, 3, "jane", 3, "jane", never, "would_reassign 1"},
        {human, 3, "", 3, "jane", until_user_changes, "skipped pinned"}, // Nobody was known then.
        {human, 3, "jane", 3, "carol", until_user_changes, "in_sync"},
        {human, 3, "jane", 3, "SYSTEM", until_user_changes, "skipped system_account"},
        // The human changed it once more.
        {human, 3, "jane", 2, "jane", until_user_changes, "skipped pinned"},
        {human, 3, "jane", 2, "carol", until_user_changes, "skipped pinned"},
        // What was put back is not done again, whatever holds for humans.
        {undo, 3, "jane", 3, "jane", never, "skipped pinned"},
        {undo, 0, "jane", 0, "jane", never, "skipped pinned"},
        {undo, 3, "jane", 3, "bob", never, "would_reassign 2"},
        {undo, 3, "jane", 3, "bob", always, "skipped pinned"},
    };
    for (const auto& one : rows) {
        desk made(one.user, one.present);
        made.chose(one.by, one.chosen == 0 ? std::nullopt : std::optional(one.chosen), one.person);
        made.limits.manual = one.manual;
        CAPTURE(one.chosen, one.person, one.present, one.user);
        CHECK(made.decided() == one.expected);
    }
}

TEST_CASE("a contact on a device that was never ours is replaced as ever") {
    desk made("jane", 3);
    CHECK(made.decided() == "would_reassign 1");
    made.pasts[{7}].people = {{"jane", noon}};
    CHECK(made.decided() == "would_reassign 1");
}

TEST_CASE("a pinned device is left alone whoever uses it, and is in sync all the same when it is") {
    desk made("jane", 3);
    made.pasts[{7}].pinned = true;
    made.limits.manual = core::manual_changes::never;
    CHECK(made.decided() == "skipped pinned");
    made.use("carol");
    CHECK(made.decided() == "in_sync");
}

TEST_CASE("what a human chose is noticed once, with the person who uses the device, also where nothing is to be done") {
    desk made("carol", 3);
    made.chose(core::chooser::us, 1, "jane");
    const auto news = made.news();
    REQUIRE(news.choice);
    CHECK(news.choice->by == core::chooser::human);
    CHECK(news.choice->contact == core::contact_id{3});
    CHECK(news.choice->person == "carol");
    CHECK(news.choice->since == noon);
    CHECK(made.sweep(noon) == "in_sync");
    CHECK_FALSE(made.news(noon + 1h).choice);
    made.use("jane"); // Who used it before: the human's choice was for carol, and she has left.
    CHECK(made.decided(noon + 1h) == "would_reassign 1");
}

TEST_CASE("a contact is assigned when it was derived in so many sweeps in a row, and for so long") {
    desk made("jane", 2);
    made.limits.stable_sweeps = 3;
    made.limits.stable_for = 1h;
    CHECK(made.sweep(noon) == "skipped unstable_user");
    CHECK(made.sweep(noon + 30min) == "skipped unstable_user");
    CHECK(made.sweep(noon + 45min) == "skipped unstable_user"); // Three sweeps, but not an hour.
    CHECK(made.sweep(noon + 59min + 59s) == "skipped unstable_user");
    CHECK(made.decided(noon + 1h) == "would_reassign 1");
    CHECK_FALSE(made.news(noon + 1h).streak); // Longer than asked for is not recorded.

    made.use("carol"); // Another contact begins anew ...
    CHECK(made.sweep(noon + 2h) == "skipped unstable_user");
    made.use("jane"); // ... and so does the first when she is back.
    CHECK(made.sweep(noon + 3h) == "skipped unstable_user");
    CHECK(made.sweep(noon + 5h) == "skipped unstable_user");
    CHECK(made.sweep(noon + 6h) == "would_reassign 1");
}

TEST_CASE("whatever comes between ends a streak") {
    for (const std::string between : {"SYSTEM", "nobody", "", "bob"}) {
        desk made("jane", 2);
        made.limits.stable_sweeps = 2;
        CHECK(made.sweep(noon) == "skipped unstable_user");
        made.use(between);
        made.sweep(noon + 1h);
        CHECK_FALSE(made.pasts[{7}].streak);
        made.use("jane");
        CHECK(made.sweep(noon + 2h) == "skipped unstable_user");
        CHECK(made.sweep(noon + 3h) == "would_reassign 1");
    }
}

TEST_CASE("with the defaults nothing waits, and no streak is recorded") {
    desk made("jane", 2);
    CHECK(made.decided() == "would_reassign 1");
    CHECK_FALSE(made.news().streak);
    made.pasts[{7}].streak = core::contact_streak{{1}, 1, noon}; // From a time with other settings.
    REQUIRE(made.news().streak);
    CHECK_FALSE(*made.news().streak);
}

TEST_CASE("a device that more people use than the policy allows is shared, and left alone if it says so") {
    desk made("jane", 2);
    made.limits.shared_users = 2;
    made.limits.shared_window = 24h * 7;
    made.pasts[{7}].people = {{"jane", noon - 24h}, {"bob", noon - 24h * 6}, {"carol", noon - 24h * 8}};
    CHECK(made.decided() == "would_reassign 1");
    made.limits.skip_shared = true;
    CHECK(made.decided() == "would_reassign 1"); // Two within a week.
    made.pasts[{7}].people.push_back({"dan", noon - 24h * 7});
    CHECK(made.decided() == "skipped shared_device");
    CHECK(made.decided(noon + 1s) == "would_reassign 1");
    made.use("eve"); // Who is no contact.
    CHECK(made.decided() == "skipped no_match");
}

TEST_CASE("who uses a device is recorded when it is somebody else, and then once a day") {
    desk made("D\\Jane", 1);
    CHECK(made.news().person == "jane");
    made.sweep(noon);
    CHECK(made.news(noon + 23h).person.empty());
    CHECK(made.news(noon + 24h).person == "jane");
    made.use("jane@a.example");
    CHECK(made.news(noon + 23h).person.empty());
    made.use("stranger");
    CHECK(made.news(noon + 23h).person == "stranger");
    for (const char* nobody : {"SYSTEM", "", "jane, bob", "S-1-5-21-1-2-3-1001"}) {
        made.use(nobody);
        CHECK(made.news(noon + 24h).person.empty());
    }
}

TEST_CASE("a change that a person let go passes the brake, and only that change") {
    core::snapshot company;
    company.contacts = {contact_with(1, {"jane@a.example"}), contact_with(2, {"bob@a.example"})};
    for (std::int64_t i = 1; i <= 12; ++i)
        company.devices.push_back(device_with(i, "jane", 2));
    core::device_pasts pasts;
    const auto events = [&] {
        const auto plan = core::make_plan(company, default_rules(), {}, core::retrospect{&pasts, noon});
        std::string all = plan.held ? "held:" : "free:";
        for (const auto& one : plan.decisions)
            all += one.why == core::reason::held ? 'h' : 'w';
        return all + ' ' + std::to_string(plan.brake.would_reassign);
    };
    CHECK(events() == "held:hhhhhhhhhhhh 12");
    pasts[{1}].approved = core::approved_change{core::contact_id{2}, {1}};
    CHECK(events() == "held:whhhhhhhhhhh 11");
    pasts[{2}].approved = core::approved_change{core::contact_id{3}, {1}}; // Another change of this device.
    pasts[{3}].approved = core::approved_change{std::nullopt, {1}};
    pasts[{4}].approved = core::approved_change{core::contact_id{2}, {3}};
    CHECK(events() == "held:whhhhhhhhhhh 11");
    pasts[{2}].approved = core::approved_change{core::contact_id{2}, {1}};
    CHECK(events() == "held:wwhhhhhhhhhh 10");
    pasts[{3}].approved = core::approved_change{core::contact_id{2}, {1}};
    CHECK(events() == "free:wwwwwwwwwwww 9"); // Those that are left are too few to be held.
}
