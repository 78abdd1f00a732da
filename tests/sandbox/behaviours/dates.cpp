#include <set>

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include "tests/sandbox/behaviours/api.hpp"
#include "tests/sandbox/control/control.hpp"
#include "tests/sandbox/model/dates.hpp"

// What time it is for the server, and when a row was changed last.

using namespace behaviours;

namespace {

constexpr const char* hour_later = "2026-01-15T09:00:00.000Z";

/// The date of the last change as the API shows it; empty for null.
std::string modified(api& client, const std::string& path, const char* field) {
    const auto row = parse(client.get(path)).at("item");
    return row.at(field).is_null() ? std::string{} : std::string{row.at(field).as_string()};
}

/// A person or an administrator, beside the API.
boost::json::value control(api& client, std::string method, std::string target, std::string body) {
    sandbox::control_interface interface {
        *client.world, {}
    };
    const auto reply = interface.handle({std::move(method), std::move(target), {}, std::move(body), 0}, client.now);
    INFO(reply.body);
    REQUIRE(reply.status == 200);
    return parse(reply);
}

} // namespace

TEST_CASE("whatever the reply is, its Date header says what time it is for the server, or is missing by switch") {
    for (const bool wanted : {true, false}) {
        api client;
        client.set("date_header", wanted ? "true" : "false");
        const auto check = [wanted](const http_response& reply, unsigned status) {
            INFO(reply.body);
            CHECK(reply.status == status);
            CHECK(reply.headers.find("Date") ==
                  (wanted ? std::optional<std::string_view>{"Thu, 15 Jan 2026 08:00:00 GMT"} : std::nullopt));
        };
        check(client.get("ConfigurationItems/1001"), 200);
        check(client.get("zoneInformation?user=api-user@sandbox.example"), 200);
        check(client.get("Tickets/1"), 404);
        check(client.send("DELETE", "ConfigurationItems"), 405);
        check(client.patch("ConfigurationItems", "{}"), 500);
        for (const char* fault : {R"({"kind":"html","count":1})", R"({"kind":"empty","count":1})"}) {
            client.world->faults().add(*sandbox::parse_fault(boost::json::parse(fault).as_object()));
            check(client.get("ConfigurationItems/1001"), 503);
        }
        client.set("thread_limit", "1");
        client.set("slot_release_delay", "1s");
        check(client.get("Contacts/101"), 200);
        check(client.get("Contacts/101"), 429);
        client.headers = {};
        check(client.get("ConfigurationItems/1001"), 401);
    }
}

TEST_CASE("the Date header is of the moment of the reply, not of the request") {
    api client;
    const auto admitted =
        client.world->begin({"GET", "/ATServicesRest/V1.0/Companies/0", client.headers, {}, 0}, client.now);
    const auto reply = client.world->execute(admitted.ticket, client.now + 90s);
    client.world->end(admitted.ticket, client.now + 90s);
    CHECK(reply.headers.find("Date") == "Thu, 15 Jan 2026 08:01:30 GMT");
}

TEST_CASE("every write through the API moves the date of the last modification") {
    api client;
    client.now += 1h;
    CHECK(client.patch("ConfigurationItems", R"({"id":1002,"contactID":111})").status == 200);
    CHECK(modified(client, "ConfigurationItems/1002", "lastModifiedTime") == hour_later);
    CHECK(client.patch("Companies/10/Contacts", R"({"id":101,"title":"Dr."})").status == 200);
    CHECK(modified(client, "Contacts/101", "lastModifiedDate") == hour_later);
    CHECK(client.patch("Companies", R"({"id":10,"city":"Bonn"})").status == 200);
    CHECK(modified(client, "Companies/10", "lastTrackedModifiedDateTime") == hour_later);
    const auto made = client.post("Companies/10/Contacts", R"({"firstName":"N","lastName":"N","isActive":1})");
    REQUIRE(made.status == 200);
    const auto path = "Contacts/" + std::to_string(parse(made).at("itemId").as_int64());
    CHECK(modified(client, path, "createDate") == hour_later);
    CHECK(modified(client, path, "lastModifiedDate") == hour_later);
}

