#include "core/decide.hpp"
#include "core/plan.hpp"

#include "tests/core/support.hpp"

#include <catch2/catch.hpp>

using namespace core_tests;

namespace {

core::contact person(std::int64_t id, std::string first, std::string last, std::vector<std::string> addresses = {}) {
    auto who = contact_with(id, std::move(addresses));
    who.first_name = std::move(first);
    who.last_name = std::move(last);
    who.has_address = !who.addresses.empty();
    return who;
}

core::match_rules rules_with(std::vector<core::rule> ladder) {
    auto rules = default_rules();
    rules.ladder = std::move(ladder);
    rules.addresses = core::address_columns{0b001};
    return rules;
}

struct outcome_row {
    std::string last_user;
    std::optional<std::int64_t> contact;
    std::string expected; ///< With the rule behind it.
};

void check(const core::snapshot& company, const core::match_rules& rules, std::initializer_list<outcome_row> table) {
    for (const auto& [last_user, contact, expected] : table) {
        CAPTURE(last_user, contact.value_or(-1));
        auto one = company;
        one.devices = {device_with(1, last_user, contact)};
        const auto plan = core::make_plan(one, rules, core::policy{core::write_policy::reassign, 100, 1000});
        REQUIRE(plan.decisions.size() == 1);
        const auto& decided = plan.decisions.front();
        const auto by = decided.matched_by ? " " + std::string(core::to_string(*decided.matched_by)) : std::string();
        CHECK(words(decided) + by == expected);
    }
}

core::snapshot company_of(std::vector<core::contact> contacts, std::vector<core::contact> parents = {}) {
    core::snapshot made;
    made.contacts = std::move(contacts);
    made.parent_contacts = std::make_shared<const std::vector<core::contact>>(std::move(parents));
    return made;
}

core::alias alias_of(std::string authority, std::string name, std::optional<std::int64_t> contact,
                     std::string address = {}) {
    core::alias made;
    made.authority = std::move(authority);
    made.name = std::move(name);
    if (contact)
        made.contact = core::contact_id{*contact};
    made.address = std::move(address);
    return made;
}

constexpr auto nobody = std::nullopt;

using enum core::rule;

} // namespace

TEST_CASE("Every rule has a name, and no name stands for two") {
    for (const auto name : core::rule_names()) {
        CAPTURE(name);
        REQUIRE(core::parse_rule(name));
        CHECK(core::to_string(*core::parse_rule(name)) == name);
    }
    CHECK_FALSE(core::parse_rule("Email"));
    CHECK_FALSE(core::parse_rule(""));
}

TEST_CASE("The further addresses of a contact are looked at by rules of their own, after those of the first") {
    const auto company = company_of({
        contact_with(1, {"john.smith@acme.example", "jsmith@home.example"}),
        contact_with(2, {"jsmith@acme.example", "js@acme.example"}),
        contact_with(3, {"carla@acme.example", "", "cw@home.example"}),
        contact_with(4, {"dora@acme.example", "twin@acme.example"}),
        contact_with(5, {"emil@acme.example", "twin@home.example"}),
        contact_with(6, {"fred@acme.example", "office@acme.example"}),
        contact_with(7, {"gina@acme.example", "office@acme.example"}),
    });
    check(company, rules_with({email, local_part, other_email, other_local_part}),
          {
              {"jsmith", nobody, "would_assign 2 local_part"},
              {"js", nobody, "would_assign 2 other_local_part"},
              {"cw", nobody, "would_assign 3 other_local_part"},
              {"jsmith@home.example", nobody, "would_assign 1 other_email"},
              {"twin", nobody, "skipped ambiguous other_local_part"},
              {"office", nobody, "skipped duplicate_contact other_local_part"},
              {"hans", nobody, "skipped no_match"},
          });
    // Named as equals, they are equals.
    auto equals = rules_with({email, local_part});
    equals.addresses = core::every_address_column;
    check(company, equals,
          {{"jsmith", nobody, "skipped ambiguous local_part"}, {"js", 1, "would_reassign 2 local_part"}});
    check(company, rules_with({email, local_part}), {{"js", nobody, "skipped no_match"}});
}

