#include <catch2/catch.hpp>

#include "tests/sandbox/behaviours/api.hpp"

using namespace behaviours;

namespace {

constexpr const char* some_row = "ConfigurationItems/1001";
constexpr const char* denied =
    "The logged in Resource does not have the adequate permissions to query this entity type.";

sandbox::header_list login(std::string code, std::string name, std::string secret) {
    return {{"ApiIntegrationCode", std::move(code)}, {"UserName", std::move(name)}, {"Secret", std::move(secret)}};
}

const sandbox::credentials right;

} // namespace

TEST_CASE("7. a missing or wrong header is 401 without a body") {
    api client;
    client.set("lockout_threshold", "0");
    for (const auto& headers :
         {sandbox::header_list{}, login("wrong", right.username, right.secret),
          login(right.tracking_identifier, "nobody", right.secret),
          login(right.tracking_identifier, right.username, "wrong"),
          sandbox::header_list{{"UserName", right.username}, {"Secret", right.secret}},
          sandbox::header_list{{"UserName", right.username}, {"ApiIntegrationCode", right.tracking_identifier}}}) {
        client.headers = headers;
        const auto reply = client.get(some_row);
        CHECK(reply.status == 401);
        CHECK(reply.body.empty());
        CHECK(reply.content_type.empty());
    }
    CHECK(client.world->counts().failed_logins == 6);
}

TEST_CASE("7. the older service named the wrong header in a 500, if the switch says so") {
    api client;
    client.set("legacy_auth_errors", "true");
    client.headers = login("wrong", right.username, right.secret);
    CHECK(client.get(some_row).body == R"({"errors":["IntegrationCode is invalid."]})");
    client.headers = login(right.tracking_identifier, "nobody", right.secret);
    CHECK(client.get(some_row).body == R"({"errors":["Zone information could not be determined"]})");
    client.headers = login(right.tracking_identifier, right.username, "wrong");
    CHECK(client.get(some_row).status == 401);
}

TEST_CASE("8. names of headers and of users are read in any case") {
    api client;
    client.headers = {{"apiintegrationcode", right.tracking_identifier},
                      {"USERNAME", "API-User@Sandbox.Example"},
                      {"secret", right.secret}};
    CHECK(client.get(some_row).status == 200);
}

TEST_CASE("9. wrong secrets in a row lock the user, and then the right one is refused until somebody unlocks") {
    api client;
    client.set("lockout_threshold", "3");
    const auto good = client.headers;
    const auto bad = login(right.tracking_identifier, right.username, "wrong");
    for (int i = 0; i < 2; ++i) {
        client.headers = bad;
        CHECK(client.get(some_row).status == 401);
    }
    client.headers = good;
    REQUIRE(client.get(some_row).status == 200); // starts the count again
    client.headers = bad;
    for (int i = 0; i < 3; ++i)
        CHECK(client.get(some_row).status == 401);
    client.headers = good;
    CHECK(client.get(some_row).status == 401);
    client.world->user(right.username)->locked = false;
    client.world->user(right.username)->failed_logins = 0;
    CHECK(client.get(some_row).status == 200);
}

TEST_CASE("9. a revoked credential is refused") {
    api client;
    client.world->user(right.username)->revoked = true;
    CHECK(client.get(some_row).status == 401);
}

TEST_CASE("10. an entity without permission is 500 with a text, or 403 by switch; the others still answer") {
    api client;
    client.world->user(right.username)->access[entity::configuration_items] = {false, false};
    CHECK(client.get(some_row).status == 500);
    CHECK(first_error(client.get(some_row)) == denied);
    CHECK(client.patch("ConfigurationItems", R"({"id":1001,"contactID":null})").status == 500);
    CHECK(client.contact_of(1001) == 101);
    CHECK(client.get("Contacts/101").status == 200);
    client.set("permission_status", "403");
    CHECK(client.get(some_row).status == 403);
    const auto info = parse(client.get("ConfigurationItems/entityInformation")).at("info");
    CHECK_FALSE(info.at("canQuery").as_bool());
    CHECK(info.at("userAccessForUpdate").as_string() == "None");
}

TEST_CASE("10. a restricted security level sees fewer rows and is told nothing") {
    api client;
    client.world->user(right.username)->sees = sandbox::visible_companies{10, 0};
    CHECK(client.device_ids(R"({"op":"gte","field":"id","value":0})") == ids{1001, 1005});
    CHECK(client.post("Companies/query/count", R"({"Filter":[{"op":"exist","field":"id"}]})").body ==
          R"({"queryCount":2})");
    CHECK(client.get("ConfigurationItems/1002").body == R"({"item":null})");
    CHECK(first_error(client.patch("ConfigurationItems", R"({"id":1002,"contactID":null})")) ==
          "No matching records found");
}

TEST_CASE("10. a protected user-defined field is masked for a user without the permission") {
    api client;
    const auto key = [&client] {
        return std::string{
            parse(client.get(some_row)).at("item").at("userDefinedFields").as_array().at(1).at("value").as_string()};
    };
    CHECK(key() == "k");
    client.world->user(right.username)->sees_protected = false;
    CHECK(key() == "*****");
    const auto reply =
        client.patch("ConfigurationItems", R"({"id":1001,"userDefinedFields":[{"name":"Key","value":"*****"}]})");
    CHECK(reply.status == 500);
}

TEST_CASE("11. impersonation on a query is refused like a missing permission") {
    api client;
    client.headers.add("ImpersonationResourceId", "4");
    const auto reply = client.devices(R"({"op":"gte","field":"id","value":0})");
    CHECK(reply.status == 500);
    CHECK(first_error(reply) == denied);
}
