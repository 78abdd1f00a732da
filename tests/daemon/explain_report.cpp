#include "daemon/report/explain.hpp"

#include "daemon/printable.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <catch2/catch.hpp>

namespace {

using namespace contactd;
using namespace std::chrono_literals;

constexpr core::wall_time now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}};

core::contact contact_with(std::int64_t id, std::string first, std::string last, std::string address) {
    core::contact who;
    who.id.value = id;
    who.company.value = 10;
    who.first_name = std::move(first);
    who.last_name = std::move(last);
    who.addresses = {std::move(address)};
    return who;
}

recorded_write written() {
    recorded_write one;
    one.id.value = 1;
    one.sweep = "20261124T000000.000Z-1a2b";
    one.sent = now;
    one.last_user = "ACME\\anna";
    one.by = core::rule::local_part;
    one.contact.value = 8;
    one.contact_name = "Anna Berg";
    one.contact_email = "anna@acme.example";
    one.outcome = core::event::assigned;
    return one;
}

/// A device of Acme, where Ada Lovelace and Anna Berg work.
explained_device explained(const std::string& last_user) {
    explained_device made;
    made.instance = "main";
    made.rows = std::make_unique<explained_rows>();
    auto& company = made.rows->company;
    company.company.id.value = 10;
    company.company.name = "Acme";
    company.contacts = {contact_with(7, "Ada", "Lovelace", "alovelace@acme.example"),
                        contact_with(8, "Anna", "Berg", "anna@acme.example")};
    core::device one;
    one.id.value = 1001;
    one.company.value = 10;
    one.contact = core::contact_id{8};
    one.type = 1;
    one.hostname = "PC-1";
    one.last_user = last_user;
    company.devices = {one};
    made.rows->device = one;
    made.organization = "Acme Ltd";
    made.settings = {{"rules", "[\"email\", \"local_part\"]", "default"}, {"write", "\"reassign\"", "line 12"}};
    core::match_rules rules;
    rules.ladder = {core::rule::email, core::rule::local_part};
    rules.accounts = core::make_account_lists({}, {});
    rules.scope.types.values = {1};
    rules.scope.include.add("*");
    made.why.emplace(core::explain_device(company, rules, made.limits, made.rows->device));
    made.advice = {made.why->fix.words};
    made.requests = 8;
    device_history history;
    history.last = recorded_decision{core::event::skipped, core::reason::no_match, last_user, "", {}, "", now, now};
    history.writes = {written()};
    history.all_writes = 3;
    made.history = std::move(history);
    return made;
}

boost::json::object parsed(const std::string& text) {
    REQUIRE(text.ends_with("}\n"));
    return boost::json::parse(text).as_object();
}

} // namespace

TEST_CASE("The explanation in words goes from the value to what would change the decision") {
    CHECK(explain_text(explained("\xC2\xA0"
                                 "ACME\\alovelac"),
                       false) == R"(PC-1 (configuration item 1001)
Acme (company 10), instance main

  left alone: no contact matches
  skipped, no_match
  contact now         Anna Berg (contact 8) <anna@acme.example>

1. The value that the RMM reports
  "<U+00A0>ACME\alovelac"
  - blanks, quotation marks and the like around it taken off: "ACME\alovelac"
  - split at the last backslash: domain or host "ACME", name "alovelac"
  - looked for: the login name "alovelac"

2. The company
  It is swept.
  Your name of it: Acme Ltd

3. The settings that hold
  rules                ["email", "local_part"]        default
  write                "reassign"                     line 12

4. The contacts
  email               only for whole addresses
  local_part          nobody
  Near, but no match:
    Ada Lovelace (contact 7) <alovelace@acme.example>: is spelled nearly the same

5. What may be written
  An empty contact is filled; one that is set is replaced when another person is found.
  Brake: 0 of 1 devices with a contact would get another: it does not hold.

What contactd did before
  skipped, no_match since 2026-11-24 00:00:00 UTC
  2026-11-24 00:00:00 UTC  Anna Berg (contact 8) in place of nobody: assigned
    last user "ACME\anna", rule local_part, sweep 20261124T000000.000Z-1a2b
  and 2 writes before

What would change it
  - Ada Lovelace (contact 7) is spelled nearly like alovelac (alovelace@acme.example): correct the
    address, or write an alias if it is the same person.
    alias line for Ada Lovelace: 10,ACME\alovelac,7

8 requests were sent to Autotask; nothing was changed
)");
}

