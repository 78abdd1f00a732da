#include "daemon/audit/reading/audit_query.hpp"

#include "daemon/audit/reading/time_words.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

namespace {

using namespace contactd;
using enum line_verdict;

audit_filter everything() {
    audit_filter wanted;
    wanted.events.all = true;
    return wanted;
}

line_verdict judged(const audit_filter& wanted, const std::string& line) {
    return audit_query(wanted).judge(boost::json::parse(line).as_object());
}

const std::string line = R"({"ts":"2026-11-21T18:45:12.007Z","event":"skipped","sweep":"20261121T184512.007Z-1a2b",)"
                         R"("instance":"main","company_id":176,"company":"Größe \"Süd\" GmbH","device_id":40002,)"
                         R"("device":"PC-7","reason":"no_match","a_key_of_tomorrow":[1]})";

core::wall_time time_of(const char* text) {
    return read_timestamp(text).value();
}

} // namespace

TEST_CASE("each filter of the audit log lets through what it names and nothing else") {
    using list = std::vector<std::string>;
    struct {
        const char* why;
        list audit_filter::*filter;
        list values;
        line_verdict expected;
    } const rows[] = {
        {"the sweep", &audit_filter::sweeps, {"20261121T184512.007Z-1a2b"}, yes},
        {"what the sweep begins with", &audit_filter::sweeps, {"20261121T18"}, yes},
        {"another sweep", &audit_filter::sweeps, {"20261121T19"}, no},
        {"more than the id", &audit_filter::sweeps, {"20261121T184512.007Z-1a2bc"}, no},
        {"the instance", &audit_filter::instances, {"main"}, yes},
        {"one of two instances", &audit_filter::instances, {"second", "main"}, yes},
        {"the instance in another case", &audit_filter::instances, {"Main"}, no},
        {"the id of the company", &audit_filter::companies, {"176"}, yes},
        {"its name in another case", &audit_filter::companies, {"GRÖSSE \"süd\" gmbh"}, yes},
        {"its name, decomposed",
         &audit_filter::companies,
         {"Gro\xCC\x88\xC3\x9F"
          "e \"Su\xCC\x88"
          "d\" GmbH"},
         yes},
        {"a part of its name", &audit_filter::companies, {"Größe"}, no},
        {"the id with a zero", &audit_filter::companies, {"0176"}, no},
        {"the id of the device", &audit_filter::devices, {"40002"}, yes},
        {"a part of the id", &audit_filter::devices, {"4000"}, no},
        {"the name of the device", &audit_filter::devices, {"pc-7"}, yes},
        {"one of two devices", &audit_filter::devices, {"PC-8", "40002"}, yes},
        {"the id of the company as a device", &audit_filter::devices, {"176"}, no},
        {"the reason", &audit_filter::reasons, {"ambiguous", "no_match"}, yes},
        {"another reason", &audit_filter::reasons, {"ambiguous"}, no},
    };
    for (const auto& one : rows) {
        INFO(one.why);
        auto wanted = everything();
        wanted.*one.filter = one.values;
        CHECK(judged(wanted, line) == one.expected);
        const auto head = read_line_head(line);
        REQUIRE(head);
        CHECK((one.expected == no || audit_query(wanted).may_want(*head)));
    }
}

TEST_CASE("all filters have to be met") {
    auto wanted = everything();
    wanted.companies = {"176"};
    wanted.devices = {"PC-7"};
    CHECK(judged(wanted, line) == yes);
    wanted.reasons = {"ambiguous"};
    CHECK(judged(wanted, line) == no);
}

TEST_CASE("since includes its moment, until does not") {
    struct {
        const char* since;
        const char* until;
        line_verdict expected;
    } const rows[] = {
        {"2026-11-21T18:45:12.007Z", "2026-11-21T18:45:12.008Z", yes},
        {"2026-11-21T18:45:12.008Z", "2026-11-22T00:00:00Z", no},
        {"2026-11-21T00:00:00Z", "2026-11-21T18:45:12.007Z", no},
    };
    for (const auto& one : rows) {
        auto wanted = everything();
        wanted.since = time_of(one.since);
        wanted.until = time_of(one.until);
        CHECK(judged(wanted, line) == one.expected);
        CHECK(audit_query(wanted).may_want(read_line_head(line).value()) == (one.expected == yes));
    }
}

