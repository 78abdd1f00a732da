#include "core/decide.hpp"

#include "tests/core/support.hpp"

#include <catch2/catch.hpp>

using namespace core_tests;

namespace {

struct outcome_row {
    std::string last_user;
    std::optional<std::int64_t> contact;
    std::string expected;
};

void check_decisions(const std::vector<core::contact>& contacts, std::initializer_list<outcome_row> table,
                     const core::match_rules& rules = default_rules()) {
    const core::contact_lookup lookup(contacts, rules);
    for (const auto& [last_user, contact, expected] : table) {
        CAPTURE(last_user, contact.value_or(-1));
        const auto subject = device_with(1, last_user, contact);
        CHECK(words(core::decide(subject, lookup)) == expected);
    }
}

constexpr auto nobody = std::nullopt;

} // namespace

TEST_CASE("Exactly one candidate is assigned, replaces another contact, or is there already") {
    check_decisions({contact_with(7, {"jsmith@acme.example"}), contact_with(8, {"other@acme.example"})},
                    {
                        {"ACME\\jsmith", nobody, "would_assign 7"},
                        {"acme\\JSMITH", nobody, "would_assign 7"},
                        {"ACME\\jsmith", 8, "would_reassign 7"},
                        {"ACME\\jsmith", 7, "in_sync"},
                        {"jsmith", 0, "would_reassign 7"},
                        {".\\jsmith", nobody, "would_assign 7"},
                        {"jsmith@ACME", nobody, "would_assign 7"},
                    });
}

TEST_CASE("A decision carries what led to it") {
    const std::vector contacts{contact_with(7, {"jsmith@acme.example"})};
    const auto rules = default_rules();
    const core::contact_lookup lookup(contacts, rules);
    const auto local = device_with(1, "PC-042\\JSmith");
    const auto one = core::decide(local, lookup);
    CHECK(one.subject == &local);
    CHECK(one.who.name == "JSmith");
    CHECK(one.who.authority == "PC-042");
    CHECK(one.who.local);
    CHECK(one.matched_by == core::rule::local_part);
    CHECK(one.target() == &contacts[0]);

    const auto whole = device_with(2, "jsmith@acme.example", 7);
    const auto two = core::decide(whole, lookup);
    CHECK(two.matched_by == core::rule::email);
    CHECK(two.found.size() == 1);
    CHECK(two.target() == nullptr);
    CHECK_FALSE(two.is_change());

    const auto unknown = device_with(3, "somebody");
    const auto three = core::decide(unknown, lookup);
    CHECK_FALSE(three.matched_by);
    CHECK(three.found.empty());
    CHECK(core::to_string(core::rule::email) == "email");
    CHECK(core::to_string(core::rule::local_part) == "local_part");
}

TEST_CASE("Nobody matches: the device is left alone, whatever contact is set") {
    check_decisions({contact_with(7, {"jsmith@acme.example"})}, {
                                                                    {"ACME\\jdoe", nobody, "skipped no_match"},
                                                                    {"ACME\\jdoe", 7, "skipped no_match"},
                                                                    {"ACME\\jdoe", 99, "skipped no_match"},
                                                                    {"Jane Smith", nobody, "skipped no_match"},
                                                                    {"AzureAD\\JaneSmith", nobody, "skipped no_match"},
                                                                    {"j.smith", nobody, "skipped no_match"},
                                                                    {"jsmith (Sales)", nobody, "skipped no_match"},
                                                                });
}

TEST_CASE("A whole address is looked up as such, never by its local part") {
    check_decisions({contact_with(7, {"jsmith@acme.example"}), contact_with(8, {"jdoe@acme.example"})},
                    {
                        {"jsmith@acme.example", nobody, "would_assign 7"},
                        {"AzureAD\\JSmith@ACME.example", 8, "would_reassign 7"},
                        {"jsmith@other.example", nobody, "skipped upn_not_found"},
                        {"jsmith@other.example", 7, "skipped upn_not_found"},
                    });
}

