#include "daemon/report/sweep_log.hpp"

#include "daemon/printable.hpp"
#include "daemon/report/company_words.hpp"
#include "daemon/report/release_command.hpp"

#include <fmt/format.h>

namespace contactd {

using namespace std::chrono_literals;

namespace {

/// A wait can take hours: it is told again so often.
constexpr auto between_reminders = 15min;

/// Of companies that nobody has to look after, a line each for so many: another filter can let in thousands.
constexpr std::size_t most_told = 50;

std::string shown(const core::tally& counts) {
    std::string text;
    for (int i = 0; i < core::event_count; ++i) {
        const auto event = static_cast<core::event>(i);
        if (counts.of(event) > 0)
            text += fmt::format("{}{} {}", text.empty() ? "" : ", ", counts.of(event), core::to_string(event));
    }
    return text.empty() ? "no devices" : text;
}

std::string_view what_was_read(const finished_instance& instance) {
    if (!instance.remembers)
        return "";
    if (instance.devices_in_part && instance.contacts_in_part)
        return " (read only what was modified)";
    if (instance.devices_in_part)
        return " (of the devices, read only what was modified)";
    return instance.contacts_in_part ? " (of the contacts, read only what was modified)" : " (read everything)";
}

bool is_eventful(const core::tally& counts) {
    using enum core::event;
    return counts.of(assigned) + counts.of(reassigned) + counts.of(would_assign) + counts.of(would_reassign) +
               counts.of(failed) >
           0;
}

} // namespace

void sweep_log::companies_changed(const changed_companies& what) {
    if (what.are_first)
        to_.debug(fmt::format("instance {}: {} known from now on", what.instance,
                              counted(static_cast<std::int64_t>(what.changes.size()), "company is", "companies are")));
    std::size_t told = 0;
    for (const auto& one : what.changes) {
        // That a mapped company is not swept is worth a word, whenever that was noticed first.
        if (what.are_first && !needs_attention(one))
            continue;
        const auto line = fmt::format("instance {}: {}", what.instance, company_words(one, what.only_mapped));
        if (++told > most_told)
            continue;
        if (needs_attention(one))
            to_.warn(line);
        else
            to_.info(line);
    }
    if (told > most_told)
        to_.info(fmt::format("instance {}: and {} more: \"contactd companies refresh\" shows them", what.instance,
                             told - most_told));
}

void sweep_log::company_held(const held_company& company) {
    to_.warn(fmt::format("instance {}: the brake holds {} (company {}): {} of {} devices that have a contact would get "
                         "another; nothing of it is written{}",
                         company.instance, company.company, company.company_id.value, company.counts.would_reassign,
                         company.counts.assigned_devices,
                         release_words(company.is_on_record, company.instance, company.company_id)));
}

void sweep_log::write_found_out(const found_out_write& what) {
    const auto& one = what.outcome;
    const bool failed = one.what == core::event::failed;
    to_.warn(fmt::format(
        "instance {}: contact {} of {} ({}), which the sweep {} wrote without finding out what became of it, {}",
        one.instance, one.contact_id->value, printable(one.device), one.device_id.value, what.sweep,
        failed ? "was not stored" : "was stored"));
}

void sweep_log::company_finished(const finished_company& company) {
    const auto line = fmt::format("instance {}: {} (company {}): {}", company.instance, company.company,
                                  company.company_id.value, shown(company.counts));
    if (is_eventful(company.counts))
        to_.info(line);
    else
        to_.debug(line);
}

void sweep_log::trouble_met(const trouble& what) {
    std::string companies;
    if (!what.companies.empty()) {
        companies = what.companies.size() == 1
                        ? fmt::format("; not swept: {} (company {})", what.companies.front().name,
                                      what.companies.front().id.value)
                        : fmt::format("; not swept: {} companies, from {} (company {}) on", what.companies.size(),
                                      what.companies.front().name, what.companies.front().id.value);
    }
    const auto line = fmt::format("instance {}: {}{}", what.instance, what.message, companies);
    if (what.only_a_warning)
        to_.warn(line);
    else
        to_.error(line);
}

void sweep_log::shortcut_turned(const turned_shortcut& what) {
    if (what.how.believed)
        to_.info(
            fmt::format("instance {}: changes of {} were seen to leave their date of modification; from now on only "
                        "what was modified is read, and everything from time to time",
                        what.instance, what.table));
    else
        to_.warn(
            fmt::format("instance {}: {} of {} left no date of modification, first that of id {}; they are read in "
                        "full again in every sweep, until {} changes in a row have left one",
                        what.instance, counted(what.how.missed, "change", "changes"), what.table, what.how.missed_row,
                        what.how.wanted));
}

void sweep_log::allowance_used_up(const waiting_sweep& what) {
    const auto now = time_.now();
    const auto told = waiting_told_.find(what.instance);
    if (told != waiting_told_.end() && now - told->second < between_reminders)
        return;
    waiting_told_[what.instance] = now;
    const auto& use = what.why.use;
    const auto why = what.why.refused
                         ? std::string("Autotask refuses every request, because the database's hourly limit is reached")
                         : fmt::format("{} of the {} requests that the database may get in an hour are used, and "
                                       "hourly_share = {} allows a sweep up to {}",
                                       grouped(use.used), grouped(use.limit), what.why.share, grouped(use.ceiling));
    const auto estimate = what.left ? about(*what.left) + " are left if others go on as before"
                                    : std::string("for how long, depends on the other programs that use it");
    const auto to_go = what.companies_left > 0 ? counted(what.companies_left, "company", "companies") + " to go; " : "";
    to_.warn(fmt::format("instance {}: waiting: {}; {}{}", what.instance, why, to_go, estimate));
}

void sweep_log::allowance_free_again(const std::string& instance) {
    if (waiting_told_.erase(instance) > 0)
        to_.info(
            fmt::format("instance {}: going on: enough of the database's hourly requests is free again", instance));
}

void sweep_log::instance_finished(const finished_instance& instance) {
    auto requests = counted(instance.final.requests, "request", "requests");
    if (instance.refused_for_slots > 0)
        requests += fmt::format(", {} of them refused for want of a free slot,", instance.refused_for_slots);
    const auto cost = fmt::format("{} in {:.1f} s", requests, static_cast<double>(instance.time.count()) / 1000);
    const auto line = instance.final.companies == 0
                          ? fmt::format("instance {}: nothing was swept; {}", instance.instance, cost)
                          : fmt::format("instance {}: swept {}{}: {}; {}", instance.instance,
                                        counted(instance.final.companies_done, "company", "companies"),
                                        what_was_read(instance), shown(instance.counts), cost);
    to_.info(line);
    if (instance.interrupted)
        to_.warn(fmt::format("instance {}: stopped before its end", instance.instance));
    if (instance.companies_not_reached > 0)
        to_.warn(fmt::format("instance {}: {} not reached; they are tried again", instance.instance,
                             counted(instance.companies_not_reached, "company was", "companies were")));
}

} // namespace contactd
