#include "tests/sandbox/behaviours/wire.hpp"

#include <filesystem>
#include <fstream>

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

// What only a real connection can show.

using namespace behaviours;

namespace {

boost::json::value parse(const std::string& body) {
    boost::system::error_code error;
    auto parsed = boost::json::parse(body, error);
    INFO(body);
    REQUIRE_FALSE(error.failed());
    return parsed;
}

constexpr const char* plain_query =
    R"({"MaxRecords":25,"IncludeFields":["id","contactID"],"Filter":[{"op":"gte","field":"id","value":0}]})";

} // namespace

TEST_CASE("1. over HTTPS: zone, then pages of a query, a PATCH, and the value read back, on one connection") {
    served_world world;
    auto client = world.client();
    const auto zone = client.send("GET", path_to("zoneInformation?user=api-user%40sandbox.example"));
    REQUIRE(zone.has_value());
    CHECK(parse(zone->body).at("url").as_string() == world.server.base_url());

    std::string target = path_to("ConfigurationItems/query");
    std::size_t rows = 0;
    int pages = 0;
    std::int64_t device = 0;
    while (!target.empty() && pages < 10) {
        const auto page = client.send("POST", target, login(), plain_query);
        REQUIRE(page.has_value());
        REQUIRE(page->status == 200);
        const auto found = parse(page->body);
        for (const auto& item : found.at("items").as_array())
            if (!item.at("contactID").is_null())
                device = item.at("id").as_int64();
        rows += found.at("items").as_array().size();
        const auto& next = found.at("pageDetails").at("nextPageUrl");
        target = next.is_null() ? "" : std::string{next.as_string()};
        if (!target.empty()) {
            REQUIRE(target.starts_with(world.server.base_url()));
            target = target.substr(target.find("/ATServicesRest"));
        }
        ++pages;
    }
    CHECK(pages == 3);
    CHECK(rows == 60);
    REQUIRE(device != 0);
    const auto patched = client.send("PATCH", path_to("ConfigurationItems"), login(),
                                     R"({"id":)" + std::to_string(device) + R"(,"contactID":null})");
    REQUIRE(patched.has_value());
    CHECK(patched->body == R"({"itemId":)" + std::to_string(device) + "}");
    const auto read = client.send("GET", path_to("ConfigurationItems/" + std::to_string(device)), login());
    REQUIRE(read.has_value());
    CHECK(parse(read->body).at("item").at("contactID").is_null());
    CHECK(world.server.connections().handshakes == 1);
}

TEST_CASE("5. over HTTPS: a moved tenant is refused on the old port and served on the new one") {
    served_world world;
    auto old_zone = world.client();
    world.server.with_model([](sandbox::autotask& model) { model.tenant().home = 1; });
    CHECK(old_zone.send("GET", path_to("Companies/0"), login())->status == 401);
    const auto zone = old_zone.send("GET", path_to("zoneInformation?user=api-user%40sandbox.example"));
    CHECK(parse(zone->body).at("url").as_string() == world.server.zone_url(1));
    support::https_client new_zone{world.server.ports().second_zone, world.server.ca_pem()};
    CHECK(new_zone.send("GET", path_to("Companies/0"), login())->status == 200);
}

TEST_CASE("TLS is 1.2 or later, and a later connection resumes the session of an earlier one") {
    served_world world;
    auto client = world.client();
    REQUIRE(client.send("GET", path_to("Companies/0"), login()).has_value());
    CHECK_FALSE(client.session_resumed());
    CHECK(client.tls_version() >= "TLSv1.2");
    client.close();
    REQUIRE(client.send("GET", path_to("Companies/0"), login()).has_value());
    CHECK(client.session_resumed());
    CHECK(world.server.connections().handshakes == 2);
    CHECK(world.server.connections().resumed == 1);
}

TEST_CASE("a certificate for another host, an expired one and a strange authority are refused by a careful client") {
    for (const auto flaw : {sandbox::certificate_flaw::wrong_host, sandbox::certificate_flaw::expired,
                            sandbox::certificate_flaw::untrusted_ca}) {
        sandbox::server_options options;
        options.flaw = flaw;
        served_world world{std::move(options)};
        auto client = world.client();
        CHECK_FALSE(client.send("GET", path_to("Companies/0"), login()).has_value());
        CHECK(world.server.with_model([](sandbox::autotask& model) { return model.counts().with_secret.empty(); }));
    }
}

TEST_CASE("ca.pem is written where it was asked for, or into a directory that goes away with the server") {
    std::string file;
    {
        served_world world;
        file = world.server.ca_file();
        std::ifstream stream{file};
        const std::string text{std::istreambuf_iterator<char>{stream}, {}};
        CHECK(text == world.server.ca_pem());
    }
    CHECK_FALSE(std::filesystem::exists(file));
}

TEST_CASE("requests that are too large or no HTTP at all are refused, and the server goes on") {
    served_world world;
    auto client = world.client();
    const auto big = client.send("POST", path_to("Companies/query"), login(), std::string(5 * 1024 * 1024, 'x'));
    CHECK((!big.has_value() || big->status == 413)); // the server may close before it has read everything
    auto fresh = world.client();
    const auto long_header = fresh.send("GET", path_to("Companies/0"), {{"X", std::string(40'000, 'x')}});
    CHECK((!long_header.has_value() || long_header->status == 400));
    CHECK(world.client().send("GET", path_to("Companies/0"), login())->status == 200);
    CHECK(world.server.with_model([](sandbox::autotask& model) { return model.counts().requests; }) == 1);
}

TEST_CASE("over HTTPS every reply carries a Date header, those too that the API never saw, unless it is switched off") {
    served_world world;
    for (const bool wanted : {true, false}) {
        world.set("date_header", wanted ? "true" : "false");
        auto client = world.client();
        const auto reply = client.send("GET", path_to("Companies/0"), login());
        REQUIRE(reply.has_value());
        CHECK(reply->headers.contains("date") == wanted);
        const auto refused = client.send("BREW", path_to("Companies/0"), {{"X", std::string(40'000, 'x')}});
        if (refused) { // the server may close before it has read everything
            CHECK(refused->status == 400);
            CHECK(refused->headers.contains("date") == wanted);
        }
    }
}

TEST_CASE("more connections than the limit are closed without an answer") {
    sandbox::server_options options;
    options.limits.connections = 2;
    served_world world{std::move(options)};
    auto first = world.client();
    auto second = world.client();
    REQUIRE(first.connect().has_value());
    REQUIRE(second.connect().has_value());
    auto third = world.client();
    CHECK_FALSE(third.connect().has_value());
    CHECK(world.server.connections().refused == 1);
}
