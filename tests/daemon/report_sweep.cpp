#include "daemon/report/render.hpp"
#include "daemon/report/sweep_report.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <catch2/catch.hpp>

namespace {

using namespace contactd;
using core::event;
using core::reason;
using namespace std::chrono_literals;

device_outcome outcome(std::int64_t company, std::int64_t device, event what,
                       std::optional<reason> why = std::nullopt) {
    device_outcome one;
    one.instance = "main";
    one.company_id.value = company;
    one.company = company == 1 ? "Acme \x1b[31m" : "Company " + std::to_string(company);
    one.device_id.value = device;
    one.device = "PC-" + std::to_string(device);
    one.last_user = "ACME\\jane";
    one.account = "jane";
    one.what = what;
    one.why = why;
    if (what == event::assigned || what == event::reassigned || what == event::would_assign ||
        what == event::would_reassign) {
        one.rule = core::rule::local_part;
        one.contact_id = core::contact_id{70};
        one.contact_email = "jane@acme.test";
        one.contact_name = device % 2 == 0 ? "Jane Doe" : "";
    }
    if (what == event::reassigned || what == event::would_reassign)
        one.previous_contact_id = core::contact_id{5};
    return one;
}

finished_instance finished(const std::string& name, const sweep_report& of, std::int64_t not_reached = 0) {
    finished_instance one;
    one.instance = name;
    for (const auto* list : {&of.changes, &of.skipped, &of.failed})
        for (const auto& device : *list)
            one.counts.add(device.what, device.why);
    one.final.companies = 3;
    one.final.companies_done = 2;
    one.final.devices = static_cast<std::int64_t>(of.changes.size() + of.skipped.size() + of.failed.size());
    one.final.requests = 1234;
    one.companies_not_reached = not_reached;
    one.time = 2340ms;
    return one;
}

/// A report with everything in it, told in no order.
sweep_report full_report() {
    sweep_report report;
    auto several = outcome(2, 21, event::skipped, reason::ambiguous);
    several.candidates = {core::contact_id{3}, core::contact_id{4}};
    report.device_decided(several);
    report.device_decided(outcome(2, 20, event::skipped, reason::no_match));
    auto failed = outcome(1, 13, event::failed, reason::api_error);
    failed.error = "HTTP 500, \"No\nmore\"";
    report.device_decided(failed);
    report.device_decided(outcome(1, 12, event::reassigned));
    report.device_decided(outcome(1, 11, event::assigned));
    report.device_decided(outcome(1, 10, event::in_sync));
    held_company held;
    held.is_on_record = true;
    held.instance = "main";
    held.company_id.value = 3;
    held.company = "Held";
    held.counts.would_reassign = 1040;
    held.counts.assigned_devices = 1090;
    report.company_held(held);
    report.instance_finished(finished("main", report, 1));
    report.sort();
    return report;
}

} // namespace

TEST_CASE("the report for people names every device under its company, then what is held, then the sums") {
    CHECK(render_text(full_report(), false) ==
          "Acme  [31m (instance main, company 1)\n"
          "  + PC-11 (11)               ACME\\jane                                -> <jane@acme.test>\n"
          "  ~ PC-12 (12)               ACME\\jane                                -> Jane Doe <jane@acme.test> in "
          "place of contact 5\n"
          "  ! PC-13 (13)               ACME\\jane                                failed (api_error): HTTP 500, \"No "
          "more\"\n"
          "Company 2 (instance main, company 2)\n"
          "    PC-20 (20)               ACME\\jane                                no_match: no contact matches\n"
          "    PC-21 (21)               ACME\\jane                                ambiguous: several contacts match "
          "(contacts 3 4)\n"
          "held: Held (instance main, company 3): 1,040 of 1,090 devices that have a contact would get another; if "
          "that is right: contactd approve --instance main --company 3\n"
          "\n"
          "2 companies, 5 devices: 1 assigned, 1 reassigned, 2 skipped, 1 failed; 1,234 requests in 2.3 s\n"
          "          1  no_match              no contact matches\n"
          "          1  ambiguous             several contacts match\n"
          "          1  api_error             the server refused the write or could not be reached\n"
          "1 company was not reached\n");
}

