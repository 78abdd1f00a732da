#include "daemon/plan_file/saved_plan.hpp"
#include "daemon/report/render.hpp"
#include "tests/daemon/plan_support.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace plan_tests;

/// The text of a plan of one change, with something in the place of something else.
std::string with(std::string_view what, std::string_view instead) {
    auto plan = small_plan();
    plan.report.changes = {planned(2, 102)};
    auto text = contactd::plan_text(plan);
    const auto at = text.find(what);
    if (at == std::string::npos)
        throw std::logic_error("the plan does not hold " + std::string(what));
    text.replace(at, what.size(), instead);
    return text;
}

std::string error_of(const std::string& text) {
    const auto read = contactd::read_plan(text, "p.json");
    return read ? "" : read.error();
}

} // namespace

TEST_CASE("a plan is saved with a line for every device, and each change with what it assumes") {
    CHECK(contactd::plan_text(small_plan()) ==
          R"({"plan_version":1,
"contactd":"0.1.0",
"made":"2026-11-25T02:58:38.573Z",
"databases":[
{"instance":"main","zone":"https://webservices5.autotask.net/ATServicesRest","username":"api-user@acme.example"}],
"changes":[
{"event":"would_assign","instance":"main","company_id":10,"company":"Acme","device_id":1,"device":"PC-1","last_user":"ACME\\anna","account":"anna","rule":"local_part","contact_id":101,"contact_email":"anna@acme.example","contact_name":"Anna Berg","assumes":{"contact_id":null,"last_user":"ACME\\anna"}},
{"event":"would_reassign","instance":"main","company_id":10,"company":"Acme","device_id":2,"device":"PC-2","last_user":"ACME\\anna","account":"anna","rule":"local_part","contact_id":101,"contact_email":"anna@acme.example","previous_contact_id":102,"contact_name":"Anna Berg","previous_contact_name":"Ben Cole","assumes":{"contact_id":102,"last_user":"ACME\\anna"}}],
"skipped":[
{"event":"skipped","instance":"main","company_id":10,"company":"Acme","device_id":3,"device":"PC-3","last_user":"ACME\\anna","account":"anna","candidates":[101,102],"reason":"ambiguous"}],
"held":[
{"instance":"main","company_id":20,"company":"Held","would_reassign":12,"assigned_devices":12}],
"failed":[],
"errors":[],
"summary":{"events":{"assigned":0,"reassigned":0,"would_assign":1,"would_reassign":1,"in_sync":0,"skipped":1,"failed":0},"reasons":{"ambiguous":1},"companies":2,"companies_not_reached":0,"requests":8,"seconds":2.345}}
)");
}

TEST_CASE("a plan reads back to what it was") {
    const auto plan = small_plan();
    const auto text = contactd::plan_text(plan);
    const auto read = contactd::read_plan(text, "p.json");
    REQUIRE(read);
    CHECK(contactd::plan_text(*read) == text);
    CHECK(read->made == plan.made);
    for (const bool coloured : {false, true})
        CHECK(contactd::render_text(read->report, coloured) == contactd::render_text(plan.report, coloured));
    CHECK(contactd::render_csv(read->report) == contactd::render_csv(plan.report));
    CHECK(contactd::render_markdown(read->report, "a") == contactd::render_markdown(plan.report, "a"));
}

TEST_CASE("what was received comes back to the byte, be it UTF-8 or not") {
    for (const std::string last_user :
         {"ACME\\j\xc3\xb6rg", "ACME\\j\xf6rg", "  ACME\\anna ", "a\"b\\c/d\n\x01", "\xff\xfe", "|`<b>"}) {
        auto plan = small_plan();
        plan.report.changes.front().last_user = last_user;
        const auto read = contactd::read_plan(contactd::plan_text(plan), "p.json");
        INFO(last_user);
        REQUIRE(read);
        CHECK(read->report.changes.front().last_user == last_user);
    }
}

TEST_CASE("whoever reviews a plan may take changes out, and write where he likes") {
    auto text = contactd::plan_text(small_plan());
    const auto from = text.find("{\"event\":\"would_assign\"");
    text.erase(from, text.find('\n', from) + 1 - from);
    text.insert(1, " \n \"reviewed by\" : \"me\",");
    const auto read = contactd::read_plan(text, "p.json");
    REQUIRE(read);
    REQUIRE(read->report.changes.size() == 1);
    CHECK(read->report.counts.of(core::event::would_assign) == 0);
    CHECK(read->report.counts.of(core::event::would_reassign) == 1);
}

