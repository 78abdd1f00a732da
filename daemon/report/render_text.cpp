#include "daemon/report/render.hpp"

#include "daemon/printable.hpp"
#include "daemon/report/device_lines.hpp"
#include "daemon/report/release_command.hpp"

#include <fmt/format.h>

namespace contactd {
namespace {

std::string summary(const sweep_report& report, const palette& ink) {
    if (report.total.companies_done == 0 && !report.troubles.empty())
        return fmt::format("{}nothing was swept{}; {}\n", ink.red, ink.plain,
                           counted(report.total.requests, "request", "requests"));
    auto text = fmt::format("{}{}, {}{}", ink.bold, counted(report.total.companies_done, "company", "companies"),
                            counted(report.counts.devices(), "device", "devices"), ink.plain);
    std::string_view separator = ": ";
    for (int i = 0; i < core::event_count; ++i) {
        const auto event = static_cast<core::event>(i);
        if (report.counts.of(event) == 0)
            continue;
        text += fmt::format("{}{} {}", separator, grouped(report.counts.of(event)), core::to_string(event));
        separator = ", ";
    }
    using enum core::event;
    const auto planned = report.counts.of(would_assign) + report.counts.of(would_reassign);
    const auto tried = report.counts.of(assigned) + report.counts.of(reassigned) + report.counts.of(failed);
    if (planned > 0)
        text += tried == 0
                    ? std::string(" (nothing was written)")
                    : fmt::format(" ({} not written: a dry run)", counted(planned, "change was", "changes were"));
    text += fmt::format("; {} in {:.1f} s\n", counted(report.total.requests, "request", "requests"),
                        static_cast<double>(report.time.count()) / 1000);
    for (int i = 0; i < core::reason_count; ++i) {
        const auto reason = static_cast<core::reason>(i);
        if (const auto count = report.counts.of(reason); count > 0)
            text += fmt::format("  {:>9}  {:<21} {}{}{}\n", grouped(count), core::to_string(reason), ink.dim,
                                core::explain(reason), ink.plain);
    }
    if (report.not_reached > 0)
        text += fmt::format("{}{} not reached{}\n", ink.red,
                            counted(report.not_reached, "company was", "companies were"), ink.plain);
    return text;
}

} // namespace

bool is_worth_a_line(const device_outcome& one) {
    return one.why != core::reason::no_last_user && one.why != core::reason::limit_reached;
}

std::string render_text(const sweep_report& report, bool coloured) {
    const auto& ink = palette_for(coloured);
    company_listing companies(ink);
    for (const auto* list : {&report.changes, &report.failed, &report.skipped})
        for (const auto& one : *list)
            if (is_worth_a_line(one))
                companies.add(one);
    auto text = companies.text();
    for (const auto& one : report.held)
        text += fmt::format("{}held: {} (instance {}, company {}): {} of {} devices that have a contact would get "
                            "another{}{}\n",
                            ink.red, printable(one.company), one.instance, one.company_id.value,
                            grouped(one.counts.would_reassign), grouped(one.counts.assigned_devices), ink.plain,
                            release_words(one.is_on_record, one.instance, one.company_id));
    if (!text.empty())
        text += '\n';
    return text + summary(report, ink);
}

} // namespace contactd
