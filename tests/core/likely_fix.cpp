#include "core/likely_fix.hpp"

#include "core/near_spelling.hpp"
#include "core/plan.hpp"
#include "tests/core/support.hpp"

#include <catch2/catch.hpp>

#include <chrono>

using namespace core_tests;

namespace {

core::contact person(std::int64_t id, std::string first, std::string last, std::vector<std::string> addresses,
                     bool active = true) {
    auto who = contact_with(id, std::move(addresses), active);
    who.first_name = std::move(first);
    who.last_name = std::move(last);
    return who;
}

/// "near_spelling 7", "choose_one 7 8".
std::string words(const core::likely_fix& fix) {
    std::string text(core::to_string(fix.kind));
    for (const auto& who : fix.contacts)
        text += " " + std::to_string(who.id.value);
    return text;
}

core::likely_fix fix_of(const std::vector<core::contact>& contacts, const std::string& last_user,
                        const core::match_rules& rules = default_rules()) {
    const auto subject = device_with(1, last_user);
    std::vector<core::contact> read;
    std::vector<core::contact> others;
    for (const auto& who : contacts)
        (who.active && !who.addresses.empty() ? read : others).push_back(who);
    const core::contact_lookup lookup(read, rules);
    return core::fix_finder(core::company_id{}, read, others).find(core::decide(subject, lookup));
}

struct fix_row {
    std::string last_user;
    std::string expected;
};

void check_fixes(const std::vector<core::contact>& contacts, std::initializer_list<fix_row> table,
                 const core::match_rules& rules = default_rules()) {
    for (const auto& [last_user, expected] : table) {
        CAPTURE(last_user);
        const auto fix = fix_of(contacts, last_user, rules);
        CHECK(words(fix) == expected);
        CHECK(fix.words.ends_with('.'));
    }
}

} // namespace

TEST_CASE("A contact whose address is spelled nearly like the account is the likely one, if there is only one") {
    check_fixes({person(7, "Ada", "Lovelace", {"alovelace@acme.example"}), person(8, "Bo", "Ek", {"boe@acme.example"}),
                 person(9, "M", "M", {"m\xC3\xBCller@acme.example"})},
                {
                    {"ACME\\alovelac", "near_spelling 7"},   // one less
                    {"ACME\\alovelacee", "near_spelling 7"}, // one more
                    {"ACME\\alovelice", "near_spelling 7"},  // another one
                    {"ACME\\alvoelace", "near_spelling 7"},  // two that changed places
                    {"ACME\\alovlcae", "add_contact"},       // two slips
                    {"boee", "add_contact"},                 // too short to be sure
                    {"muller", "near_spelling 9"},
                    {"mueller", "near_spelling 9"},
                    {"alovelac@acme.example", "near_spelling 7"},
                    {"alovelac@other.example", "add_contact"},
                });
    check_fixes({person(7, "", "", {"smithe@acme.example"}), person(8, "", "", {"smitha@acme.example"})},
                {{"smith", "add_contact"}});
    check_fixes({person(7, "", "", {"user01@acme.example"})}, {{"user02", "add_contact"}, {"user011", "add_contact"}});
}

TEST_CASE("A contact whose name gives the account is the likely one") {
    check_fixes({person(7, "Ada", "Lovelace", {}), person(8, "Grace", "Hopper", {"g@acme.example"}),
                 person(9, "J\xC3\xBCrgen", "O'Brien", {"post@acme.example"})},
                {
                    {"ACME\\alovelace", "add_address 7"},
                    {"ACME\\ada.lovelace", "add_address 7"},
                    {"AzureAD\\AdaLovelace", "add_address 7"},
                    {"adal", "add_address 7"},
                    {"Ada Lovelace", "add_address 7"},
                    {"ghopper", "other_address 8"},
                    {"juergen.obrien", "other_address 9"},
                    {"jobrien", "other_address 9"},
                    {"ghopper@acme.example", "other_address 8"},
                    {"hopper", "add_contact"},
                });
    check_fixes({person(7, "Ada", "King", {"a1@acme.example"}), person(8, "Alan", "King", {"a2@acme.example"})},
                {{"aking", "add_contact"}, {"ada.king", "other_address 7"}});
}

TEST_CASE("A contact who is inactive and had the account is named, unless he is back under another one") {
    check_fixes({person(7, "Ada", "Lovelace", {"alovelace@acme.example"}, false),
                 person(8, "Grace", "Hopper", {"grace@acme.example"}, false),
                 person(9, "Grace", "Hopper", {"hopper@acme.example"})},
                {
                    {"alovelace", "inactive_contact 7"},
                    {"alovelace@acme.example", "inactive_contact 7"},
                    {"adalovelace", "inactive_contact 7"},
                    {"alovelac", "add_contact"},
                    {"grace", "inactive_contact 8"},
                });
    check_fixes({person(8, "Grace", "Hopper", {"ghopper@acme.example"}, false),
                 person(9, "Grace", "Hopper", {"hopper@acme.example"})},
                {{"ghopper", "other_address 9"}});
}

TEST_CASE("What several contacts share is for a human to sort out") {
    check_fixes({person(7, "", "", {"jsmith@acme.example"}), person(8, "", "", {"jsmith@acme.example"}),
                 person(9, "", "", {"ann@acme.example"}), person(10, "", "", {"ann@acme.test"})},
                {
                    {"jsmith", "merge_duplicates 7 8"},
                    {"jsmith@acme.example", "merge_duplicates 7 8"},
                    {"ann", "choose_one 9 10"},
                    {"jsmith@other.example", "add_contact"},
                    {"ann@acme.examplo", "add_contact"},
                });
    check_fixes({person(7, "", "", {"jsmith@acme.example"})}, {{"jsmith@other.example", "other_domain 7"}});
}