TEST_CASE("Only the rules that are configured look for candidates") {
    auto rules = default_rules();
    const std::vector contacts{contact_with(7, {"jsmith@acme.example"})};
    rules.ladder = {core::rule::email};
    check_decisions(contacts,
                    {{"jsmith", nobody, "skipped no_match"}, {"jsmith@acme.example", nobody, "would_assign 7"}}, rules);
    rules.ladder = {core::rule::local_part};
    check_decisions(contacts,
                    {{"jsmith", nobody, "would_assign 7"}, {"jsmith@acme.example", nobody, "skipped upn_not_found"}},
                    rules);
    rules.ladder = {core::rule::local_part, core::rule::email};
    check_decisions(contacts, {{"jsmith", nobody, "would_assign 7"}, {"jsmith@acme.example", nobody, "would_assign 7"}},
                    rules);
    rules.ladder = {};
    check_decisions(
        contacts, {{"jsmith", nobody, "skipped no_match"}, {"jsmith@acme.example", 7, "skipped upn_not_found"}}, rules);
}

TEST_CASE("One contact with two matching addresses is one candidate") {
    check_decisions({contact_with(7, {"jsmith@acme.example", "jsmith@acme.test"})},
                    {{"jsmith", nobody, "would_assign 7"},
                     {"jsmith@acme.test", nobody, "would_assign 7"},
                     {"jsmith", 7, "in_sync"}});
}

TEST_CASE("One local part in two domains is ambiguous, unless the present contact is one of them") {
    check_decisions({contact_with(7, {"jsmith@acme.example"}), contact_with(8, {"jsmith@acme.test"}),
                     contact_with(9, {"x@acme.test"})},
                    {
                        {"jsmith", nobody, "skipped ambiguous"},
                        {"jsmith", 9, "skipped ambiguous"},
                        {"jsmith", 7, "in_sync"},
                        {"jsmith", 8, "in_sync"},
                        {"jsmith@acme.test", nobody, "would_assign 8"},
                        {"jsmith@acme.test", 7, "would_reassign 8"},
                    });
    const std::vector contacts{contact_with(8, {"a@one.example"}), contact_with(7, {"a@two.example"})};
    const auto subject = device_with(1, "a");
    const auto rules = default_rules();
    const auto one = core::decide(subject, core::contact_lookup(contacts, rules));
    REQUIRE(one.found.size() == 2);
    CHECK(one.found[0]->id.value == 7);
    CHECK(one.found[1]->id.value == 8);
}

TEST_CASE("Several contacts that share the one matching address are duplicates; as soon as one differs, ambiguous") {
    check_decisions({contact_with(7, {"jsmith@acme.example"}), contact_with(8, {"JSMITH@acme.example"})},
                    {{"jsmith", nobody, "skipped duplicate_contact"},
                     {"jsmith@acme.example", nobody, "skipped duplicate_contact"},
                     {"jsmith", 99, "skipped duplicate_contact"},
                     {"jsmith", 8, "in_sync"}});
    check_decisions(
        {contact_with(7, {"a@acme.example"}), contact_with(8, {"a@acme.example"}), contact_with(9, {"a@acme.test"})},
        {{"a", nobody, "skipped ambiguous"},
         {"a@acme.example", nobody, "skipped duplicate_contact"},
         {"a@acme.test", nobody, "would_assign 9"}});
    check_decisions({contact_with(7, {"a@acme.example", "b@acme.test"}), contact_with(8, {"a@acme.example"})},
                    {{"a", nobody, "skipped duplicate_contact"}, {"b", nobody, "would_assign 7"}});
    check_decisions({contact_with(7, {"a@acme.example", "a@acme.test"}), contact_with(8, {"a@acme.example"})},
                    {{"a", nobody, "skipped ambiguous"}});
}

TEST_CASE("An inactive contact is no candidate") {
    check_decisions({contact_with(7, {"jsmith@acme.example"}, false), contact_with(8, {"x@acme.example"})},
                    {{"jsmith", nobody, "skipped no_match"},
                     {"jsmith", 7, "skipped no_match"},
                     {"jsmith@acme.example", 7, "skipped upn_not_found"}});
    check_decisions({contact_with(7, {"jsmith@acme.example"}, false), contact_with(8, {"jsmith@acme.test"})},
                    {{"jsmith", nobody, "would_assign 8"}});
}

