#include "autotask/reader.hpp"

#include "tests/autotask/session_world.hpp"

#include <catch2/catch.hpp>
#include <functional>

namespace {

namespace asio = boost::asio;
using namespace autotask_tests;
using namespace test_support;
using autotask::error_kind;

/// A reader on a session whose zone is configured.
struct reader_world : session_world {
    reader_world() : session_world(with_zone("https://webservices3.autotask.net/ATServicesRest/")) {
        if (!open())
            throw std::logic_error("a configured zone needs no opening");
    }

    template <class T>
    T await(asio::awaitable<T> question) {
        std::optional<T> got;
        const auto task = [&]() -> asio::awaitable<void> { got.emplace(co_await std::move(question)); };
        loop.start(task());
        if (!loop.finish() || !got)
            throw std::logic_error("the question never ends");
        return std::move(*got);
    }

    void want_types(core::device_types types) {
        autotask::wanted_rows rows;
        rows.types = std::move(types);
        reader.want(std::move(rows));
    }

    void want(std::vector<std::string> address_fields, std::vector<std::string> login_fields = {}) {
        autotask::wanted_rows rows;
        rows.address_fields = std::move(address_fields);
        rows.login_fields = std::move(login_fields);
        reader.want(std::move(rows));
    }

    autotask::reader reader{*session};
};

/// The rows from first to last, as devices, contacts or companies.
std::string rows_from(std::int64_t first, std::int64_t last) {
    std::string rows;
    for (auto id = first; id <= last; ++id)
        rows += (rows.empty() ? "" : ",") + std::string("{\"id\":") + std::to_string(id) + ",\"companyID\":5}";
    return rows;
}

autotask::http_response page(const std::string& rows, bool more = false) {
    return json_answer("{\"items\":[" + rows +
                       "],\"pageDetails\":{\"nextPageUrl\":" + (more ? "\"https://x/\"" : "null") + "}}");
}

std::vector<core::company_id> companies(std::initializer_list<std::int64_t> ids) {
    std::vector<core::company_id> made;
    for (const auto id : ids)
        made.push_back(core::company_id{id});
    return made;
}

core::device_types types(bool every, bool untyped, std::set<std::int64_t> values) {
    core::device_types made;
    made.every = every;
    made.untyped = untyped;
    made.values = std::move(values);
    return made;
}

const char* const every_device_field =
    R"("IncludeFields":["id","companyID","contactID","configurationItemType","rmmDeviceAuditHostname",)"
    R"("referenceTitle","rmmDeviceAuditLastUser","isActive","lastModifiedTime"])";

} // namespace

TEST_CASE("devices are asked for page by page, each above the last id, until a page is not full") {
    reader_world world;
    world.network.script = {reply(page(rows_from(1, 500), true)), reply(page(rows_from(600, 1099), true)),
                            reply(page(rows_from(2000, 2001)))};
    world.want_types(types(false, false, {1}));
    const auto found = world.await(world.reader.devices(companies({0, 5})));
    REQUIRE(found);
    CHECK(found->good.size() == 1002);
    CHECK(found->bad.empty());
    REQUIRE(world.network.requests.size() == 3);
    const std::string filter = R"({"op":"in","field":"companyID","value":[0,5]},)"
                               R"({"op":"eq","field":"isActive","value":true},)"
                               R"({"op":"in","field":"configurationItemType","value":[1]},)"
                               R"({"op":"exist","field":"rmmDeviceAuditLastUser"})";
    const auto body = [&filter](const std::string& more) {
        return R"({"MaxRecords":500,)" + std::string(every_device_field) + R"(,"Filter":[)" + filter + more + "]}";
    };
    CHECK(world.network.requests[0].body == body(""));
    CHECK(world.network.requests[1].body == body(R"(,{"op":"gt","field":"id","value":500})"));
    CHECK(world.network.requests[2].body == body(R"(,{"op":"gt","field":"id","value":1099})"));
    for (const auto& request : world.network.requests)
        CHECK(request.line() == "POST webservices3.autotask.net/ATServicesRest/V1.0/ConfigurationItems/query");
}

