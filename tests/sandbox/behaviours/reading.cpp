#include <catch2/catch.hpp>

#include "tests/sandbox/behaviours/api.hpp"
#include "tests/sandbox/model/text.hpp"

using namespace behaviours;

namespace {

std::vector<std::string> key_names(const boost::json::value& row) {
    std::vector<std::string> names;
    for (const auto& member : row.as_object())
        names.emplace_back(member.key());
    return names;
}

} // namespace

TEST_CASE("26. query/count counts, by POST and by GET") {
    api client;
    const std::string query = R"({"Filter":[{"op":"eq","field":"isActive","value":true}]})";
    CHECK(client.post("ConfigurationItems/query/count", query).body == R"({"queryCount":4})");
    CHECK(client.get("ConfigurationItems/query/count?search=" + sandbox::url_encode(query)).body ==
          R"({"queryCount":4})");
}

TEST_CASE("27. a row by id is an item; a missing one is a null item, or 404 by switch") {
    api client;
    const auto found = client.get("ConfigurationItems/1001");
    CHECK(found.status == 200);
    CHECK(parse(found).at("item").at("id").as_int64() == 1001);
    const auto missing = client.get("ConfigurationItems/999");
    CHECK(missing.status == 200);
    CHECK(missing.body == R"({"item":null})");
    client.set("missing_id", "404");
    CHECK(client.get("ConfigurationItems/999").status == 404);
    CHECK(client.get("Companies/0").status == 200);
}

TEST_CASE("28. a whole row has every field of its entity, null ones too, and UTC dates with milliseconds") {
    api client;
    const auto device = parse(client.get("ConfigurationItems/1002")).at("item");
    CHECK(device.as_object().size() == 93);
    CHECK(device.at("contactID").is_null());
    CHECK(device.at("isActive").as_bool());
    CHECK(device.at("lastModifiedTime").as_string() == "2026-01-02T12:30:00.000Z");
    REQUIRE(device.at("userDefinedFields").as_array().size() == 2);
    CHECK(device.at("userDefinedFields").as_array().at(0).at("name").as_string() == "Rack");
    CHECK(device.at("userDefinedFields").as_array().at(0).at("value").is_null());
    CHECK(parse(client.get("Contacts/101")).at("item").as_object().size() == 45);
    CHECK(parse(client.get("Companies/10")).at("item").as_object().size() == 58);
    CHECK(parse(client.get("ConfigurationItemTypes/1")).at("item").as_object().size() == 4);
}

TEST_CASE("28. names are camelCase, with runs of capitals as the service spells them") {
    api client;
    const auto device = parse(client.get("ConfigurationItems/1001")).at("item");
    for (const char* name : {"id", "companyID", "rmmDeviceAuditLastUser", "rmmDeviceUID", "dattoZFSVersionID",
                             "apiVendorID", "rmmDeviceAuditSNMPName", "deviceNetworkingID"}) {
        INFO(name);
        CHECK(device.as_object().contains(name));
    }
    CHECK(parse(client.get("Companies/10")).at("item").as_object().contains("sicCode"));
}

TEST_CASE("29. IncludeFields limits the keys, but id and an empty list of user-defined fields stay") {
    api client;
    const auto reply =
        client.devices(R"({"op":"eq","field":"id","value":1001})", R"(,"IncludeFields":["contactID","COMPANYID"])");
    const auto row = parse(reply).at("items").as_array().at(0);
    CHECK(key_names(row) == std::vector<std::string>{"id", "contactID", "companyID", "userDefinedFields"});
    CHECK(row.at("userDefinedFields").as_array().empty());
    const auto named = client.devices(R"({"op":"eq","field":"id","value":1001})", R"(,"IncludeFields":["id","rack"])");
    CHECK(parse(named).at("items").as_array().at(0).at("userDefinedFields").as_array().at(0).at("value").as_string() ==
          "North 7");
}

TEST_CASE("29. IncludeFields without id can be made to fail once there is a second page") {
    api client;
    client.set("include_fields_need_id", "true");
    const char* const all = R"({"op":"gte","field":"id","value":0})";
    CHECK(client.devices(all, R"(,"MaxRecords":2,"IncludeFields":["contactID"])").status == 500);
    CHECK(client.devices(all, R"(,"MaxRecords":2,"IncludeFields":["contactID","id"])").status == 200);
    CHECK(client.devices(all, R"(,"IncludeFields":["contactID"])").status == 200);
}
