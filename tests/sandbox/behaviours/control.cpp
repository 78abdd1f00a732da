#include "tests/sandbox/control/control.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include "tests/sandbox/behaviours/api.hpp"

using namespace behaviours;

namespace {

/// A client with the control interface beside it.
struct controlled : api {
    sandbox::control_interface interface {
        *world, {}
    };

    boost::json::value control(std::string method, std::string target, std::string body = std::string{}) {
        const auto reply = interface.handle({std::move(method), std::move(target), {}, std::move(body), 0}, now);
        INFO(reply.body);
        REQUIRE(reply.status == 200);
        return parse(reply);
    }
    unsigned status(std::string method, std::string target, std::string body = std::string{}) {
        return interface.handle({std::move(method), std::move(target), {}, std::move(body), 0}, now).status;
    }
};

} // namespace

TEST_CASE("control: switches are read and set, all of a call or none") {
    controlled client;
    CHECK(client.control("GET", "/switches").as_object().size() == sandbox::all_switches().size());
    CHECK(client.control("POST", "/switches", R"({"missing_id":404,"latency":"5ms","strict_path_casing":true})")
              .at("missing_id")
              .as_string() == "404");
    CHECK(client.get("Companies/999").status == 404);
    CHECK(client.status("POST", "/switches", R"({"missing_id":"null","latency":"fast"})") == 400);
    CHECK(client.get("Companies/999").status == 404);
    CHECK(client.status("POST", "/switches", R"({"no_such":1})") == 400);
}

TEST_CASE("control: every switch says its default, reads it back, and refuses nonsense") {
    sandbox::switches values;
    for (const auto& each : sandbox::all_switches()) {
        INFO(each.name);
        CHECK_FALSE(each.meaning.empty());
        CHECK(each.write(values, each.read(sandbox::switches{})));
        CHECK(each.read(values) == each.read(sandbox::switches{}));
        CHECK_FALSE(each.write(values, "nonsense"));
    }
}

TEST_CASE("control: durations need a unit") {
    CHECK(sandbox::parse_duration("250ms") == 250ms);
    CHECK(sandbox::parse_duration("2s") == 2s);
    CHECK(sandbox::parse_duration("90m") == 90min);
    for (const char* wrong : {"", "5", "ms", "-1s", "1.5s", "99999999999999999999s", "9223372036854775807h"}) {
        INFO(wrong);
        CHECK_FALSE(sandbox::parse_duration(wrong).has_value());
    }
}

TEST_CASE("control: faults are added, listed and removed") {
    controlled client;
    const auto added = client.control("POST", "/faults", R"([{"kind":"html","count":1},{"kind":"stall","wait":"2s"}])");
    REQUIRE(added.as_array().size() == 2);
    CHECK(client.get("Companies/0").status == 503);
    CHECK(client.control("GET", "/faults").as_array().at(0).at("played").as_int64() == 1);
    CHECK(client.control("DELETE", "/faults/2").as_array().size() == 1);
    CHECK(client.control("DELETE", "/faults").as_array().empty());
    CHECK(client.status("POST", "/faults", R"([{"kind":"html"},{"kind":"?"}])") == 400);
    CHECK(client.control("GET", "/faults").as_array().empty());
}

TEST_CASE("control: an RMM sync changes the last user of one device or many") {
    controlled client;
    client.control("POST", "/rmm-sync", R"([{"id":1001,"lastUser":"A\\b"},{"id":1002,"lastUser":null,"touch":true}])");
    CHECK(client.cell(entity::configuration_items, 1001, "rmmDeviceAuditLastUser").as_text() == "A\\b");
    CHECK(client.cell(entity::configuration_items, 1002, "rmmDeviceAuditLastUser").is_null());
    CHECK(client.status("POST", "/rmm-sync", R"({"id":7,"lastUser":"x"})") == 400);
    CHECK(client.world->counts().requests == 0);
}