TEST_CASE("what is shown to a person who names no event is what changed and what needs eyes") {
    const auto event = [](const std::string& name, const std::string& more = {}) {
        return R"({"ts":"2026-11-21T18:45:12.007Z","event":")" + name +
               R"(","sweep":"20261121T184512.007Z-1a2b","instance":"main","device_id":1,"reason":"no_match")" + more +
               "}";
    };
    struct {
        std::string line;
        line_verdict usual, of_device, of_sweep;
    } const rows[] = {
        {event("assigned"), yes, yes, yes},
        {event("would_reassign"), yes, yes, yes},
        {event("failed"), yes, yes, yes},
        {event("held"), yes, yes, yes},
        {event("skipped"), no, yes, no},
        {event("company_finished"), no, no, no},
        {event("sweep_started"), no, no, yes},
        {event("sweep_finished"), no, no, yes},
        {event("sweep_finished", R"(,"interrupted":true)"), yes, yes, yes},
        {event("sweep_finished", R"(,"error":"HTTP 503")"), yes, yes, yes},
        {event("sweep_finished", R"(,"companies_not_reached":3)"), yes, yes, yes},
        {event("undone"), unknown_event, unknown_event, unknown_event},
    };
    const auto usual = [](audit_filter wanted) {
        wanted.events = usual_events(wanted);
        return wanted;
    };
    audit_filter of_device;
    of_device.devices = {"1"};
    audit_filter of_sweep;
    of_sweep.sweeps = {"20261121"};
    for (const auto& one : rows) {
        INFO(one.line);
        CHECK(judged(usual({}), one.line) == one.usual);
        CHECK(judged(usual(of_device), one.line) == one.of_device);
        CHECK(judged(usual(of_sweep), one.line) == one.of_sweep);
    }
    audit_filter chosen;
    chosen.events.names = {"skipped"};
    CHECK(judged(chosen, event("skipped")) == yes);
    CHECK(judged(chosen, event("assigned")) == no);
    CHECK(judged(chosen, event("undone")) == no);
    CHECK(judged(everything(), event("undone")) == yes);
}

TEST_CASE("a line without a time or an event is none of the log") {
    for (const auto* one : {"{}", R"({"ts":"2026-11-21T18:45:12.007Z"})", R"({"event":"assigned"})",
                            R"({"ts":"yesterday","event":"assigned"})", R"({"ts":1,"event":2})"}) {
        INFO(one);
        CHECK(judged(everything(), one) == no_audit_line);
    }
}

TEST_CASE("a sweep has no lines from before it began") {
    audit_filter wanted;
    CHECK_FALSE(earliest_of(wanted));
    wanted.sweeps = {"20261121T184512.007Z-1a2b"};
    CHECK(earliest_of(wanted) == time_of("2026-11-21T18:45:00Z"));
    wanted.sweeps = {"20261121T184512.007Z-1a2b", "20261120"};
    CHECK(earliest_of(wanted) == time_of("2026-11-20T00:00:00Z"));
    wanted.since = time_of("2026-11-19T00:00:00Z");
    CHECK(earliest_of(wanted) == time_of("2026-11-20T00:00:00Z"));
    wanted.since = time_of("2026-11-22T00:00:00Z");
    CHECK(earliest_of(wanted) == wanted.since);
    wanted.sweeps = {"2026"};
    CHECK(earliest_of(wanted) == wanted.since);
    wanted.since.reset();
    CHECK_FALSE(earliest_of(wanted));
}

TEST_CASE("the head of a line is read only where it is written as contactd writes it") {
    const auto head = read_line_head(line);
    REQUIRE(head);
    CHECK(head->time == "2026-11-21T18:45:12.007Z");
    CHECK(head->event == "skipped");
    CHECK(head->sweep == "20261121T184512.007Z-1a2b");
    CHECK(head->instance == "main");
    for (const auto* one : {"", "{}", R"({"event":"a","ts":"b","sweep":"c","instance":"d"})",
                            R"({"ts":"a","event":"\u0061","sweep":"c","instance":"d"})",
                            R"({"ts": "a","event":"b","sweep":"c","instance":"d"})",
                            R"({"ts":"a","event":"b","sweep":"c","instance":"d)"}) {
        INFO(one);
        CHECK_FALSE(read_line_head(one));
    }
}
