#include "autotask/threshold.hpp"

#include <catch2/catch.hpp>

TEST_CASE("the use of the request allowance is read, whatever the form of its numbers") {
    const auto plain = autotask::read_threshold(
        R"({"externalRequestThreshold":10000,"requestThresholdTimeframe":60,"currentTimeframeRequestCount":124})");
    REQUIRE(plain);
    CHECK(plain->limit == 10000);
    CHECK(plain->window_minutes == 60);
    CHECK(plain->used == 124);
    const auto odd = autotask::read_threshold(
        R"({"externalRequestThreshold":"20000","requestThresholdTimeframe":null,"currentTimeframeRequestCount":0.0})");
    REQUIRE(odd);
    CHECK(odd->limit == 20000);
    CHECK(odd->window_minutes == 60);
    CHECK(odd->used == 0);
    for (const auto* body :
         {"", "{}", "[]", R"({"externalRequestThreshold":10000})", R"({"currentTimeframeRequestCount":1})",
          R"({"externalRequestThreshold":null,"currentTimeframeRequestCount":1})"})
        CHECK_FALSE(autotask::read_threshold(body));
}
