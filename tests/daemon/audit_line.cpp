#include "daemon/audit/audit_line.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace contactd;
using namespace std::chrono_literals;

audit_stamp stamp() {
    return audit_stamp{std::chrono::sys_days{std::chrono::year{2026} / 11 / 21} + 18h + 45min + 12s + 7ms,
                       "20261121T184512.007Z-1a2b"};
}

const std::string head = R"({"ts":"2026-11-21T18:45:12.007Z","event":")";

std::string line(const std::string& event, const std::string& rest) {
    return head + event + R"(","sweep":"20261121T184512.007Z-1a2b","instance":"main")" + rest + "}";
}

device_outcome outcome(core::event what) {
    device_outcome one;
    one.instance = "main";
    one.company_id.value = 0;
    one.company = "We";
    one.device_id.value = 17;
    one.device = "PC-17";
    one.what = what;
    return one;
}

core::tally some_counts() {
    core::tally counts;
    counts.add(core::event::assigned, std::nullopt, 3);
    counts.add(core::event::skipped, core::reason::no_match, 2);
    counts.add(core::event::failed, core::reason::not_stored);
    return counts;
}

const std::string events =
    R"("events":{"assigned":3,"reassigned":0,"would_assign":0,"would_reassign":0,"in_sync":0,"skipped":2,"failed":1})";
const std::string reasons = R"("reasons":{"no_match":2,"not_stored":1})";

} // namespace

TEST_CASE("the line that begins a sweep") {
    CHECK(sweep_started_line(stamp(), "main") == line("sweep_started", ""));
}

TEST_CASE("the line of a change names everything that led to it") {
    auto one = outcome(core::event::reassigned);
    one.last_user = "ACME\\jane";
    one.account = "jane";
    one.rule = core::rule::local_part;
    one.contact_id = core::contact_id{4711};
    one.contact_email = "Jane@acme.test";
    one.contact_name = "Jane Doe";
    one.previous_contact_id = core::contact_id{5};
    CHECK(device_line(stamp(), one) ==
          line("reassigned", R"(,"company_id":0,"company":"We","device_id":17,"device":"PC-17",)"
                             R"("last_user":"ACME\\jane","account":"jane","rule":"local_part","contact_id":4711,)"
                             R"("contact_email":"Jane@acme.test","previous_contact_id":5)"));
}

TEST_CASE("what does not apply is absent from a line") {
    auto one = outcome(core::event::skipped);
    one.why = core::reason::unparseable;
    CHECK(device_line(stamp(), one) ==
          line("skipped", R"(,"company_id":0,"company":"We","device_id":17,"device":"PC-17","reason":"unparseable")"));
}

TEST_CASE("a skip names the candidates, a local account says so, a failure says why") {
    auto one = outcome(core::event::skipped);
    one.why = core::reason::ambiguous;
    one.last_user = "PC-17\\jane";
    one.account = "jane";
    one.local_account = true;
    one.candidates = {core::contact_id{1}, core::contact_id{2}};
    CHECK(device_line(stamp(), one) ==
          line("skipped", R"(,"company_id":0,"company":"We","device_id":17,"device":"PC-17",)"
                          R"("last_user":"PC-17\\jane","account":"jane","local_account":true,"candidates":[1,2],)"
                          R"("reason":"ambiguous")"));
    one = outcome(core::event::failed);
    one.why = core::reason::api_error;
    one.error = "assigning failed: HTTP 500, \"No.\"";
    CHECK(device_line(stamp(), one) ==
          line("failed", R"(,"company_id":0,"company":"We","device_id":17,"device":"PC-17","reason":"api_error",)"
                         R"("error":"assigning failed: HTTP 500, \"No.\"")"));
}

TEST_CASE("a line stays one line, whatever the names in it") {
    auto one = outcome(core::event::skipped);
    one.why = core::reason::no_match;
    one.company = "O\"Neil \\ S\xC3\xB6hne";
    one.device = "PC\n17\r\t\x1b[31m\x01";
    one.device += '\0';
    one.last_user = "\xF0\x9F\x92\xBB\xE2\x80\xAE";
    CHECK(device_line(stamp(), one) ==
          line("skipped", ",\"company_id\":0,\"company\":\"O\\\"Neil \\\\ S\xC3\xB6hne\",\"device_id\":17,"
                          "\"device\":\"PC\\n17\\r\\t\\u001b[31m\\u0001\\u0000\","
                          "\"last_user\":\"\xF0\x9F\x92\xBB\xE2\x80\xAE\",\"reason\":\"no_match\""));
}

TEST_CASE("the line of a held company has the counts of the brake") {
    held_company one;
    one.instance = "main";
    one.company_id.value = 3;
    one.company = "Acme";
    one.counts.would_reassign = 40;
    one.counts.assigned_devices = 90;
    CHECK(held_line(stamp(), one) ==
          line("held", R"(,"company_id":3,"company":"Acme","would_reassign":40,"assigned_devices":90)"));
}

TEST_CASE("the line that ends a company has its counts") {
    finished_company one;
    one.instance = "main";
    one.company_id.value = 3;
    one.company = "Acme";
    one.counts = some_counts();
    CHECK(company_finished_line(stamp(), one) ==
          line("company_finished", R"(,"company_id":3,"company":"Acme",)" + events + "," + reasons));
    one.unreadable_contacts = 2;
    one.counts = core::tally();
    CHECK(company_finished_line(stamp(), one) ==
          line("company_finished",
               R"(,"company_id":3,"company":"Acme","events":{"assigned":0,"reassigned":0,"would_assign":0,)"
               R"("would_reassign":0,"in_sync":0,"skipped":0,"failed":0},"reasons":{},"unreadable_contacts":2)"));
}

TEST_CASE("the line that ends a sweep has counts, requests and seconds") {
    finished_instance one;
    one.instance = "main";
    one.counts = some_counts();
    one.final.companies = 5;
    one.final.companies_done = 4;
    one.final.requests = 12;
    one.time = 12345ms;
    CHECK(sweep_finished_line(stamp(), one) ==
          line("sweep_finished", "," + events + "," + reasons + R"(,"companies":4,"requests":12,"seconds":12.345)"));
    one.companies_not_reached = 1;
    one.interrupted = true;
    one.time = 2000ms;
    CHECK(sweep_finished_line(stamp(), one) ==
          line("sweep_finished", "," + events + "," + reasons +
                                     R"(,"companies":4,"companies_not_reached":1,"interrupted":true,"requests":12,)"
                                     R"("seconds":2.000)"));
    one.companies_not_reached = 0;
    one.interrupted = false;
    one.error = "finding the zone failed: HTTP 503";
    one.devices_in_part = true;
    one.contacts_in_part = true;
    CHECK(sweep_finished_line(stamp(), one) ==
          line("sweep_finished", "," + events + "," + reasons +
                                     R"(,"companies":4,"error":"finding the zone failed: HTTP 503",)"
                                     R"("only_modified":["devices","contacts"],"requests":12,"seconds":2.000)"));
}
