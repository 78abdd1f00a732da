#include <chrono>

#include <catch2/catch.hpp>

#include "tests/sandbox/model/world.hpp"

// Hidden, because it means something only with optimisation on a quiet machine: test_sandbox "[timing]"

TEST_CASE("a page of 500 rows out of 100,000 devices takes less than five milliseconds", "[.timing]") {
    const auto world = sandbox::make_world({{1, 2'000, 100'000}, {}});
    const sandbox::credentials login;
    sandbox::http_request request{
        "POST",
        "/ATServicesRest/V1.0/ConfigurationItems/query",
        {{"ApiIntegrationCode", login.tracking_identifier}, {"UserName", login.username}, {"Secret", login.secret}},
        {},
        0};
    std::string companies;
    for (int i = 0; i < 40; ++i)
        companies += (i == 0 ? "" : ",") + std::to_string(200 + i * 3);
    request.body = R"({"MaxRecords":500,"IncludeFields":["id","companyID","contactID","rmmDeviceAuditLastUser",
        "rmmDeviceAuditHostname","configurationItemType","isActive","referenceTitle"],"Filter":[
        {"op":"in","field":"companyID","value":[)" +
                   companies +
                   R"(]},{"op":"gt","field":"id","value":40001},{"op":"eq","field":"isActive","value":true}]})";
    constexpr int rounds = 200;
    const sandbox::time_point now{};
    const auto start = std::chrono::steady_clock::now();
    std::size_t bytes = 0;
    for (int i = 0; i < rounds; ++i) {
        const auto reply = world->serve(request, now);
        REQUIRE(reply.status == 200);
        bytes += reply.body.size();
    }
    const auto each = (std::chrono::steady_clock::now() - start) / rounds;
    WARN(std::chrono::duration_cast<std::chrono::microseconds>(each).count()
         << " us for a page of " << bytes / rounds << " bytes");
    CHECK(each < std::chrono::milliseconds{5});
}
