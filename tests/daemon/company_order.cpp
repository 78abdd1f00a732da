#include "daemon/sweep/company_order.hpp"

#include <catch2/catch.hpp>
#include <set>

namespace {

using namespace contactd;
using namespace std::chrono_literals;

constexpr core::wall_time noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 21} + 12h};

std::vector<core::company> companies(std::initializer_list<std::int64_t> ids) {
    std::vector<core::company> made;
    for (const auto id : ids) {
        core::company one;
        one.id.value = id;
        one.name = "Company " + std::to_string(id);
        made.push_back(one);
    }
    return made;
}

/// "1 2 | 3 | 4": together, one by one, not at all.
std::string order(std::vector<core::company> all, std::initializer_list<std::int64_t> unreached,
                  const core::parked_companies& lot, std::int64_t sweep, const std::set<std::int64_t>& known = {}) {
    unreached_companies missed;
    for (const auto id : unreached)
        missed.insert(core::company_id{id});
    const auto costs_nothing = [&known](core::company_id id) { return known.contains(id.value); };
    const auto made = order_companies(std::move(all), missed, lot, core::sweep_moment{sweep, noon}, costs_nothing);
    std::string text;
    for (std::size_t i = 0; i < made.queue.size(); ++i)
        text += (i == made.one_by_one_from ? "| " : "") + std::to_string(made.queue[i].id.value) + ' ';
    if (made.one_by_one_from == made.queue.size())
        text += "| ";
    text += '|';
    for (const auto& one : made.parked)
        text += ' ' + std::to_string(one.id.value);
    return text;
}

} // namespace

TEST_CASE("companies that were not reached come first, then the others, each by id") {
    const core::parked_companies nobody;
    CHECK(order(companies({3, 0, 2, 1}), {}, nobody, 1) == "0 1 2 3 | |");
    CHECK(order(companies({0, 1, 2, 3, 4, 5}), {5, 3}, nobody, 1) == "3 5 0 1 2 4 | |");
    CHECK(order(companies({1, 2}), {1, 2, 99}, nobody, 1) == "1 2 | |"); // 99 is gone meanwhile.
    CHECK(order({}, {7}, nobody, 1) == "| |");
}

TEST_CASE("children of one parent come together, where the parent would") {
    const core::parked_companies nobody;
    auto all = companies({1, 2, 3, 4, 5, 6});
    all[1].parent = core::company_id{5};
    all[3].parent = core::company_id{1};
    all[5].parent = core::company_id{99};
    CHECK(order(all, {}, nobody, 1) == "1 4 3 2 5 6 | |");
}

TEST_CASE("companies that cost no request come before the others, but behind those that were not reached") {
    const core::parked_companies nobody;
    CHECK(order(companies({0, 1, 2, 3, 4, 5}), {5, 3}, nobody, 1, {4, 3}) == "3 5 4 0 1 2 | |");
}

TEST_CASE(
    "a parked company is left out, and comes last and alone when its pause is over, also where it was not reached") {
    core::parked_companies lot;
    lot.refuse(core::company_id{2}, {}, "no", core::sweep_moment{1, noon});
    lot.refuse(core::company_id{3}, {}, "no", core::sweep_moment{0, noon});
    CHECK(order(companies({1, 2, 3, 4}), {3, 4, 2}, lot, 1) == "4 1 | | 2 3");
    CHECK(order(companies({1, 2, 3, 4}), {3, 4, 2}, lot, 2) == "4 1 | 3 | 2");
    CHECK(order(companies({1, 2, 3, 4}), {3, 4, 2}, lot, 3) == "4 1 | 2 3 |");
    lot.forget(core::company_id{2});
    CHECK(order(companies({1, 2, 3, 4}), {3, 4, 2}, lot, 3) == "2 4 1 | 3 |");
}
