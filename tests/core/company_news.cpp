#include "core/company_news.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <vector>

using core::company;
using core::company_change;
using core::company_id;
using core::seen_company;
using core::standing;

namespace {

company passing(std::int64_t id, const std::string& name) {
    company one;
    one.id = company_id{id};
    one.name = name;
    return one;
}

seen_company known(std::int64_t id, const std::string& name, standing how = standing::passes) {
    return {company_id{id}, name, how};
}

/// A change in one line.
std::string words(const company_change& one) {
    return std::to_string(one.id.value) + " " + one.name + (one.old_name.empty() ? "" : " was " + one.old_name) +
           (one.is_new ? " new" : "") + " " + std::string(to_string(one.how));
}

std::vector<std::string> words(const core::company_news& news) {
    std::vector<std::string> all;
    for (const auto& one : news.changes)
        all.push_back(words(one));
    for (const auto& one : news.missing)
        all.push_back(std::to_string(one.id.value) + " missing");
    return all;
}

using lines = std::vector<std::string>;

} // namespace

TEST_CASE("a company is news when it is new, has another name, passes again or is missing, and else it is none") {
    const std::vector before{known(1, "same"), known(2, "old"), known(3, "away", standing::inactive),
                             known(4, "missing"), known(5, "long gone", standing::gone)};
    const std::vector now{passing(1, "same"), passing(2, "renamed"), passing(3, "away"), passing(6, "new")};
    CHECK(words(core::compare_companies(before, now)) ==
          lines{"2 renamed was old passes", "3 away passes", "6 new new passes", "4 missing"});
    CHECK(words(core::compare_companies({}, {})).empty());
    CHECK(words(core::compare_companies({}, now)).size() == now.size());
}

TEST_CASE("company 0 is one like every other, and another case in a name is another name") {
    CHECK(words(core::compare_companies(std::vector{known(0, "Provider")}, {})) == lines{"0 missing"});
    CHECK(words(core::compare_companies(std::vector{known(0, "Provider")}, std::vector{passing(0, "PROVIDER")})) ==
          lines{"0 PROVIDER was Provider passes"});
}

TEST_CASE("what became of a company that is missing follows from what it is like now") {
    auto now = passing(7, "name");
    CHECK(words(core::look_after(known(7, "name"), &now)) == "7 name filtered");
    now.active = false;
    CHECK(words(core::look_after(known(7, "name"), &now)) == "7 name inactive");
    CHECK(words(core::look_after(known(7, "before"), &now)) == "7 name was before inactive");
    CHECK(words(core::look_after(known(7, "name"), nullptr)) == "7 name gone");
}

TEST_CASE("the names of the standings are those of the journal") {
    CHECK(to_string(standing::passes) == "passes");
    CHECK(to_string(standing::inactive) == "inactive");
    CHECK(to_string(standing::filtered) == "filtered");
    CHECK(to_string(standing::gone) == "gone");
}

TEST_CASE("whatever came and went, in any order, what was told once is not told again") {
    std::mt19937_64 dice(1);
    for (int round = 0; round < 500; ++round) {
        std::vector<seen_company> before;
        std::vector<company> now;
        for (std::int64_t id = 0; id < 8; ++id) {
            if (dice() % 2 == 0)
                before.push_back(known(id, std::to_string(dice() % 2), static_cast<standing>(dice() % 4)));
            if (dice() % 2 == 0)
                now.push_back(passing(id, std::to_string(dice() % 2)));
        }
        std::ranges::reverse(before);
        auto news = core::compare_companies(before, now);
        for (const auto& one : news.missing)
            news.changes.push_back(core::look_after(one, nullptr));
        for (const auto& one : news.changes) {
            std::erase_if(before, [&one](const seen_company& each) { return each.id == one.id; });
            before.push_back({one.id, one.name, one.how});
        }
        CHECK(words(core::compare_companies(before, now)).empty());
    }
}
