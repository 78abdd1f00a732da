#pragma once

#include "core/explanation.hpp"
#include "tests/core/support.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace core_tests {

inline core::contact named(core::contact who, std::string first, std::string last) {
    who.first_name = std::move(first);
    who.last_name = std::move(last);
    return who;
}

/// The forms of last-user-values.md, one of each row and more.
inline const std::vector<std::string> values{
    "ACME\\jsmith",
    "ACME.LOCAL\\jsmith",
    "acme.example\\jsmith",
    "jsmith",
    "PC-042\\jsmith",
    ".\\jsmith",
    "AzureAD\\JohnSmith",
    "jsmith@acme.example",
    "AzureAD\\jsmith@acme.example",
    "jsmith@other.example",
    "jsmith@AzureAD",
    "x_y.com#EXT#@tenant.onmicrosoft.com",
    "NT AUTHORITY\\SYSTEM",
    "NT-AUTORIT\xC3\x84T\\SYSTEM",
    "ACME\\LOCAL SERVICE",
    "ACME\\DWM-1",
    "ACME\\UMFD-2",
    "ACME\\PC-042$",
    "pc-042$@acme.example",
    ".\\Administrator",
    "root",
    "_mbsetupuser",
    "anna, ben",
    "anna; ben",
    "anna|ben",
    "anna\nben",
    "ACME/jsmith",
    "ACME\\jsmith@PC-042",
    "j:smith",
    "jsmith (Active)",
    "jsmith [Disc] (rdp-tcp#3)",
    "jsmith (Sales)",
    "jsmith (3f2a1b)",
    "\xC2\xA0\"jsmith\"\t",
    "j\xE2\x80\x8Bsmith",
    "\xEF\xBB\xBFjsmith",
    "",
    "None",
    "(none)",
    "N/A",
    "Error: no session",
    "no user (Active)",
    "m\xC3\xBCller",
    "mu\xCC\x88ller",
    "muller",
    "maximilian.musterman",
    std::string(50, 'x'),
    "S-1-5-21-1",
    "ACME\\S-1-5-21-1",
    "\\jsmith",
    "ACME\\\\jsmith",
    "ACME\\",
    "John Smith",
    "@acme.example",
};

inline std::vector<core::contact> known_contacts() {
    return {named(contact_with(7, {"jsmith@acme.example"}), "John", "Smith"),
            named(contact_with(8, {"m\xC3\xBCller@acme.example"}), "Max", "M\xC3\xBCller"),
            contact_with(9, {"maximilian.mustermann@acme.example"}), contact_with(10, {"john@acme.example"}, false),
            contact_with(11, {"x@acme.example, y@acme.example"})};
}

/// The explanation ends with the decision of make_plan(), and its candidates are those of that decision.
inline void check_explanation(const core::snapshot& company, const core::match_rules& rules, const core::policy& limits,
                              const core::device& subject) {
    const auto plan = core::make_plan(company, rules, limits);
    const auto made = core::explain_device(company, rules, limits, subject);
    const auto planned =
        std::ranges::find(plan.decisions, subject.id, [](const core::decision& one) { return one.subject->id; });
    REQUIRE(made.decided.has_value() == (planned != plan.decisions.end()));
    CHECK(made.outside.has_value() == !made.decided.has_value());
    CHECK(made.held == plan.held);
    const core::contact_lookup lookup(company, rules);
    CHECK(words(made.matched) == words(core::decide(subject, lookup)));
    if (!made.decided)
        return;
    CHECK(words(*made.decided) == words(*planned));
    CHECK(made.decided->found == planned->found);
    std::size_t candidates = 0;
    for (const auto& step : made.ladder)
        for (const auto& one : step.found) {
            ++candidates;
            CHECK(std::ranges::find(planned->found, one.who) != planned->found.end());
        }
    CHECK(candidates == planned->found.size());
    for (const auto& one : made.near_misses)
        CHECK(std::ranges::find(planned->found, one.who->id, &core::contact::id) == planned->found.end());
    CHECK(made.reading.skip.has_value() ==
          (!made.steps.all().empty() && made.steps.all().back().what == core::reading_action::stopped));
}

} // namespace core_tests
