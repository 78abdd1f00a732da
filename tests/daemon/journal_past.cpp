#include "daemon/journal/journal_store.hpp"
#include "daemon/orders/operator_orders.hpp"
#include "tests/support/process.hpp"

#include <catch2/catch.hpp>

// What the journal remembers of devices, and what operators order by way of it.

namespace {

using namespace contactd;
using namespace std::chrono_literals;

constexpr core::wall_time now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}};

/// A journal, and an operator beside it.
class house {
public:
    house() {
        auto opened = journal_store::open(place_.path(), now);
        REQUIRE(opened);
        store = std::move(opened->store);
        auto beside = operator_orders::open(place_.path(), true);
        REQUIRE(beside);
        orders = std::move(*beside);
    }

    void record(std::vector<journal_entry> entries) { REQUIRE(store->record(entries)); }

    instance_past past(const std::string& instance = "main", core::wall_time since = {}) {
        auto found = store->past(instance, since);
        REQUIRE(found);
        return std::move(*found);
    }

    /// "contactd 5 jane", "human - bob", "none".
    std::string choice(std::int64_t device) {
        const auto devices = past().devices;
        const auto found = devices.find({device});
        if (found == devices.end() || !found->second.choice)
            return "none";
        const auto& one = *found->second.choice;
        return std::string(to_string(one.by)) + ' ' + (one.contact ? std::to_string(one.contact->value) : "-") + ' ' +
               one.person;
    }

    void learn(core::past_news news, core::wall_time when = now) {
        learned_devices learned{when, "main", {}};
        learned.news.push_back(std::move(news));
        record({std::move(learned)});
    }

    const std::string& directory() const { return place_.path(); }

private:
    support::temporary_directory place_;

public:
    std::unique_ptr<journal_store> store;
    std::unique_ptr<operator_orders> orders;
};

device_outcome change(std::int64_t device, std::int64_t contact, std::optional<std::int64_t> previous = 5) {
    device_outcome one;
    one.instance = "main";
    one.company_id.value = 9;
    one.company = "Acme";
    one.device_id.value = device;
    one.device = "PC-" + std::to_string(device);
    one.what = core::event::would_reassign;
    one.last_user = "ACME\\Jane";
    one.account = "Jane";
    one.rule = core::rule::local_part;
    one.contact_id = core::contact_id{contact};
    one.contact_name = "Jane Doe";
    if (previous)
        one.previous_contact_id = core::contact_id{*previous};
    return one;
}

intended_write intent(std::int64_t id, std::int64_t device, std::int64_t contact) {
    return {write_id{id}, "SWEEP", now, change(device, contact)};
}

settled_write settled(std::int64_t id, core::event what, bool in_doubt = false) {
    return {write_id{id}, now, what, std::nullopt, {}, in_doubt};
}

held_plan held(std::vector<device_outcome> changes, core::wall_time when = now) {
    held_company what{"main", {9}, "Acme", {static_cast<std::int64_t>(changes.size()), 20}, true, std::move(changes)};
    return {when, "SWEEP", std::move(what)};
}

core::contact_choice human(std::optional<std::int64_t> contact, std::string person) {
    core::contact_choice made;
    made.by = core::chooser::human;
    if (contact)
        made.contact = core::contact_id{*contact};
    made.person = std::move(person);
    made.since = now;
    return made;
}

} // namespace

TEST_CASE("what was written and shown is our choice, with whoever used the device; what failed or is in doubt is not") {
    house made;
    made.record({intent(1, 1, 100), intent(2, 2, 100), intent(3, 3, 100)});
    CHECK(made.choice(1) == "none");
    made.record(
        {settled(1, core::event::reassigned), settled(2, core::event::failed), settled(3, core::event::failed, true)});
    CHECK(made.choice(1) == "contactd 100 jane");
    CHECK(made.choice(2) == "none");
    CHECK(made.choice(3) == "none");
    made.record({settled(3, core::event::assigned)}); // It was found out.
    CHECK(made.choice(3) == "contactd 100 jane");
}

TEST_CASE("what a human chose is kept until we write again") {
    house made;
    core::past_news news;
    news.device.value = 1;
    news.choice = human(7, "bob");
    made.learn(news);
    CHECK(made.choice(1) == "human 7 bob");
    news.choice = human(std::nullopt, "");
    made.learn(news);
    CHECK(made.choice(1) == "human - ");
    made.record({intent(1, 1, 100), settled(1, core::event::assigned)});
    CHECK(made.choice(1) == "contactd 100 jane");
    CHECK(made.past("second").devices.empty());
}