TEST_CASE("a write that is refused or not stored moves no date, one that a workflow rule takes back moves it twice") {
    api client;
    const auto before = modified(client, "ConfigurationItems/1002", "lastModifiedTime");
    client.now += 1h;
    CHECK(client.patch("ConfigurationItems", R"({"id":1002,"contactID":999})").status == 500);
    sandbox::fault_rule fault;
    fault.count = 1;
    fault.applied = true;
    fault.kind = sandbox::fault_kind::not_stored;
    client.world->faults().add(fault);
    CHECK(client.patch("ConfigurationItems", R"({"id":1002,"contactID":111})").status == 200);
    CHECK(modified(client, "ConfigurationItems/1002", "lastModifiedTime") == before);
    fault.kind = sandbox::fault_kind::reverted;
    fault.wait = 2s;
    client.world->faults().add(fault);
    CHECK(client.patch("ConfigurationItems", R"({"id":1002,"contactID":111})").status == 200);
    CHECK(modified(client, "ConfigurationItems/1002", "lastModifiedTime") == hour_later);
    client.now += 3s;
    CHECK(client.contact_of(1002) == 111);
    CHECK(modified(client, "ConfigurationItems/1002", "lastModifiedTime") == "2026-01-15T09:00:02.000Z");
    CHECK(client.contact_of(1002) == 0);
}

TEST_CASE("a person's edit moves the date of the last modification, unless a switch says that it does not") {
    struct row {
        const char* path;
        const char* edit;
        const char* field;
    };
    static constexpr row rows[] = {{"ConfigurationItems/1002", R"({"contactID":111})", "lastModifiedTime"},
                                   {"Contacts/101", R"({"emailAddress":"other@acme.example"})", "lastModifiedDate"},
                                   {"Companies/10", R"({"city":"Bonn"})", "lastTrackedModifiedDateTime"}};
    for (const auto& each : rows) {
        INFO(each.path);
        api client;
        client.now += 1h;
        control(client, "PATCH", std::string{"/rows/"} + each.path, each.edit);
        CHECK(modified(client, each.path, each.field) == hour_later);
        client.set("edit_touches_last_modified", "false");
        client.now += 1h;
        control(client, "PATCH", std::string{"/rows/"} + each.path, each.edit);
        CHECK(modified(client, each.path, each.field) == hour_later);
        const auto named = std::string{R"({")"} + each.field + R"(":"2001-02-03T04:05:06.789Z"})";
        control(client, "PATCH", std::string{"/rows/"} + each.path, named);
        CHECK(modified(client, each.path, each.field) == "2001-02-03T04:05:06.789Z");
    }
}

TEST_CASE("a row that somebody inserts was created and modified now, unless it says otherwise, whatever the switch") {
    for (const char* touches : {"true", "false"}) {
        api client;
        client.set("edit_touches_last_modified", touches);
        client.now += 1h;
        control(client, "POST", "/rows/Contacts",
                R"([{"id":900,"companyID":10,"isActive":1},
                    {"id":901,"companyID":10,"isActive":1,"createDate":"2020-01-01","lastModifiedDate":"2021-01-01"}])");
        CHECK(modified(client, "Contacts/900", "createDate") == hour_later);
        CHECK(modified(client, "Contacts/900", "lastModifiedDate") == hour_later);
        CHECK(modified(client, "Contacts/901", "createDate") == "2020-01-01T00:00:00.000Z");
        CHECK(modified(client, "Contacts/901", "lastModifiedDate") == "2021-01-01T00:00:00.000Z");
        control(client, "POST", "/rows/ConfigurationItems", R"({"id":9000,"companyID":10,"isActive":true})");
        CHECK(modified(client, "ConfigurationItems/9000", "createDate") == hour_later);
        CHECK(modified(client, "ConfigurationItems/9000", "lastModifiedTime") == hour_later);
    }
}

