#include "daemon/printable.hpp"
#include "daemon/report/device_lines.hpp"
#include "daemon/report/markdown_text.hpp"
#include "daemon/report/render.hpp"

#include <fmt/format.h>
#include <map>
#include <utility>

namespace contactd {
namespace {

std::string table_row(const device_outcome& one) {
    std::string contact;
    std::string before;
    std::string why;
    if (one.what == core::event::skipped || one.what == core::event::failed) {
        why = fmt::format("{}: {}{}", core::to_string(*one.why), core::explain(*one.why), skip_details(one));
    } else {
        contact = contact_text(one);
        before = previous_text(one);
        why = one.rule ? fmt::format("matched by {}", core::to_string(*one.rule)) : std::string();
    }
    return fmt::format("| {} | {} ({}) | {} | {} | {} | {} |\n", markdown_text(core::to_string(one.what)),
                       markdown_text(one.device), one.device_id.value, markdown_text(one.last_user),
                       markdown_text(contact), markdown_text(before), markdown_text(why));
}

struct company_table {
    std::string company;
    std::string rows;
};

std::string counts(const sweep_report& report) {
    auto text = fmt::format("{}, {}:\n\n", counted(report.total.companies_done, "company", "companies"),
                            counted(report.counts.devices(), "device", "devices"));
    for (int i = 0; i < core::event_count; ++i) {
        const auto event = static_cast<core::event>(i);
        if (report.counts.of(event) > 0)
            text += fmt::format("* {} {}\n", grouped(report.counts.of(event)), markdown_text(core::to_string(event)));
    }
    for (int i = 0; i < core::reason_count; ++i) {
        const auto reason = static_cast<core::reason>(i);
        if (report.counts.of(reason) > 0)
            text += fmt::format("    * {} {}: {}\n", grouped(report.counts.of(reason)),
                                markdown_text(core::to_string(reason)), core::explain(reason));
    }
    return text;
}

std::string held_companies(const sweep_report& report) {
    std::string text;
    for (const auto& one : report.held)
        text +=
            fmt::format("| {} | {} | {} | {} | {} |\n", markdown_text(one.company), markdown_text(one.instance),
                        one.company_id.value, grouped(one.counts.would_reassign), grouped(one.counts.assigned_devices));
    if (text.empty())
        return text;
    return "\n## Held by the brake\n\nNothing of these companies is among the changes.\n\n"
           "| company | instance | id | would get another contact | have a contact |\n|---|---|---|---|---|\n" +
           text;
}

std::string errors(const sweep_report& report) {
    std::string text;
    for (const auto& one : report.troubles)
        text += fmt::format("* {}{}\n", one.instance.empty() ? "" : markdown_text("instance " + one.instance + ": "),
                            markdown_text(one.message));
    if (report.not_reached > 0)
        text += fmt::format("* {} not reached\n", counted(report.not_reached, "company was", "companies were"));
    return text.empty() ? text : "\n## Not complete\n\n" + text;
}

} // namespace

std::string render_markdown(const sweep_report& report, const std::string& heading) {
    std::map<std::pair<std::string, core::company_id>, company_table> companies;
    for (const auto* list : {&report.changes, &report.failed, &report.skipped})
        for (const auto& one : *list)
            if (is_worth_a_line(one)) {
                auto& of = companies[{one.instance, one.company_id}];
                of.company = one.company;
                of.rows += table_row(one);
            }
    auto text = "# " + markdown_text(heading) + "\n\n" + counts(report) + errors(report) + held_companies(report);
    for (const auto& [key, of] : companies)
        text += fmt::format("\n## {} (instance {}, company {})\n\n| | device | last user | contact | in place of | why "
                            "|\n|---|---|---|---|---|---|\n{}",
                            markdown_text(of.company), markdown_text(key.first), key.second.value, of.rows);
    return text;
}

} // namespace contactd