TEST_CASE("the wanted types of devices are asked for in the filter") {
    struct {
        core::device_types wanted;
        const char* condition;
    } const rows[] = {
        {types(true, false, {}), ""},
        {types(true, true, {1}), ""},
        {types(false, true, {}), R"({"op":"notExist","field":"configurationItemType"},)"},
        {types(false, false, {2, 1}), R"({"op":"in","field":"configurationItemType","value":[1,2]},)"},
        {types(false, true, {1}), R"({"op":"or","items":[{"op":"in","field":"configurationItemType","value":[1]},)"
                                  R"({"op":"notExist","field":"configurationItemType"}]},)"},
    };
    for (const auto& one : rows) {
        reader_world world;
        world.network.script = {reply(page(""))};
        world.want_types(one.wanted);
        REQUIRE(world.await(world.reader.devices(companies({5}))));
        CHECK(world.network.requests[0].body == R"({"MaxRecords":500,)" + std::string(every_device_field) +
                                                    R"(,"Filter":[{"op":"in","field":"companyID","value":[5]},)"
                                                    R"({"op":"eq","field":"isActive","value":true},)" +
                                                    one.condition +
                                                    R"({"op":"exist","field":"rmmDeviceAuditLastUser"}]})");
    }
}

TEST_CASE("a full last page costs one more question, an empty answer none") {
    reader_world world;
    world.network.script = {reply(page(rows_from(1, 500))), reply(page(""))};
    const auto full = world.await(world.reader.companies({}));
    REQUIRE(full);
    CHECK(full->good.size() == 500);
    CHECK(world.network.requests.size() == 2);
    world.network.script = {reply(page(""))};
    CHECK(world.await(world.reader.companies({}))->good.empty());
    CHECK(world.network.requests.size() == 3);
}

TEST_CASE("a short page that names a next one is not the last") {
    reader_world world;
    world.network.script = {reply(page(rows_from(1, 3), true)), reply(page(rows_from(4, 4), true)), reply(page(""))};
    const auto found = world.await(world.reader.companies({}));
    REQUIRE(found);
    CHECK(found->good.size() == 4);
    CHECK(world.network.requests.size() == 3);
}

TEST_CASE("a server that repeats itself ends in an error, not in half an answer") {
    reader_world world;
    world.network.handler = [](const sent_request&) { return reply(page(rows_from(1, 500), true)); };
    const auto found = world.await(world.reader.companies({}));
    REQUIRE_FALSE(found);
    CHECK(found.error().kind == error_kind::protocol);
    CHECK(found.error().message() ==
          "reading the companies at webservices3.autotask.net failed: row 1 comes after row 500: the rows do not come "
          "by ascending id, or the filter was ignored");
    CHECK(world.network.requests.size() == 2);
}

TEST_CASE("a server that never ends is left at last") {
    reader_world world;
    std::int64_t last = 0;
    world.network.handler = [&last](const sent_request&) {
        ++last;
        return reply(page(rows_from(last, last), true));
    };
    const auto found = world.await(world.reader.companies({}));
    REQUIRE_FALSE(found);
    CHECK(found.error().said == "the answer does not end after 2000 pages");
    CHECK(world.network.requests.size() == 2000);
}

TEST_CASE("a failure on a later page fails the whole question") {
    reader_world world;
    world.network.script = {reply(page(rows_from(1, 500))), reply(errors_answer("No."))};
    const auto found = world.await(world.reader.devices(companies({1, 2, 3})));
    REQUIRE_FALSE(found);
    CHECK(found.error().message() == "reading the configuration items of 3 companies at webservices3.autotask.net "
                                     "failed: HTTP 500, \"No.\"");
}

TEST_CASE("rows that cannot be read are handed on beside the good ones") {
    reader_world world;
    world.network.script = {reply(page(R"({"companyID":5},{"id":2,"companyID":5})"))};
    const auto found = world.await(world.reader.contacts(companies({5})));
    REQUIRE(found);
    CHECK(found->good.size() == 1);
    REQUIRE(found->bad.size() == 1);
    CHECK(found->bad.front().company == core::company_id{5});
}

