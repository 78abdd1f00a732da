#include <catch2/catch.hpp>

#include "tests/sandbox/behaviours/api.hpp"

using namespace behaviours;

namespace {

constexpr const char* too_many_threads = "The Autotask API thread threshold of 3 threads has been exceeded.";
constexpr const char* device = "/ATServicesRest/V1.0/ConfigurationItems/1001";

sandbox::admission begin(api& client, const std::string& target = device) {
    return client.world->begin({"GET", target, client.headers, {}, 0}, client.now);
}

unsigned status_of(api& client, const sandbox::admission& admitted) {
    return client.world->execute(admitted.ticket, client.now).status;
}

} // namespace

TEST_CASE("45. the fourth call at once of one tracking identifier and entity is 429; others are not concerned") {
    api client;
    auto& other = client.world->add_user({}, client.world->tenant());
    other.name = "other";
    other.secret = "secret";
    other.tracking_identifier = "OTHER";
    const auto first = begin(client);
    const auto second = begin(client);
    const auto third = begin(client, "/ATServicesRest/V1.0/ConfigurationItems/entityInformation");
    const auto fourth = begin(client);
    const auto reply = client.world->execute(fourth.ticket, client.now);
    CHECK(reply.status == 429);
    CHECK(first_error(reply) == too_many_threads);
    CHECK_FALSE(reply.headers.find("Retry-After"));
    CHECK(client.get("Contacts/101").status == 200);
    sandbox::http_request foreign{
        "GET", device, {{"UserName", "other"}, {"Secret", "secret"}, {"ApiIntegrationCode", "OTHER"}}, {}, 0};
    CHECK(client.world->serve(foreign, client.now).status == 200);
    CHECK(status_of(client, first) == 200);
    CHECK(status_of(client, second) == 200);
    CHECK(status_of(client, third) == 200);
    for (const auto& admitted : {first, second, third, fourth})
        client.world->end(admitted.ticket, client.now);
    CHECK(client.get("ConfigurationItems/1001").status == 200);
    const sandbox::credentials login;
    CHECK(client.world->counts().highest.at({login.tracking_identifier, "ConfigurationItems"}) == 4);
}

TEST_CASE("45. a thread counts until a moment after its reply") {
    api client;
    client.set("slot_release_delay", "50ms");
    for (int i = 0; i < 3; ++i)
        CHECK(client.get("ConfigurationItems/1001").status == 200);
    client.now += 49ms;
    CHECK(client.get("ConfigurationItems/1001").status == 429);
    client.now += 1ms;
    CHECK(client.get("ConfigurationItems/1001").status == 200);
}

TEST_CASE("45. the contacts below a company take the company's threads, or their own by switch") {
    api client;
    client.set("thread_limit", "1");
    const auto held = begin(client, "/ATServicesRest/V1.0/Companies/10");
    CHECK(client.get("Companies/10/Contacts").status == 429);
    client.set("child_calls_use", "child");
    CHECK(client.get("Companies/10/Contacts").status == 200);
    client.set("thread_limit_status", "500");
    CHECK(client.get("Companies/10").status == 500);
    client.world->end(held.ticket, client.now);
}

TEST_CASE("46. replies are held back from half of the hourly requests on, and everybody is refused at the limit") {
    api client;
    client.set("request_threshold", "100");
    auto& window = client.world->tenant().window;
    const auto hold = [&client] {
        const auto admitted = begin(client);
        const auto status = status_of(client, admitted);
        client.world->end(admitted.ticket, client.now);
        CHECK(status == 200);
        return admitted.hold_back;
    };
    window.add(client.now, 49);
    CHECK(hold() == 0ms);
    CHECK(hold() == 500ms); // 50 before it
    window.add(client.now, 23);
    CHECK(hold() == 500ms);
    CHECK(hold() == 1s); // 75 before it: requests of other integrations count
    window.add(client.now, 23);
    CHECK(hold() == 1s); // the 100th
    const auto refused = client.get("ConfigurationItems/1001");
    CHECK(refused.status == 429);
    CHECK_FALSE(first_error(refused).empty());
    CHECK(client.get("Contacts/101").status == 429);
}

TEST_CASE("46. the window drains as its requests become an hour old; status and Retry-After are switches") {
    api client;
    client.set("request_threshold", "10");
    client.world->tenant().window.add(client.now, 10);
    client.set("throttled_calls_count", "false");
    client.set("retry_after", "seconds");
    client.set("retry_after_delay", "90s");
    CHECK(client.get("ConfigurationItems/1001").headers.find("Retry-After") == "90");
    client.set("retry_after", "date");
    CHECK(client.get("ConfigurationItems/1001").headers.find("Retry-After") == "Thu, 15 Jan 2026 08:01:30 GMT");
    client.set("hourly_limit_status", "500");
    CHECK(client.get("ConfigurationItems/1001").status == 500);
    client.now += 60min - 1s;
    CHECK(client.get("ConfigurationItems/1001").status == 500);
    client.now += 1s;
    CHECK(client.get("ConfigurationItems/1001").status == 200);
    client.world->tenant().window.add(client.now, 10);
    CHECK(client.get("ConfigurationItems/1001").status == 500);
    client.world->tenant().window.age(60min);
    CHECK(client.get("ConfigurationItems/1001").status == 200);
}

TEST_CASE("46. refused calls count as requests, so that a client who insists stays refused") {
    api client;
    client.set("request_threshold", "10");
    client.world->tenant().window.add(client.now, 10);
    client.now += 59min;
    CHECK(client.get("ConfigurationItems/1001").status == 429);
    CHECK(client.world->tenant().window.count(client.now) == 11);
}

TEST_CASE("47. ThresholdInformation gives three numbers, counts itself, and has threads like an entity") {
    api client;
    CHECK(client.get("ThresholdInformation").body ==
          R"({"externalRequestThreshold":10000,"requestThresholdTimeframe":60,"currentTimeframeRequestCount":1})");
    CHECK(parse(client.get("ThresholdInformation")).at("currentTimeframeRequestCount").as_int64() == 2);
    const std::string target = "/ATServicesRest/V1.0/ThresholdInformation";
    const auto first = begin(client, target);
    const auto second = begin(client, target);
    const auto third = begin(client, target);
    const auto fourth = begin(client, target);
    CHECK(status_of(client, fourth) == 429);
    for (const auto& admitted : {first, second, third, fourth})
        client.world->end(admitted.ticket, client.now);
}