TEST_CASE("of a parked device the report says in the server's words why, and when it is tried again") {
    sweep_report report;
    auto parked = outcome(2, 20, event::skipped, reason::parked);
    parked.error = "HTTP 500, \"No\nmore\"; tried again in the next sweep";
    report.device_decided(parked);
    report.instance_finished(finished("main", report));
    CHECK(render_text(report, false) ==
          "Company 2 (instance main, company 2)\n"
          "    PC-20 (20)               ACME\\jane                                parked: the server refused the same "
          "write; it is tried again later: HTTP 500, \"No more\"; tried again in the next sweep\n"
          "\n"
          "2 companies, 1 device: 1 skipped; 1,234 requests in 2.3 s\n"
          "          1  parked                the server refused the same write; it is tried again later\n");
}

TEST_CASE("an empty report is its sums") {
    sweep_report report;
    report.instance_finished(finished("main", report));
    CHECK(render_text(report, false) == "2 companies, 0 devices; 1,234 requests in 2.3 s\n");
}

TEST_CASE("of a dry run the report says that nothing was written, and after a failure that nothing was swept") {
    sweep_report planned;
    auto ended = finished("main", planned);
    ended.counts.add(core::event::would_assign, std::nullopt, 3);
    planned.instance_finished(ended);
    CHECK(render_text(planned, false) ==
          "2 companies, 3 devices: 3 would_assign (nothing was written); 1,234 requests in 2.3 s\n");

    sweep_report failed;
    failed.trouble_met(trouble());
    CHECK(render_text(failed, false) == "nothing was swept; 0 requests\n");
}

TEST_CASE("colours come only when asked for, and from us only") {
    const auto plain = render_text(full_report(), false);
    CHECK(plain.find('\x1b') == std::string::npos);
    auto coloured = render_text(full_report(), true);
    CHECK(coloured.find("\x1b[32m-> <jane@acme.test>\x1b[0m") != std::string::npos);
    for (const std::string_view code : {"\x1b[1m", "\x1b[32m", "\x1b[33m", "\x1b[31m", "\x1b[2m", "\x1b[0m"})
        for (auto at = coloured.find(code); at != std::string::npos; at = coloured.find(code))
            coloured.erase(at, code.size());
    CHECK(coloured == plain);
}

TEST_CASE("the report for programs is one object in one line") {
    const auto text = render_json(full_report());
    CHECK(text.find('\n') == text.size() - 1);
    CHECK(text ==
          R"({"changes":[{"event":"assigned","instance":"main","company_id":1,"company":"Acme \u001b[31m",)"
          R"("device_id":11,"device":"PC-11","last_user":"ACME\\jane","account":"jane","rule":"local_part",)"
          R"("contact_id":70,"contact_email":"jane@acme.test"},)"
          R"({"event":"reassigned","instance":"main","company_id":1,"company":"Acme \u001b[31m","device_id":12,)"
          R"("device":"PC-12","last_user":"ACME\\jane","account":"jane","rule":"local_part","contact_id":70,)"
          R"("contact_email":"jane@acme.test","previous_contact_id":5}],)"
          R"("skipped":[{"event":"skipped","instance":"main","company_id":2,"company":"Company 2","device_id":20,)"
          R"("device":"PC-20","last_user":"ACME\\jane","account":"jane","reason":"no_match"},)"
          R"({"event":"skipped","instance":"main","company_id":2,"company":"Company 2","device_id":21,)"
          R"("device":"PC-21","last_user":"ACME\\jane","account":"jane","candidates":[3,4],"reason":"ambiguous"}],)"
          R"("held":[{"instance":"main","company_id":3,"company":"Held","would_reassign":1040,)"
          R"("assigned_devices":1090}],)"
          R"("failed":[{"event":"failed","instance":"main","company_id":1,"company":"Acme \u001b[31m","device_id":13,)"
          R"("device":"PC-13","last_user":"ACME\\jane","account":"jane","reason":"api_error",)"
          R"("error":"HTTP 500, \"No\nmore\""}],)"
          R"("errors":[],)"
          R"("summary":{"events":{"assigned":1,"reassigned":1,"would_assign":0,"would_reassign":0,"in_sync":0,)"
          R"("skipped":2,"failed":1},"reasons":{"no_match":1,"ambiguous":1,"api_error":1},"companies":2,)"
          R"("companies_not_reached":1,"requests":1234,"seconds":2.340}})"
          "\n");
    CHECK(boost::json::parse(text).is_object());
}