TEST_CASE("only active contacts with an address in one of the fields are asked for") {
    reader_world world;
    world.network.script = {reply(page("")), reply(page(""))};
    REQUIRE(world.await(world.reader.contacts(companies({5}))));
    world.want({"emailAddress", "emailAddress2"});
    REQUIRE(world.await(world.reader.contacts(companies({5}))));
    CHECK(world.network.requests[0].body ==
          R"({"MaxRecords":500,"IncludeFields":["id","companyID","firstName","lastName","isActive","lastModifiedDate",)"
          R"("emailAddress"],)"
          R"("Filter":[{"op":"in","field":"companyID","value":[5]},{"op":"eq","field":"isActive","value":1},)"
          R"({"op":"exist","field":"emailAddress"}]})");
    CHECK(world.network.requests[1].body ==
          R"({"MaxRecords":500,"IncludeFields":["id","companyID","firstName","lastName","isActive","lastModifiedDate",)"
          R"("emailAddress",)"
          R"("emailAddress2"],"Filter":[{"op":"in","field":"companyID","value":[5]},)"
          R"({"op":"eq","field":"isActive","value":1},{"op":"or","items":[{"op":"exist","field":"emailAddress"},)"
          R"({"op":"exist","field":"emailAddress2"}]}]})");
}

TEST_CASE("companies of which more is wanted than of the others are named in the same question") {
    reader_world world;
    autotask::wanted_rows rows;
    rows.types = types(false, false, {1});
    rows.every_type = {core::company_id{6}, core::company_id{9}};
    rows.every_contact = {core::company_id{5}, core::company_id{6}};
    rows.categories = true;
    world.reader.want(rows);
    world.network.handler = [](const sent_request&) { return reply(page("")); };
    REQUIRE(world.await(world.reader.devices(companies({5, 6}))));
    REQUIRE(world.await(world.reader.devices(companies({6}))));
    REQUIRE(world.await(world.reader.contacts(companies({5, 6, 7}))));
    REQUIRE(world.await(world.reader.contacts(companies({5, 6}))));
    const auto filter = [&world](std::size_t of) {
        const auto& body = world.network.requests[of].body;
        return body.substr(body.find("\"Filter\""));
    };
    CHECK(filter(0) == R"("Filter":[{"op":"in","field":"companyID","value":[5,6]},)"
                       R"({"op":"eq","field":"isActive","value":true},)"
                       R"({"op":"or","items":[{"op":"in","field":"configurationItemType","value":[1]},)"
                       R"({"op":"in","field":"companyID","value":[6]}]},)"
                       R"({"op":"exist","field":"rmmDeviceAuditLastUser"}]})");
    CHECK(filter(1) == R"("Filter":[{"op":"in","field":"companyID","value":[6]},)"
                       R"({"op":"eq","field":"isActive","value":true},)"
                       R"({"op":"exist","field":"rmmDeviceAuditLastUser"}]})");
    CHECK(filter(2) == R"("Filter":[{"op":"in","field":"companyID","value":[5,6,7]},)"
                       R"({"op":"eq","field":"isActive","value":1},)"
                       R"({"op":"or","items":[{"op":"exist","field":"emailAddress"},)"
                       R"({"op":"in","field":"companyID","value":[5,6]}]}]})");
    CHECK(filter(3) == R"("Filter":[{"op":"in","field":"companyID","value":[5,6]},)"
                       R"({"op":"eq","field":"isActive","value":1}]})");
    CHECK(world.network.requests[0].body.find(R"("lastModifiedTime","configurationItemCategoryID"])") !=
          std::string::npos);
    rows.former_contacts = {core::company_id{6}};
    world.reader.want(rows);
    REQUIRE(world.await(world.reader.contacts(companies({5, 6, 7}))));
    REQUIRE(world.await(world.reader.contacts(companies({6}))));
    CHECK(filter(4) == R"("Filter":[{"op":"in","field":"companyID","value":[5,6,7]},)"
                       R"({"op":"or","items":[{"op":"eq","field":"isActive","value":1},)"
                       R"({"op":"in","field":"companyID","value":[6]}]},)"
                       R"({"op":"or","items":[{"op":"exist","field":"emailAddress"},)"
                       R"({"op":"in","field":"companyID","value":[5,6]}]}]})");
    CHECK(filter(5) == R"("Filter":[{"op":"in","field":"companyID","value":[6]}]})");
}

