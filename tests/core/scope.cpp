#include "core/scope.hpp"

#include "tests/core/support.hpp"

#include <catch2/catch.hpp>

using namespace core_tests;

namespace {

core::device typed(std::optional<std::int64_t> type) {
    auto one = device_with(1, "x");
    one.type = type;
    return one;
}

core::device named(std::string hostname) {
    auto one = device_with(1, "x");
    one.hostname = std::move(hostname);
    return one;
}

} // namespace

TEST_CASE("Types of devices are accepted by their value, all at once, or for having none") {
    core::device_types types;
    CHECK_FALSE(types.accept(typed(1)));
    CHECK_FALSE(types.accept(typed(std::nullopt)));
    types.values = {1, 3};
    CHECK(types.accept(typed(1)));
    CHECK(types.accept(typed(3)));
    CHECK_FALSE(types.accept(typed(2)));
    CHECK_FALSE(types.accept(typed(0)));
    CHECK_FALSE(types.accept(typed(std::nullopt)));
    types.untyped = true;
    CHECK(types.accept(typed(std::nullopt)));
    CHECK_FALSE(types.accept(typed(2)));
    types = {};
    types.every = true;
    CHECK(types.accept(typed(2)));
    CHECK(types.accept(typed(std::nullopt)));
    types = {};
    types.untyped = true;
    CHECK(types.accept(typed(std::nullopt)));
    CHECK_FALSE(types.accept(typed(1)));
}

TEST_CASE("A device is excluded when no glob includes it or any excludes it, whatever the case") {
    core::device_scope scope;
    scope.include.add("PC-*");
    scope.exclude.add("*-Kiosk");
    CHECK_FALSE(scope.excludes(named("pc-1")));
    CHECK_FALSE(scope.excludes(named("PC-1")));
    CHECK(scope.excludes(named("srv-1")));
    CHECK(scope.excludes(named("pc-1-KIOSK")));
    CHECK(scope.excludes(named("")));
}

TEST_CASE("The star includes a device without a hostname") {
    core::device_scope scope;
    scope.include.add("*");
    CHECK_FALSE(scope.excludes(named("")));
    scope.exclude.add("?*");
    CHECK_FALSE(scope.excludes(named("")));
    CHECK(scope.excludes(named("a")));
}
