#include "tests/sandbox/model/admin.hpp"
#include "tests/sandbox/model/faults.hpp"
#include "tests/support/model_transport.hpp"
#include "tests/support/office.hpp"
#include "tests/support/sweep_world.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <vector>

// What the daemon remembers from sweep to sweep saves requests and changes nothing else. Two worlds with the same data
// and the same people: in one of them everything is read in every sweep.

namespace {

using namespace std::chrono_literals;
using sandbox::entity;
using test_support::office;
using test_support::one_instance;
using test_support::sweep_world;
using test_support::swept;

constexpr sandbox::generator_options data{1, 60, 1'500};

std::string config(std::string_view full_every) {
    return "[schedule]\nfull_every = \"" + std::string(full_every) + "\"\n[policy]\nbrake_percent = 100\n" +
           std::string(one_instance);
}

std::map<std::int64_t, std::int64_t> stored_contacts(sweep_world& world) {
    return test_support::stored_contacts(world.model().tenant());
}

std::int64_t reads(const swept& one) {
    return one.counts.requests - one.requests("ConfigurationItems", "patch");
}

bool devices_in_part(const swept& one) {
    return one.report.instances.front().devices_in_part;
}

bool contacts_in_part(const swept& one) {
    return one.report.instances.front().contacts_in_part;
}

/// A world that remembers and one that does not, swept side by side.
struct twins {
    twins() { rmm_leaves_dates(true); }

    void rmm_leaves_dates(bool leaves) {
        for (auto* one : {&remembers, &reads_all})
            one->model().options().rmm_sync_touches_last_modified = leaves;
    }

    office office_of(std::uint64_t seed) {
        return office(seed, {&remembers.model(), &reads_all.model()}, [this] { return remembers.now(); });
    }

    /// Half an hour, and a sweep in each. Gives that of the world that remembers.
    swept sweep() {
        for (auto* one : {&remembers, &reads_all})
            one->pass(30min);
        auto part = remembers.sweep();
        full = reads_all.sweep();
        return part;
    }

    /// The same was decided and stored.
    void check_same(const swept& part) {
        CHECK(part.report.counts.events == full.report.counts.events);
        CHECK(part.report.counts.reasons == full.report.counts.reasons);
        CHECK(part.report.status() == full.report.status());
        CHECK(stored_contacts(remembers) == stored_contacts(reads_all));
    }

    /// Both have seen enough to believe the dates.
    void settle(office& people) {
        sweep();
        for (int i = 0; i < 3; ++i) {
            people.people_move(10);
            for (int j = 0; j < 30; ++j)
                people.something_happens();
            sweep();
        }
    }

    sweep_world remembers{data, config("24h")};
    sweep_world reads_all{data, config("0s")};
    swept full;
};

} // namespace

TEST_CASE("sweeps that read only what was modified decide, store and tell the same as sweeps that read everything") {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        twins world;
        auto people = world.office_of(seed);
        int in_part = 0;
        for (int i = 0; i < 25; ++i) {
            INFO("seed " << seed << ", sweep " << i);
            const auto one = world.sweep();
            world.check_same(one);
            in_part += devices_in_part(one) && contacts_in_part(one) ? 1 : 0;
            people.people_move(static_cast<int>(seed));
            for (int j = 0; j < 4; ++j)
                people.something_happens();
        }
        CHECK(in_part >= 10);
    }
}

TEST_CASE("in the middle of an ordinary day a sweep reads a tenth of what a full one does, and no more") {
    twins world;
    auto people = world.office_of(7);
    world.settle(people);
    std::int64_t part_reads = 0;
    std::int64_t full_reads = 0;
    for (int i = 0; i < 6; ++i) {
        people.people_move(7); // 0.5 % of the devices
        const auto one = world.sweep();
        world.check_same(one);
        if (devices_in_part(one) && contacts_in_part(one)) {
            part_reads += reads(one);
            full_reads += reads(world.full);
        }
    }
    CHECK(full_reads > 0);
    INFO(part_reads << " of " << full_reads);
    CHECK(part_reads < full_reads);
}

TEST_CASE("where the RMM leaves no date, devices are read in full in every sweep, and contacts are not") {
    twins world;
    world.rmm_leaves_dates(false);
    auto people = world.office_of(3);
    world.settle(people);
    int contacts_saved = 0;
    for (int i = 0; i < 12; ++i) {
        people.people_move(5);
        people.something_happens();
        const auto one = world.sweep();
        INFO("sweep " << i);
        world.check_same(one);
        CHECK_FALSE(devices_in_part(one));
        contacts_saved += contacts_in_part(one) ? 1 : 0;
    }
    CHECK(contacts_saved >= 6);
}

TEST_CASE("when the RMM ceases to leave dates, the next full sweep tells, and none is in part from then on") {
    twins world;
    auto people = world.office_of(5);
    world.settle(people);
    world.rmm_leaves_dates(false);
    std::vector<contactd::turned_shortcut> turned;
    int later_in_part = 0;
    for (int i = 0; i < 60; ++i) {
        people.people_move(5);
        const auto one = world.sweep();
        CHECK(one.report.status() == contactd::exit_status::done);
        later_in_part += !turned.empty() && devices_in_part(one) ? 1 : 0;
        turned.insert(turned.end(), one.turned.begin(), one.turned.end());
    }
    REQUIRE(turned.size() == 1);
    CHECK(turned.front().table == "configuration items");
    CHECK_FALSE(turned.front().how.believed);
    CHECK(turned.front().how.missed > 0);
    CHECK(later_in_part == 0);
    world.check_same(world.sweep());
}