TEST_CASE("devices without a last user are counted by type and category") {
    reader_world world;
    world.network.script = {reply(json_answer(R"({"queryCount":17})"))};
    core::device_categories categories;
    categories.every = false;
    categories.values = {3};
    categories.uncategorised = true;
    REQUIRE(world.await(world.reader.count_without_last_user(companies({5}), types(false, false, {1}), categories)));
    CHECK(world.network.requests[0].body ==
          R"({"Filter":[{"op":"in","field":"companyID","value":[5]},{"op":"eq","field":"isActive","value":true},)"
          R"({"op":"in","field":"configurationItemType","value":[1]},)"
          R"({"op":"or","items":[{"op":"in","field":"configurationItemCategoryID","value":[3]},)"
          R"({"op":"notExist","field":"configurationItemCategoryID"}]},)"
          R"({"op":"notExist","field":"rmmDeviceAuditLastUser"}]})");
}

TEST_CASE("a user-defined field is asked for by its name, and with every field where that is in vain") {
    const std::string listed = R"("IncludeFields":["id","companyID","firstName","lastName","isActive",)"
                               R"("lastModifiedDate","emailAddress","Login name"])";
    const std::string with_field = R"({"id":1,"companyID":5,"userDefinedFields":[{"name":"Login name","value":"jd"}]})";
    const std::string without = R"({"id":1,"companyID":5,"userDefinedFields":[]})";
    struct {
        const char* what;
        std::vector<reply> answers;
        std::vector<bool> lists; ///< Whether each request lists its fields.
    } const rows[] = {
        {"it is there", {reply(page(with_field)), reply(page(with_field))}, {true, true}},
        {"it is left out",
         {reply(page(without)), reply(page(with_field)), reply(page(with_field))},
         {true, false, false}},
        {"it is refused",
         {reply(errors_answer("Unable to find Login name in the Contact Entity")), reply(page(with_field)),
          reply(page(with_field))},
         {true, false, false}},
        {"there is nobody", {reply(page("")), reply(page(""))}, {true, true}},
    };
    for (const auto& one : rows) {
        INFO(one.what);
        reader_world world;
        world.want({"emailAddress"}, {"Login name"});
        world.network.script.assign(one.answers.begin(), one.answers.end());
        REQUIRE(world.await(world.reader.contacts(companies({5}))));
        const auto found = world.await(world.reader.contacts(companies({5})));
        REQUIRE(found);
        if (!found->good.empty())
            CHECK(found->good.front().logins == std::vector<std::string>{"jd"});
        REQUIRE(world.network.requests.size() == one.lists.size());
        for (std::size_t i = 0; i < one.lists.size(); ++i) {
            const auto& body = world.network.requests[i].body;
            CHECK((body.find(listed) != std::string::npos) == one.lists[i]);
            CHECK((body.find("IncludeFields") != std::string::npos) == one.lists[i]);
        }
    }
}

TEST_CASE("where the server leaves out one of two user-defined fields, both are asked for with every field") {
    reader_world world;
    world.want({"emailAddress"}, {"Login name", "AD user"});
    world.network.script = {
        reply(page(R"({"id":1,"companyID":5,"userDefinedFields":[{"name":"Login name","value":"jd"}]})")),
        reply(page(R"({"id":1,"companyID":5,"userDefinedFields":[{"name":"Login name","value":"jd"},)"
                   R"({"name":"AD user","value":"john"}]})"))};
    const auto found = world.await(world.reader.contacts(companies({5})));
    REQUIRE(found);
    CHECK(found->good.front().logins == std::vector<std::string>{"jd", "john"});
    CHECK(world.network.requests.size() == 2);
}

TEST_CASE("a refusal of contacts that has nothing to do with user-defined fields is no reason to ask again") {
    reader_world world;
    world.network.handler = [](const sent_request&) { return reply(errors_answer("No.")); };
    CHECK_FALSE(world.await(world.reader.contacts(companies({5}))));
    CHECK(world.network.requests.size() == 1);
}