TEST_CASE("control: rows are shown, found, edited, inserted and deleted, and no request is counted") {
    controlled client;
    CHECK(client.control("GET", "/rows/ConfigurationItems/1001").at("contactID").as_int64() == 101);
    CHECK(client.control("PATCH", "/rows/ConfigurationItems/1001", R"({"contactID":201,"companyID":20})")
              .at("companyID")
              .as_int64() == 20);
    CHECK(client.device_ids(R"({"op":"in","field":"companyID","value":[20]})") == ids{1001, 1004});
    const auto made = client.control("POST", "/rows/Contacts", R"([{"companyID":10,"isActive":1},{"id":900}])");
    CHECK(made.at("ids").as_array().at(0).as_int64() == 202);
    CHECK(client
              .control("POST", "/rows/Contacts/query",
                       R"({"Filter":[{"op":"gte","field":"id","value":202}],"IncludeFields":["id"]})")
              .at("items")
              .as_array()
              .size() == 2);
    client.control("DELETE", "/rows/Contacts/900");
    CHECK(client.status("GET", "/rows/Contacts/900") == 400);
    CHECK(client.status("GET", "/rows/Tickets/1") == 400);
    CHECK(client.status("POST", "/rows/Contacts", R"({"nose":1})") == 400);
    CHECK(client.world->counts().requests == 1); // the one query through the API
}

TEST_CASE("control: a company is renamed, deactivated and given another type or parent, as the API shows at once") {
    controlled client;
    const auto found = [&client](const std::string& node) {
        return ids_of(client.post("Companies/query", R"({"Filter":[)" + node + "]}"));
    };
    const auto modified = client.cell(entity::companies, 11, "lastTrackedModifiedDateTime");
    client.now += 1h;
    client.control("PATCH", "/rows/Companies/11", R"({"companyName":"Łąka & Söhne KG"})");
    CHECK(parse(client.get("Companies/11")).at("item").at("companyName").as_string() == "Łąka & Söhne KG");
    CHECK(found(R"({"op":"eq","field":"companyName","value":"ŁĄKA & SÖHNE kg"})") == ids{11});
    CHECK(found(R"({"op":"eq","field":"companyName","value":"Acme North"})").empty());
    CHECK_FALSE(client.cell(entity::companies, 11, "lastTrackedModifiedDateTime") == modified);
    client.control("PATCH", "/rows/Companies/11", R"({"isActive":false,"companyType":4})");
    CHECK(found(R"({"op":"eq","field":"isActive","value":false},{"op":"eq","field":"companyType","value":4})") ==
          ids{11});
    client.control("PATCH", "/rows/Companies/12", R"({"parentCompanyID":20})");
    CHECK(found(R"({"op":"eq","field":"parentCompanyID","value":20})") == ids{12});
    client.control("PATCH", "/rows/Companies/12", R"({"parentCompanyID":null})");
    CHECK(found(R"({"op":"exist","field":"parentCompanyID"})") == ids{11});
    client.control("PATCH", "/rows/Companies/11", R"({"isActive":true})");
    CHECK(found(R"({"op":"eq","field":"isActive","value":false})").empty());
    // The contacts and devices of a company that has left stay where they are.
    CHECK(client.device_ids(R"({"op":"eq","field":"companyID","value":11})") == ids{1002});
}

TEST_CASE("control: user-defined fields are added and listed, and rows take their values") {
    controlled client;
    CHECK(client.control("POST", "/user-defined-fields/Companies",
                         R"({"name":"Service level","choices":["Gold","Silver"]})") ==
          boost::json::parse(R"([{"name":"Service level","required":false,"protected":false,
                                  "choices":["Gold","Silver"]}])"));
    CHECK(client.control("GET", "/user-defined-fields/ConfigurationItems").as_array().size() == 2);
    client.control("PATCH", "/rows/Companies/10", R"({"userDefinedFields":[{"name":"service LEVEL","value":"Gold"}]})");
    CHECK(ids_of(client.post("Companies/query",
                             R"({"Filter":[{"op":"eq","field":"Service level","value":"Gold","udf":true}]})")) ==
          ids{10});
    CHECK(client
              .control("POST", "/rows/Companies/query",
                       R"({"Filter":[{"op":"eq","field":"id","value":10}],"IncludeFields":["id","Service level"]})")
              .at("items")
              .as_array()
              .at(0)
              .at("userDefinedFields")
              .as_array()
              .size() == 1);
    CHECK(client.status("POST", "/user-defined-fields/Companies", R"({"name":"SERVICE LEVEL"})") == 400);
    CHECK(client.status("POST", "/user-defined-fields/Companies", "{}") == 400);
    CHECK(client.status("POST", "/user-defined-fields/Companies", R"({"name":"x","choices":"y"})") == 400);
    CHECK(client.status("DELETE", "/user-defined-fields/Companies") == 400);
    CHECK(client.status("GET", "/user-defined-fields/ConfigurationItemTypes") == 400);
}

