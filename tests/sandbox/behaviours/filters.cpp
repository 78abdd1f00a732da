#include <catch2/catch.hpp>

#include "tests/sandbox/behaviours/api.hpp"

using namespace behaviours;

namespace {

const ids every_device{1001, 1002, 1003, 1004, 1005};

std::string numbers(int count) {
    std::string list;
    for (int i = 0; i < count; ++i)
        list += (i == 0 ? "" : ",") + std::to_string(1000 + i);
    return list;
}

std::string or_of(int count) {
    std::string items;
    for (int i = 0; i < count; ++i)
        items +=
            std::string{i == 0 ? "" : ","} + R"({"op":"eq","field":"id","value":)" + std::to_string(1000 + i) + "}";
    return R"({"op":"or","items":[)" + items + "]}";
}

} // namespace

TEST_CASE("12. a POST query needs a body with a filter") {
    api client;
    CHECK(first_error(client.post("ConfigurationItems/query", "")) ==
          "Value cannot be null. Parameter name: queryModel");
    CHECK(client.post("ConfigurationItems/query", "").status == 500);
    CHECK(client.post("ConfigurationItems/query", "{}").status == 500);
    CHECK(client.post("ConfigurationItems/query", R"({"Filter":[]})").status == 500);
    CHECK(client.post("ConfigurationItems/query", R"({"Filter":)").status == 400);
}

TEST_CASE("12. keys, operators and field names are read in any case") {
    api client;
    const auto reply =
        client.post("ConfigurationItems/query",
                    R"({"MAXRECORDS":1,"includefields":["ID"],"filter":[{"OP":"GTE","Field":"Id","VALUE":0}]})");
    CHECK(ids_of(reply) == ids{1001});
}

TEST_CASE("13. every operator finds what it says") {
    struct example {
        const char* node;
        ids found;
    };
    const std::vector<example> examples{
        {R"({"op":"eq","field":"companyID","value":10})", {1001}},
        {R"({"op":"eq","field":"companyID","value":"10"})", {1001}},
        {R"({"op":"noteq","field":"companyID","value":10})", {1002, 1003, 1004, 1005}},
        {R"({"op":"gt","field":"id","value":1003})", {1004, 1005}},
        {R"({"op":"gte","field":"id","value":1003})", {1003, 1004, 1005}},
        {R"({"op":"lt","field":"id","value":1003})", {1001, 1002}},
        {R"({"op":"lte","field":"id","value":1003})", {1001, 1002, 1003}},
        {R"({"op":"beginsWith","field":"referenceTitle","value":"ALPHA"})", {1001, 1003}},
        {R"({"op":"endsWith","field":"referenceTitle","value":"ETA"})", {1002}},
        {R"({"op":"contains","field":"referenceTitle","value":"lph"})", {1001, 1003}},
        {R"({"op":"exist","field":"contactID"})", {1001}},
        {R"({"op":"notExist","field":"contactID"})", {1002, 1003, 1004, 1005}},
        {R"({"op":"in","field":"companyID","value":[0,12]})", {1003, 1005}},
        {R"({"op":"notIn","field":"companyID","value":[0,12]})", {1001, 1002, 1004}},
        {R"({"op":"in","field":"referenceTitle","value":["ALPHA","Gamma"]})", {1001, 1004}},
        {R"({"op":"eq","field":"isActive","value":true})", {1001, 1002, 1003, 1005}},
        {R"({"op":"gt","field":"lastModifiedTime","value":"2026-01-02T12:30:00.000Z"})", {1003, 1004, 1005}},
        {R"({"op":"gte","field":"lastModifiedTime","value":"2026-01-02T13:30+01:00"})", {1002, 1003, 1004, 1005}},
        {R"({"op":"eq","field":"dailyCost","value":1.5})", {1001}},
        {R"({"op":"contains","udf":true,"field":"rack","value":"north"})", {1001}}};
    api client;
    for (const example& each : examples) {
        INFO(each.node);
        CHECK(client.device_ids(each.node) == each.found);
    }
}

TEST_CASE("13. conditions at the top are ANDed, and groups nest") {
    api client;
    const char* const active = R"({"op":"eq","field":"isActive","value":true})";
    CHECK(client.device_ids(std::string{active} + R"(,{"op":"eq","field":"configurationItemType","value":1})") ==
          ids{1001, 1002});
    CHECK(client.device_ids(R"({"op":"or","items":[{"op":"eq","field":"id","value":1004},
            {"op":"and","items":[{"op":"exist","field":"contactID"},{"op":"eq","field":"companyID","value":10}]}]})") ==
          ids{1001, 1004});
}

TEST_CASE("13. texts compare without case, beyond ASCII too") {
    api client;
    CHECK(client.device_ids(R"({"op":"eq","field":"rmmDeviceAuditLastUser","value":"acme\\MÜLLER"})") == ids{1002});
}

TEST_CASE("13. a null field is neither equal nor unequal, unless the switch says so; an empty text exists") {
    api client;
    CHECK(client.device_ids(R"({"op":"noteq","field":"contactID","value":5})") == ids{1001});
    client.set("noteq_matches_null", "true");
    CHECK(client.device_ids(R"({"op":"noteq","field":"contactID","value":5})") == every_device);
    CHECK(client.device_ids(R"({"op":"exist","field":"rmmDeviceAuditLastUser"})") == ids{1001, 1002, 1003});
    client.set("exist_matches_empty_string", "false");
    CHECK(client.device_ids(R"({"op":"exist","field":"rmmDeviceAuditLastUser"})") == ids{1001, 1002});
}