TEST_CASE("companies are looked after by their ids, whatever they are like") {
    reader_world world;
    world.network.script = {reply(page(R"({"id":3,"companyName":"Gone","isActive":false})"))};
    const auto found = world.await(world.reader.companies_now(companies({3, 4})));
    REQUIRE(found);
    REQUIRE(found->good.size() == 1);
    CHECK_FALSE(found->good.front().active);
    CHECK(world.network.requests[0].body.find(R"("Filter":[{"op":"in","field":"id","value":[3,4]}])") !=
          std::string::npos);
}

TEST_CASE("what was modified is asked for whether or not a sweep would look at it: else nobody heard that it is gone") {
    reader_world world;
    world.network.script = {reply(page("")), reply(page("")), reply(page(""))};
    const core::wall_time since = std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + std::chrono::hours{9};
    REQUIRE(world.await(world.reader.devices_modified(companies({5, 6}), since)));
    REQUIRE(world.await(world.reader.devices_modified({}, since)));
    world.want({"emailAddress2"}, {});
    REQUIRE(world.await(world.reader.contacts_modified(companies({5}), since)));
    CHECK(world.network.requests[0].body ==
          R"({"MaxRecords":500,)" + std::string(every_device_field) +
              R"(,"Filter":[{"op":"in","field":"companyID","value":[5,6]},)"
              R"({"op":"gte","field":"lastModifiedTime","value":"2026-11-24T09:00:00.000Z"}]})");
    CHECK(world.network.requests[1].body ==
          R"({"MaxRecords":500,)" + std::string(every_device_field) +
              R"(,"Filter":[{"op":"gte","field":"lastModifiedTime","value":"2026-11-24T09:00:00.000Z"}]})");
    CHECK(world.network.requests[2].body ==
          R"({"MaxRecords":500,"IncludeFields":["id","companyID","firstName","lastName","isActive",)"
          R"("lastModifiedDate","emailAddress2"],"Filter":[{"op":"in","field":"companyID","value":[5]},)"
          R"({"op":"gte","field":"lastModifiedDate","value":"2026-11-24T09:00:00.000Z"}]})");
}

TEST_CASE("contacts are looked for by texts in their addresses, and rows by their ids") {
    reader_world world;
    world.network.script = {reply(page("")), reply(page("")), reply(page(""))};
    REQUIRE(world.await(world.reader.contacts_with(companies({5}), {"JDOE@", "4711@"})));
    REQUIRE(world.await(world.reader.contacts_now({core::contact_id{8}})));
    REQUIRE(world.await(world.reader.devices_now({core::device_id{9}})));
    CHECK(world.network.requests[0].body ==
          R"({"MaxRecords":500,"IncludeFields":["id","companyID","firstName","lastName","isActive",)"
          R"("lastModifiedDate","emailAddress"],"Filter":[{"op":"in","field":"companyID","value":[5]},)"
          R"({"op":"eq","field":"isActive","value":1},{"op":"or","items":[)"
          R"({"op":"contains","field":"emailAddress","value":"JDOE@"},)"
          R"({"op":"contains","field":"emailAddress","value":"4711@"}]}]})");
    CHECK(world.network.requests[1].body ==
          R"({"MaxRecords":500,"IncludeFields":["id","companyID","firstName","lastName","isActive",)"
          R"("lastModifiedDate","emailAddress"],"Filter":[{"op":"in","field":"id","value":[8]}]})");
    CHECK(world.network.requests[2].body == R"({"MaxRecords":500,)" + std::string(every_device_field) +
                                                R"(,"Filter":[{"op":"in","field":"id","value":[9]}]})");
}

TEST_CASE("companies are asked for with the filter of the configuration") {
    reader_world world;
    world.network.script = {reply(page(R"({"id":0,"companyName":"We","isActive":true})"))};
    std::vector<autotask::condition> filter{autotask::equals("companyType", std::int64_t{1})};
    const auto found = world.await(world.reader.companies(std::move(filter)));
    REQUIRE(found);
    CHECK(found->good.front().id.value == 0);
    CHECK(
        world.network.requests[0].body ==
        R"({"MaxRecords":500,"IncludeFields":["id","companyName","isActive","parentCompanyID","webAddress"],"Filter":[)"
        R"({"op":"eq","field":"isActive","value":true},{"op":"eq","field":"companyType","value":1}]})");
}