TEST_CASE("control: credentials are revoked, restored, unlocked and restricted") {
    controlled client;
    const auto user = [&client](const std::string& members) {
        return client.control("POST", "/users", R"({"name":"api-user@sandbox.example",)" + members + "}");
    };
    user(R"("revoked":true)");
    CHECK(client.get("Companies/0").status == 401);
    user(R"("revoked":false,"locked":true)");
    CHECK(client.get("Companies/0").status == 401);
    user(R"("locked":false,"companies":[10])");
    CHECK(client.get("Companies/0").body == R"({"item":null})");
    user(R"("companies":null,"access":{"Companies":{"query":false}})");
    CHECK(client.get("Companies/0").status == 500);
    CHECK(client.get("Contacts/101").status == 200);
    const auto listed = client.control("GET", "/users");
    CHECK_FALSE(listed.as_array().at(0).as_object().contains("secret"));
    CHECK(client.status("POST", "/users", R"({"name":"new"})") == 400);
    CHECK(
        client.control("POST", "/users", R"({"name":"new","secret":"s","trackingIdentifier":"T"})").as_array().size() ==
        2);
}

TEST_CASE("control: the tenant moves, the window fills and ages, products become inactive") {
    controlled client;
    CHECK(client.control("POST", "/zone", R"({"zone":1})").at("name").as_string() == "Sandbox 2");
    CHECK(client.get("Companies/0").status == 401);
    client.control("POST", "/zone", R"({"zone":0})");
    CHECK(client.status("POST", "/zone", R"({"zone":2})") == 400);
    CHECK(client.control("POST", "/window/add", R"({"requests":10000})").at("requests").as_int64() == 10'000);
    CHECK(client.get("Companies/0").status == 429);
    CHECK(client.control("POST", "/window/advance", R"({"by":"60m"})").at("requests").as_int64() == 0);
    CHECK(client.get("Companies/0").status == 200);
    client.control("POST", "/products", R"({"id":9001,"active":false})");
    client.control("POST", "/switches", R"({"revalidate_stored_references":true})");
    CHECK(client.patch("ConfigurationItems", R"({"id":1001,"contactID":null})").status == 500);
}

TEST_CASE("control: counters tell who asked what, and are reset") {
    controlled client;
    CHECK(client.get("Companies/0").status == 200);
    CHECK(client.devices(R"({"op":"gte","field":"id","value":0})").status == 200);
    const auto counts = client.control("GET", "/counters");
    CHECK(counts.at("byEntity").at("ConfigurationItems").at("POST").as_int64() == 1);
    CHECK(counts.at("byOperation").at("query").as_int64() == 1);
    CHECK(counts.at("byWork").at("Companies").at("get").as_int64() == 1);
    CHECK(counts.at("byWork").at("ConfigurationItems").at("query").as_int64() == 1);
    CHECK(counts.at("byStatus").at("200").as_int64() == 2);
    CHECK(counts.at("rowsServed").as_int64() == 5);
    client.control("POST", "/counters/reset");
    CHECK(client.control("GET", "/counters").at("requests").as_int64() == 0);
}

TEST_CASE("control: what does not exist is refused with a sentence") {
    controlled client;
    CHECK(client.control("GET", "/health").at("ready").as_bool());
    CHECK(client.status("GET", "/") == 404);
    CHECK(client.status("GET", "/nothing") == 404);
    CHECK(client.status("GET", "/switches?tenant=9") == 404);
    CHECK(client.status("POST", "/switches", "{") == 400);
}

TEST_CASE("rows can be loaded from a document") {
    api client;
    auto& tenant = client.world->tenant();
    CHECK(sandbox::load_rows(tenant, R"({"companies":[{"id":500,"companyName":"New"}],"Contacts":[]})", client.now) ==
          1);
    CHECK(client.cell(entity::companies, 500, "companyName").as_text() == "New");
    for (const char* wrong : {"", "[]", R"({"Tickets":[]})", R"({"Companies":[1]})", R"({"Companies":[{"x":1}]})"})
        CHECK_FALSE(sandbox::load_rows(tenant, wrong, client.now).has_value());
}
