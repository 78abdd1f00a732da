#include <catch2/catch.hpp>

#include "tests/sandbox/behaviours/api.hpp"

using namespace behaviours;

namespace {
constexpr const char* zone_call = "zoneInformation?user=api-user%40sandbox.example";
}

TEST_CASE("1. zoneInformation answers without credentials, with a URL that ends in a slash and holds no version") {
    api client;
    client.headers = {};
    const auto reply = client.get(zone_call);
    REQUIRE(reply.status == 200);
    const auto zone = parse(reply);
    CHECK(zone.at("zoneName").as_string() == "Sandbox 1");
    CHECK(zone.at("url").as_string() == "https://zone1.sandbox.invalid/ATServicesRest/");
    CHECK(zone.at("webUrl").as_string() == "https://zone1.sandbox.invalid/");
    CHECK(zone.at("ci").as_int64() == 632'538);
    client.set("lower_case_zone_url", "true");
    CHECK(parse(client.get(zone_call)).at("url").as_string() == "https://zone1.sandbox.invalid/atservicesrest/");
}

TEST_CASE("1. the versions of the API are told to everybody, the version of the server only to users") {
    api client;
    CHECK(parse(client.get("Version")).at("majorVersion").is_int64());
    client.headers = {};
    CHECK(client.get("/ATServicesRest/versioninformation").body == R"({"apiVersions":["1.0"]})");
    CHECK(client.get("Version").status == 401);
}

TEST_CASE("2. zoneInformation of an unknown or blank user is 500 with a text") {
    api client;
    for (const char* path : {"zoneInformation?user=nobody", "zoneInformation?user=", "zoneInformation"}) {
        const auto reply = client.get(path);
        CHECK(reply.status == 500);
        CHECK(reply.body == R"({"errors":["Zone information could not be determined"]})");
    }
}

TEST_CASE("3. zoneInformation takes no thread and counts as no request") {
    api client;
    std::vector<std::uint64_t> tickets;
    for (int i = 0; i < 10; ++i) {
        const auto admitted = client.world->begin({"GET", std::string{root} + zone_call, {}, {}, 0}, client.now);
        tickets.push_back(admitted.ticket);
    }
    for (const auto ticket : tickets) {
        CHECK(client.world->execute(ticket, client.now).status == 200);
        client.world->end(ticket, client.now);
    }
    CHECK(client.world->tenant().window.count(client.now) == 0);
}

TEST_CASE("4. paths match in any case, unless the switch says otherwise") {
    api client;
    const std::string body = R"({"filter":[{"op":"gte","field":"id","value":0}]})";
    const std::string odd = "/atservicesrest/v1.0/configurationitems/QUERY";
    CHECK(client.post(odd, body).status == 200);
    client.set("strict_path_casing", "true");
    CHECK(client.post(odd, body).status == 404);
    CHECK(client.post("ConfigurationItems/query", body).status == 200);
    CHECK(client.get(zone_call).status == 200);
}

TEST_CASE("4. an unknown path is the web server's own 404 page") {
    api client;
    for (const char* path :
         {"Nonsense/query", "ConfigurationItems/query/first", "/", "/ATServicesRest/V2.0/Contacts/1"}) {
        const auto reply = client.get(path);
        CHECK(reply.status == 404);
        CHECK(reply.content_type.starts_with("text/html"));
    }
}

TEST_CASE("5. after a move the old zone answers 401, and every zone names the new one") {
    api client;
    client.world->tenant().home = 1;
    const auto refused = client.get("ConfigurationItems/1001");
    CHECK(refused.status == 401);
    CHECK(refused.body.empty());
    CHECK(parse(client.get(zone_call)).at("url").as_string() == "https://zone2.sandbox.invalid/ATServicesRest/");
    client.zone = 1;
    CHECK(client.get("ConfigurationItems/1001").status == 200);
    CHECK(parse(client.get(zone_call)).at("zoneName").as_string() == "Sandbox 2");
    CHECK_FALSE(client.world->users().front().locked);
}

TEST_CASE("6. a redirect to a foreign host is sent on demand, and the arrival of a secret is counted by host") {
    api client;
    sandbox::fault_rule redirect;
    redirect.kind = sandbox::fault_kind::redirect;
    redirect.status = 307;
    redirect.location = "https://elsewhere.invalid/steal";
    redirect.count = 1;
    client.world->faults().add(redirect);
    const auto reply = client.get("ConfigurationItems/1001");
    CHECK(reply.status == 307);
    CHECK(reply.headers.find("location") == "https://elsewhere.invalid/steal");
    CHECK(client.get("ConfigurationItems/1001").status == 200);
    CHECK(client.world->counts().with_secret.at(0) == 2);
    CHECK_FALSE(client.world->counts().with_secret.contains(1));
}
