#include "daemon/printable.hpp"
#include "daemon/report/choice_words.hpp"
#include "daemon/report/explain.hpp"
#include "daemon/report/explain_words.hpp"
#include "daemon/report/palette.hpp"

#include <fmt/format.h>
#include <span>

#include <algorithm>

namespace contactd {

namespace {

constexpr std::size_t key_columns = 20;
constexpr std::size_t line_columns = 96;
/// Enough to see who may be meant; a large company can have hundreds of people of one name.
constexpr std::size_t most_near_misses = 8;

std::string addresses_of(const core::contact& who) {
    std::string text;
    for (const auto& one : who.addresses)
        if (!one.empty())
            text += (text.empty() ? " <" : ", ") + printable(one);
    return text.empty() ? text : text + '>';
}

std::string contact_words(const core::contact& who) {
    const auto name = printable(who.name());
    return fmt::format("{}{}{}", name.empty() ? fmt::format("contact {}", who.id.value) : name,
                       name.empty() ? "" : fmt::format(" (contact {})", who.id.value), addresses_of(who));
}

const core::contact* find_contact(const explained_rows& rows, core::contact_id id) {
    for (const std::span<const core::contact> list :
         {std::span<const core::contact>(rows.company.contacts), std::span<const core::contact>(rows.rest),
          rows.company.of_parent()})
        if (const auto found = std::ranges::find(list, id, &core::contact::id); found != list.end())
            return &*found;
    return nullptr;
}

/// Writes the lines. Lives for one call.
class text_writer {
public:
    explicit text_writer(bool coloured) : ink_(palette_for(coloured)) {}

    std::string write(const explained_device& one) {
        const auto& device = one.rows->device;
        title(printable(device.name()), device.id, one.rows->company.company, one.instance);
        in_short(one);
        if (one.why) {
            value(*one.why);
            company(one);
            settings(one);
            contacts(*one.why);
            policy(one);
        } else {
            company(one);
            settings(one);
        }
        heading("What contactd did before");
        if (one.history)
            history(*one.history);
        else
            paragraph(printable(one.history.error()));
        advice(one);
        text_ += fmt::format("\n{}{} sent to Autotask; nothing was changed{}\n", ink_.dim,
                             counted(one.requests, "request was", "requests were"), ink_.plain);
        return std::move(text_);
    }

    std::string write(const recorded_explanation& one) {
        core::company company;
        company.id = one.device.company_id;
        company.name = one.device.company;
        title(printable(one.device.name), one.device.id, company, one.device.instance);
        line(one.unreachable.empty() ? "Autotask was not asked: this is what contactd remembers."
                                     : fmt::format("{}Autotask cannot be asked now{}: this is what contactd remembers.",
                                                   ink_.red, ink_.plain));
        if (!one.unreachable.empty())
            paragraph(printable(one.unreachable));
        if (one.history.last) {
            heading("The last decision");
            const auto& last = *one.history.last;
            key("value", "\"" + revealed(last.last_user) + "\"");
            if (!last.account.empty())
                key("account", "\"" + revealed(last.account) + "\"");
        }
        heading(one.history.last ? "What contactd did" : "What contactd did before");
        history(one.history);
        return std::move(text_);
    }

private:
    void line(const std::string& words) { text_ += "  " + words + '\n'; }

    /// Words on as many lines as they need; those of a list hang behind its dash.
    void paragraph(std::string words) {
        const std::string_view hang = words.starts_with("- ") ? "  " : "";
        while (words.size() > line_columns) {
            const auto blank = words.rfind(' ', line_columns);
            if (blank == std::string::npos || blank <= hang.size())
                break; // One word that is longer than a line.
            line(words.substr(0, blank));
            words.replace(0, blank + 1, hang);
        }
        line(words);
    }

    void key(std::string_view name, const std::string& words) { line(padded(name, key_columns) + words); }
    void heading(std::string_view words) { text_ += fmt::format("\n{}{}{}\n", ink_.bold, words, ink_.plain); }

    void title(const std::string& name, core::device_id id, const core::company& company, const std::string& instance) {
        text_ +=
            fmt::format("{}{}{} (configuration item {})\n{} (company {}), instance {}\n\n", ink_.bold, name, ink_.plain,
                        id.value, company.name.empty() ? "?" : printable(company.name), company.id.value, instance);
    }

