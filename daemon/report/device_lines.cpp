#include "daemon/report/device_lines.hpp"

#include "daemon/printable.hpp"

#include <fmt/format.h>

namespace contactd {
namespace {

constexpr std::size_t device_columns = 24;
constexpr std::size_t user_columns = 40;

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

} // namespace

std::string contact_text(const device_outcome& one) {
    const auto address = '<' + one.contact_email + '>';
    return one.contact_name.empty() ? address : one.contact_name + ' ' + address;
}

std::string previous_text(const device_outcome& one) {
    if (!one.previous_contact_name.empty())
        return one.previous_contact_name;
    return one.previous_contact_id ? fmt::format("contact {}", one.previous_contact_id->value) : "nobody";
}

std::string skip_details(const device_outcome& one) {
    std::string text;
    if (!one.candidates.empty()) {
        text += " (contacts";
        for (const auto id : one.candidates)
            text += ' ' + std::to_string(id.value);
        text += ')';
    }
    if (!one.error.empty())
        text += ": " + one.error;
    return text;
}

std::string outcome_words(const device_outcome& one, const palette& ink) {
    if (one.why == core::reason::no_match && one.rule == core::rule::alias)
        return fmt::format("{}no_match: its alias names a contact who is not among the active ones{}", ink.dim,
                           ink.plain);
    switch (one.what) {
    case core::event::assigned:
    case core::event::would_assign:
        return fmt::format("{}-> {}{}", ink.green, printable(contact_text(one)), ink.plain);
    case core::event::reassigned:
    case core::event::would_reassign:
        return fmt::format("{}-> {}{} in place of {}", ink.yellow, printable(contact_text(one)), ink.plain,
                           printable(previous_text(one)));
    case core::event::failed:
        return fmt::format("{}failed ({}): {}{}", ink.red, core::to_string(*one.why), printable(one.error), ink.plain);
    default:
        break;
    }
    return fmt::format("{}{}: {}{}{}", ink.dim, core::to_string(*one.why), core::explain(*one.why),
                       printable(skip_details(one)), ink.plain);
}

void company_listing::add(const device_outcome& one, char mark, const std::string& words) {
    auto& of = companies_[{one.instance, one.company_id}];
    of.company = one.company;
    const auto name = fmt::format("{} ({})", printable(one.device), one.device_id.value);
    of.lines += fmt::format("  {} {} {} {}\n", mark, padded(name, device_columns),
                            padded(printable(one.last_user), user_columns), words);
}

void company_listing::add(const device_outcome& one) {
    add(one, mark_of(one.what), outcome_words(one, ink_));
}

std::string company_listing::text() const {
    std::string text;
    for (const auto& [key, of] : companies_)
        text += fmt::format("{}{}{} {}(instance {}, company {}){}\n{}", ink_.bold, printable(of.company), ink_.plain,
                            ink_.dim, key.first, key.second.value, ink_.plain, of.lines);
    return text;
}

} // namespace contactd
