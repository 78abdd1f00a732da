#include "daemon/plan_file/drift.hpp"

#include "core/address.hpp"
#include "daemon/printable.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <vector>

namespace contactd {
namespace {

using words = std::vector<std::string>;

std::string quoted(std::string_view text) {
    return '"' + printable(text) + '"';
}

void compare_device(const device_outcome& planned, const core::device& now, words& differences) {
    if (!now.active)
        differences.emplace_back("the configuration item is inactive");
    if (now.company != planned.company_id)
        differences.push_back(fmt::format("it belongs to company {} now", now.company.value));
    if (now.contact != planned.previous_contact_id)
        differences.push_back(contact_words(now) + " is set now, and " +
                              (planned.previous_contact_id
                                   ? fmt::format("contact {} was", planned.previous_contact_id->value)
                                   : std::string("none was")));
    if (now.last_user != planned.last_user)
        differences.push_back(now.last_user.empty() ? std::string("there is no last user now")
                                                    : "the last user is " + quoted(now.last_user) + " now");
}

bool has_address(const core::contact& who, const std::string& wanted) {
    const auto address = core::read_address(wanted);
    return !address || std::ranges::any_of(who.addresses, [&address](const std::string& field) {
        const auto one = core::read_address(field);
        return one && one->whole == address->whole;
    });
}

void compare_target(const device_outcome& planned, const present_rows& now, words& differences) {
    const auto name = fmt::format("contact {}", planned.contact_id->value);
    if (now.target == nullptr) {
        differences.push_back(name + " is gone");
        return;
    }
    if (!now.target->active)
        differences.push_back(name + " is inactive");
    if (now.target->company != planned.company_id && now.target->company != now.parent)
        differences.push_back(fmt::format("{} belongs to company {} now", name, now.target->company.value));
    if (!planned.contact_email.empty() && !has_address(*now.target, planned.contact_email))
        differences.push_back(name + " does not have the address " + printable(planned.contact_email) + " any more");
}

std::string joined(const words& all) {
    std::string text;
    for (const auto& one : all)
        text.append(text.empty() ? "" : "; ").append(one);
    return text;
}

} // namespace

change_verdict compare_with_now(const device_outcome& planned, const present_rows& now) {
    if (now.device == nullptr)
        return {change_standing::drifted, "the configuration item is gone"};
    const bool is_there = now.device->active && now.device->company == planned.company_id;
    if (is_there && now.device->contact == planned.contact_id)
        return {change_standing::done_already, {}};
    words differences;
    compare_device(planned, *now.device, differences);
    compare_target(planned, now, differences);
    if (differences.empty())
        return {change_standing::holds, {}};
    return {change_standing::drifted, joined(differences)};
}

std::optional<std::string> why_unwanted(const device_outcome& planned, const core::device& now,
                                        const company_rules& rules, bool even_dry) {
    const bool replaces = planned.what == core::event::would_reassign;
    if (rules.dry_run && !even_dry)
        return "policy.dry_run = true holds for its company";
    if (replaces && rules.policy.write == core::write_policy::fill_empty)
        return "policy.write = \"fill-empty\" keeps a contact that is set";
    if (planned.rule && std::ranges::find(rules.match.ladder, *planned.rule) == rules.match.ladder.end())
        return fmt::format("match.rules does not have {} any more", core::to_string(*planned.rule));
    if (replaces && planned.rule && rules.match.only_fill.has(*planned.rule))
        return fmt::format("match.only_fill has {}, so that it replaces no contact", core::to_string(*planned.rule));
    if (!rules.match.scope.accepts(now))
        return "match.device_types or match.device_categories leave it out";
    if (rules.match.scope.excludes(now))
        return "match.include_devices or match.exclude_devices leave it out";
    return std::nullopt;
}

} // namespace contactd