TEST_CASE("errors are told with their kind and the companies they cost, warnings not") {
    sweep_report report;
    trouble what;
    what.instance = "main";
    what.kind = autotask::error_kind::business;
    what.message = "reading failed: \"No.\"";
    core::company company;
    company.id.value = 4;
    what.companies = {company, company};
    report.trouble_met(what);
    what.only_a_warning = true;
    report.trouble_met(what);
    trouble of_command;
    of_command.message = "--company x: no company";
    report.trouble_met(of_command);
    const auto text = render_json(report);
    CHECK(text.find(R"("errors":[{"instance":"main","kind":"business","error":"reading failed: \"No.\"",)"
                    R"("company_ids":[4,4]},{"kind":"protocol","error":"--company x: no company"}])") !=
          std::string::npos);
}

TEST_CASE("an empty report for programs has every key") {
    CHECK(render_json(sweep_report()) ==
          R"({"changes":[],"skipped":[],"held":[],"failed":[],"errors":[],"summary":{"events":{"assigned":0,)"
          R"("reassigned":0,"would_assign":0,"would_reassign":0,"in_sync":0,"skipped":0,"failed":0},"reasons":{},)"
          R"("companies":0,"companies_not_reached":0,"requests":0,"seconds":0.000}})"
          "\n");
}

TEST_CASE("what a sweep ends with") {
    struct {
        bool failed, trouble, warning, not_reached, interrupted, held, changed;
        exit_status status;
    } const rows[] = {
        {false, false, false, false, false, false, false, exit_status::done},
        {false, false, false, false, false, false, true, exit_status::done},
        {false, false, true, false, false, false, false, exit_status::done},
        {false, false, false, false, false, true, true, exit_status::held},
        {true, false, false, false, false, false, false, exit_status::failed},
        {false, true, false, false, false, false, false, exit_status::failed},
        {false, false, false, true, false, false, false, exit_status::failed},
        {false, false, false, false, true, false, false, exit_status::failed},
        {true, false, false, false, false, true, true, exit_status::failed},
        {false, true, false, false, false, true, false, exit_status::failed},
        {false, false, false, false, true, true, false, exit_status::failed},
    };
    for (const auto& one : rows) {
        sweep_report report;
        if (one.changed)
            report.device_decided(outcome(1, 1, event::assigned));
        if (one.failed)
            report.device_decided(outcome(1, 2, event::failed, reason::api_error));
        trouble what;
        if (one.trouble)
            report.trouble_met(what);
        what.only_a_warning = true;
        if (one.warning)
            report.trouble_met(what);
        if (one.held)
            report.company_held(held_company{});
        finished_instance end;
        end.companies_not_reached = one.not_reached ? 1 : 0;
        end.interrupted = one.interrupted;
        report.instance_finished(end);
        report.instance_finished(finished_instance{});
        CHECK(static_cast<int>(report.status()) == static_cast<int>(one.status));
    }
}

TEST_CASE("several instances are added up, and the slowest one is the time") {
    sweep_report report;
    report.instance_finished(finished("second", report, 2));
    auto slow = finished("first", report, 1);
    slow.time = 9000ms;
    report.instance_finished(slow);
    report.sort();
    CHECK(report.instances.front().instance == "first");
    CHECK(report.total.companies == 6);
    CHECK(report.total.companies_done == 4);
    CHECK(report.total.requests == 2468);
    CHECK(report.not_reached == 3);
    CHECK(report.time == 9000ms);
}