TEST_CASE("A field of the contact that holds the login name stands for him, with a domain before it or without") {
    auto plain = person(1, "Anna", "Berg");
    plain.logins = {"", "ABerg7"};
    auto with_domain = person(2, "Bert", "Cohn", {"bert@acme.example"});
    with_domain.logins = {"", " ACME\\bcohn "};
    auto whole = person(3, "Cleo", "Dahl");
    whole.logins = {"", "cleo@acme.example"};
    auto unrelated = person(4, "Dirk", "Ernst");
    unrelated.logins = {"aberg7", ""};
    auto twin_a = person(5, "Eva", "Fink");
    twin_a.logins = {"", "shop"};
    auto twin_b = person(6, "Finn", "Graf");
    twin_b.logins = {"", "SHOP"};
    auto left = person(7, "Gerd", "Haas");
    left.logins = {"", "ghaas"};
    left.active = false;
    auto rules = rules_with({local_part, login_field});
    rules.login_column = 1;
    check(company_of({plain, with_domain, whole, unrelated, twin_a, twin_b, left}), rules,
          {
              {"ACME\\aberg7", nobody, "would_assign 1 login_field"},
              {"bcohn", nobody, "would_assign 2 login_field"},
              {"bert", nobody, "would_assign 2 local_part"},
              {"cleo@acme.example", nobody, "would_assign 3 login_field"},
              {"cleo", nobody, "skipped no_match"},
              {"shop", nobody, "skipped ambiguous login_field"},
              {"shop", 6, "in_sync login_field"},
              {"ghaas", nobody, "skipped no_match"},
          });
}

TEST_CASE("A login name made of the contact's names matches whoever it is made of, and only one") {
    const auto company = company_of({
        person(1, "Mary", "Smith", {"boss@acme.example"}),
        person(2, "J\xC3\xBCrgen", "M\xC3\xBCller"),
        person(3, "Mark", "Smythe"),
        person(4, "Mona", "Smythe"),
        person(5, "Msmith", "", {"msmith2@acme.example"}),
    });
    check(company, rules_with({email, local_part, first_dot_last, flast}),
          {
              {"ACME\\mary.smith", nobody, "would_assign 1 first.last"},
              {"msmith", nobody, "would_assign 1 flast"},
              {"boss", nobody, "would_assign 1 local_part"},
              {"jmueller", nobody, "would_assign 2 flast"},
              {"jmuller", nobody, "would_assign 2 flast"},
              {"JM\xC3\x9CLLER", nobody, "would_assign 2 flast"},
              {"msmythe", nobody, "skipped ambiguous flast"},
              {"mary.smith@acme.example", nobody, "skipped upn_not_found"},
              {"marysmith", nobody, "skipped no_match"},
          });
    check(company, rules_with({firstlast, firstl}),
          {{"marysmith", nobody, "would_assign 1 firstlast"}, {"marys", nobody, "would_assign 1 firstl"}});
}

TEST_CASE("A weaker rule never overrules a stronger one: not even where that finds two") {
    const auto company = company_of({
        person(1, "Mary", "Smith", {"msmith@acme.example"}),
        person(2, "Max", "Smith", {"msmith@other.example"}),
        person(3, "Moritz", "Jones"),
    });
    check(company, rules_with({local_part, firstl, flast}),
          {
              {"msmith", nobody, "skipped ambiguous local_part"},
              {"msmith", 1, "in_sync local_part"},
              {"mjones", nobody, "would_assign 3 flast"},
          });
}

TEST_CASE("A namesake does not get the account of somebody who has left") {
    auto left = person(1, "John", "Smith", {"jsmith@acme.example"});
    left.active = false;
    auto also_left = person(3, "Mia", "Jones", {"office@acme.example"});
    also_left.active = false;
    const auto company = company_of({left, person(2, "Jane", "Smith", {"jane@acme.example"}), also_left,
                                     person(4, "Max", "Jones", {"max@acme.example"}),
                                     contact_with(5, {"eve@acme.example", "jsmith@home.example"}),
                                     person(6, "Ulla", "Berg", {"ulla@acme.example"})},
                                    {contact_with(11, {"jsmith@holding.example"})});
    // By the address that was his ...
    check(company, rules_with({local_part, flast}),
          {{"jsmith", nobody, "skipped ambiguous flast"},
           {"jsmith", 1, "skipped ambiguous flast"},
           {"jsmith", 2, "in_sync flast"},
           // ... or by a name that is made in the same way.
           {"mjones", nobody, "skipped ambiguous flast"},
           {"uberg", nobody, "would_assign 6 flast"}});
    check(company, rules_with({local_part, other_local_part}),
          {{"jsmith", nobody, "skipped ambiguous other_local_part"}});
    check(company, rules_with({local_part, parent_local_part}),
          {{"jsmith", nobody, "skipped ambiguous parent_local_part"}});
    // Whoever has left is never found alone, and never in the way of a rule that looks at people's own addresses.
    check(company, rules_with({email, local_part, flast}),
          {{"office", nobody, "skipped no_match"},
           {"jsmith@acme.example", nobody, "skipped upn_not_found"},
           {"jane", 1, "would_reassign 2 local_part"}});
}