TEST_CASE("What the journal alone can tell says that nobody was asked, and why") {
    recorded_explanation told;
    told.device = {"main", core::device_id{1001}, "PC-1", core::company_id{10}, "Acme"};
    told.history.last = recorded_decision{core::event::assigned, std::nullopt, "ACME\\anna", "anna", {}, "", now, now};
    told.history.writes = {written()};
    told.history.all_writes = 1;
    const std::string end = R"(
The last decision
  value               "ACME\anna"
  account             "anna"

What contactd did
  assigned since 2026-11-24 00:00:00 UTC
  2026-11-24 00:00:00 UTC  Anna Berg (contact 8) in place of nobody: assigned
    last user "ACME\anna", rule local_part, sweep 20261124T000000.000Z-1a2b
)";
    const std::string begin = "PC-1 (configuration item 1001)\nAcme (company 10), instance main\n\n";
    CHECK(explain_text(told, false) == begin + "  Autotask was not asked: this is what contactd remembers.\n" + end);
    told.unreachable = "instance main: no route";
    CHECK(explain_text(told, false) ==
          begin + "  Autotask cannot be asked now: this is what contactd remembers.\n  instance main: no route\n" +
              end);
    CHECK(parsed(explain_json(told)).at("error").as_string() == "instance main: no route");
}

TEST_CASE("A word that is longer than a line stays whole") {
    auto one = explained("ACME\\alovelac");
    const std::string word(200, 'x');
    one.advice = {word, "short " + word + " end"};
    const auto text = explain_text(one, false);
    CHECK(text.find("  - " + word + "\n") != std::string::npos);
    CHECK(text.find("  - short\n    " + word) != std::string::npos);
}

TEST_CASE("Every form of a value can be explained, harmless, and in colour only when it is asked for") {
    for (const std::string value :
         {"alovelace", "ALOVELACE@acme.example", "NT AUTHORITY\\SYSTEM", "a, b", "jsmith (3f2a)", "jsmith (Active)",
          "j@ACME", ".\\jsmith", "x_y.com#EXT#@t.example", "S-1-5-21", "root", "PC$", "", "ACME/j", "\x1b[31mred\x07",
          "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}) {
        CAPTURE(value);
        const auto one = explained(value);
        const auto text = explain_text(one, false);
        CHECK(text.find('\x1b') == std::string::npos);
        CHECK(text.find('\x07') == std::string::npos);
        CHECK(explain_text(one, true).find("\x1b[1m") != std::string::npos);
        const auto object = parsed(explain_json(one));
        CHECK(object.at("decision").at("event").as_string() == core::to_string(one.why->decided->what));
        CHECK(object.at("device").at("last_user").as_string() == value);
    }
}

TEST_CASE("The explanation for programs has the names that the documentation promises") {
    const auto object = parsed(explain_json(explained("ACME\\alovelac")));
    for (const auto* key : {"instance", "device", "company", "settings", "reading", "rules", "near_misses", "policy",
                            "decision", "fix", "advice", "history", "requests"})
        CHECK(object.contains(key));
    CHECK(object.at("decision").at("reason").as_string() == "no_match");
    CHECK(object.at("rules").as_array()[0].at("answer").as_string() == "other_form");
    CHECK(object.at("near_misses").as_array()[0].at("why_not").as_string() == "near_spelling");
    CHECK(object.at("fix").at("kind").as_string() == "near_spelling");
    CHECK(object.at("fix").at("contacts").as_array()[0].at("alias_line").as_string() == "10,ACME\\alovelac,7");
    CHECK(object.at("history").at("last_decision").at("since").as_string() == "2026-11-24T00:00:00.000Z");
    CHECK(object.at("history").at("all_writes").as_int64() == 3);
    CHECK(object.at("reading").at("steps").as_array()[0].at("step").as_string() == "split");
}

TEST_CASE("A revealed text hides nothing") {
    CHECK(revealed("a b") == "a b");
    CHECK(revealed("a\xC2\xA0"
                   "b\t\xE2\x80\x8B\n") == "a<U+00A0>b<U+0009><U+200B><U+000A>");
    CHECK(revealed("M\xC3\xBCller\xFF") == "M\xC3\xBCller<byte FF>");
    CHECK(revealed("\xE2\x80\xAEx") == "<U+202E>x");
}