    void in_short(const explained_device& one) {
        if (one.standing != sweep_standing::swept) {
            line(fmt::format("{}Not looked at: its company is not swept{}", ink_.yellow, ink_.plain));
        } else if (one.why && one.why->outside) {
            line(fmt::format("{}Not looked at: {}{}", ink_.yellow, scope_words(*one.why->outside), ink_.plain));
        }
        const bool is_decided = one.standing == sweep_standing::swept && one.why && one.why->decided;
        if (one.why) {
            const auto& outcome = one.why->outcome();
            const auto colour = outcome.why ? ink_.yellow : ink_.green;
            const auto words = decision_words(outcome);
            line(fmt::format("{}{}{}{}", is_decided ? colour : "", is_decided ? "" : "If it were: ", words,
                             is_decided ? ink_.plain : ""));
            line(fmt::format("{}{}{}{}{}", ink_.dim, core::to_string(outcome.what), outcome.why ? ", " : "",
                             outcome.why ? core::to_string(*outcome.why) : std::string_view(), ink_.plain));
            if (const auto* target = outcome.target())
                key("new contact", contact_words(*target));
        }
        present_contact(*one.rows);
    }

    void present_contact(const explained_rows& rows) {
        if (!rows.device.contact)
            return key("contact now", "none");
        const auto* known = find_contact(rows, *rows.device.contact);
        key("contact now", known == nullptr ? fmt::format("contact {}", rows.device.contact->value)
                                            : contact_words(*known) + (known->active ? "" : ", inactive"));
    }

    void value(const core::explanation& why) {
        heading("1. The value that the RMM reports");
        line("\"" + revealed(why.subject->last_user) + "\"");
        for (const auto& one : why.steps.all())
            line("- " + step_words(one, why.reading));
        if (!why.reading.skip)
            line(fmt::format("- looked for: the {} \"{}\"",
                             why.reading.who.whole_address ? "whole address" : "login name",
                             revealed(why.reading.who.name)));
    }

    void company(const explained_device& one) {
        heading("2. The company");
        if (one.standing == sweep_standing::swept)
            line("It is swept.");
        else
            line("It is not swept: " + printable(one.why_not_swept) + ".");
        line(one.organization.empty() ? std::string("No organization is mapped to it.")
                                      : "Your name of it: " + printable(one.organization));
        if (one.why && one.why->outside && one.standing == sweep_standing::swept)
            line("But this device is not looked at: " + scope_words(*one.why->outside) + ".");
    }

    void settings(const explained_device& one) {
        heading("3. The settings that hold");
        for (const auto& each : one.settings)
            line(fmt::format("{} {} {}{}{}", padded(each.key, key_columns), padded(printable(each.value), 30), ink_.dim,
                             printable(each.origin), ink_.plain));
    }

    void contacts(const core::explanation& why) {
        heading("4. The contacts");
        if (why.reading.skip)
            line("Nobody is looked for: the value names no account.");
        else if (why.ladder.empty())
            line("Nobody is looked for: the device is excluded.");
        for (const auto& step : why.ladder) {
            if (step.found.empty())
                key(core::to_string(step.by), answer_words(step.what, why.matched.who));
            else
                key(core::to_string(step.by), "a contact " + rule_words(step.by) + ":");
            for (const auto& one : step.found)
                line(fmt::format("  {}{}{}{}", ink_.green, contact_words(*one.who), ink_.plain,
                                 one.who->active ? "" : ", inactive: has left, and had this account"));
        }
        if (why.near_misses.empty())
            return;
        line("Near, but no match:");
        const auto shown = std::min(why.near_misses.size(), most_near_misses);
        for (std::size_t i = 0; i < shown; ++i) {
            const auto& one = why.near_misses[i];
            line(fmt::format("  {}: {}", contact_words(*one.who), near_miss_words(one)));
        }
        if (why.near_misses.size() > shown)
            line(fmt::format("  and {} more", why.near_misses.size() - shown));
    }

