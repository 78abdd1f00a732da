#include "tests/sandbox/behaviours/wire.hpp"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

using namespace behaviours;
using namespace std::chrono_literals;
using sandbox::fault_kind;

namespace {

sandbox::fault_rule fault(fault_kind kind) {
    sandbox::fault_rule rule;
    rule.kind = kind;
    rule.count = 1;
    return rule;
}

constexpr const char* clear_contact = R"({"id":40001,"contactID":null})";
constexpr const char* device = "ConfigurationItems/40001";

bool has_contact(served_world& world) {
    return world.server.with_model([](sandbox::autotask& model) {
        using sandbox::entity;
        const auto& rows = model.tenant().rows(entity::configuration_items);
        return !rows.find(40'001)->get(rows.shape().at("contactID")).is_null();
    });
}

/// The statuses of `count` calls made at the same time, each over a connection of its own.
std::vector<unsigned> call_together(const served_world& world, int count, const std::string& target) {
    std::atomic<int> waiting{count};
    std::vector<unsigned> statuses(static_cast<std::size_t>(count));
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i)
        threads.emplace_back([&world, &waiting, &statuses, &target, i] {
            auto client = world.client();
            const bool connected = client.connect().has_value();
            --waiting;
            while (waiting > 0)
                std::this_thread::yield();
            const auto reply = connected ? client.send("GET", target, login()) : std::unexpected{std::string{}};
            statuses[static_cast<std::size_t>(i)] = reply ? reply->status : 0;
        });
    for (std::thread& thread : threads)
        thread.join();
    std::ranges::sort(statuses);
    return statuses;
}

} // namespace

TEST_CASE("45. over HTTPS: of four calls at once three are served and one is 429") {
    served_world world;
    world.set("latency", "150ms");
    CHECK(call_together(world, 4, path_to(device)) == std::vector<unsigned>{200, 200, 200, 429});
}

TEST_CASE("47. over HTTPS: ThresholdInformation refuses the fourth call at once, too") {
    served_world world;
    world.set("latency", "150ms");
    CHECK(call_together(world, 4, path_to("ThresholdInformation")) == std::vector<unsigned>{200, 200, 200, 429});
}

TEST_CASE("45. over HTTPS: a client that goes away gives its thread back") {
    served_world world;
    world.set("thread_limit", "1");
    world.set("latency", "100ms");
    {
        auto impatient = world.client(20ms);
        CHECK_FALSE(impatient.send("GET", path_to(device), login()).has_value());
    }
    auto client = world.client();
    REQUIRE(client.connect().has_value());
    unsigned status = 429;
    for (int attempt = 0; attempt < 100 && status == 429; ++attempt)
        status = client.send("GET", path_to(device), login())->status;
    CHECK(status == 200);
}

TEST_CASE("48. over HTTPS: a reset before the write leaves the row, a reset after it does not") {
    served_world world;
    REQUIRE(has_contact(world));
    auto before = fault(fault_kind::reset);
    world.add_fault(before);
    auto client = world.client();
    CHECK_FALSE(client.send("PATCH", path_to("ConfigurationItems"), login(), clear_contact).has_value());
    CHECK(has_contact(world));
    before.applied = true;
    world.add_fault(before);
    CHECK_FALSE(client.send("PATCH", path_to("ConfigurationItems"), login(), clear_contact).has_value());
    CHECK_FALSE(has_contact(world));
}

TEST_CASE("48. over HTTPS: a stalled reply does not come, and a cut one breaks off") {
    served_world world;
    auto stall = fault(fault_kind::stall);
    stall.wait = 1h;
    world.add_fault(stall);
    auto impatient = world.client(100ms);
    const auto start = std::chrono::steady_clock::now();
    CHECK_FALSE(impatient.send("GET", path_to(device), login()).has_value());
    CHECK(std::chrono::steady_clock::now() - start >= 90ms);
    auto cut = fault(fault_kind::truncate);
    cut.applied = true;
    cut.bytes = 100;
    world.add_fault(cut);
    auto client = world.client();
    const auto reply = client.send("GET", path_to(device), login());
    REQUIRE_FALSE(reply.has_value());
    CHECK(client.send("GET", path_to(device), login())->status == 200);
}

TEST_CASE("48. over HTTPS: pages of the infrastructure carry their status and type") {
    served_world world;
    auto page = fault(fault_kind::html);
    page.status = 200;
    world.add_fault(page);
    auto client = world.client();
    const auto reply = client.send("GET", path_to(device), login());
    REQUIRE(reply.has_value());
    CHECK(reply->status == 200);
    CHECK(reply->headers.at("content-type") == "text/html; charset=utf-8");
}

TEST_CASE("48. over HTTPS: handshakes can be slow, or end before they begin") {
    served_world world;
    world.set("tls_delay", "80ms");
    auto client = world.client();
    const auto start = std::chrono::steady_clock::now();
    REQUIRE(client.connect().has_value());
    CHECK(std::chrono::steady_clock::now() - start >= 80ms);
    world.set("tls_delay", "0s");
    world.set("tls_resets", "1");
    auto unlucky = world.client();
    CHECK_FALSE(unlucky.connect().has_value());
    CHECK(unlucky.connect().has_value());
}