TEST_CASE("the RMM leaves the date of the last modification alone, unless the switch or the call says that it moves") {
    api client;
    const auto before = modified(client, "ConfigurationItems/1002", "lastModifiedTime");
    client.now += 1h;
    control(client, "POST", "/rmm-sync", R"({"id":1002,"lastUser":"ACME\\x"})");
    CHECK(modified(client, "ConfigurationItems/1002", "lastModifiedTime") == before);
    control(client, "POST", "/rmm-sync", R"({"id":1002,"lastUser":"ACME\\x","touch":true})");
    CHECK(modified(client, "ConfigurationItems/1002", "lastModifiedTime") == hour_later);
    client.set("rmm_sync_touches_last_modified", "true");
    client.now += 1h;
    control(client, "POST", "/rmm-sync", R"({"id":1002,"lastUser":"ACME\\x","touch":false})");
    CHECK(modified(client, "ConfigurationItems/1002", "lastModifiedTime") == hour_later);
    control(client, "POST", "/rmm-sync", R"({"id":1002,"lastUser":"ACME\\x"})");
    CHECK(modified(client, "ConfigurationItems/1002", "lastModifiedTime") == "2026-01-15T10:00:00.000Z");
}

TEST_CASE("devices and contacts are found by the date of their last modification, to the millisecond") {
    api client;
    client.now = sandbox::time_point{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}} + 12h + 250ms;
    CHECK(client.patch("ConfigurationItems", R"({"id":1002,"contactID":111})").status == 200);
    CHECK(client.patch("Companies/10/Contacts", R"({"id":101,"title":"Dr."})").status == 200);
    struct row {
        const char* op;
        const char* moment;
        bool found;
    };
    static constexpr row rows[] = {
        {"gte", "2026-03-01T12:00:00.250Z", true},   {"gt", "2026-03-01T12:00:00.250Z", false},
        {"gt", "2026-03-01T12:00:00.249Z", true},    {"gte", "2026-03-01T12:00:00.251Z", false},
        {"gte", "2026-03-01T12:00:00Z", true},       {"gt", "2026-03-01T12:00:01Z", false},
        {"gte", "2026-03-01T13:00:00+01:00", true},  {"gte", "2026-03-01", true},
        {"gte", "2026-03-01T12:00:00.2500000", true}};
    for (const auto& each : rows) {
        INFO(each.op << ' ' << each.moment);
        const auto found = [&client, &each](const std::string& entity, const std::string& field) {
            return ids_of(client.post(entity + "/query", R"({"Filter":[{"op":")" + std::string{each.op} +
                                                             R"(","field":")" + field + R"(","value":")" + each.moment +
                                                             R"("}]})"));
        };
        CHECK(found("ConfigurationItems", "lastModifiedTime") == (each.found ? ids{1002} : ids{}));
        CHECK(found("Contacts", "lastModifiedDate") == (each.found ? ids{101} : ids{}));
    }
}

TEST_CASE("generated rows were changed last at any time of the past years, never before they were created") {
    const auto world = sandbox::make_world({{1, 40, 2'000}, {}});
    const auto latest = sandbox::parse_date("2026-01-15T08:00:00Z");
    for (const auto& [which, field] : {std::pair{entity::configuration_items, "lastModifiedTime"},
                                       {entity::contacts, "lastModifiedDate"},
                                       {entity::companies, "lastTrackedModifiedDateTime"}}) {
        INFO(field);
        const auto& rows = world->tenant().rows(which);
        std::set<std::int64_t> moments;
        std::set<std::int64_t> years;
        int before_creation = 0;
        for (const auto& row : rows.rows()) {
            const auto moment = row.get(rows.shape().at(field)).as_integer();
            before_creation += moment < row.get(rows.shape().at("createDate")).as_integer() ? 1 : 0;
            moments.insert(moment);
            years.insert(moment / (365 * 86'400'000LL));
        }
        CHECK(before_creation == 0);
        CHECK(moments.size() == rows.rows().size());
        CHECK(years.size() >= 4);
        CHECK(*moments.rbegin() < *latest);
    }
}