TEST_CASE("14. an unknown operator is dropped, and every row comes back") {
    api client;
    CHECK(client.device_ids(R"({"op":"ne","field":"companyID","value":10})") == every_device);
    CHECK(client.device_ids(R"({"op":"noteExist","field":"contactID"},{"op":"eq","field":"id","value":1002})") ==
          ids{1002});
    CHECK(client.device_ids(R"({"op":"or","items":[{"op":"equals","field":"id","value":1}]})") == every_device);
}

TEST_CASE("15. an unknown field in the filter or in IncludeFields is 500 and named") {
    api client;
    const auto reply = client.devices(R"({"op":"eq","field":"projectID","value":1})");
    CHECK(reply.status == 500);
    CHECK(first_error(reply) == "Unable to find projectID in the ConfigurationItem Entity");
    const char* const all = R"({"op":"gte","field":"id","value":0})";
    CHECK(first_error(client.devices(all, R"(,"IncludeFields":["id","make"])")) ==
          "Unable to find make in the ConfigurationItem Entity");
    CHECK(first_error(client.devices(all, R"(,"IncludeFields":["id","userDefinedFields"])")) ==
          "Unable to find userDefinedFields in the ConfigurationItem Entity");
    CHECK(first_error(client.post("Companies/query", R"({"Filter":[{"op":"eq","field":"name","value":1}]})")) ==
          "Unable to find name in the Company Entity");
}

TEST_CASE("16. a value of another type is 500 with the database's words; so is null") {
    api client;
    const auto error = [&client](const char* node) {
        const auto reply = client.devices(node);
        CHECK(reply.status == 500);
        return first_error(reply);
    };
    CHECK(error(R"({"op":"eq","field":"companyID","value":"material"})") ==
          "Conversion failed when converting the varchar value 'material' to data type int.");
    CHECK(error(R"({"op":"in","field":"companyID","value":[1,"x"]})") ==
          "Conversion failed when converting the varchar value 'x' to data type int.");
    CHECK_FALSE(error(R"({"op":"eq","field":"isActive","value":null})").empty());
    CHECK_FALSE(error(R"({"op":"eq","field":"isActive","value":"maybe"})").empty());
    CHECK_FALSE(error(R"({"op":"gt","field":"lastModifiedTime","value":"yesterday"})").empty());
}

TEST_CASE("17. fields that cannot be queried are refused in a filter, yet stand in the rows") {
    api client;
    for (const char* field : {"rmmDeviceAuditOperatingSystem", "lastActivityPersonType"}) {
        const auto reply = client.devices(R"({"op":"exist","field":")" + std::string{field} + R"("})");
        CHECK(reply.status == 500);
        CHECK_FALSE(parse(client.get("ConfigurationItems/1001")).at("item").at(field).is_null());
    }
}

TEST_CASE("18. MaxRecords is between 1 and 500, and 500 when it is absent") {
    api client;
    const char* const all = R"({"op":"gte","field":"id","value":0})";
    for (const char* size : {"0", "-1", "501", "\"many\""}) {
        const auto reply = client.devices(all, R"(,"MaxRecords":)" + std::string{size});
        CHECK(reply.status == 500);
        CHECK(first_error(reply) == "maxCountOfRecordsToReturn must be between 1 and 500");
    }
    CHECK(parse(client.devices(all)).at("pageDetails").at("requestCount").as_int64() == 500);
    CHECK(ids_of(client.devices(all, R"(,"MaxRecords":2)")) == ids{1001, 1002});
}

TEST_CASE("19. more than 500 OR conditions are refused, in a list or in groups; 500 pass") {
    api client;
    const auto refused = [&client](const std::string& nodes) {
        const auto reply = client.devices(nodes);
        return reply.status == 500 &&
               first_error(reply) == "Invalid query syntax. Queries are limited to 500 or fewer 'OR' conditions.";
    };
    CHECK(client.devices(R"({"op":"in","field":"id","value":[)" + numbers(500) + "]}").status == 200);
    CHECK(refused(R"({"op":"in","field":"id","value":[)" + numbers(501) + "]}"));
    CHECK(client.devices(or_of(500)).status == 200);
    CHECK(refused(or_of(501)));
    const std::string two_lists = R"({"op":"in","field":"id","value":[)" + numbers(300) +
                                  R"(]},{"op":"in","field":"companyID","value":[)" + numbers(300) + "]}";
    CHECK(refused(two_lists));
    client.set("or_limit_counts", "list");
    CHECK(client.devices(two_lists).status == 200);
    CHECK(refused(or_of(501)));
}

TEST_CASE("20. rows come ascending by id whatever sort says, and company 0 is one of them") {
    api client;
    const auto reply = client.devices(R"({"op":"gte","field":"id","value":0})", R"(,"sort":"id desc")");
    CHECK(ids_of(reply) == every_device);
    CHECK(client.device_ids(R"({"op":"in","field":"companyID","value":[20,0,10]})") == ids{1001, 1004, 1005});
    CHECK(ids_of(client.post("Companies/query", R"({"Filter":[{"op":"gte","field":"id","value":0}]})")) ==
          ids{0, 10, 11, 12, 20});
    CHECK(ids_of(client.post("Companies/query", R"({"Filter":[{"op":"gt","field":"id","value":0}]})")).front() == 10);
}
