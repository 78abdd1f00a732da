#include "daemon/explain/advice.hpp"

#include "core/fold.hpp"
#include "core/glob.hpp"
#include "daemon/config/toml_write.hpp"
#include "daemon/explain/held_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace contactd {

namespace {

/// The first of the patterns that matches.
std::optional<std::string> matching(const names& patterns, std::string_view text) {
    const auto folded = core::fold(text);
    for (const auto& one : patterns)
        if (core::glob_list(std::vector{one}).matches(folded))
            return one;
    return std::nullopt;
}

std::string_view login_of(const core::account& who) {
    const std::string_view name = who.name;
    return who.whole_address ? name.substr(0, name.rfind('@')) : name;
}

/// Writes the sentences. Lives for one call.
class adviser {
public:
    adviser(const explained_device& of, const instance_settings& instance, const organization_settings* organization)
        : of_(of), instance_(instance), organization_(organization), match_(match_of(instance, organization)),
          policy_(policy_of(instance, organization)) {}

    std::vector<std::string> run() {
        if (of_.standing != sweep_standing::swept)
            add_company();
        if (!of_.why)
            return std::move(made_);
        if (of_.why->outside)
            add_scope(*of_.why->outside);
        const auto& outcome = of_.why->outcome();
        if (outcome.why)
            add_reason(outcome, *outcome.why);
        if (of_.dry_run && outcome.is_change())
            say("Nothing is written as long as dry_run = true ({}).", policy_.dry_run.origin);
        return std::move(made_);
    }

private:
    template <class... Values>
    void say(fmt::format_string<const Values&...> form, const Values&... values) {
        made_.push_back(fmt::format(form, values...));
    }

    void add_company() {
        switch (of_.standing) {
        case sweep_standing::filtered:
            say("The company is swept once it meets company_filter ({}).", instance_.company_filter.origin);
            return;
        case sweep_standing::inactive:
            say("The company is swept once it is active in Autotask.");
            return;
        case sweep_standing::left_out:
            if (organization_ == nullptr && instance_.companies.value == company_choice::mapped)
                say("Map the company to a client of yours: contactd companies map NAME {}; or set companies = \"all\" "
                    "({}).",
                    of_.rows->company.company.id.value, instance_.companies.origin);
            else
                say("The settings leave the company out: {}; contactd config show --company {} says where.",
                    of_.why_not_swept, of_.rows->company.company.id.value);
            return;
        case sweep_standing::settings_wrong:
            say("Correct the settings of the company; contactd check --online says what is wrong.");
            return;
        case sweep_standing::unreadable:
            say("Correct that contact in Autotask.");
            return;
        case sweep_standing::gone:
        case sweep_standing::swept:
            return;
        }
    }

    void add_scope(core::out_of_scope why) {
        const auto& one = of_.rows->device;
        switch (why) {
        case core::out_of_scope::inactive:
            say("The configuration item is looked at once it is active in Autotask.");
            return;
        case core::out_of_scope::type:
            say("It is looked at once device_types ({}) names its type, which is {}.", match_.device_types.origin,
                one.type ? std::to_string(*one.type) : std::string("none"));
            return;
        case core::out_of_scope::category:
            say("It is looked at once device_categories ({}) names its category, which is {}.",
                match_.device_categories.origin, one.category ? std::to_string(*one.category) : std::string("none"));
            return;
        case core::out_of_scope::no_last_user:
            return; // The fix says it.
        }
    }

    void add_reason(const core::decision& outcome, core::reason why) {
        const auto& hostname = outcome.subject->hostname;
        switch (why) {
        case core::reason::excluded_device:
            if (const auto pattern = matching(match_.exclude_devices.value, hostname))
                say("Take {} out of exclude_devices ({}).", toml_text(*pattern), match_.exclude_devices.origin);
            else
                say("Name it in include_devices ({}): no pattern there matches its hostname.",
                    match_.include_devices.origin);
            return;
        case core::reason::policy_keeps_existing:
            if (policy_.write.value == core::write_policy::fill_empty)
                say("Another contact is set, and write = \"fill-empty\" ({}) keeps it: clear it by hand, or set write "
                    "= "
                    "\"reassign\".",
                    policy_.write.origin);
            else
                say("Another contact is set, and only_fill ({}) says that the rule {} replaces none: clear it by hand, "
                    "or take the rule out of only_fill.",
                    match_.only_fill.origin, core::to_string(*outcome.matched_by));
            return;
        case core::reason::held:
            say("The brake holds the company: {} of {} devices that have a contact would get another. It lets at most "
                "{} % of them pass, or fewer than {} devices (brake_percent {}, brake_minimum {}).",
                of_.why->brake.would_reassign, of_.why->brake.assigned_devices, toml_number(of_.limits.brake_percent),
                of_.limits.brake_minimum, policy_.brake_percent.origin, policy_.brake_minimum.origin);
            break;
        case core::reason::ignored_account:
            if (const auto pattern = matching(match_.ignored_accounts.value, login_of(outcome.who)))
                say("If it is a person after all, take {} out of ignored_accounts ({}).", toml_text(*pattern),
                    match_.ignored_accounts.origin);
            else
                say("The account is on the list that contactd ships; contactd config show prints it.");
            return;
        case core::reason::system_account:
            if (const auto pattern = matching(match_.ignored_authorities.value, outcome.who.authority))
                say("If it is a person after all, take {} out of ignored_authorities ({}).", toml_text(*pattern),
                    match_.ignored_authorities.origin);
            break;
        default:
            break;
        }
        made_.push_back(of_.why->fix.words);
        const bool offers_alias = std::ranges::any_of(
            of_.why->fix.contacts, [](const core::fix_contact& one) { return !one.alias_line.empty(); });
        if (offers_alias && std::ranges::find(match_.rules.value, "alias") == match_.rules.value.end())
            say("For an alias, name \"alias\" first among rules ({}) and set alias_file.", match_.rules.origin);
    }

    const explained_device& of_;
    const instance_settings& instance_;
    const organization_settings* organization_;
    const match_settings& match_;
    const policy_settings& policy_;
    std::vector<std::string> made_;
};

} // namespace

std::vector<std::string> advice_for(const explained_device& of, const instance_settings& instance,
                                    const organization_settings* organization) {
    return adviser(of, instance, organization).run();
}

} // namespace contactd