TEST_CASE("A login name of 20 characters shows the contacts that it may be the beginning of") {
    const std::string cut = "maximilian.musterman";
    check_fixes({person(7, "", "", {"maximilian.mustermann@acme.example"})}, {{cut, "cut_name 7"}});
    check_fixes({person(7, "Maximilian", "Mustermann", {"mm@acme.example"})}, {{cut, "cut_name 7"}});
    check_fixes({person(7, "", "", {"maximilian.mustermann@acme.example"}),
                 person(8, "", "", {"maximilian.mustermanns@acme.example"})},
                {{cut, "cut_name 7 8"}});
    check_fixes({person(7, "", "", {cut + "@acme.example"}), person(8, "", "", {cut + "n@acme.example"})},
                {{cut, "cut_name 7 8"}});
    check_fixes({person(7, "", "", {"other@acme.example"})}, {{cut, "add_contact"}});
}

TEST_CASE("A contact who holds the account where no rule looks is found") {
    auto rules = default_rules();
    rules.addresses.reset();
    rules.addresses.set(0);
    auto who = person(7, "", "", {"office@acme.example", "jsmith@acme.example"});
    auto other = person(8, "", "", {"b@acme.example"});
    other.logins = {"ACME\\till1"};
    check_fixes({who, other}, {{"jsmith", "look_elsewhere 7"}, {"ACME\\Till1", "look_elsewhere 8"}}, rules);
}

TEST_CASE("Of what no contact can mend, the fix says what to do instead") {
    check_fixes({person(7, "", "", {"jsmith@acme.example"})}, {
                                                                  {"NT AUTHORITY\\SYSTEM", "nothing_to_do"},
                                                                  {"Administrator", "nothing_to_do"},
                                                                  {"ACME\\PC-1$", "nothing_to_do"},
                                                                  {"x_y.com#EXT#@t.example", "nothing_to_do"},
                                                                  {"(none)", "look_at_rmm"},
                                                                  {"anna, ben", "look_at_rmm"},
                                                                  {"S-1-5-21-1", "look_at_rmm"},
                                                                  {"jsmith (3f2a)", "look_at_rmm"},
                                                                  {"ACME/jsmith", "look_at_rmm"},
                                                                  {"jsmith", "nothing_to_do"},
                                                              });
}

TEST_CASE("An alias whose contact is not there is what has to be mended") {
    auto rules = default_rules();
    rules.ladder = {core::rule::alias, core::rule::email, core::rule::local_part};
    core::snapshot company;
    company.contacts = {person(7, "", "", {"jsmith@acme.example"})};
    core::alias gone;
    gone.name = "jsmith";
    gone.contact = core::contact_id{99};
    company.aliases = {gone};
    const auto subject = device_with(1, "jsmith");
    const core::contact_lookup lookup(company, rules);
    const core::fix_finder finder(company.company.id, company.contacts);
    CHECK(words(finder.find(core::decide(subject, lookup))) == "mend_alias");
}

TEST_CASE("The line of the alias file is exact, and only offered where an alias can mean the contact") {
    core::account who{"ACME", "till1"};
    CHECK(core::alias_line(core::company_id{1234}, who, core::contact_id{7}) == "1234,ACME\\till1,7");
    who.authority.clear();
    CHECK(core::alias_line(core::company_id{1234}, who, core::contact_id{7}) == "1234,till1,7");
    who.name = "a\"b";
    CHECK(core::alias_line(core::company_id{1}, who, core::contact_id{7}) == "1,\"a\"\"b\",7");

    const auto active = fix_of({person(7, "Ada", "Lovelace", {"a@acme.example"})}, "ACME\\alovelace");
    REQUIRE(active.contacts.size() == 1);
    CHECK(active.contacts[0].alias_line == "0,ACME\\alovelace,7");
    CHECK(active.contacts[0].name == "Ada Lovelace");
    CHECK(active.contacts[0].addresses == std::vector<std::string>{"a@acme.example"});
    const auto gone = fix_of({person(7, "Ada", "Lovelace", {"a@acme.example"}, false)}, "ACME\\alovelace");
    REQUIRE(gone.contacts.size() == 1);
    CHECK(gone.contacts[0].alias_line.empty());
}

TEST_CASE("Near spellings are the same as comparing the account with every contact would find") {
    dice random(11);
    const auto made_name = [&random] {
        std::string name;
        for (auto letters = 4 + random.roll(4); letters > 0; --letters)
            name += "abc1"[random.roll(4)];
        return name;
    };
    for (int round = 0; round < 200; ++round) {
        std::vector<core::contact> contacts;
        for (std::int64_t id = 1; id <= 20; ++id)
            contacts.push_back(contact_with(id, {made_name() + "@acme.example"}));
        const core::near_miss_index index(contacts);
        const auto name = made_name();
        std::vector<std::int64_t> expected;
        std::vector<const core::contact*> same;
        for (const auto& who : contacts) {
            const auto local = who.addresses[0].substr(0, who.addresses[0].find('@'));
            if (local == name)
                same.push_back(&who);
            else if (core::is_near_login(local, name))
                expected.push_back(who.id.value);
        }
        std::vector<std::int64_t> found;
        for (const auto& one : index.find(core::account{{}, name}, same)) {
            CHECK(one.why == core::near_miss_kind::near_spelling);
            found.push_back(one.who->id.value);
        }
        CAPTURE(name);
        CHECK(found == expected);
    }
}
