#include "tests/e2e/house.hpp"
#include "tests/e2e/rows.hpp"

#include <catch2/catch.hpp>

// What an operator says to contactd by way of the journal, with the program as a whole.

using namespace e2e;

namespace {

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

/// Twelve PCs of one company that all have Ben, and were Anna's the last time anybody looked.
std::string all_but_renamed() {
    std::string rows = R"({"Companies": [{"id": 10, "companyName": "Acme", "companyType": 1, "isActive": true}],
        "Contacts": [
          {"id": 101, "companyID": 10, "firstName": "Anna", "lastName": "Berg", "emailAddress": "anna@acme.example", "isActive": 1},
          {"id": 102, "companyID": 10, "firstName": "Ben", "lastName": "Cole", "emailAddress": "ben@acme.example", "isActive": 1}],
        "ConfigurationItems": [)";
    for (int id = 1; id <= 12; ++id)
        rows += (id > 1 ? "," : "") + std::string(R"({"id": )") + std::to_string(1000 + id) +
                R"(, "companyID": 10, "configurationItemType": 1, "isActive": true, "rmmDeviceAuditHostname": "PC-)" +
                std::to_string(id) + R"(", "rmmDeviceAuditLastUser": "ACME\\anna", "contactID": 102})";
    return rows + "]}";
}

} // namespace

TEST_CASE("a device is pinned by its name, a sweep and a plan leave it alone, and it is let go again") {
    house home(world_of(known_rows));
    const auto none = home.run({"pins", "add", "PC-WRONG"});
    CHECK(none.status == 1);
    CHECK(contains(none.err, "it begins with the first sweep"));
    CHECK(home.run({"sweep", "--dry-run"}).status == 0);

    CHECK(home.run({"pins", "add", "pc-wrong", "--note", "Ben only borrows it"}).out ==
          "PC-WRONG (device 1002, Acme, instance main) is pinned: its contact is left alone from the next sweep on\n");
    CHECK(contains(home.run({"plan", "--device", "1002", "--format", "json"}).out, R"("reason":"pinned")"));
    CHECK(home.run({"sweep"}).status == 0);
    CHECK(home.contact_of(1002) == 101);
    CHECK(home.contact_of(1001) == 101);
    const auto listed = home.run({"pins", "list"});
    CHECK(listed.status == 0);
    CHECK(contains(listed.out, "1002      PC-WRONG"));
    CHECK(contains(listed.out, "Ben only borrows it\n"));
    CHECK(contains(listed.out, "1 device is left alone because a person said so\n"));

    CHECK(home.run({"pins", "remove", "1002"}).status == 0);
    CHECK(home.run({"pins", "remove", "1002"}).status == 1);
    CHECK(home.run({"sweep"}).status == 0);
    CHECK(home.contact_of(1002) == 102);
    CHECK(home.run({"pins", "list"}).out == "0 devices are left alone because a person said so\n");
    const auto unknown = home.run({"pins", "add", "NO-SUCH-PC"});
    CHECK(unknown.status == 1);
    CHECK(unknown.err == "contactd: error: no sweep has seen a device NO-SUCH-PC; give its id\n");
}

TEST_CASE("what the brake holds is named with the command that lets it go, and goes once") {
    house home(world_of(all_but_renamed()));
    const auto held = home.run({"sweep"});
    CHECK(held.status == 3);
    CHECK(contains(held.out, "if that is right: contactd approve --instance main --company 10\n"));
    CHECK(home.count("patch") == 0);

    const auto listed = home.run({"approve"});
    CHECK(listed.status == 0);
    CHECK(contains(listed.out, "Acme (company 10, instance main): 12 of 12 devices, since "));
    CHECK(contains(listed.out, "; contactd approve --instance main --company 10\n1 company is held\n"));
    const auto unasked = home.run({"approve", "--company", "acme"});
    CHECK(unasked.status == 64);
    CHECK(contains(unasked.out, "Ben Cole (contact 102) -> Anna Berg (contact 101)\n"));
    CHECK(home.run({"sweep"}).status == 3);

    // A look at one device is no other plan, and takes nothing from this one.
    const auto one = home.run({"sweep", "--device", "1005", "--dry-run"});
    CHECK(contains(one.out, "held: Acme"));
    CHECK_FALSE(contains(one.out, "if that is right"));
    CHECK(contains(home.run({"approve", "--company", "10"}).out, "PC-12 "));

    CHECK(home.run({"approve", "--instance", "main", "--company", "10", "--yes"}).status == 0);
    CHECK(home.run({"sweep", "--device", "1005"}).status == 0);
    CHECK(home.contact_of(1005) == 101);
    CHECK(home.contact_of(1006) == 102);
    CHECK(contains(home.run({"approve"}).out, "; approved "));
    CHECK(home.run({"plan"}).status == 2);
    CHECK(home.run({"sweep"}).status == 0);
    for (int id = 1; id <= 12; ++id)
        CHECK(home.contact_of(1000 + id) == 101);
    CHECK(home.run({"approve"}).out == "0 companies are held\n");
    CHECK(home.run({"approve", "--company", "10"}).status == 1);
}
