#include "daemon/audit/reading/line_words.hpp"
#include "daemon/printable.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

namespace {

using namespace contactd;

line_style plain() {
    line_style style;
    style.zone = time_zone::utc;
    return style;
}

std::string words(const std::string& members, const line_style& style = plain()) {
    return line_words(boost::json::parse(
                          R"({"ts":"2026-11-21T18:45:12.007Z","sweep":"20261121T184512.007Z-1a2b","instance":"main",)" +
                          members + "}")
                          .as_object(),
                      style);
}

const std::string device =
    R"("company_id":176,"company":"Acme GmbH","device_id":40002,"device":"PC-7","last_user":"ACME\\jane")";
const std::string columns = "Acme GmbH                 PC-7 (40002)                ";

std::string shown(const std::string& mark, const std::string& rest) {
    return "2026-11-21 18:45:12Z  " + mark + ' ' + rest;
}

} // namespace

TEST_CASE("a change is a line that says when, where, from whom to whom and why") {
    struct {
        std::string members;
        std::string expected;
    } const rows[] = {
        {R"("event":"assigned",)" + device + R"(,"rule":"local_part","contact_id":5,"contact_email":"jane@acme.test")",
         shown("+", columns + "nobody -> jane@acme.test (last user ACME\\jane, part before the @)")},
        {R"("event":"reassigned",)" + device + R"(,"rule":"alias","contact_id":5,"previous_contact_id":4)",
         shown("~", columns + "contact 4 -> contact 5 (last user ACME\\jane, alias)")},
        {R"("event":"would_assign",)" + device +
             R"(,"rule":"of_tomorrow","contact_id":5,"contact_email":"jane@acme.test")",
         shown("+", columns + "nobody -> jane@acme.test, not written: a dry run (last user ACME\\jane, of_tomorrow)")},
        {R"("event":"failed",)" + device +
             R"(,"rule":"email","contact_id":5,"contact_email":"j@a.test","previous_contact_id":4,"reason":"not_stored","error":"the read-back shows contact 9")",
         shown("!", columns + "contact 4 -> j@a.test failed: the read-back shows another value: the read-back shows "
                              "contact 9 (last user ACME\\jane, whole address)")},
        {R"("event":"skipped",)" + device + R"(,"reason":"ambiguous","candidates":[1,2])",
         shown(" ", columns + "left alone: several contacts match (last user ACME\\jane, contacts 1 2)")},
        {R"("event":"skipped",)" + device + R"(,"reason":"of_tomorrow")",
         shown(" ", columns + "left alone: of_tomorrow (last user ACME\\jane)")},
        {R"("event":"held","company_id":176,"company":"Acme GmbH","would_reassign":1240,"assigned_devices":2000)",
         shown("=", "Acme GmbH                 held by the brake: 1,240 of 2,000 devices that have a contact would get "
                    "another")},
        {R"("event":"company_finished","company_id":176,"company":"Acme GmbH","events":{"assigned":3,"failed":0,"skipped":1200},"unreadable_contacts":1)",
         shown(" ", "Acme GmbH                 done: 3 assigned, 1,200 skipped; 1 contact could not be read")},
        {R"("event":"company_finished","company_id":176,"company":"Acme GmbH","events":{"assigned":0})",
         shown(" ", "Acme GmbH                 done: no devices")},
        {R"("event":"sweep_started")", shown(" ", "sweep 20261121T184512.007Z-1a2b of main began")},
        {R"("event":"sweep_finished","events":{"assigned":3},"companies":12,"requests":29,"seconds":2.449)",
         shown(" ", "sweep 20261121T184512.007Z-1a2b of main ended: 12 companies: 3 assigned; 29 requests in 2.4 s")},
        {R"("event":"sweep_finished","companies":1,"companies_not_reached":2,"interrupted":true,"error":"HTTP 503","requests":1,"seconds":1)",
         shown(" ", "sweep 20261121T184512.007Z-1a2b of main ended: 1 company; 1 request in 1.0 s; 2 companies were "
                    "not reached; interrupted; ended early: HTTP 503")},
        {R"("event":"undone",)" + device, shown(" ", columns + "undone (last user ACME\\jane)")},
        {R"("event":"odd")", shown(" ", "odd: sweep 20261121T184512.007Z-1a2b of main")},
    };
    for (const auto& one : rows)
        CHECK(words(one.members) == one.expected);
}

TEST_CASE("the instance has a column where there are several") {
    auto style = plain();
    style.with_instance = true;
    CHECK(words(R"("event":"assigned",)" + device, style) ==
          "2026-11-21 18:45:12Z  main        + " + columns + "nobody -> nobody (last user ACME\\jane)");
}

TEST_CASE("long names are cut for a terminal, but never the id of a device") {
    auto style = plain();
    style.columns = 100;
    CHECK(words(R"("event":"assigned","company_id":1,"company":"Gesellschaft für Verwaltung mbH","device_id":40002,)"
                R"("device":"ARBEITSPLATZ-EMPFANG-1","contact_email":"a@b.test")",
                style) == "2026-11-21 18:45:12Z  + Gesellschaft für …  ARBEITSPLATZ… (40002)  nobody -> a@b.test");
}

TEST_CASE("colour is for terminals and says the same as the mark") {
    auto style = plain();
    style.coloured = true;
    CHECK(words(R"("event":"sweep_started")", style) ==
          "2026-11-21 18:45:12Z  \x1b[2m \x1b[0m \x1b[2msweep 20261121T184512.007Z-1a2b of main began\x1b[0m");
}

TEST_CASE("nothing in a line of the log can steer a terminal or turn the direction of writing") {
    const auto line =
        words(R"("event":"failed","company_id":1,"company":"A\u001b[2J\u009bB","device_id":2,)"
              R"("device":"PC\n17\u202e","last_user":"\u2066x\r","reason":"\u001b]0;","error":"\u0000\u007f",)"
              R"("rule":"\u200f","contact_email":"\u001b@x")");
    CHECK(printable(line) == line);
    for (const char c : line)
        CHECK((static_cast<unsigned char>(c) >= 0x20 && c != 0x7f));
    CHECK(printable(words(R"("event":"\u001b[1m","sweep":"\u001b[1m")")) ==
          words(R"("event":"\u001b[1m","sweep":"\u001b[1m")"));
}