TEST_CASE("nothing wrong is written when a contact was changed without a date and a device points to it") {
    twins world;
    auto people = world.office_of(9);
    world.settle(people);
    // Every address of the contacts is given away, and no date tells of it.
    for (auto* one : {&world.remembers, &world.reads_all}) {
        auto& tenant = one->model().tenant();
        auto& contacts = tenant.rows(entity::contacts);
        std::vector<std::int64_t> ids;
        for (const auto& row : contacts.rows())
            ids.push_back(row.id());
        for (const auto id : ids)
            (void)sandbox::put_row(tenant, entity::contacts,
                                   {{"id", id}, {"emailAddress", "x" + std::to_string(id) + "@gone.example"}},
                                   one->now(), sandbox::traces::none);
    }
    const auto before = stored_contacts(world.remembers);
    people.people_move(40);
    const auto one = world.sweep();
    CHECK(devices_in_part(one));
    CHECK(contacts_in_part(one));
    CHECK(one.requests("ConfigurationItems", "patch") == 0);
    CHECK(stored_contacts(world.remembers) == before);
    CHECK(stored_contacts(world.remembers) == stored_contacts(world.reads_all));
}

TEST_CASE("a second contact of the same name that left no date makes a change ambiguous, not wrong") {
    twins world;
    auto people = world.office_of(11);
    world.settle(people);
    people.people_move(40);
    // Before the sweep every active contact gets a twin in the same company.
    for (auto* one : {&world.remembers, &world.reads_all}) {
        auto& tenant = one->model().tenant();
        const auto& contacts = tenant.rows(entity::contacts);
        std::vector<boost::json::object> twins_of_all;
        for (const auto& row : contacts.rows()) {
            const auto address = std::string(row.get(contacts.shape().at("emailAddress")).as_text());
            if (const auto at = address.find('@'); at != std::string::npos)
                twins_of_all.push_back({{"companyID", row.get(contacts.shape().at("companyID")).as_integer()},
                                        {"firstName", "Twin"},
                                        {"lastName", "Twin"},
                                        {"isActive", 1},
                                        {"emailAddress", address.substr(0, at) + "@twin.example"},
                                        {"lastModifiedDate", "2001-01-01T00:00:00.000Z"}});
        }
        for (const auto& fields : twins_of_all)
            (void)sandbox::put_row(tenant, entity::contacts, fields, one->now());
    }
    const auto before = stored_contacts(world.remembers);
    const auto one = world.sweep();
    CHECK(devices_in_part(one));
    CHECK(contacts_in_part(one));
    CHECK(stored_contacts(world.remembers) == stored_contacts(world.reads_all));
    CHECK(stored_contacts(world.remembers).size() == before.size());
}

TEST_CASE("contacts that were deleted left no date, but are missed when the contacts are counted") {
    twins world;
    auto people = world.office_of(13);
    world.settle(people);
    int in_part = 0;
    for (int i = 0; i < 40; ++i) {
        if (i % 3 == 0)
            people.somebody_deletes_a_contact();
        people.people_move(10);
        const auto one = world.sweep();
        INFO("sweep " << i);
        world.check_same(one);
        CHECK(one.report.failed.empty());
        CHECK(one.turned.empty());
        in_part += contacts_in_part(one) ? 1 : 0;
    }
    CHECK(in_part >= 20);
}

TEST_CASE("whatever goes wrong in the middle of sweeps in part, nothing is lost: the next good sweep makes up for it") {
    const char* const faults[] = {
        R"({"kind":"html","status":503,"probability":0.2})", R"({"kind":"reset","probability":0.2})",
        R"({"kind":"reset_after","probability":0.3})",       R"({"kind":"maintenance"})",
        R"({"kind":"html","status":503,"path":"Contacts"})", R"({"kind":"truncate","probability":0.3})",
    };
    for (const auto* fault : faults) {
        INFO(fault);
        twins world;
        auto people = world.office_of(17);
        world.settle(people);
        const auto rule = sandbox::parse_fault(boost::json::parse(fault).as_object());
        REQUIRE(rule);
        int in_part = 0;
        for (int i = 0; i < 12; ++i) {
            people.people_move(10);
            for (int j = 0; j < 4; ++j)
                people.something_happens();
            const bool is_bad = i % 3 != 2;
            if (is_bad)
                world.remembers.model().faults().add(*rule);
            const auto one = world.sweep();
            world.remembers.model().faults().clear();
            in_part += devices_in_part(one) || contacts_in_part(one) ? 1 : 0;
            for (const auto& change : one.report.changes)
                CHECK(stored_contacts(world.remembers).at(change.device_id.value) == change.contact_id->value);
            if (is_bad)
                continue;
            INFO("sweep " << i);
            CHECK(one.report.status() == contactd::exit_status::done);
            CHECK(stored_contacts(world.remembers) == stored_contacts(world.reads_all));
        }
        CHECK(in_part >= 2); // A question that was not answered is not asked in the next sweeps.
    }
}
