#include "tests/sandbox/model/admin.hpp"
#include "tests/support/memory_journal.hpp"
#include "tests/support/office.hpp"
#include "tests/support/sweep_world.hpp"

#include <boost/json/object.hpp>
#include <catch2/catch.hpp>
#include <string>

// What people chose comes first: whole sweeps in which somebody else changes contacts as well.

namespace {

using namespace std::chrono_literals;
using sandbox::entity;

std::string config(const std::string& policy, const std::string& schedule = "full_every = \"0s\"") {
    return "[schedule]\n" + schedule + "\n[policy]\n" + policy + std::string(test_support::one_instance);
}

/// One company, 900, with jane (1), bob (2) and carol (3), and PCs from 1 on.
struct office : test_support::sweep_world {
    explicit office(const std::string& text, std::int64_t devices = 1) : sweep_world({1, 1, 1}, text) {
        put(entity::companies, {{"id", 900}, {"companyName", "Acme"}, {"companyType", 1}, {"isActive", true}});
        for (const auto& [id, name] : {std::pair{1, "jane"}, std::pair{2, "bob"}, std::pair{3, "carol"}})
            put(entity::contacts, {{"id", 90000 + id},
                                   {"companyID", 900},
                                   {"isActive", 1},
                                   {"firstName", name},
                                   {"lastName", name},
                                   {"emailAddress", std::string(name) + "@acme.example"}});
        for (std::int64_t id = 1; id <= devices; ++id)
            put(entity::configuration_items, {{"id", 90000 + id},
                                              {"companyID", 900},
                                              {"isActive", true},
                                              {"productID", 9001},
                                              {"configurationItemType", 1}});
    }

    void put(entity which, boost::json::object fields) {
        (void)sandbox::put_row(model().tenant(), which, fields, now()).value();
    }

    void use(const std::string& user, std::int64_t device = 1) {
        put(entity::configuration_items, {{"id", 90000 + device}, {"rmmDeviceAuditLastUser", "ACME\\" + user}});
    }

    /// By a human, in Autotask.
    void set(std::int64_t person, std::int64_t device = 1) {
        put(entity::configuration_items,
            {{"id", 90000 + device},
             {"contactID", person == 0 ? boost::json::value() : boost::json::value(90000 + person)}});
    }

    /// Sweeps; who has the device then.
    std::string owner(std::int64_t device = 1) {
        last = sweep();
        const auto contact = test_support::stored_contacts(model().tenant()).at(90000 + device);
        return contact == 90001 ? "jane" : contact == 90002 ? "bob" : contact == 90003 ? "carol" : "nobody";
    }

    /// Why a device was left alone in the last sweep.
    std::string why(std::int64_t device = 1) const {
        for (const auto& one : last.report.skipped)
            if (one.device_id.value == 90000 + device)
                return std::string(core::to_string(*one.why));
        return {};
    }

    test_support::swept last;
};

} // namespace

TEST_CASE("a contact that a human sets stands until somebody else uses the device, in the daemon as in single sweeps") {
    for (const char* schedule : {"full_every = \"0s\"", "full_every = \"1d\""}) {
        office made(config("brake_percent = 100", schedule));
        made.use("jane");
        CHECK(made.owner() == "jane");
        made.set(3);
        CHECK(made.owner() == "carol");
        CHECK(made.why() == "pinned");
        for (int i = 0; i < 6; ++i) {
            made.pass(30min);
            CHECK(made.owner() == "carol");
        }
        made.use("bob");
        CHECK(made.owner() == "bob");
        made.set(0);
        CHECK(made.owner() == "nobody");
        made.use("jane");
        CHECK(made.owner() == "jane");
    }
}

TEST_CASE("what the policy says of contacts that a human sets holds for good, or not at all") {
    office always(config("brake_percent = 100\nmanual_changes = \"always\""));
    office never(config("brake_percent = 100\nmanual_changes = \"never\""));
    for (auto* one : {&always, &never}) {
        one->use("jane");
        CHECK(one->owner() == "jane");
        one->set(3);
    }
    CHECK(always.owner() == "carol");
    CHECK(never.owner() == "jane");
    always.use("bob");
    CHECK(always.owner() == "carol");
}

