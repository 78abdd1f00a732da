#include "daemon/sweep/assemble.hpp"
#include "daemon/sweep/chunk_sizer.hpp"
#include "daemon/sweep/instance.hpp"
#include "daemon/sweep/labels.hpp"

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

std::vector<autotask::field_info> picklist(const std::string& name, bool queryable = true) {
    autotask::field_info field;
    field.name = name;
    field.is_picklist = true;
    field.queryable = queryable;
    field.values = {{"1", "Customer", true}, {"3", "Prospect", true}};
    autotask::field_info plain;
    plain.name = "companyName";
    return {field, plain};
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

TEST_CASE("only texts in the filter and labels of types need the fields of the instance") {
    CHECK_FALSE(needs_company_fields({}));
    CHECK_FALSE(needs_company_fields({autotask::equals("companyType", std::int64_t{1})}));
    CHECK(needs_company_fields({autotask::equals("companyName", std::string("x"))}));
    CHECK_FALSE(needs_device_fields({"*"}));
    CHECK_FALSE(needs_device_fields({"none", "1", "-4"}));
    CHECK(needs_device_fields({"1", "Workstation"}));
    CHECK(needs_device_fields({""}));
}

TEST_CASE("labels in the company filter become numbers, texts of other fields stay") {
    const auto fields = picklist("companyType");
    std::vector<autotask::condition> filter{
        autotask::is_one_of("COMPANYTYPE", {std::string("customer"), std::string("3"), std::int64_t{4}}),
        autotask::equals("companyName", std::string("Customer"))};
    const auto resolved = resolve_filter(filter, fields);
    REQUIRE(resolved);
    CHECK((*resolved)[0].values ==
          std::vector<autotask::filter_value>{std::int64_t{1}, std::int64_t{3}, std::int64_t{4}});
    CHECK((*resolved)[1].values == std::vector<autotask::filter_value>{std::string("Customer")});

    CHECK(resolve_filter({autotask::equals("companyType", std::string("Friend"))}, fields).error() ==
          "company_filter: \"Friend\" is no label of companyType; there are \"Customer\", \"Prospect\"");
    CHECK(resolve_filter({autotask::equals("nonsense", std::string("x"))}, fields).error() ==
          "company_filter: companies have no field \"nonsense\"");
    CHECK(resolve_filter({autotask::equals("companyType", std::string("Customer"))}, picklist("companyType", false))
              .error() == "company_filter: the field \"companyType\" cannot be filtered on");
    auto own = autotask::equals("nonsense", std::string("x"));
    own.user_defined = true;
    CHECK(resolve_filter({own}, fields));
}

TEST_CASE("device types are every, none, numbers and labels") {
    const auto fields = picklist("configurationItemType");
    const auto types = resolve_device_types({"none", "7", "Customer", "1"}, fields);
    REQUIRE(types);
    CHECK(types->untyped);
    CHECK_FALSE(types->every);
    CHECK(types->values == std::set<std::int64_t>{1, 7});
    CHECK(resolve_device_types({"*"}, {})->every);
    CHECK(resolve_device_types({"7"}, {})->values == std::set<std::int64_t>{7});
    CHECK(resolve_device_types({"Customer"}, {}).error() ==
          "device_types: \"Customer\" is no label of configurationItemType; there are none");
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
