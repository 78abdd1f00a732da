#include "daemon/report/render.hpp"

#include "daemon/printable.hpp"
#include "daemon/report/release_command.hpp"
#include "daemon/report/palette.hpp"

#include <fmt/format.h>
#include <map>
#include <tuple>

namespace contactd {
namespace {

constexpr std::size_t device_columns = 24;
constexpr std::size_t user_columns = 40;

std::string contact_of(const device_outcome& one) {
    const auto address = '<' + one.contact_email + '>';
    return printable(one.contact_name.empty() ? address : one.contact_name + ' ' + address);
}

std::string previous_of(const device_outcome& one) {
    if (!one.previous_contact_name.empty())
        return printable(one.previous_contact_name);
    return one.previous_contact_id ? fmt::format("contact {}", one.previous_contact_id->value) : "nobody";
}

std::string what_happened(const device_outcome& one, const palette& ink) {
    if (one.why == core::reason::no_match && one.rule == core::rule::alias)
        return fmt::format("{}no_match: its alias names a contact who is not among the active ones{}", ink.dim,
                           ink.plain);
    switch (one.what) {
    case core::event::assigned:
    case core::event::would_assign:
        return fmt::format("{}-> {}{}", ink.green, contact_of(one), ink.plain);
    case core::event::reassigned:
    case core::event::would_reassign:
        return fmt::format("{}-> {}{} in place of {}", ink.yellow, contact_of(one), ink.plain, previous_of(one));
    case core::event::failed:
        return fmt::format("{}failed ({}): {}{}", ink.red, core::to_string(*one.why), printable(one.error), ink.plain);
    default:
        break;
    }
    auto text = fmt::format("{}{}: {}", ink.dim, core::to_string(*one.why), core::explain(*one.why));
    if (!one.candidates.empty()) {
        text += " (contacts";
        for (const auto id : one.candidates)
            text += ' ' + std::to_string(id.value);
        text += ')';
    }
    if (!one.error.empty())
        text += ": " + printable(one.error);
    return text + std::string(ink.plain);
}

char mark_of(core::event what) {
    switch (what) {
    case core::event::assigned:
    case core::event::would_assign:
        return '+';
    case core::event::reassigned:
    case core::event::would_reassign:
        return '~';
    case core::event::failed:
        return '!';
    default:
        return ' ';
    }
}

std::string device_line(const device_outcome& one, const palette& ink) {
    const auto name = fmt::format("{} ({})", printable(one.device), one.device_id.value);
    return fmt::format("  {} {} {} {}\n", mark_of(one.what), padded(name, device_columns),
                       padded(printable(one.last_user), user_columns), what_happened(one, ink));
}

struct company_lines {
    std::string company;
    std::string lines;
};

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

std::string render_text(const sweep_report& report, bool coloured) {
    const auto& ink = coloured ? colours : no_colours;
    std::map<std::tuple<std::string, core::company_id>, company_lines> companies;
    const auto add = [&companies, &ink](const std::vector<device_outcome>& outcomes) {
        for (const auto& one : outcomes) {
            if (one.why == core::reason::no_last_user || one.why == core::reason::limit_reached)
                continue; // Counted below; there is nothing to say of each.
            auto& of = companies[{one.instance, one.company_id}];
            of.company = one.company;
            of.lines += device_line(one, ink);
        }
    };
    add(report.changes);
    add(report.failed);
    add(report.skipped);

    std::string text;
    for (const auto& [key, of] : companies)
        text += fmt::format("{}{}{} {}(instance {}, company {}){}\n{}", ink.bold, printable(of.company), ink.plain,
                            ink.dim, std::get<0>(key), std::get<1>(key).value, ink.plain, of.lines);
    for (const auto& one : report.held)
        text += fmt::format("{}held: {} (instance {}, company {}): {} of {} devices that have a contact would get "
                            "another{}; if that is right: {}\n",
                            ink.red, printable(one.company), one.instance, one.company_id.value,
                            grouped(one.counts.would_reassign), grouped(one.counts.assigned_devices), ink.plain,
                            release_command(one.instance, one.company_id));
    if (!text.empty())
        text += '\n';
    return text + summary(report, ink);
}

} // namespace contactd