TEST_CASE("A present contact that is inactive, foreign or without an address gives way to the one candidate") {
    check_decisions(
        {contact_with(7, {"jsmith@acme.example"}), contact_with(5, {"jsmith@acme.example"}, false),
         contact_with(6, {"none"})},
        {{"jsmith", 5, "would_reassign 7"}, {"jsmith", 6, "would_reassign 7"}, {"jsmith", 4711, "would_reassign 7"}});
}

TEST_CASE("A name that fills a login name may be cut") {
    const std::string twenty = "abcdefghij.klmnopqrs";
    REQUIRE(twenty.size() == 20);
    const auto exact = contact_with(1, {twenty + "@acme.example"});
    const auto longer = contact_with(2, {twenty + "tuv@acme.example"});
    const auto other = contact_with(3, {"x@acme.example"});

    SECTION("nobody matches") {
        check_decisions({other}, {{"ACME\\" + twenty, nobody, "skipped maybe_truncated"},
                                  {"ACME\\" + twenty, 3, "skipped maybe_truncated"}});
        check_decisions({longer},
                        {{twenty, nobody, "skipped maybe_truncated"}, {twenty, 2, "skipped maybe_truncated"}});
    }
    SECTION("somebody matches and nobody goes on after it") {
        check_decisions({exact, other}, {{twenty, nobody, "would_assign 1"}, {twenty, 3, "would_reassign 1"}});
    }
    SECTION("somebody matches and another contact goes on after it") {
        check_decisions({exact, longer}, {{twenty, nobody, "skipped maybe_truncated"},
                                          {twenty, 2, "skipped maybe_truncated"},
                                          {twenty, 1, "in_sync"}});
    }
    SECTION("the longer one is an address of the same contact") {
        check_decisions({contact_with(1, {twenty + "@acme.example", twenty + "tuv@acme.example"})},
                        {{twenty, nobody, "would_assign 1"}, {twenty, 9, "would_reassign 1"}, {twenty, 1, "in_sync"}});
    }
    SECTION("the longer one is inactive") {
        auto gone = longer;
        gone.active = false;
        check_decisions({exact, gone}, {{twenty, nobody, "would_assign 1"}});
    }
    SECTION("several match") {
        check_decisions({exact, contact_with(4, {twenty + "@acme.test"})}, {{twenty, nobody, "skipped ambiguous"}});
        check_decisions({exact, contact_with(4, {twenty + "@acme.example"})},
                        {{twenty, nobody, "skipped duplicate_contact"}});
        check_decisions({exact, contact_with(4, {twenty + "@acme.test"}), longer},
                        {{twenty, nobody, "skipped maybe_truncated"}, {twenty, 4, "in_sync"}});
    }
    SECTION("a whole address is not cut") {
        const std::string address = "abcdefgh@acme.exampl";
        REQUIRE(address.size() == 20);
        check_decisions({other}, {{address, nobody, "skipped upn_not_found"},
                                  {twenty + "@acme.example", nobody, "skipped upn_not_found"}});
    }
    SECTION("nineteen and twenty-one characters are whole names") {
        const auto nineteen = twenty.substr(1);
        check_decisions({contact_with(1, {nineteen + "@a.example"}), contact_with(2, {nineteen + "x@a.example"}),
                         contact_with(3, {twenty + "x@a.example"}), contact_with(4, {twenty + "xy@a.example"})},
                        {{nineteen, nobody, "would_assign 1"}, {twenty + "x", nobody, "would_assign 3"}});
        check_decisions({}, {{nineteen, nobody, "skipped no_match"}, {twenty + "x", nobody, "skipped no_match"}});
    }
    SECTION("the length counts UTF-16 units of the name alone") {
        check_decisions({}, {
                                {repeated("\xC3\xA4", 20), nobody, "skipped maybe_truncated"},
                                {repeated("\xC3\xA4", 10), nobody, "skipped no_match"},
                                {repeated("\xF0\x9F\x98\x80", 10), nobody, "skipped maybe_truncated"},
                                {repeated("\xF0\x9F\x98\x80", 9) + "a", nobody, "skipped no_match"},
                                {"ACME.LOCAL\\" + twenty + " (Active)", nobody, "skipped maybe_truncated"},
                                {twenty + "@ACME", nobody, "skipped maybe_truncated"},
                                {"ABC\\" + std::string(16, 'x'), nobody, "skipped no_match"},
                            });
    }
    SECTION("case does not matter") {
        check_decisions({contact_with(2, {"ABCDEFGHIJ.KLMNOPQRSTUV@acme.example"}), exact},
                        {{"Abcdefghij.Klmnopqrs", nobody, "skipped maybe_truncated"}});
    }
}

