#include "core/plan.hpp"
#include "core/text.hpp"
#include "tests/core/support.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <set>

using namespace core_tests;

/// A second implementation of the decision, as plain as it can be: loops over everything, no index, and values whose
/// meaning the generator knows because it made them. Only the length in UTF-16 units is borrowed.
namespace {

/// A name in the form in which it is compared, and ways to write it.
struct person_name {
    std::string folded;
    std::vector<std::string> spellings;
    bool fills_login = false; ///< Twenty units in every spelling.
};

const std::vector<person_name> names{
    {"jsmith", {"jsmith", "JSmith", "JSMITH"}},
    {"j.smith", {"j.smith", "J.Smith"}},
    {"jsmithers", {"jsmithers", "JSmithers"}},
    {"m\xC3\xBCller", {"m\xC3\xBCller", "M\xC3\x9CLLER", "Mu\xCC\x88ller"}},
    {"muller", {"muller", "Muller"}},
    {"strasse",
     {"stra\xC3\x9F"
      "e",
      "STRASSE", "Strasse"}},
    {"abcdefghijklmnopqrst", {"abcdefghijklmnopqrst", "ABCDEFGHIJKLMNOPQRST"}, true},
    {"abcdefghijklmnopqrstu", {"abcdefghijklmnopqrstu"}},
    {"abcdefghijklmnopqrstuv", {"AbcdefghijklmnopqrstuV"}},
    {"abcdefghijklmnopqrs", {"abcdefghijklmnopqrs"}},
    {"\xC3\xA4"
     "bcdefghijklmnopqrs\xC3\xA4",
     {"\xC3\x84"
      "bcdefghijklmnopqrs\xC3\xA4"},
     true},
    {"\xC3\xA4"
     "bcdefghijklmnopqrs\xC3\xA4"
     "x",
     {"\xC3\xA4"
      "bcdefghijklmnopqrs\xC3\x84x"}},
};

const std::vector<std::string> domains{"acme.example", "acme.test", "a-z.example"};

struct value {
    std::string text;
    std::string name; ///< Folded; the whole address where it is one.
    bool whole_address = false;
    bool fills_login = false;
    std::optional<core::reason> skip;
};

value make_value(dice& random) {
    static const std::vector<std::pair<std::string, core::reason>> skips{
        {"", core::reason::no_last_user},
        {"(none)", core::reason::no_last_user},
        {"NT AUTHORITY\\SYSTEM", core::reason::system_account},
        {"ACME\\PC-1$", core::reason::machine_account},
        {"root", core::reason::ignored_account},
        {"x_y.example#EXT#@t.example", core::reason::guest_account},
        {"S-1-5-21-1", core::reason::sid_value},
        {"jsmith, muller", core::reason::multiple_users},
        {"ACME/jsmith", core::reason::unparseable},
        {"jsmith (3f2a)", core::reason::mangled_account},
        {std::string(50, 'x'), core::reason::value_at_field_limit},
    };
    value made;
    if (random.one_in(10)) {
        std::tie(made.text, made.skip) = random.pick(skips);
        return made;
    }
    const auto& person = random.pick(names);
    const auto& spelling = random.pick(person.spellings);
    const auto& domain = random.pick(domains);
    made.name = person.folded;
    made.fills_login = person.fills_login;
    switch (random.roll(7)) {
    case 0:
        made.text = spelling;
        break;
    case 1:
        made.text = spelling + "@ACME";
        break;
    case 2:
        made.text = spelling + "@" + domain;
        made.whole_address = true;
        break;
    case 3:
        made.text = "AzureAD\\" + spelling + "@" + domain;
        made.whole_address = true;
        break;
    case 4:
        made.text = "PC-042\\" + spelling;
        break;
    default:
        made.text = "ACME\\" + spelling;
    }
    if (made.whole_address)
        made.name += "@" + domain;
    if (random.one_in(6))
        made.text += " (Active)";
    if (random.one_in(6))
        made.text = "\xC2\xA0\"" + made.text + "\"";
    if (core::utf16_units(made.text) == 50)
        made.skip = core::reason::value_at_field_limit;
    return made;
}

struct mail {
    std::string local_part;
    std::string domain;

