#include "tests/daemon/sweep_fake.hpp"

#include <catch2/catch.hpp>

// What a sweep notes of its companies when the server's answers are not as they should be.

namespace {

using namespace sweep_tests;

std::vector<contactd::told_company> noted(const sweep_world& world) {
    std::vector<contactd::told_company> all;
    for (const auto& one : world.journal.noted<contactd::seen_companies>())
        if (!one.what.are_first)
            all.insert(all.end(), one.what.changes.begin(), one.what.changes.end());
    return all;
}

} // namespace

TEST_CASE("a company whose row cannot be read is not told to have gone") {
    sweep_world world;
    for (int id = 1; id <= 3; ++id)
        world.server().add_company(id, "Company " + std::to_string(id));
    world.sweep();
    world.server().rows.at("Companies").at(2)["companyName"] = 5;
    world.sweep();
    CHECK(world.heard.troubles.size() == 1);
    CHECK(noted(world).empty());
    world.server().rows.at("Companies").at(2)["companyName"] = "Company 2";
    world.sweep();
    CHECK(noted(world).empty());
    world.server().rows.at("Companies").erase(3);
    world.sweep();
    REQUIRE(noted(world).size() == 1);
    CHECK(noted(world).front().change.how == core::standing::gone);
}

TEST_CASE(
    "a dry run from the command line, which reads everything, tells what a real sweep would, and a plan nothing") {
    sweep_world world;
    world.server().add_company(1, "Company 1");
    world.sweep(true);
    CHECK(world.journal.noted<contactd::seen_companies>().size() == 1);
    world.server().add_company(2, "Company 2");
    world.sweep(true);
    world.sweep();
    REQUIRE(noted(world).size() == 1);
    CHECK(noted(world).front().change.is_new);
}
