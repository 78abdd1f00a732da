#include "tests/core/explanation_support.hpp"

#include <catch2/catch.hpp>

using namespace core_tests;

namespace {

std::string steps_in_words(std::string_view value) {
    core::reading_steps steps;
    core::read_account(value, test_hostname, core::make_account_lists({}, {}), &steps);
    std::string text;
    for (const auto& one : steps.all()) {
        text += text.empty() ? "" : "; ";
        text += core::to_string(one.what);
        if (!one.part.empty())
            text += " " + one.part;
        text += " > " + one.left;
    }
    return text;
}

/// "local_part nobody; flast found 7=jsmith".
std::string ladder_in_words(const core::explanation& made) {
    std::string text;
    for (const auto& step : made.ladder) {
        text += text.empty() ? "" : "; ";
        text += core::to_string(step.by);
        text += " ";
        text += core::to_string(step.what);
        for (const auto& one : step.found)
            text += " " + std::to_string(one.who->id.value) + "=" + one.through;
    }
    return text;
}

std::string misses_in_words(const core::explanation& made) {
    std::string text;
    for (const auto& one : made.near_misses) {
        text += text.empty() ? "" : " ";
        text += std::to_string(one.who->id.value) + "=";
        text += core::to_string(one.why);
    }
    return text;
}

} // namespace

TEST_CASE("The steps of reading a value say what is taken off, where it is split and why it ends") {
    struct row {
        std::string value;
        std::string expected;
    };
    for (const auto& [value, expected] : std::initializer_list<row>{
             {"jsmith", ""},
             {"ACME\\jsmith", "split ACME > jsmith"},
             {"\\jsmith", "split > jsmith"},
             {" \"ACME\\jsmith\" ", "trimmed > ACME\\jsmith; split ACME > jsmith"},
             {"j\xE2\x80\x8Bsmith", "removed_invisible > jsmith"},
             {"jsmith (Active) [Console]", "removed_state Console > jsmith (Active); removed_state Active > jsmith"},
             {"jsmith@ACME", "read_at_sign ACME > jsmith"},
             {"jsmith@acme.example", "whole_address > jsmith@acme.example"},
             {".\\jsmith", "split . > jsmith; local_account . > jsmith"},
             {"ACME\\jsmith@PC-042",
              "split ACME > jsmith@PC-042; read_at_sign PC-042 > jsmith; local_account PC-042 > jsmith"},
             {"NT AUTHORITY\\SYSTEM", "split NT AUTHORITY > SYSTEM; stopped NT AUTHORITY\\SYSTEM > SYSTEM"},
             {"ACME\\SYSTEM", "split ACME > SYSTEM; stopped SYSTEM > SYSTEM"},
             {"jsmith (3f2a)", "stopped 3f2a > jsmith (3f2a)"},
             {"jsmith (3f2a) (Active)", "removed_state Active > jsmith (3f2a); stopped 3f2a > jsmith (3f2a)"},
             {"None", "stopped None > None"},
             {"ACME\\PC-1$", "split ACME > PC-1$; stopped PC-1$ > PC-1$"},
             {"root", "stopped root > root"},
             {"a, b", "stopped a, b > a, b"},
         }) {
        CAPTURE(value);
        CHECK(steps_in_words(value) == expected);
    }
}

TEST_CASE("Whether somebody listens makes no difference to what is read") {
    dice random(3);
    const auto lists = core::make_account_lists({}, {});
    for (int i = 0; i < 5000; ++i) {
        const auto value = random_text(random, 6);
        core::reading_steps steps;
        const auto silent = core::read_account(value, test_hostname, lists);
        const auto heard = core::read_account(value, test_hostname, lists, &steps);
        CAPTURE(value);
        CHECK(words(silent.skip) == words(heard.skip));
        CHECK(silent.who.authority == heard.who.authority);
        CHECK(silent.who.name == heard.who.name);
        CHECK(silent.who.whole_address == heard.who.whole_address);
        CHECK(silent.who.local == heard.who.local);
    }
}

TEST_CASE("For every form of a last user the explanation ends with the decision of a sweep") {
    core::snapshot company;
    company.contacts = known_contacts();
    for (std::size_t i = 0; i < values.size(); ++i)
        company.devices.push_back(device_with(static_cast<std::int64_t>(i) + 1, values[i]));
    for (const auto& one : company.devices) {
        CAPTURE(one.last_user);
        check_explanation(company, default_rules(), {}, one);
    }
}