TEST_CASE("A value that fills its field is left alone even when somebody matches") {
    const std::string name(50, 'a');
    check_decisions({contact_with(1, {name + "@acme.example"}), contact_with(2, {std::string(49, 'b') + "@a.example"})},
                    {{name, nobody, "skipped value_at_field_limit"},
                     {name, 1, "skipped value_at_field_limit"},
                     {std::string(49, 'b'), nobody, "would_assign 2"}});
}

TEST_CASE("A placeholder stands for nobody, whoever is among the contacts") {
    check_decisions({contact_with(1, {"none@acme.example"}), contact_with(2, {"unknown@acme.example"}),
                     contact_with(3, {"error@acme.example"})},
                    {{"None", nobody, "skipped no_last_user"},
                     {"unknown", 2, "skipped no_last_user"},
                     {"Error", 1, "skipped no_last_user"},
                     {"", 1, "skipped no_last_user"},
                     {"none@acme.example", nobody, "would_assign 1"}});
}

TEST_CASE("Accounts that stand for nobody are left alone even when a contact has the name") {
    check_decisions({contact_with(1, {"system@acme.example"}), contact_with(2, {"administrator@acme.example"}),
                     contact_with(3, {"pc-042$@acme.example"})},
                    {{"NT AUTHORITY\\SYSTEM", nobody, "skipped system_account"},
                     {"SYSTEM", 1, "skipped system_account"},
                     {"administrator@acme.example", nobody, "skipped ignored_account"},
                     {"pc-042$@acme.example", nobody, "skipped machine_account"}});
}

TEST_CASE("Names match across case, composition and script") {
    check_decisions({contact_with(1, {"m\xC3\xBCller@acme.example"}), contact_with(2, {"muller@acme.example"}),
                     contact_with(3, {"stra\xC3\x9F"
                                      "e@acme.example"}),
                     contact_with(4, {"\xCF\x83\xCE\xB1\xCF\x82@acme.example"})},
                    {{"ACME\\MU\xCC\x88LLER", nobody, "would_assign 1"},
                     {"ACME\\Muller", nobody, "would_assign 2"},
                     {"STRASSE", nobody, "would_assign 3"},
                     {"\xCE\xA3\xCE\x91\xCE\xA3", nobody, "would_assign 4"}});
}

TEST_CASE("An excluded device is left alone, whatever its last user") {
    auto rules = default_rules();
    rules.scope.exclude.add("pc-*");
    check_decisions({contact_with(7, {"jsmith@acme.example"})},
                    {{"jsmith", nobody, "skipped excluded_device"},
                     {"jsmith", 7, "skipped excluded_device"},
                     {"", 7, "skipped excluded_device"}},
                    rules);
}

TEST_CASE("The same arguments give the same decision") {
    dice random(3);
    const auto rules = default_rules();
    for (int i = 0; i < 5'000; ++i) {
        const auto name = random_text(random, 3);
        const std::vector contacts{contact_with(1, {name + "@a.example"}), contact_with(2, {random_bytes(random, 20)})};
        const core::contact_lookup lookup(contacts, rules);
        const auto subject = device_with(1, random.one_in(2) ? name : random_text(random, 6));
        REQUIRE(words(core::decide(subject, lookup)) == words(core::decide(subject, lookup)));
    }
}
