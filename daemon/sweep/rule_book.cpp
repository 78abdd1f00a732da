#include "daemon/sweep/rule_book.hpp"

#include "daemon/config/choices.hpp"
#include "daemon/config/toml_write.hpp"

#include <algorithm>

namespace contactd {

namespace {

/// True when a rule looks at the addresses that email_fields does not name, were it only for somebody who has left, so
/// that all of them are asked for.
bool looks_everywhere(const match_settings& match) {
    return std::ranges::any_of(match.rules.value, [](const std::string& name) {
        const auto one = core::parse_rule(name);
        return one && (*one == core::rule::other_email || *one == core::rule::other_local_part ||
                       core::may_find_a_namesake(*one));
    });
}

/// Organizations of the same rules share them: a text that is the same for the same rules.
std::string fingerprint(const match_settings& match, const policy_settings& policy) {
    std::string made;
    for (const auto* list :
         {&match.rules, &match.only_fill, &match.device_types, &match.device_categories, &match.include_devices,
          &match.exclude_devices, &match.email_fields, &match.ignored_accounts, &match.ignored_authorities})
        made += toml_array(list->value) + '\n';
    made += toml_text(match.login_field.value) + toml_text(match.alias_file.value);
    made += toml_text(write_choices.word_of(policy.write.value)) + (policy.dry_run.value ? "d" : "w");
    made += toml_number(policy.brake_percent.value) + ' ' + std::to_string(policy.brake_minimum.value) + ' ' +
            std::to_string(policy.max_changes.value) + ' ' + std::to_string(policy.stable_sweeps.value) + ' ' +
            std::to_string(policy.stable_for.value.count()) + ' ' + std::to_string(policy.shared_users.value) + ' ' +
            std::to_string(policy.shared_window.value.count());
    made += manual_changes_choices.word_of(policy.manual.value);
    made += shared_devices_choices.word_of(policy.shared.value);
    return made;
}

} // namespace

rule_book::rule_book(const instance_settings& settings, const client_list& clients, const translation& meanings)
    : clients_(clients) {
    for (const auto& [configured, called] : meanings.login_fields)
        if (called && std::ranges::find(login_fields_, *called) == login_fields_.end())
            login_fields_.push_back(*called);
    const auto needs_field = [&settings, &clients](std::string_view field) {
        const auto looks_there = [field](const match_settings& match) {
            return looks_everywhere(match) ||
                   std::ranges::find(match.email_fields.value, field) != match.email_fields.value.end();
        };
        return looks_there(settings.match) ||
               std::ranges::any_of(clients.organizations, [&looks_there](const organization_settings& one) {
                   return one.match && looks_there(*one.match);
               });
    };
    for (const auto field : contact_email_fields)
        if (needs_field(field))
            address_fields_.emplace_back(field);

    of_instance_ = compile(settings.match, settings.policy, meanings);
    if (of_instance_)
        of_instance_->most_changes = 0; // It is the instance's own, for all of its companies.
    std::map<std::string, std::shared_ptr<const compiled>> shared;
    for (const auto& one : clients.organizations) {
        if (!one.match && !one.policy)
            continue;
        const auto& match = one.match ? *one.match : settings.match;
        const auto& policy = one.policy ? *one.policy : settings.policy;
        const bool limits_itself = policy.max_changes.origin != settings.policy.max_changes.origin;
        auto& rules = shared[fingerprint(match, policy) + (limits_itself ? "l" : "")];
        if (!rules) {
            auto made = compile(match, policy, meanings);
            if (made && !limits_itself)
                made->most_changes = 0;
            rules = std::make_shared<const compiled>(std::move(made));
        }
        of_organizations_.emplace(*one.company_id.value, rules);
    }
}

rule_book::compiled rule_book::compile(const match_settings& match, const policy_settings& policy,
                                       const translation& meanings) const {
    company_rules made;
    for (const auto& name : match.rules.value)
        made.match.ladder.push_back(*core::parse_rule(name));
    for (const auto& name : match.only_fill.value)
        made.match.only_fill.add(*core::parse_rule(name));
    made.match.accounts = core::make_account_lists(match.ignored_accounts.value, match.ignored_authorities.value);
    made.match.scope.include = core::glob_list(match.include_devices.value);
    made.match.scope.exclude = core::glob_list(match.exclude_devices.value);
    made.match.addresses.reset();
    for (std::size_t i = 0; i < address_fields_.size(); ++i)
        made.match.addresses.set(i, std::ranges::find(match.email_fields.value, address_fields_[i]) !=
                                        match.email_fields.value.end());
    made.policy.write = policy.write.value;
    made.policy.brake_percent = policy.brake_percent.value;
    made.policy.brake_minimum = policy.brake_minimum.value;
    made.policy.manual = policy.manual.value;
    made.policy.stable_sweeps = policy.stable_sweeps.value;
    made.policy.stable_for = policy.stable_for.value;
    made.policy.skip_shared = policy.shared.value == shared_devices::skip;
    made.policy.shared_users = policy.shared_users.value;
    made.policy.shared_window = policy.shared_window.value;
    made.dry_run = policy.dry_run.value;
    made.most_changes = policy.max_changes.value;

    const auto& types = meanings.types.at(match.device_types.value);
    if (!types)
        return std::unexpected(types.error());
    made.match.scope.types = *types;
    const auto& categories = meanings.categories.at(match.device_categories.value);
    if (!categories)
        return std::unexpected(categories.error());
    made.match.scope.categories = *categories;
    if (core::any_rule(made.match, [](core::rule one) { return one == core::rule::login_field; })) {
        const auto& field = meanings.login_fields.at(match.login_field.value);
        if (!field)
            return std::unexpected(field.error());
        made.match.login_column = login_column(*field);
    }
    if (core::any_rule(made.match, [](core::rule one) { return one == core::rule::alias; }))
        made.alias_file = match.alias_file.value;
    return made;
}

std::size_t rule_book::login_column(const std::string& field) const {
    return static_cast<std::size_t>(std::ranges::find(login_fields_, field) - login_fields_.begin());
}

const rule_book::compiled& rule_book::find(core::company_id company) const {
    const auto found = of_organizations_.find(company);
    return found == of_organizations_.end() ? of_instance_ : *found->second;
}

std::expected<const company_rules*, std::string> rule_book::of(core::company_id company) const {
    const auto& rules = find(company);
    if (!rules)
        return std::unexpected(rules.error());
    return &*rules;
}

std::chrono::seconds rule_book::longest_shared_window() const {
    std::chrono::seconds longest = 2 * core::person_precision; // Whoever was seen lately is not recorded anew.
    const auto count = [&longest](const compiled& rules) {
        if (rules && rules->policy.skip_shared)
            longest = std::max(longest, rules->policy.shared_window);
    };
    count(of_instance_);
    for (const auto& [company, rules] : of_organizations_)
        count(*rules);
    return longest;
}

std::vector<core::alias> rule_book::aliases(core::company_id company) const {
    const auto& rules = find(company);
    const auto* found = rules ? clients_.aliases(rules->alias_file, company) : nullptr;
    return found ? *found : std::vector<core::alias>{};
}

autotask::wanted_rows rule_book::wanted(std::span<const core::company> companies) const {
    autotask::wanted_rows rows;
    rows.address_fields = address_fields_;
    rows.login_fields = login_fields_;
    if (of_instance_)
        rows.types = of_instance_->match.scope.types;
    for (const auto& one : companies) {
        const auto& rules = find(one.id);
        if (!rules)
            continue;
        if (rules->match.scope.types != rows.types && !rows.types.every)
            rows.every_type.insert(one.id);
        rows.categories = rows.categories || !rules->match.scope.categories.every;
        const bool former = core::any_rule(rules->match, core::may_find_a_namesake);
        if (former || core::any_rule(rules->match, core::needs_no_address))
            rows.every_contact.insert(one.id);
        if (former)
            rows.former_contacts.insert(one.id);
    }
    return rows;
}

std::vector<rule_book::kind_group> rule_book::by_kind(std::span<const core::company> companies) const {
    std::vector<kind_group> groups;
    for (const auto& one : companies) {
        const auto& rules = find(one.id);
        if (!rules)
            continue;
        const auto& scope = rules->match.scope;
        const auto same = std::ranges::find_if(groups, [&scope](const kind_group& group) {
            return group.types == scope.types && group.categories == scope.categories;
        });
        if (same != groups.end())
            same->companies.push_back(one.id);
        else
            groups.push_back({scope.types, scope.categories, {one.id}});
    }
    return groups;
}

} // namespace contactd
