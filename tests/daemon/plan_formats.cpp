#include "daemon/report/apply_report.hpp"
#include "daemon/report/markdown_text.hpp"
#include "daemon/report/render.hpp"
#include "tests/daemon/plan_support.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace plan_tests;
using namespace std::chrono_literals;

/// The cell of a device's name in the CSV of a plan.
std::string csv_of(const std::string& name) {
    contactd::sweep_report report;
    report.changes = {planned(1)};
    report.changes.front().device = name;
    const auto text = contactd::render_csv(report);
    const auto from = text.find(",Acme,1,") + std::string_view(",Acme,1,").size();
    return text.substr(from, text.find(",ACME\\anna,", from) - from);
}

contactd::unmade_change unmade(std::int64_t device, contactd::change_standing how, std::string words) {
    return {planned(device), {how, std::move(words)}};
}

contactd::apply_report full_apply_report() {
    using enum contactd::change_standing;
    contactd::apply_report report;
    report.made = small_plan().made;
    report.contactd = "0.1.0";
    report.age = 25min;
    report.not_chosen = 1;
    auto done = planned(1);
    done.what = core::event::assigned;
    report.done.changes = {done};
    report.done.counts.add(done.what, {});
    report.done.total.requests = 7;
    report.done.time = 1200ms;
    report.unmade = {unmade(7, not_reached, "it was not looked at"), unmade(3, done_already, ""),
                     unmade(2, drifted, "the last user is \"x\" now"), unmade(4, left_out, "its company is not swept"),
                     unmade(5, beyond_limit, "the limit of changes is reached")};
    report.sort();
    return report;
}

} // namespace

TEST_CASE("as CSV a plan has a row for every change and every device that is left alone") {
    CHECK(contactd::render_csv(small_plan().report) ==
          "event,reason,instance,company_id,company,device_id,device,last_user,account,local_account,rule,contact_id,"
          "contact_email,contact_name,previous_contact_id,previous_contact_name,candidates,error\r\n"
          "would_assign,,main,10,Acme,1,PC-1,ACME\\anna,anna,,local_part,101,anna@acme.example,Anna Berg,,,,\r\n"
          "would_reassign,,main,10,Acme,2,PC-2,ACME\\anna,anna,,local_part,101,anna@acme.example,Anna Berg,102,Ben "
          "Cole,,\r\n"
          "skipped,ambiguous,main,10,Acme,3,PC-3,ACME\\anna,anna,,,,,,,,101 102,\r\n");
}

TEST_CASE("no cell of the CSV is a formula, and every other value is as it was received") {
    const std::pair<std::string, std::string> rows[] = {
        {"PC-1", "PC-1"},
        {"a,b", "\"a,b\""},
        {"a\"b", "\"a\"\"b\""},
        {"a\nb", "\"a\nb\""},
        {"=1+1", "'=1+1"},
        {"+1", "'+1"},
        {"-1", "'-1"},
        {"@SUM(A1)", "'@SUM(A1)"},
        {" =1", "' =1"},
        {"\t=1", "\"'\t=1\""},
        {"\r=1", "\"'\r=1\""},
        {"\"=1", "\"'\"\"=1\""},
        {"\xef\xbc\x9d"
         "1",
         "'\xef\xbc\x9d"
         "1"},
        {"a=1", "a=1"},
        {"'=1", "'=1"},
    };
    for (const auto& [name, cell] : rows)
        CHECK(csv_of(name) == cell);
}

TEST_CASE("as Markdown a plan has its counts, what is held, and a table for every company") {
    CHECK(contactd::render_markdown(small_plan().report, "Plan of today") ==
          R"(# Plan of today

2 companies, 3 devices:

* 1 would\_assign
* 1 would\_reassign
* 1 skipped
    * 1 ambiguous: several contacts match

## Held by the brake

Nothing of these companies is among the changes.

| company | instance | id | would get another contact | have a contact |
|---|---|---|---|---|
| Held | main | 20 | 12 | 12 |

## Acme (instance main, company 10)

| | device | last user | contact | in place of | why |
|---|---|---|---|---|---|
| would\_assign | PC-1 (1) | ACME\\anna | Anna Berg &lt;anna@acme.example&gt; | nobody | matched by local\_part |
| would\_reassign | PC-2 (2) | ACME\\anna | Anna Berg &lt;anna@acme.example&gt; | Ben Cole | matched by local\_part |
| skipped | PC-3 (3) | ACME\\anna |  |  | ambiguous: several contacts match (contacts 101 102) |
)");
}

