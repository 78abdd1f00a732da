#include <algorithm>

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include "tests/sandbox/behaviours/api.hpp"

using namespace behaviours;
using sandbox::play_kind;

namespace {

void add(api& client, const char* fault) {
    const auto rule = sandbox::parse_fault(boost::json::parse(fault).as_object());
    INFO((rule ? std::string{} : rule.error()));
    REQUIRE(rule.has_value());
    client.world->faults().add(*rule);
}

constexpr const char* set_contact = R"({"id":1002,"contactID":111})";

} // namespace

TEST_CASE("48. a connection breaks before a write is applied, or after") {
    api client;
    add(client, R"({"kind":"reset_before","method":"PATCH","count":1})");
    CHECK(client.patch("ConfigurationItems", set_contact).play.kind == play_kind::reset);
    CHECK(client.contact_of(1002) == 0);
    add(client, R"({"kind":"reset_after","method":"PATCH","count":1})");
    CHECK(client.patch("ConfigurationItems", set_contact).play.kind == play_kind::reset);
    CHECK(client.contact_of(1002) == 111);
    CHECK(client.world->counts().by_status.at(0) == 2);
}

TEST_CASE("48. the infrastructure answers with pages of its own, maintenance with 200") {
    api client;
    for (const unsigned status : {500U, 502U, 503U, 504U}) {
        client.world->faults().clear();
        add(client, (R"({"kind":"html","status":)" + std::to_string(status) + "}").c_str());
        const auto reply = client.get("ConfigurationItems/1001");
        CHECK(reply.status == status);
        CHECK(reply.content_type.starts_with("text/html"));
    }
    client.world->faults().clear();
    add(client, R"({"kind":"maintenance"})");
    const auto reply = client.get("zoneInformation?user=api-user@sandbox.example");
    CHECK(reply.status == 200);
    CHECK(reply.content_type.starts_with("text/html"));
    CHECK(client.world->tenant().window.count(client.now) == 0);
}

TEST_CASE("48. a page of the infrastructure can hide a write that was applied") {
    api client;
    add(client, R"({"kind":"html","status":504,"applied":true,"method":"PATCH"})");
    CHECK(client.patch("ConfigurationItems", set_contact).status == 504);
    CHECK(client.contact_of(1002) == 111);
}

TEST_CASE("48. errors, empty replies, broken JSON, stalls, delays and cuts are told to the transport") {
    api client;
    add(client, R"({"kind":"error","text":"Deadlock","count":1})");
    add(client, R"({"kind":"empty","status":502,"count":1,"retry_after":7})");
    add(client, R"({"kind":"malformed","count":1})");
    add(client, R"({"kind":"stall","wait":"30s","count":1})");
    add(client, R"({"kind":"truncate","bytes":10,"count":1})");
    const auto error = client.get("ConfigurationItems/1001");
    CHECK(error.status == 500);
    CHECK(error.body == R"({"errors":["Deadlock"]})");
    const auto empty = client.get("ConfigurationItems/1001");
    CHECK(empty.status == 502);
    CHECK(empty.body.empty());
    CHECK(empty.headers.find("Retry-After") == "7");
    const auto malformed = client.get("ConfigurationItems/1001");
    boost::system::error_code code;
    boost::json::parse(malformed.body, code);
    CHECK(code.failed());
    CHECK(malformed.content_type.starts_with("application/json"));
    const auto stall = client.get("ConfigurationItems/1001");
    CHECK(stall.play.kind == play_kind::stall);
    CHECK(stall.play.stall_for == 30s);
    const auto cut = client.get("ConfigurationItems/1001");
    CHECK(cut.play.kind == play_kind::truncate);
    CHECK(cut.play.truncate_at == 10);
    CHECK(cut.body.size() > 10);
    add(client, R"({"kind":"delay","wait":"3s","count":1})");
    const auto admitted =
        client.world->begin({"GET", "/ATServicesRest/V1.0/Companies/0", client.headers, {}, 0}, client.now);
    CHECK(admitted.hold_back == 3s);
    CHECK(client.world->execute(admitted.ticket, client.now).status == 200);
    client.world->end(admitted.ticket, client.now);
}

TEST_CASE("48. bursts of 429 come on command, with a Retry-After of their own") {
    api client;
    add(client, R"({"kind":"thread_limit","count":2,"retry_after":3})");
    add(client, R"({"kind":"hourly_limit","count":1})");
    for (int i = 0; i < 2; ++i) {
        const auto reply = client.get("ConfigurationItems/1001");
        CHECK(reply.status == 429);
        CHECK(reply.headers.find("Retry-After") == "3");
        CHECK(first_error(reply).find("thread threshold") != std::string::npos);
    }
    CHECK(first_error(client.get("ConfigurationItems/1001")).find("request threshold") != std::string::npos);
    CHECK(client.get("ConfigurationItems/1001").status == 200);
}

TEST_CASE("48. a fault meets only its paths and methods, skips, and has a probability that replays") {
    api client;
    add(client, R"({"kind":"html","path":"*/configurationitems/QUERY","method":"POST","skip":1})");
    CHECK(client.get("ConfigurationItems/1001").status == 200);
    CHECK(client.post("Contacts/query", R"({"Filter":[{"op":"exist","field":"id"}]})").status == 200);
    CHECK(client.devices(R"({"op":"exist","field":"id"})").status == 200);
    CHECK(client.devices(R"({"op":"exist","field":"id"})").status == 503);
    const auto pattern = [] {
        api fresh;
        add(fresh, R"({"kind":"html","probability":0.3})");
        std::string result;
        for (int i = 0; i < 200; ++i)
            result += fresh.get("ConfigurationItems/1001").status == 503 ? 'x' : '.';
        return result;
    };
    const std::string played = pattern();
    const auto hits = std::count(played.begin(), played.end(), 'x');
    CHECK(hits > 30);
    CHECK(hits < 90);
    CHECK(pattern() == played);
}

TEST_CASE("48. a fault that makes no sense is refused with a sentence") {
    for (const char* fault :
         {R"({})", R"({"kind":"explode"})", R"({"kind":"html","statsu":503})", R"({"kind":"redirect"})",
          R"({"kind":"stall","wait":"3"})", R"({"kind":"html","status":42})"}) {
        INFO(fault);
        CHECK_FALSE(sandbox::parse_fault(boost::json::parse(fault).as_object()).has_value());
    }
}