TEST_CASE("devices without a last user are counted by the server") {
    reader_world world;
    world.network.script = {reply(json_answer(R"({"queryCount":17})")), reply(json_answer("{}"))};
    CHECK(*world.await(world.reader.count_without_last_user(companies({5, 6}), types(true, false, {}), {})) == 17);
    CHECK(world.network.requests[0].line() ==
          "POST webservices3.autotask.net/ATServicesRest/V1.0/ConfigurationItems/query/count");
    CHECK(world.network.requests[0].body == R"({"Filter":[{"op":"in","field":"companyID","value":[5,6]},)"
                                            R"({"op":"eq","field":"isActive","value":true},)"
                                            R"({"op":"notExist","field":"rmmDeviceAuditLastUser"}]})");
    const auto none = world.await(world.reader.count_without_last_user(companies({5}), types(true, false, {}), {}));
    REQUIRE_FALSE(none);
    CHECK(none.error().message() == "counting the configuration items without a last user of a company at "
                                    "webservices3.autotask.net failed: the answer has no \"queryCount\"");
}

TEST_CASE("devices are read back by id, also after a stop") {
    reader_world world;
    world.stop.request();
    world.network.script = {reply(page(R"({"id":3,"companyID":5,"contactID":8})"))};
    const auto found = world.await(world.reader.read_back({core::device_id{3}, core::device_id{4}}));
    REQUIRE(found);
    REQUIRE(found->good.size() == 1);
    CHECK(found->good.front().contact == core::contact_id{8});
    CHECK(world.network.requests[0].body == R"({"MaxRecords":500,)" + std::string(every_device_field) +
                                                R"(,"Filter":[{"op":"in","field":"id","value":[3,4]}]})");
}

TEST_CASE("the company of a device is found, or that there is no such device") {
    reader_world world;
    world.network.script = {reply(page(R"({"id":3,"companyID":0})")), reply(page(""))};
    CHECK(*world.await(world.reader.company_of(core::device_id{3})) == core::company_id{0});
    CHECK(*world.await(world.reader.company_of(core::device_id{4})) == std::nullopt);
}

TEST_CASE("what check asks") {
    reader_world world;
    world.network.script = {
        reply(page(R"({"id":1})")),
        reply(
            errors_answer("The logged in Resource does not have the adequate permissions to query this entity type.")),
        reply(json_answer(R"({"info":{"canUpdate":true,"userAccessForUpdate":"None"}})")),
        reply(json_answer(R"({"fields":[{"name":"x"}]})")),
        reply(json_answer(R"({"externalRequestThreshold":10000,"currentTimeframeRequestCount":5})")),
        reply(json_answer(R"({"queryCount":2})")),
    };
    CHECK(world.await(world.reader.probe("Contacts")));
    CHECK(world.await(world.reader.probe("Contacts")).error().kind == error_kind::permission);
    CHECK(*world.await(world.reader.may_update_devices()) == false);
    CHECK(world.await(world.reader.fields("Companies"))->size() == 1);
    CHECK(world.await(world.reader.threshold())->used == 5);
    CHECK(*world.await(world.reader.count_companies({})) == 2);
    std::vector<std::string> lines;
    for (const auto& request : world.network.requests)
        lines.push_back(request.line().substr(0, request.line().find(' ') + 1) + request.path());
    CHECK(lines == std::vector<std::string>{"POST Contacts/query", "POST Contacts/query",
                                            "GET ConfigurationItems/entityInformation",
                                            "GET Companies/entityInformation/fields", "GET ThresholdInformation",
                                            "POST Companies/query/count"});
    CHECK(world.network.requests[0].body ==
          R"({"MaxRecords":1,"IncludeFields":["id"],"Filter":[{"op":"gte","field":"id","value":0}]})");
    world.network.handler = [](const sent_request&) { return reply(json_answer("[]")); };
    CHECK(world.await(world.reader.may_update_devices()).error().kind == error_kind::protocol);
    CHECK(world.await(world.reader.fields("Companies")).error().kind == error_kind::protocol);
    CHECK(world.await(world.reader.threshold()).error().kind == error_kind::protocol);
    CHECK(world.await(world.reader.read_back({core::device_id{1}})).error().kind == error_kind::protocol);
}
