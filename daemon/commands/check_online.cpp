#include "daemon/commands/check_online.hpp"

#include "autotask/reader.hpp"
#include "autotask/spawn.hpp"
#include "daemon/commands/one_shot.hpp"
#include "daemon/organizations/organization_name.hpp"
#include "daemon/organizations/proposal.hpp"
#include "daemon/printable.hpp"
#include "daemon/sweep/labels.hpp"
#include "daemon/sweep/swept_companies.hpp"
#include "daemon/sweep/translation.hpp"
#include "daemon/sweep/trouble.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iostream>
#include <unordered_map>

namespace contactd {

namespace asio = boost::asio;

namespace {

/// Asks one instance everything a sweep depends on. One request after the other, and none after a refusal.
class instance_check {
public:
    instance_check(instance& subject, autotask::session& session)
        : subject_(subject), session_(session), reader_(session) {}

    asio::awaitable<bool> run() {
        std::cout << "instance " << subject_.settings.name.value << '\n';
        auto opened = co_await session_.open();
        if (!opened)
            co_return failed("zone", opened.error());
        const auto& zone = session_.zone();
        say("zone", zone.url.text() + (zone.name.empty() ? "" : " (" + printable(zone.name) + ")"));

        auto usage = co_await reader_.threshold();
        if (!usage)
            co_return failed(usage.error().kind == autotask::error_kind::auth ? "credentials" : "API usage",
                             usage.error());
        say("credentials", "accepted for " + subject_.settings.username.value);
        say("API usage", fmt::format("{} of {} requests in the last {} minutes, by all integrations together",
                                     grouped(usage->used), grouped(usage->limit), usage->window_minutes));

        bool good = true;
        for (const auto* entity : {"Companies", "Contacts", "ConfigurationItems"}) {
            auto readable = co_await reader_.probe(entity);
            if (!readable)
                good = failed(std::string("read ") + entity, readable.error());
            else
                say(std::string("read ") + entity, "allowed");
        }
        auto writable = co_await reader_.may_update_devices();
        if (!writable)
            good = failed("write ConfigurationItems", writable.error());
        else if (!*writable)
            good = complain("write ConfigurationItems",
                            "not allowed: give the API user's security level the right to edit "
                            "configuration items");
        else
            say("write ConfigurationItems", "allowed");
        const bool understood = co_await check_names();
        co_return good&& understood;
    }

private:
    /// The names in the configuration: what they mean here, and which companies are swept because of them.
    asio::awaitable<bool> check_names() {
        const auto names = co_await translate(subject_.settings, subject_.clients, reader_, thoroughness::of_a_check);
        if (!names)
            co_return complain("settings", names.error().message);
        bool good = true;
        for (const auto& words : names->filter_words)
            if (words.contains(no_such_number))
                good = complain("company filter", words);
            else
                say("company filter", printable(words));
        auto all = co_await reader_.companies(names->filter);
        if (!all)
            co_return failed("company filter", all.error());
        say("company filter",
            counted(static_cast<std::int64_t>(all->good.size()), "active company passes", "active companies pass"));
        if (all->good.empty())
            good = complain("company filter", "no company passes: several conditions must all hold; for one of several "
                                              "values use \"in\"");
        good = check_swept(all->good) && good;
        check_doubts(all->good);
        good = check_excluded(all->good) && good;
        const bool mapped = co_await check_organizations(all->good);
        const bool devices = co_await check_devices(*names);
        co_return good&& mapped&& devices&& check_login_fields(*names);
    }

    bool check_swept(const std::vector<core::company>& all) {
        const auto swept = swept_companies(all, subject_.settings, subject_.clients);
        std::int64_t unmapped = 0;
        for (const auto& one : all)
            unmapped += subject_.clients.of(one.id) == nullptr ? 1 : 0;
        auto words = counted(static_cast<std::int64_t>(swept.size()), "company is", "companies are") + " swept";
        if (unmapped > 0 && subject_.settings.companies.value == company_choice::mapped)
            words += fmt::format("; {} mapped to no organization", counted(unmapped, "company is", "companies are"));
        if (!swept.empty() || all.empty())
            say("companies", words);
        return !swept.empty() || all.empty() || complain("companies", nothing_to_sweep(subject_.settings));
    }

    /// Whoever mapped it may have had a reason.
    void check_doubts(const std::vector<core::company>& all) {
        config only_these;
        only_these.organizations = subject_.clients.organizations;
        const offered_companies offered{subject_.settings.name.value, all};
        for (const auto& one : doubtful_mappings(only_these, {}, std::span(&offered, 1)))
            say("organization", "WARNING: " + doubt_words(one));
    }

    bool check_excluded(const std::vector<core::company>& all) {
        bool good = true;
        for (const auto& name : names_of_nothing(subject_.settings.exclude_companies.value, all, subject_.clients))
            good = complain("exclude_companies", "no company of the id or name \"" + name + "\" passes the filter");
        return good;
    }

