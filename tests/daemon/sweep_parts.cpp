#include "daemon/sweep/assemble.hpp"
#include "daemon/sweep/chunk_reader.hpp"
#include "daemon/sweep/chunk_sizer.hpp"
#include "daemon/sweep/instance.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace contactd;

core::company company(std::int64_t id) {
    core::company made;
    made.id.value = id;
    made.name = "Company " + std::to_string(id);
    return made;
}

core::device device(std::int64_t id, std::int64_t of) {
    core::device made;
    made.id.value = id;
    made.company.value = of;
    return made;
}

core::contact contact(std::int64_t id, std::int64_t of) {
    core::contact made;
    made.id.value = id;
    made.company.value = of;
    return made;
}

} // namespace

TEST_CASE("the rows of a chunk are sorted by company, in the order in which the companies were asked for") {
    autotask::rows<core::device> devices;
    devices.good = {device(1, 5), device(2, 0), device(3, 5), device(4, 99)};
    autotask::rows<core::contact> contacts;
    contacts.good = {contact(1, 0), contact(2, 99)};
    const auto made = assemble({company(5), company(0), company(7)}, devices, contacts);
    REQUIRE(made.complete.size() == 3);
    CHECK(made.complete[0].company.id.value == 5);
    CHECK(made.complete[0].devices.size() == 2);
    CHECK(made.complete[1].company.id.value == 0);
    CHECK(made.complete[1].devices.size() == 1);
    CHECK(made.complete[1].contacts.size() == 1);
    CHECK(made.complete[2].devices.empty());
    CHECK(made.unreadable.empty());
    CHECK(made.ignored ==
          std::vector<std::string>{"the reply holds configuration item 4 of company 99, which was not asked for",
                                   "the reply holds contact 2 of company 99, which was not asked for"});
}

TEST_CASE("a contact that cannot be read spoils its company, or every company when it names none") {
    autotask::rows<core::contact> contacts;
    contacts.bad = {{"a contact without an id", core::company_id{5}},
                    {"another", core::company_id{5}},
                    {"a stranger", core::company_id{99}}};
    auto made = assemble({company(5), company(6)}, {}, contacts);
    REQUIRE(made.unreadable.size() == 1);
    CHECK(made.unreadable[0].company.id.value == 5);
    CHECK(made.unreadable[0].what == "a contact without an id");
    CHECK(made.complete.size() == 1);
    contacts.bad = {{"a contact that is no JSON object", std::nullopt}};
    made = assemble({company(5), company(6)}, {}, contacts);
    CHECK(made.unreadable.size() == 2);
    CHECK(made.complete.empty());
}

TEST_CASE("a device that cannot be read is told and spoils nothing") {
    autotask::rows<core::device> devices;
    devices.bad = {{"a configuration item without an id", std::nullopt}};
    const auto made = assemble({company(5)}, devices, {});
    CHECK(made.complete.size() == 1);
    CHECK(made.unread_devices == std::vector<std::string>{"the reply holds a configuration item without an id"});
}

TEST_CASE("the contacts of a parent company are given to the companies that look there, and to itself") {
    auto child = company(5);
    child.parent = core::company_id{0};
    auto other_child = company(6);
    other_child.parent = core::company_id{9};
    autotask::rows<core::contact> contacts;
    contacts.good = {contact(1, 0), contact(2, 5), contact(3, 9)};
    const auto made = assemble({child, company(0), other_child}, {}, contacts);
    REQUIRE(made.complete.size() == 3);
    CHECK(made.complete[0].contacts.front().id.value == 2);
    CHECK(made.complete[0].of_parent().front().id.value == 1);
    CHECK(made.complete[1].contacts.front().id.value == 1);
    CHECK(made.complete[1].of_parent().empty());
    CHECK(made.complete[2].contacts.empty());
    CHECK(made.complete[2].of_parent().front().id.value == 3);
    CHECK(made.ignored.empty());
}

TEST_CASE("a contact of a parent that cannot be read spoils the companies that look there") {
    auto child = company(5);
    child.parent = core::company_id{9};
    autotask::rows<core::contact> contacts;
    contacts.bad = {{"a contact (id 3) whose emailAddress is not a text", core::company_id{9}}};
    const auto made = assemble({child, company(6)}, {}, contacts);
    REQUIRE(made.unreadable.size() == 1);
    CHECK(made.unreadable.front().company.id.value == 5);
    CHECK(made.complete.size() == 1);
}

TEST_CASE("a chunk holds so many companies as fit into a query with their parents") {
    std::vector<core::company> all;
    for (std::int64_t i = 0; i < 300; ++i) {
        all.push_back(company(i));
        if (i >= 100)
            all.back().parent = core::company_id{1000 + i};
    }
    CHECK(chunk_reader::some_of(all, 0, 25, 200).size() == 25);
    CHECK(chunk_reader::some_of(all, 0, 500, 200).size() == 150);
    CHECK(chunk_reader::some_of(all, 150, 500, 200).size() == 100);
    CHECK(chunk_reader::some_of(all, 250, 500, 200).size() == 50);
    CHECK(chunk_reader::some_of(all, 0, 500, 150).size() == 125);
}

TEST_CASE("a chunk aims at a few pages of rows, within what one query may ask") {
    chunk_sizer sizer;
    CHECK(sizer.next() == 25);
    sizer.learn(25, 2500);
    CHECK(sizer.next() == 30);
    sizer.learn(25, 100000);
    CHECK(sizer.next() == 1);
    chunk_sizer empty;
    empty.learn(25, 0);
    CHECK(empty.next() == 200);
    chunk_sizer huge;
    huge.learn(1, 1000000);
    CHECK(huge.next() == 1);
}

TEST_CASE("the hosts that the configuration names are trusted, and no others") {
    instance_settings settings;
    settings.zone.value = "auto";
    settings.zone_discovery_url.value = "https://webservices.autotask.net/ATServicesRest/";
    auto options = make_session_options(settings);
    CHECK_FALSE(options.zone);
    CHECK(options.discovery.host == "webservices.autotask.net");
    CHECK(options.trusted_hosts == std::vector<std::string>{"webservices.autotask.net"});
    settings.zone.value = "https://localhost:8443/ATServicesRest/";
    options = make_session_options(settings);
    REQUIRE(options.zone);
    CHECK(options.zone->text() == "https://localhost:8443/ATServicesRest");
    CHECK(options.trusted_hosts == std::vector<std::string>{"webservices.autotask.net", "localhost"});
}
