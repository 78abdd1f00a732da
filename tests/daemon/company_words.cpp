#include "daemon/report/company_words.hpp"

#include <catch2/catch.hpp>

using contactd::company_words;
using contactd::needs_attention;
using contactd::told_company;
using core::standing;

namespace {

told_company told(standing how, const std::string& organization = {}, const std::string& old_name = {},
                  bool is_new = false) {
    told_company made;
    made.change.id = core::company_id{176};
    made.change.name = "Acme GmbH";
    made.change.old_name = old_name;
    made.change.is_new = is_new;
    made.change.is_back = how == standing::passes && old_name.empty() && !is_new;
    made.change.how = how;
    made.organization = organization;
    return made;
}

} // namespace

TEST_CASE("what became of a company is said in one sentence, with what follows from it") {
    const auto is_new = told(standing::passes, {}, {}, true);
    struct {
        told_company what;
        bool only_mapped;
        const char* said;
    } const rows[] = {
        {is_new, false, "company 176 Acme GmbH is new"},
        {is_new, true,
         "company 176 Acme GmbH is new; it is not swept until an organization is mapped to it: contactd companies map"},
        {told(standing::passes, "Acme", {}, true), true, "company 176 Acme GmbH is new"},
        {told(standing::passes), true, "company 176 Acme GmbH passes company_filter again"},
        {told(standing::passes, "Acme"), false, "company 176 Acme GmbH passes company_filter again"},
        {told(standing::passes, {}, "Acme AG"), true, "company 176 Acme GmbH (before: Acme AG) was renamed"},
        {told(standing::inactive), true, "company 176 Acme GmbH became inactive"},
        {told(standing::inactive, "Acme"), true,
         "company 176 Acme GmbH became inactive, so organization Acme is not swept any more"},
        {told(standing::filtered, "Acme", "Acme AG"), false,
         "company 176 Acme GmbH (before: Acme AG) no longer passes company_filter, so organization Acme is not swept "
         "any more"},
        {told(standing::gone), false,
         "company 176 Acme GmbH cannot be found any more (deleted, or hidden from the API user)"},
    };
    for (const auto& one : rows) {
        INFO(one.said);
        CHECK(company_words(one.what, one.only_mapped) == one.said);
    }
}

TEST_CASE("a mapped company that is not swept any more needs attention, and nothing else does") {
    for (const auto how : {standing::inactive, standing::filtered, standing::gone}) {
        CHECK(needs_attention(told(how, "Acme")));
        CHECK_FALSE(needs_attention(told(how)));
    }
    CHECK_FALSE(needs_attention(told(standing::passes, "Acme")));
    CHECK_FALSE(needs_attention(told(standing::passes, "Acme", {}, true)));
}

TEST_CASE("a name that would make a line of its own, or speak to the terminal, is shown as what it is") {
    auto one = told(standing::inactive, "A\nB", "x\x1b[2J");
    one.change.name = "Evil\nGmbH";
    const auto said = company_words(one, false);
    CHECK(said.find('\n') == std::string::npos);
    CHECK(said.find('\x1b') == std::string::npos);
}