    /// Mapped companies that are not swept, because they do not exist, are inactive or do not pass the filter.
    asio::awaitable<bool> check_organizations(const std::vector<core::company>& all) {
        const auto& organizations = subject_.clients.organizations;
        std::unordered_map<core::company_id, const core::company*> passing;
        for (const auto& one : all)
            passing.emplace(one.id, &one);
        std::vector<core::company_id> missing;
        for (const auto& one : organizations) {
            const auto found = passing.find(*one.company_id.value);
            if (found == passing.end())
                missing.push_back(*one.company_id.value);
            else if (!one.company.value.empty() && one.company.value != tidy_name(found->second->name))
                say("organization",
                    fmt::format("{}: company {} is now called {}, not {}", printable(one.name.value),
                                found->first.value, printable(found->second->name), printable(one.company.value)));
        }
        if (!organizations.empty())
            say("organizations", fmt::format("{} of {} mapped companies pass the filter",
                                             organizations.size() - missing.size(), organizations.size()));
        bool good = true;
        const auto asked = missing;
        const auto now = co_await reader_.companies_now(std::move(missing));
        if (!now)
            co_return failed("organizations", now.error());
        for (const auto id : asked)
            good = check_missing(id, now->good) && good;
        co_return good;
    }

    /// Of a company that does not exist somebody has mistyped the id.
    bool check_missing(core::company_id id, const std::vector<core::company>& now) {
        const auto& organization = *subject_.clients.of(id);
        const auto found = std::ranges::find(now, id, &core::company::id);
        const auto begin = fmt::format("{} ({}): company {} ", printable(organization.name.value),
                                       organization.company_id.origin, id.value);
        if (found == now.end())
            return complain("organization", begin + "does not exist");
        const auto name = printable(found->name);
        say("organization",
            begin + (found->active ? fmt::format("({}) does not pass company_filter, so it is not swept", name)
                                   : fmt::format("({}) is inactive, so it is not swept", name)));
        return true;
    }

    asio::awaitable<bool> check_devices(const translation& names) {
        std::vector<autotask::field_info> fields;
        const auto is_named = [](const auto& types) { return !types.first.empty() && types.first.front() != "*"; };
        if (std::ranges::any_of(names.types, is_named)) {
            auto found = co_await reader_.fields("ConfigurationItems");
            if (!found)
                co_return failed("device types", found.error());
            fields = std::move(*found);
        }
        bool good = true;
        for (const auto& [configured, types] : names.types)
            good = (types ? check_types(*types, fields)
                          : complain("device types",
                                     types.error() + used_by(configured, &match_settings::device_types))) &&
                   good;
        for (const auto& [configured, categories] : names.categories)
            if (!categories)
                good = complain("device categories",
                                categories.error() + used_by(configured, &match_settings::device_categories));
            else if (!categories->every)
                say("device categories", words_of(configured));
        co_return good;
    }

    /// The organization whose setting it is, where it is not the instance's.
    std::string used_by(const contactd::names& configured, setting<contactd::names> match_settings::*of) const {
        if ((subject_.settings.match.*of).value == configured)
            return {};
        for (const auto& one : subject_.clients.organizations)
            if (one.match && ((*one.match).*of).value == configured)
                return " (organization " + printable(one.name.value) + ", " + ((*one.match).*of).origin + ")";
        return {};
    }

    static std::string words_of(const contactd::names& configured) {
        std::string words;
        for (const auto& one : configured)
            words += (words.empty() ? "" : ", ") + printable(one);
        return words;
    }

    static bool check_types(const core::device_types& types, const std::vector<autotask::field_info>& fields) {
        std::string shown = types.every ? "every device" : "";
        const auto* field = autotask::find_field(fields, "configurationItemType");
        for (const auto number : types.values) {
            std::string label;
            if (field)
                for (const auto& one : field->values)
                    if (one.value == std::to_string(number))
                        label = one.label;
            if (label.empty() && field && !field->values.empty())
                return complain("device types", std::to_string(number) + " is no value of configurationItemType");
            shown += fmt::format("{}{} ({})", shown.empty() ? "" : ", ", number, printable(label));
        }
        if (types.untyped)
            shown += shown.empty() ? "those without a type" : ", and those without a type";
        say("device types", shown);
        return true;
    }

    static bool check_login_fields(const translation& names) {
        bool good = true;
        for (const auto& [configured, field] : names.login_fields)
            if (field)
                say("login field", printable(*field));
            else
                good = complain("login field", field.error());
        return good;
    }

    static void say(const std::string& what, const std::string& finding) {
        std::cout << "  " << padded(what, 26) << finding << '\n';
    }

    static bool complain(const std::string& what, const std::string& finding) {
        say(what, "FAILED: " + printable(finding));
        return false;
    }

    bool failed(const std::string& what, const autotask::error& failure) {
        const bool refused = failure.kind == autotask::error_kind::auth;
        return complain(what, refused ? refusal(subject_.settings, failure) : failure.message());
    }

    instance& subject_;
    autotask::session& session_;
    autotask::reader reader_;
};

} // namespace

exit_status check_online(const command_context& context) {
    one_shot once(context);
    if (auto ready = once.prepare(); !ready)
        return ready.error();
    return once.check_each([](instance& subject, autotask::session& session) -> asio::awaitable<bool> {
        instance_check check(subject, session);
        co_return co_await check.run();
    });
}

} // namespace contactd