TEST_CASE("what is wrong with a plan is one sentence with the file and the change") {
    struct row {
        std::string text;
        std::string said;
    };
    const std::string change = "p.json: change 1 (configuration item 2): ";
    const row rows[] = {
        {"", "p.json: this is no JSON object from its first to its last character: line 1 is where it goes wrong"},
        {with("\"held\"", "held"),
         "p.json: this is no JSON object from its first to its last character: line 10 is where it goes wrong"},
        {contactd::plan_text(small_plan()) + "}",
         "p.json: this is no JSON object from its first to its last character: line 16 is where it goes wrong"},
        {"[]", "p.json: this is no plan of contactd"},
        {"{\"changes\":[]}", "p.json: this is no plan of contactd: it has no \"plan_version\""},
        {with("\"plan_version\":1", "\"plan_version\":2"),
         "p.json: this is a plan of form 2, made by contactd 0.1.0, and this contactd (0.1.0) knows form 1 only: apply "
         "it with the one that made it, or make a new plan"},
        {with("\"plan_version\":1", "\"plan_version\":\"1\""),
         "p.json: \"plan_version\" should be a whole number from 0 on"},
        {with("2026-11-25T", "2026-31-25T"), "p.json: \"made\" should be a date such as 2026-11-21T18:45:12.123Z"},
        {with("\"changes\":[", "\"changes\":[7,"), "p.json: change 1: it should be an object"},
        {with("\"changes\":[", "\"chances\":["), "p.json: \"changes\" is missing; it should be an array"},
        {with("https://", "http://"), "p.json: database 1: \"zone\" should be an https URL"},
        {with("\"username\":\"api-user@acme.example\"", "\"username\":\"\""),
         "p.json: database 1: \"username\" should be a text that is not empty"},
        {with("\"databases\":[",
              "\"databases\":[{\"instance\":\"main\",\"zone\":\"https://a.example/b\",\"username\":\"b\"},"),
         "p.json: database 2: instance \"main\" is named twice"},
        {with("{\"instance\":\"main\",\"zone\"", "{\"instance\":\"other\",\"zone\""),
         change + "\"databases\" does not name its instance \"main\""},
        {with("would_reassign\",\"inst", "reassigned\",\"inst"),
         change + "\"event\" should be would_assign or would_reassign"},
        {with("would_reassign\",\"inst", "would_assign\",\"inst"),
         change + "would_assign is for a device without a contact, and it assumes one"},
        {with("\"device_id\":2", "\"device_id\":\"2\""),
         "p.json: change 1: \"device_id\" should be a whole number from 0 on"},
        {with("\"device_id\":2", "\"device_id\":-2"),
         "p.json: change 1: \"device_id\" should be a whole number from 0 on"},
        {with("\"device_id\":2", "\"device_id\":18446744073709551615"),
         "p.json: change 1: \"device_id\" should be a whole number from 0 on"},
        {with("\"rule\":\"local_part\"", "\"rule\":\"guess\""), "p.json: change 1: \"guess\" is no rule"},
        {with("\"contact_id\":101,", ""), change + "\"contact_id\" is missing; it should be a whole number from 0 on"},
        {with("\"contact_id\":101,", "\"contact_id\":102,"), change + "it replaces a contact by the same one"},
        {with("\"assumes\":{", "\"assume\":{"), change + "\"assumes\" is missing; it should be an object"},
        {with("\"assumes\":{\"contact_id\":102,", "\"assumes\":{"),
         "p.json: change 1 (configuration item 2), assumes: \"contact_id\" is missing; it should be null or a whole "
         "number from 0 on"},
        {with("\"assumes\":{\"contact_id\":102,", "\"assumes\":{\"contact_id\":103,"),
         change + "\"previous_contact_id\" and the contact that it assumes are not the same"},
        {with("\"last_user\":\"ACME\\\\anna\"}", "\"last_user\":\"ACME\\\\ben\"}"),
         change + "\"last_user\" and what it assumes are not the same"},
        {with("\"reason\":\"ambiguous\"", "\"reason\":\"so\""), "p.json: skipped device 1: \"so\" is no reason"},
        {with("\"held\":[\n{\"instance\":\"main\",", "\"held\":[\n{"),
         "p.json: held company 1: \"instance\" is missing; it should be a text that is not empty"},
        {with("\"seconds\":2.345", "\"seconds\":-1"), "p.json: summary: \"seconds\" should be a number of seconds"},
        {with("\"ambiguous\":1}", "\"ambiguous\":\"1\"}"),
         "p.json: summary, reasons: \"ambiguous\" should be a whole number from 0 on"},
    };
    for (const auto& [text, said] : rows)
        CHECK(error_of(text) == said);
}

TEST_CASE("a device that is changed twice is refused, also where it stands in two instances by one name") {
    auto plan = small_plan();
    plan.report.changes = {planned(2, 102), planned(2, 102)};
    CHECK(error_of(contactd::plan_text(plan)) == "p.json: change 2 (configuration item 2): the device is changed "
                                                 "already by change 1 (configuration item 2)");
    plan.databases.push_back({"other", "https://webservices3.autotask.net/ATServicesRest", "b@c"});
    plan.report.changes.back().instance = "other";
    CHECK(error_of(contactd::plan_text(plan)).empty());
}

TEST_CASE("only a plan is overwritten by a plan") {
    CHECK(contactd::is_meant_to_be_a_plan(contactd::plan_text(small_plan())));
    CHECK(contactd::is_meant_to_be_a_plan("{\"plan_version\":99}"));
    CHECK(contactd::is_meant_to_be_a_plan("{\"plan_version\":1,\n\"half"));
    CHECK(contactd::is_meant_to_be_a_plan(" { \"note\" : 1, \"plan_version\" : 1 } "));
    for (const auto* other : {"", "{}", "[1]", "plan_version", "{\"changes\":[]}", "[instance]\n"})
        CHECK_FALSE(contactd::is_meant_to_be_a_plan(other));
}