TEST_CASE("a streak is kept until it ends or its contact is written, and people as long as anybody asks for them") {
    house made;
    core::past_news news;
    news.device.value = 1;
    news.streak = core::contact_streak{{100}, 2, now - 1h};
    news.person = "jane";
    made.learn(news);
    auto before = made.past();
    const auto& known = before.devices[{1}];
    CHECK(known.streak == core::contact_streak{{100}, 2, now - 1h});
    REQUIRE(known.people.size() == 1);
    CHECK(known.people.front().person == "jane");
    CHECK(made.past("main", now + 1ms).devices[{1}].people.empty());

    core::past_news later;
    later.device.value = 1;
    later.person = "jane";
    made.learn(later, now + 48h);
    const auto still = made.past("main", now + 1h).devices[{1}];
    CHECK(still.streak);
    CHECK(still.people.front().last_seen == now + 48h);
    made.record({intent(1, 1, 100), settled(1, core::event::assigned)});
    CHECK_FALSE(made.past().devices[{1}].streak);
    made.learn(news);
    core::past_news end;
    end.device.value = 1;
    end.streak.emplace();
    made.learn(end);
    CHECK_FALSE(made.past().devices[{1}].streak);
}

TEST_CASE("a journal of an older version knows our choices by its writes") {
    const support::temporary_directory place;
    {
        auto opened = journal_store::open(place.path(), now);
        REQUIRE(opened);
        const std::vector<journal_entry> entries{intent(1, 1, 100), settled(1, core::event::reassigned),
                                                 intent(2, 1, 101), settled(2, core::event::assigned),
                                                 intent(3, 1, 102), settled(3, core::event::failed)};
        REQUIRE(opened->store->record(entries));
    }
    auto db = sqlite::database::open(place.path() + "/journal.db", sqlite::database::access::read_write);
    REQUIRE(db);
    REQUIRE((*db)->script("DROP TABLE choice; DROP TABLE streak; DROP TABLE person; DROP TABLE pin; DROP TABLE held; "
                          "DROP TABLE held_change; PRAGMA user_version = 2"));
    const auto too_old = operator_orders::open(place.path(), true);
    REQUIRE_FALSE(too_old);
    CHECK(too_old.error().find("is not of this version of contactd") != std::string::npos);
    auto opened = journal_store::open(place.path(), now);
    REQUIRE(opened);
    const auto past = opened->store->past("main", {});
    REQUIRE(past);
    const auto& choice = past->devices.at({1}).choice;
    REQUIRE(choice);
    CHECK(choice->contact == core::contact_id{101});
    CHECK(choice->person == "jane");
    CHECK(choice->by == core::chooser::us);
}

TEST_CASE("an operator pins a device by name or id, and what a human chose is listed and let go as well") {
    house made;
    auto seen = change(1, 100);
    seen.what = core::event::skipped;
    seen.why = core::reason::pinned;
    auto other = change(2, 100);
    made.record({changed_decision{"SWEEP", now, seen}, changed_decision{"SWEEP", now, other}});
    const auto found = made.orders->find_devices("pc-1", "");
    REQUIRE(found);
    REQUIRE(found->size() == 1);
    CHECK(found->front().company == "Acme");
    CHECK(made.orders->find_devices("2", "main")->size() == 1);
    CHECK(made.orders->find_devices("2", "second")->empty());
    CHECK(made.orders->find_devices("PC", "")->empty());

    CHECK(made.orders->pin("main", {2}, "", now).value());
    CHECK_FALSE(made.orders->pin("main", {2}, "kiosk", now + 1h).value());
    CHECK(made.orders->pin("main", {99}, "", now).value());
    CHECK(made.past().devices.at({2}).pinned);
    CHECK_FALSE(made.past().devices.contains({1}));
    core::past_news news;
    news.device.value = 1;
    news.choice = human(7, "jane");
    made.learn(news);

    const auto pinned = made.orders->pinned("");
    REQUIRE(pinned);
    REQUIRE(pinned->size() == 3);
    CHECK((*pinned)[0].device.id.value == 99);
    CHECK((*pinned)[1].device.name == "PC-1");
    CHECK_FALSE((*pinned)[1].by_pin);
    CHECK((*pinned)[1].choice == human(7, "jane"));
    CHECK((*pinned)[2].by_pin);
    CHECK((*pinned)[2].note == "kiosk");
    CHECK((*pinned)[2].since == now);
    CHECK(made.orders->pinned("second")->empty());

    CHECK(made.orders->unpin("main", {1}).value());
    CHECK(made.orders->unpin("main", {2}).value());
    CHECK_FALSE(made.orders->unpin("main", {2}).value());
    CHECK(made.choice(1) == "contactd 7 jane"); // So that another contact is known for a human's choice.
    CHECK_FALSE(made.past().devices.contains({2}));
}