TEST_CASE("a plan that is not complete says so in Markdown") {
    auto report = small_plan().report;
    contactd::trouble what;
    what.instance = "main";
    what.message = "reading *the* contacts: HTTP 500";
    report.troubles = {what};
    report.not_reached = 3;
    const auto text = contactd::render_markdown(report, "a");
    CHECK(text.find("## Not complete\n\n* instance main: reading \\*the\\* contacts: HTTP 500\n* 3 companies were not "
                    "reached\n") != std::string::npos);
}

TEST_CASE("names are shown as they are, whatever they mean in Markdown or HTML") {
    const std::pair<std::string_view, std::string_view> rows[] = {
        {"PC-1 (a) #2 x.y!", "PC-1 (a) #2 x.y!"},
        {"a|b", "a\\|b"},
        {"a\\|b", "a\\\\\\|b"},
        {"ACME\\", "ACME\\\\"},
        {"a\nb\r\n\x1b[31m", "a b   \\[31m"},
        {"<script>&amp;", "&lt;script&gt;&amp;amp;"},
        {"*_`~$", "\\*\\_\\`\\~\\$"},
        {"[x](y)", "\\[x\\](y)"},
        {"![x](y)", "!\\[x\\](y)"},
        {"https://a.example", "https&#58;//a.example"},
        {"www.a.example WWW.A", "&#119;ww.a.example &#87;WW.A"},
        {"a:b", "a:b"},
        {"J\xc3\xb6rg", "J\xc3\xb6rg"},
        {"\xff", " "},
    };
    for (const auto& [text, safe] : rows)
        CHECK(contactd::markdown_text(text) == safe);
}

TEST_CASE("apply tells people what it did, what drifted and what is left, under the companies") {
    CHECK(contactd::render_apply_text(full_apply_report(), false) ==
          R"(The plan of 2026-11-25T02:58:38.573Z is about 25 min old
Acme (instance main, company 10)
  + PC-1 (1)                 ACME\anna                                -> Anna Berg <anna@acme.example>
  ? PC-2 (2)                 ACME\anna                                drifted: the last user is "x" now
  - PC-4 (4)                 ACME\anna                                left out: its company is not swept
  ! PC-7 (7)                 ACME\anna                                not reached: it was not looked at

6 changes of the plan: 1 assigned, 1 drifted, 1 left out, 1 left for later by a limit, 1 not reached, 1 done already; 7 requests in 1.2 s
1 further change of the plan was not chosen
What drifted was not touched: make a new plan for it
What was not reached is as it was: the same plan can be applied again
)");
    CHECK(contactd::render_apply_text(full_apply_report(), true).find("\x1b[31mdrifted") != std::string::npos);
}

TEST_CASE("apply tells programs the same in one object") {
    const auto text = contactd::render_apply_json(full_apply_report());
    const std::string_view begins =
        R"({"plan":{"made":"2026-11-25T02:58:38.573Z","contactd":"0.1.0","age_seconds":1500,"not_chosen":1},"dry_run":false,"changes":[{"event":"assigned","instance":"main","company_id":10,)";
    CHECK(text.substr(0, begins.size()) == begins);
    for (const auto* part :
         {R"("contact_email":"anna@acme.example","why":"the last user is \"x\" now"}],"left_out":[)",
          R"("failed":[],"drifted":[{"event":"would_assign",)", R"("done_already":[{)", R"("not_reached":[{)",
          R"("errors":[],"summary":{"events":{"assigned":1,)", R"("requests":7,"seconds":1.200}})"})
        CHECK(text.find(part) != std::string::npos);
}

TEST_CASE("apply ends with 1 unless everything that was chosen is done, or left for later by a limit") {
    using enum contactd::change_standing;
    for (const auto& [how, status] :
         {std::pair(drifted, 1), {left_out, 1}, {not_reached, 1}, {done_already, 0}, {beyond_limit, 0}}) {
        contactd::apply_report report;
        report.unmade = {unmade(1, how, "why")};
        CHECK(static_cast<int>(report.status()) == status);
    }
    contactd::apply_report report;
    CHECK(report.status() == contactd::exit_status::done);
    report.done.failed = {planned(1)};
    CHECK(report.status() == contactd::exit_status::failed);
}

TEST_CASE("the age of a plan is told as people tell it") {
    const std::pair<std::chrono::milliseconds, std::string> rows[] = {
        {0ms, "about 0 s old"},      {40s, "about 40 s old"},
        {25min, "about 25 min old"}, {30h, "about 30 h old"},
        {48h, "2 days old"},         {24h * 400, "400 days old"},
        {-30s, "about 30 s old"},    {-2h, "dated about 2 h in the future"}};
    for (const auto& [age, words] : rows)
        CHECK(contactd::age_words(age) == words);
}
