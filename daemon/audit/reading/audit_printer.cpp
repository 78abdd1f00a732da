#include "daemon/audit/reading/audit_printer.hpp"

#include "daemon/printable.hpp"

#include <fmt/format.h>

namespace contactd {

namespace {

/// Behind "3 lines" or "1 line".
std::string damage_words(line_damage why, bool one, const std::string& event) {
    switch (why) {
    case line_damage::no_json:
        return one ? "is no JSON, torn perhaps" : "are no JSON, torn perhaps";
    case line_damage::no_audit_line:
        return one ? "has no time or no event" : "have no time or no event";
    case line_damage::too_long:
        return one ? "is longer than 1 MiB" : "are longer than 1 MiB";
    case line_damage::unknown_event:
        return fmt::format("{} of an event that this version does not know, such as \"{}\": see {} with --json",
                           one ? "is" : "are", printable(event), one ? "it" : "them");
    }
    return {};
}

} // namespace

audit_printer::audit_printer(print_style style, line_output& output, log& messages, std::function<bool()> has_to_end)
    : style_(style), output_(output), messages_(messages), has_to_end_(std::move(has_to_end)) {}

void audit_printer::keep_last(std::size_t lines) {
    most_kept_ = lines;
}

void audit_printer::keep_all() {
    for (const auto& one : kept_)
        output_.put(one);
    kept_.clear();
    most_kept_ = 0;
}

void audit_printer::take(std::string_view line, const boost::json::object& parsed) {
    ++taken_;
    if (most_kept_ == 0 && style_.json && style_.words.columns == 0) {
        output_.put(line);
        return;
    }
    auto shown = !style_.json                ? line_words(parsed, style_.words)
                 : style_.words.columns == 0 ? std::string(line)
                                             : printable_json(line);
    if (most_kept_ == 0) {
        output_.put(shown);
        return;
    }
    kept_.push_back(std::move(shown));
    if (kept_.size() > most_kept_)
        kept_.pop_front();
}

void audit_printer::miss(line_damage why, std::uint64_t at, std::string_view event) {
    auto& lines = missing_[{path_, why}];
    if (lines.count++ > 0)
        return;
    lines.first_at = at;
    lines.event = event;
}

void audit_printer::trouble(const std::string& words) {
    if (told_.insert(words).second)
        messages_.error(words);
}

void audit_printer::say_what_is_missing() {
    for (const auto& [where, lines] : missing_)
        messages_.warn(fmt::format("{} of {} {} ({} at byte {})", counted(lines.count, "line", "lines"), where.first,
                                   damage_words(where.second, lines.count == 1, lines.event),
                                   lines.count == 1 ? "it begins" : "the first begins", lines.first_at));
}

} // namespace contactd