TEST_CASE("Each rule says what it found, and those behind the one that decided were not asked") {
    core::snapshot company;
    company.contacts = known_contacts();
    company.devices = {device_with(1, "ACME\\jsmith"), device_with(2, "jsmith@acme.example"),
                       device_with(3, "jsmith@other.example"), device_with(4, "John.Smith"),
                       device_with(5, "NT AUTHORITY\\SYSTEM")};
    auto rules = default_rules();
    rules.ladder.push_back(core::rule::first_dot_last);
    struct row {
        std::size_t device;
        std::string ladder;
        std::string misses;
    };
    for (const auto& [device, ladder, misses] : std::initializer_list<row>{
             {0, "email other_form; local_part found 7=jsmith@acme.example; first.last not_asked", ""},
             {1, "email found 7=jsmith@acme.example; local_part not_asked; first.last not_asked", ""},
             {2, "email nobody; local_part other_form; first.last other_form", "7=other_domain"},
             {3, "email other_form; local_part nobody; first.last found 7=john.smith", ""},
             {4, "", ""},
         }) {
        const auto made = core::explain_device(company, rules, {}, company.devices[device]);
        CHECK(ladder_in_words(made) == ladder);
        CHECK(misses_in_words(made) == misses);
    }
}

TEST_CASE("Near misses say why each of them is no candidate") {
    core::snapshot company;
    company.contacts = {contact_with(1, {"ann@acme.example"}),
                        named(contact_with(2, {"post@acme.example"}), "Ada", "Lovelace")};
    company.devices = {device_with(1, "ACME\\alovelace"), device_with(2, "ann@acme.test")};
    std::vector<core::contact> rest{contact_with(3, {"alovelace@acme.example"}, false),
                                    named(contact_with(4, {}), "Alan", "Lovelace")};
    std::vector<core::contact> elsewhere{contact_with(5, {"alovelace@other.example"}),
                                         contact_with(6, {"alovelacex@other.example"})};
    const auto made = core::explain_device(company, default_rules(), {}, company.devices[0], {rest, elsewhere});
    CHECK(misses_in_words(made) == "3=inactive 4=no_address 2=other_address 5=other_company");
    const auto other = core::explain_device(company, default_rules(), {}, company.devices[1], {rest, elsewhere});
    CHECK(misses_in_words(other) == "1=other_domain");
}

TEST_CASE("A device that a sweep does not decide says why, and what it would come to") {
    core::snapshot company;
    company.contacts = {contact_with(7, {"jsmith@acme.example"})};
    auto inactive = device_with(1, "jsmith");
    inactive.active = false;
    auto printer = device_with(2, "jsmith");
    printer.type = 9;
    auto silent = device_with(3, "");
    silent.has_last_user = false;
    for (const auto& [subject, why] :
         {std::pair(inactive, core::out_of_scope::inactive), std::pair(printer, core::out_of_scope::type),
          std::pair(silent, core::out_of_scope::no_last_user)}) {
        const auto made = core::explain_device(company, default_rules(), {}, subject);
        CHECK(made.outside == why);
        CHECK_FALSE(made.decided);
    }
    const auto made = core::explain_device(company, default_rules(), {}, inactive);
    CHECK(words(made.outcome()) == "would_assign 7");
}

TEST_CASE("What the policy changes stands beside what the contacts come to") {
    core::snapshot company;
    company.contacts = {contact_with(7, {"jsmith@acme.example"})};
    company.devices = {device_with(1, "jsmith", 8)};
    core::policy limits;
    limits.write = core::write_policy::fill_empty;
    auto made = core::explain_device(company, default_rules(), limits, company.devices[0]);
    CHECK(words(made.matched) == "would_reassign 7");
    CHECK(words(*made.decided) == "skipped policy_keeps_existing");
    limits = {core::write_policy::reassign, 30, 1};
    made = core::explain_device(company, default_rules(), limits, company.devices[0]);
    CHECK(words(*made.decided) == "skipped held");
    CHECK(made.held);
    CHECK(made.brake.would_reassign == 1);
    CHECK(made.brake.assigned_devices == 1);
}