    auto operator<=>(const mail&) const = default;
};

struct person {
    std::int64_t id;
    bool active;
    std::vector<mail> mails; ///< Only those that can be read.
};

struct made_company {
    core::snapshot real;
    std::vector<person> people;
    std::map<std::int64_t, value> values; ///< By device id.
};

std::string write_address(dice& random, const std::string& spelling, const std::string& domain) {
    const auto plain = spelling + "@" + domain;
    switch (random.roll(8)) {
    case 0:
        return "Jane Doe <" + plain + ">";
    case 1:
        return "\"Doe, Jane\" <" + plain + ">";
    case 2:
        return " mailto:" + plain + " ";
    default:
        return plain;
    }
}

made_company make_company(dice& random) {
    static const std::vector<std::string> junk{"", "none", "a@b, c@d", "@acme.example", "x@", "a@b@c"};
    made_company made;
    // A few names only, so that they meet.
    std::vector<std::size_t> present;
    for (auto n = 1 + random.roll(4); n > 0; --n)
        present.push_back(random.roll(names.size()));
    for (std::int64_t i = 0, count = static_cast<std::int64_t>(random.roll(8)); i < count; ++i) {
        person who{i + 1, !random.one_in(6), {}};
        core::contact real = contact_with(who.id, {}, who.active);
        for (auto fields = 1 + random.roll(3); fields > 0; --fields) {
            if (random.one_in(8)) {
                real.addresses.push_back(random.pick(junk));
                continue;
            }
            const auto& name = random.one_in(4) ? random.pick(names) : names[random.pick(present)];
            const auto& domain = random.pick(domains);
            real.addresses.push_back(write_address(random, random.pick(name.spellings), domain));
            who.mails.push_back({name.folded, domain});
        }
        made.real.contacts.push_back(std::move(real));
        made.people.push_back(std::move(who));
    }
    for (std::int64_t i = 0, count = static_cast<std::int64_t>(random.roll(14)); i < count; ++i) {
        auto what = make_value(random);
        auto one = device_with(100 + i, what.text);
        if (random.one_in(2))
            one.contact = core::contact_id{static_cast<std::int64_t>(random.roll(10))};
        if (random.one_in(12))
            one.hostname = "kiosk-1";
        if (random.one_in(12))
            one.type = random.one_in(2) ? std::optional<std::int64_t>(2) : std::nullopt;
        one.active = !random.one_in(12);
        made.values[100 + i] = std::move(what);
        made.real.devices.push_back(std::move(one));
    }
    random.shuffle(made.real.devices);
    random.shuffle(made.real.contacts);
    return made;
}

struct model_rules {
    bool email = true;
    bool local_part = true;
};

std::string model_decision(const made_company& company, const core::device& one, const model_rules& rules) {
    if (one.hostname == "kiosk-1")
        return "skipped excluded_device";
    const auto& what = company.values.at(one.id.value);
    if (what.skip)
        return "skipped " + std::string(core::to_string(*what.skip));

    std::set<std::int64_t> candidates;
    std::set<mail> matching;
    for (const auto& who : company.people)
        for (const auto& address : who.mails) {
            const bool matches = what.whole_address
                                     ? rules.email && address.local_part + "@" + address.domain == what.name
                                     : rules.local_part && address.local_part == what.name;
            if (who.active && matches) {
                candidates.insert(who.id);
                matching.insert(address);
            }
        }
    if (one.contact && candidates.contains(one.contact->value))
        return "in_sync";
    if (what.fills_login && !what.whole_address) {
        bool another_goes_on = false;
        for (const auto& who : company.people)
            for (const auto& address : who.mails)
                another_goes_on |= who.active && !candidates.contains(who.id) && address.local_part != what.name &&
                                   address.local_part.starts_with(what.name);
        if (candidates.empty() || another_goes_on)
            return "skipped maybe_truncated";
    }
    if (candidates.empty())
        return what.whole_address ? "skipped upn_not_found" : "skipped no_match";
    if (candidates.size() > 1)
        return matching.size() == 1 ? "skipped duplicate_contact" : "skipped ambiguous";
    return (one.contact ? "would_reassign " : "would_assign ") + std::to_string(*candidates.begin());
}

std::vector<std::string> model_plan(const made_company& company, const model_rules& rules, const core::policy& limits) {
    std::map<std::int64_t, std::string> by_id;
    std::int64_t reassigned = 0;
    std::int64_t assigned = 0;
    for (const auto& one : company.real.devices) {
        if (!one.active || one.type != 1)
            continue;
        auto line = model_decision(company, one, rules);
        if (limits.write == core::write_policy::fill_empty && line.starts_with("would_reassign"))
            line = "skipped policy_keeps_existing";
        reassigned += line.starts_with("would_reassign");
        assigned += one.contact && line != "skipped excluded_device" && line != "skipped no_last_user";
        by_id[one.id.value] = line;
    }
    const bool held = reassigned > 0 && reassigned >= limits.brake_minimum &&
                      static_cast<double>(reassigned * 100) > limits.brake_percent * static_cast<double>(assigned);
    std::vector<std::string> lines;
    for (const auto& [id, line] : by_id)
        lines.push_back(std::to_string(id) + " " + (held && line.starts_with("would_") ? "skipped held" : line));
    return lines;
}

} // namespace

TEST_CASE("The plan of a random company is what the contract says, read naively") {
    std::map<std::string, int> seen;
    for (std::uint64_t seed = 0; seed < 30'000; ++seed) {
        dice random(seed);
        const auto company = make_company(random);
        model_rules naive;
        auto rules = default_rules();
        rules.scope.exclude.add("kiosk-*");
        if (random.one_in(8)) {
            naive.email = false;
            rules.ladder = {core::rule::local_part};
        } else if (random.one_in(8)) {
            naive.local_part = false;
            rules.ladder = {core::rule::email};
        }
        core::policy limits;
        limits.write = random.one_in(5) ? core::write_policy::fill_empty : core::write_policy::reassign;
        limits.brake_percent = static_cast<double>(random.roll(5)) * 25;
        limits.brake_minimum = static_cast<std::int64_t>(random.roll(5));

        const auto expected = model_plan(company, naive, limits);
        std::vector<std::string> lines;
        const auto plan = core::make_plan(company.real, rules, limits);
        for (const auto& one : plan.decisions) {
            lines.push_back(std::to_string(one.subject->id.value) + " " + words(one));
            ++seen[one.why ? words(one.why) : std::string(core::to_string(one.what))];
        }
        CAPTURE(seed);
        REQUIRE(lines == expected);
    }
    // The generator must reach every outcome, or the comparison means little.
    for (const auto* outcome : {"would_assign",
                                "would_reassign",
                                "in_sync",
                                "no_last_user",
                                "system_account",
                                "machine_account",
                                "ignored_account",
                                "guest_account",
                                "sid_value",
                                "multiple_users",
                                "unparseable",
                                "mangled_account",
                                "value_at_field_limit",
                                "maybe_truncated",
                                "upn_not_found",
                                "no_match",
                                "ambiguous",
                                "duplicate_contact",
                                "policy_keeps_existing",
                                "excluded_device",
                                "held"}) {
        CAPTURE(outcome);
        CHECK(seen[outcome] > 20);
    }
}