    void policy(const explained_device& one) {
        heading("5. What may be written");
        const auto& why = *one.why;
        line(one.limits.write == core::write_policy::fill_empty
                 ? "An empty contact is filled; one that is set is never replaced."
                 : "An empty contact is filled; one that is set is replaced when another person is found.");
        line(fmt::format("Brake: {} of {} devices with a contact would get another: {}.", why.brake.would_reassign,
                         why.brake.assigned_devices, why.held ? "the company is held" : "it does not hold"));
        if (one.dry_run)
            line("A dry run: nothing is written.");
    }

    void history(const device_history& known) {
        if (known.empty())
            line("Nothing is recorded of this device.");
        if (known.last) {
            const auto& last = *known.last;
            line(fmt::format("{}{}{} since {}", core::to_string(last.what), last.why ? ", " : "",
                             last.why ? core::to_string(*last.why) : std::string_view(), moment_words(last.since)));
            if (!last.error.empty())
                line(printable(last.error));
        }
        if (known.all_writes == 0 && known.last)
            line("contactd has never written a contact to this device.");
        people(known.past);
        for (const auto& one : known.writes)
            written(one);
        if (known.all_writes > static_cast<std::int64_t>(known.writes.size()))
            line(fmt::format("and {} before", counted(known.all_writes - static_cast<std::int64_t>(known.writes.size()),
                                                      "write", "writes")));
    }

    void people(const core::device_past& past) {
        if (past.pinned)
            line("An operator has pinned the device: \"contactd pins list\" says since when.");
        if (past.choice && past.choice->by != core::chooser::us)
            line("Last, " + choice_words(*past.choice) + '.');
        if (past.streak)
            line(fmt::format("Contact {} was found in {} in a row, since {}.", past.streak->contact.value,
                             counted(past.streak->sweeps, "sweep", "sweeps"), moment_words(past.streak->since)));
        if (past.people.empty())
            return;
        std::string names;
        for (const auto& one : past.people)
            names +=
                fmt::format("{}{} ({})", names.empty() ? "" : ", ", printable(one.person), moment_words(one.last_seen));
        paragraph("Used by, and last seen give or take a day: " + names);
    }

    void written(const recorded_write& one) {
        const auto called = [](const std::string& name, core::contact_id id) {
            return name.empty() ? fmt::format("contact {}", id.value)
                                : fmt::format("{} (contact {})", printable(name), id.value);
        };
        const auto previous = one.previous ? called(one.previous_name, *one.previous) : std::string("nobody");
        auto outcome = one.outcome ? std::string(core::to_string(*one.outcome)) : std::string("nobody knows yet");
        if (one.why)
            outcome += ", " + std::string(core::to_string(*one.why));
        line(fmt::format("{}  {} in place of {}: {}", moment_words(one.sent), called(one.contact_name, one.contact),
                         previous, outcome));
        line(fmt::format("  {}last user \"{}\"{}, sweep {}{}", ink_.dim, revealed(one.last_user),
                         one.by ? fmt::format(", rule {}", core::to_string(*one.by)) : std::string(),
                         printable(one.sweep), ink_.plain));
        if (!one.error.empty())
            line("  " + printable(one.error));
    }

    void advice(const explained_device& one) {
        if (one.advice.empty())
            return;
        heading("What would change it");
        for (const auto& words : one.advice)
            paragraph("- " + printable(words));
        if (!one.why)
            return;
        for (const auto& who : one.why->fix.contacts)
            if (!who.alias_line.empty())
                line(fmt::format("  alias line for {}: {}",
                                 who.name.empty() ? fmt::format("contact {}", who.id.value) : printable(who.name),
                                 printable(who.alias_line)));
    }

    const palette& ink_;
    std::string text_;
};

} // namespace

std::string explain_text(const explained_device& one, bool coloured) {
    return text_writer(coloured).write(one);
}

std::string explain_text(const recorded_explanation& one, bool coloured) {
    return text_writer(coloured).write(one);
}

std::string choice_text(const std::vector<possible_device>& all) {
    std::string text;
    for (const auto& one : all)
        text += fmt::format(
            "  {}  {}  {}{}{}\n", padded(std::to_string(one.id.value), 12), padded(printable(one.name), 24),
            one.company.empty() ? fmt::format("company {}", one.company_id.value)
                                : fmt::format("{} (company {})", printable(one.company), one.company_id.value),
            one.instance.empty() ? "" : ", instance " + one.instance, one.active ? "" : ", inactive");
    return text;
}

} // namespace contactd
