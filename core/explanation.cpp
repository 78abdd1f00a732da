#include "core/explanation.hpp"

#include "core/address.hpp"
#include "core/fold.hpp"
#include "core/login_field.hpp"
#include "core/name_forms.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>

namespace core {
namespace {

std::optional<out_of_scope> why_outside(const device& one, const device_scope& scope) {
    if (!one.active)
        return out_of_scope::inactive;
    if (!scope.types.accept(one))
        return out_of_scope::type;
    if (!scope.categories.accept(one))
        return out_of_scope::category;
    if (!one.has_last_user)
        return out_of_scope::no_last_user;
    return std::nullopt;
}

std::string equal_address(const contact& who, std::string_view folded) {
    for (const auto& field : who.addresses)
        if (const auto read = read_address(field); read && (read->whole == folded || read->local_part == folded))
            return std::string(trim_blanks(field));
    return {};
}

std::string equal_login(const contact& who, std::string_view folded) {
    for (const auto& field : who.logins)
        if (login_in(field) == folded)
            return std::string(trim_blanks(field));
    return {};
}

std::string equal_form(const contact& who, std::string_view folded, std::span<const rule> ladder) {
    const auto accounts = comparable_with_name_forms(folded);
    for (const auto by : ladder)
        for (const auto& form : name_forms(by, who.first_name, who.last_name))
            if (std::ranges::find(accounts, form) != accounts.end())
                return form;
    return {};
}

/// The text of the contact that is equal to the account. Somebody who has left may come along with a rule that finds
/// others in another way.
std::string equal_text(const contact& who, rule by, std::string_view folded, const match_rules& rules) {
    if (by == rule::alias)
        return {};
    auto text = is_name_form(by)          ? equal_form(who, folded, std::array{by})
                : by == rule::login_field ? equal_login(who, folded)
                                          : equal_address(who, folded);
    if (text.empty())
        text = equal_address(who, folded);
    if (text.empty())
        text = equal_login(who, folded);
    return text.empty() ? equal_form(who, folded, rules.ladder) : text;
}

/// What the decision says of the rules: it was made by going down the ladder until one of them was sure.
std::vector<rule_step> steps_of(const decision& made, const match_rules& rules) {
    std::vector<rule_step> steps;
    const auto folded = fold(made.who.name);
    bool decided = false;
    for (const auto by : rules.ladder) {
        auto& step = steps.emplace_back(rule_step{by, rule_answer::nobody, {}});
        if (decided)
            step.what = rule_answer::not_asked;
        else if (made.matched_by == by) {
            decided = true;
            step.what = made.found.empty() ? rule_answer::alias_is_gone : rule_answer::found;
            for (const auto* who : made.found)
                step.found.push_back({who, equal_text(*who, by, folded, rules)});
        } else if (!(made.who.whole_address ? wants_address(by) : wants_login_name(by)))
            step.what = rule_answer::other_form;
    }
    return steps;
}

void add_elsewhere(explanation& to, std::span<const contact> elsewhere) {
    const auto folded = fold(to.matched.who.name);
    for (const auto& who : elsewhere) {
        const bool is_known =
            std::ranges::any_of(to.matched.found, [&who](const contact* candidate) { return candidate->id == who.id; });
        if (auto through = equal_address(who, folded); !is_known && !through.empty())
            to.near_misses.push_back({&who, near_miss_kind::other_company, std::move(through)});
    }
}

} // namespace

std::string_view to_string(rule_answer what) {
    static constexpr std::array<std::string_view, rule_answer_count> names{"found", "nobody", "other_form",
                                                                           "alias_is_gone", "not_asked"};
    return names[static_cast<std::size_t>(what)];
}

std::string_view to_string(out_of_scope why) {
    static constexpr std::array<std::string_view, out_of_scope_count> names{"inactive_device", "device_type",
                                                                            "device_category", "no_last_user"};
    return names[static_cast<std::size_t>(why)];
}

explanation explain_device(const snapshot& company, const match_rules& rules, const policy& limits,
                           const device& subject, const bystanders& others, const retrospect& past) {
    explanation made;
    const auto read = std::ranges::find(company.devices, subject.id, &device::id);
    made.subject = read == company.devices.end() ? &subject : &*read;
    made.outside = why_outside(*made.subject, rules.scope);
    made.reading = read_account(made.subject->last_user, made.subject->hostname, rules.accounts, &made.steps);

    const contact_lookup contacts(company, rules);
    made.matched = decide(*made.subject, contacts);
    if (!made.reading.skip && made.matched.why != reason::excluded_device)
        made.ladder = steps_of(made.matched, rules);

    auto plan = make_plan(company, rules, limits, past);
    made.brake = plan.brake;
    made.held = plan.held;
    const auto planned = std::ranges::find(plan.decisions, made.subject, &decision::subject);
    if (planned != plan.decisions.end() && !made.outside)
        made.decided = std::move(*planned);

    const fix_finder fixes(company.company.id, company.contacts, others.of_company);
    made.fix = fixes.find(made.outcome());
    const bool is_settled = made.matched.what == event::in_sync;
    if (!made.ladder.empty() && !is_settled) {
        made.near_misses = fixes.near().find(made.matched.who, made.matched.found);
        add_elsewhere(made, others.elsewhere);
    }
    return made;
}

} // namespace core