TEST_CASE("our own choice is none that an operator could let go") {
    house made;
    made.record({intent(1, 1, 100), settled(1, core::event::reassigned)});
    CHECK_FALSE(made.orders->unpin("main", {1}).value());
    CHECK(made.choice(1) == "contactd 100 jane");
}

TEST_CASE("exactly the plan that was shown is approved, and each of its changes once") {
    house made;
    made.record({held({change(1, 100), change(2, 101)})});
    CHECK(made.past().held.contains({9}));
    CHECK(made.past().devices.empty());
    auto all = made.orders->held("");
    REQUIRE(all);
    REQUIRE(all->size() == 1);
    const auto plan = all->front();
    CHECK(plan.would_reassign == 2);
    CHECK(plan.assigned_devices == 20);
    CHECK_FALSE(plan.approved);
    const auto changes = made.orders->changes_of(plan);
    REQUIRE(changes);
    REQUIRE(changes->size() == 2);
    CHECK(changes->front().contact == "Jane Doe (contact 100)");
    CHECK(changes->front().previous == "contact 5");

    made.record({held({change(1, 100), change(2, 102)}, now + 1h)}); // Another sweep, another plan.
    CHECK_FALSE(made.orders->approve(plan, now).value());
    const auto second = made.orders->held("main")->front();
    CHECK(second.since == now + 1h);
    CHECK(made.orders->approve(second, now).value());
    auto past = made.past();
    REQUIRE(past.devices.size() == 2);
    CHECK(past.devices[{2}].approved->to == core::contact_id{102});
    CHECK(past.devices[{2}].approved->from == core::contact_id{5});

    made.record({held({change(1, 100), change(2, 102)}, now + 2h)}); // A sweep that had begun before.
    CHECK(made.orders->held("")->front().approved == now);
    CHECK(made.orders->held("")->front().since == now + 1h);

    made.record(
        {intent(1, 1, 100), settled(1, core::event::failed), intent(2, 2, 102), settled(2, core::event::reassigned)});
    past = made.past();
    CHECK(past.devices[{1}].approved); // It did not come to be.
    CHECK_FALSE(past.devices[{2}].approved);
    made.record({released_company{"main", {9}}});
    CHECK(made.past().held.empty());
    CHECK(made.orders->held("")->empty());
    CHECK_FALSE(made.past().devices[{1}].approved);
}

TEST_CASE("the same changes are the same plan, and any other is another") {
    house made;
    const auto plan_of = [&made](std::vector<device_outcome> changes) {
        made.record({released_company{"main", {9}}, held(std::move(changes))});
        return made.orders->held("")->front().plan;
    };
    const auto plan = plan_of({change(1, 100), change(2, 101)});
    CHECK(plan_of({change(1, 100), change(2, 101)}) == plan);
    CHECK(plan_of({change(1, 100)}) != plan);
    CHECK(plan_of({change(1, 101), change(2, 100)}) != plan);
    CHECK(plan_of({change(1, 100, 6), change(2, 101)}) != plan);
    CHECK(plan_of({change(1, 100, std::nullopt), change(2, 101)}) != plan);
    CHECK(plan_of({change(3, 100), change(2, 101)}) != plan);
}

TEST_CASE("orders need a journal, and say so") {
    const support::temporary_directory place;
    const auto none = operator_orders::open(place.path(), false);
    REQUIRE_FALSE(none);
    CHECK(none.error() == "there is no journal " + place.path() +
                              "/journal.db yet: it begins with the first sweep; daemon.state_dir says where it is");
}