TEST_CASE("A rule that may only fill replaces nobody") {
    auto rules = rules_with({local_part, flast});
    rules.only_fill.add(flast);
    check(company_of({person(1, "Mary", "Smith"), contact_with(2, {"ben@acme.example"})}), rules,
          {
              {"msmith", nobody, "would_assign 1 flast"},
              {"msmith", 2, "skipped policy_keeps_existing flast"},
              {"msmith", 1, "in_sync flast"},
              {"ben", 1, "would_reassign 2 local_part"},
          });
}

TEST_CASE("An alias says whom an account means, by the contact's id or address") {
    const auto rules = rules_with({alias, email, local_part, flast});
    auto company = company_of({
        person(1, "Anna", "Berg", {"anna@acme.example"}),
        person(2, "Maximilian", "Mustermann"),
        person(3, "Mary", "Smith"),
    });
    company.aliases = {
        alias_of("", "till1", 1),
        alias_of("shop", "till2", nobody, "anna@acme.example"),
        alias_of("", "msmith", 9),
        alias_of("", "maximilian.mustermann", nobody, "max@acme.example"),
        alias_of("", "maximilian.musterman", 2),
        alias_of("", "old@acme.example", 2),
        alias_of("", "both", 1),
        alias_of("", "both", 2),
    };
    check(company, rules,
          {
              {"ACME\\till1", nobody, "would_assign 1 alias"},
              {"SHOP\\Till2", nobody, "would_assign 1 alias"},
              {"OFFICE\\till2", nobody, "skipped no_match"},
              // 20 letters, of which more may have been cut off: whoever wrote the alias has seen them.
              {"maximilian.musterman", nobody, "would_assign 2 alias"},
              {"old@acme.example", nobody, "would_assign 2 alias"},
              {"both", nobody, "skipped ambiguous alias"},
          });
    // The one who is meant is not there. That is no leave to take somebody of a similar name.
    check(company, rules, {{"msmith", nobody, "skipped no_match alias"}});
}

TEST_CASE("The contacts of the parent company are looked at where a rule says so") {
    const auto company =
        company_of({contact_with(1, {"anna@acme.example"})},
                   {contact_with(11, {"bert@acme.example"}), contact_with(12, {"anna@holding.example"}),
                    contact_with(13, {"cleo@a.example"}), contact_with(14, {"cleo@b.example"})});
    check(company, rules_with({email, local_part, parent_email, parent_local_part}),
          {
              {"anna", nobody, "would_assign 1 local_part"},
              {"bert", nobody, "would_assign 11 parent_local_part"},
              {"bert", 11, "in_sync parent_local_part"},
              {"anna@holding.example", nobody, "would_assign 12 parent_email"},
              {"cleo", nobody, "skipped ambiguous parent_local_part"},
          });
    check(company, rules_with({email, local_part}), {{"bert", nobody, "skipped no_match"}});
}

TEST_CASE("A name of the greatest length may be cut, whatever rule it matches by") {
    // 20 letters each; what the second contact's names make goes on after them.
    auto by_field = person(1, "A", "B");
    by_field.logins = {"abcdefghijklmnopqrst"};
    auto rules = rules_with({local_part, login_field, firstlast});
    rules.login_column = 0;
    check(company_of({by_field}), rules, {{"abcdefghijklmnopqrst", nobody, "would_assign 1 login_field"}});
    check(company_of({by_field, person(2, "abcdefghij", "klmnopqrstuvw")}), rules,
          {{"abcdefghijklmnopqrst", nobody, "skipped maybe_truncated login_field"}});
    check(company_of({person(3, "abcdefghij", "klmnopqrst")}), rules,
          {{"abcdefghijklmnopqrst", nobody, "would_assign 3 firstlast"}});
}

TEST_CASE("Devices are looked at by category where categories are named") {
    core::device_categories some;
    some.every = false;
    some.values = {3};
    auto one = device_with(1, "jsmith");
    CHECK(core::device_categories{}.accept(one));
    CHECK_FALSE(some.accept(one));
    some.uncategorised = true;
    CHECK(some.accept(one));
    one.category = 4;
    CHECK_FALSE(some.accept(one));
    one.category = 3;
    CHECK(some.accept(one));
}