TEST_CASE("a contact is assigned only when it was found in so many sweeps in a row, and no sweep too late") {
    office made(config("brake_percent = 100\nstable_sweeps = 3"));
    made.use("jane");
    CHECK(made.owner() == "nobody");
    CHECK(made.why() == "unstable_user");
    CHECK(made.owner() == "nobody");
    CHECK(made.owner() == "jane");
    made.use("bob");
    CHECK(made.owner() == "jane");
    made.use("jane"); // Bob was only passing by.
    CHECK(made.owner() == "jane");
    CHECK(made.why().empty());
    made.use("bob");
    CHECK(made.owner() == "jane");
    CHECK(made.owner() == "jane");
    CHECK(made.owner() == "bob");
}

TEST_CASE("a time without a last user ends a streak") {
    office made(config("brake_percent = 100\nstable_sweeps = 2"));
    made.use("jane");
    CHECK(made.owner() == "nobody");
    made.put(entity::configuration_items, {{"id", 90001}, {"rmmDeviceAuditLastUser", nullptr}});
    CHECK(made.owner() == "nobody");
    made.use("jane");
    CHECK(made.owner() == "nobody");
    CHECK(made.owner() == "jane");
}

TEST_CASE("a held company that is not swept any more is held no more") {
    office made(config("brake_percent = 10\nbrake_minimum = 3"), 5);
    for (std::int64_t id = 1; id <= 5; ++id) {
        made.use("jane", id);
        made.set(2, id);
    }
    CHECK(made.owner() == "bob");
    CHECK(made.journal().plans.contains({900}));
    made.put(entity::companies, {{"id", 900}, {"isActive", false}});
    made.sweep();
    CHECK(made.journal().plans.empty());
}

TEST_CASE("a device that many people use is left alone when the policy says so") {
    office made(config("brake_percent = 100\nshared_devices = \"skip\"\nshared_users = 2\nshared_window = \"7d\""));
    for (const char* user : {"jane", "bob"}) {
        made.use(user);
        CHECK(made.owner() == user);
        made.pass(24h);
    }
    made.use("carol");
    CHECK(made.owner() == "bob");
    CHECK(made.why() == "shared_device");
    made.pass(5 * 24h - 1min);
    CHECK(made.owner() == "bob"); // Jane was there seven days ago, nearly ...
    made.pass(2min);
    CHECK(made.owner() == "carol"); // ... and now she was not.
}

TEST_CASE("a plan that the brake held is let go once, and only as it was when it was approved") {
    office made(config("brake_percent = 10\nbrake_minimum = 3"), 5);
    for (std::int64_t id = 1; id <= 5; ++id)
        made.use("jane", id);
    CHECK(made.owner() == "jane"); // Filling is not braked.
    for (std::int64_t id = 1; id <= 4; ++id)
        made.use("bob", id);
    CHECK(made.owner() == "jane");
    CHECK(made.why() == "held");
    REQUIRE(made.last.report.held.size() == 1);
    CHECK(made.last.report.held.front().changes.size() == 4);
    CHECK(made.owner() == "jane");

    made.journal().approve({900});
    made.use("carol", 1); // Since then another change follows for this one, which the brake alone would not hold.
    CHECK(made.owner(1) == "carol");
    CHECK(made.last.report.held.empty());
    for (std::int64_t id = 2; id <= 4; ++id)
        CHECK(test_support::stored_contacts(made.model().tenant()).at(90000 + id) == 90002);

    for (std::int64_t id = 1; id <= 4; ++id)
        made.use("jane", id); // And back: what was approved was approved once.
    CHECK(made.owner(2) == "bob");
    CHECK(made.why(2) == "held");
    for (std::int64_t id = 1; id <= 4; ++id)
        made.use("bob", id);
    CHECK(made.owner(2) == "bob");
    CHECK(made.journal().plans.empty()); // Nothing is held any more.
}
