#include "daemon/sweep/preparation.hpp"

#include "daemon/sweep/swept_companies.hpp"
#include "daemon/sweep/trouble.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace contactd {

namespace asio = boost::asio;

namespace {

template <class T>
using prepared = asio::awaitable<std::expected<T, trouble>>;

void warn(prepared_sweep& of, const instance_settings& settings, std::string message) {
    auto what = make_trouble(settings, std::move(message));
    what.only_a_warning = true;
    of.troubles.push_back(std::move(what));
}

/// Limits the companies to those that are to be swept.
void choose(prepared_sweep& from, const instance_settings& settings, const client_list& clients,
            const selection& chosen, selection_found& found) {
    // A slip of the pen here would sweep a company that is to be left alone.
    for (const auto& name : names_of_nothing(settings.exclude_companies.value, from.all, clients))
        warn(from, settings, "exclude_companies: no company of the id or name \"" + name + "\" passes the filter");
    from.companies = swept_companies(from.all, settings, clients);
    const bool none = from.companies.empty();
    if (!chosen.companies.empty()) {
        const auto names = names_of_companies(chosen.companies, clients);
        for (const auto& [given, meant] : names)
            if (!names_in_use({meant}, from.companies).empty())
                found.companies.insert(given);
        for (const auto& [given, meant] : names)
            for (const auto& one : from.all)
                if (const auto why = is_named(one, {meant}) ? why_left_out(one, settings, clients) : std::nullopt)
                    found.left_out[given] =
                        "company " + std::to_string(one.id.value) + " " + one.name + " is not swept: " + to_words(*why);
        std::vector<std::string> meant;
        for (const auto& [given, name] : names)
            meant.push_back(name);
        keep_named(from.companies, meant);
    }
    if (none)
        warn(from, settings, from.all.empty() ? "no active company passes the filter" : nothing_to_sweep(settings));
}

/// A company whose settings mean nothing here is left out, and the others go on. What is wrong with many is said once;
/// where nothing else is left it is what ends the sweep.
std::expected<void, trouble> apply_rules(prepared_sweep& to, const instance_settings& settings) {
    std::vector<core::company> good;
    std::map<std::string, trouble> wrong;
    for (auto& one : to.companies) {
        const auto rules = to.rules->of(one.id);
        if (!rules) {
            auto& what = wrong.try_emplace(rules.error(), make_trouble(settings, rules.error())).first->second;
            what.companies.push_back(std::move(one));
            continue;
        }
        if (!core::any_rule((*rules)->match, core::is_of_parent))
            one.parent.reset();
        good.push_back(std::move(one));
    }
    to.companies = std::move(good);
    if (to.companies.empty() && wrong.size() == 1) {
        auto& what = wrong.begin()->second;
        what.companies.clear();
        return std::unexpected(std::move(what));
    }
    for (auto& [words, what] : wrong)
        to.troubles.push_back(std::move(what));
    return {};
}

} // namespace

prepared<prepared_sweep> prepare_sweep(const instance_settings& settings, const client_list& clients,
                                       autotask::session& session, const selection& chosen, selection_found& found,
                                       std::optional<translation>& labels) {
    auto opened = co_await session.open();
    if (!opened)
        co_return std::unexpected(make_trouble(settings, opened.error()));
    autotask::reader reader(session);
    if (!labels) {
        auto translated = co_await translate(settings, clients, reader, thoroughness::of_a_sweep);
        if (!translated)
            co_return std::unexpected(std::move(translated.error()));
        labels = std::move(*translated);
    }
    prepared_sweep ready;
    ready.rules = std::make_unique<rule_book>(settings, clients, *labels);
    auto filter = labels->filter;
    auto all = co_await reader.companies(std::move(filter));
    if (!all)
        co_return std::unexpected(make_trouble(settings, all.error()));
    for (auto& bad : all->bad)
        ready.troubles.push_back(make_trouble(settings, "the list of companies holds " + bad.what));
    ready.all = std::move(all->good);
    std::erase_if(ready.all, [](const core::company& one) { return !one.active; });
    choose(ready, settings, clients, chosen, found);
    if (auto usable = apply_rules(ready, settings); !usable)
        co_return std::unexpected(std::move(usable.error()));
    if (chosen.device) {
        auto company = co_await reader.company_of(*chosen.device);
        if (!company)
            co_return std::unexpected(make_trouble(settings, company.error()));
        // A device that is not here may be in another instance; whoever asked says when none has it.
        std::erase_if(ready.companies, [&company](const core::company& one) { return one.id != *company; });
    }
    co_return ready;
}

} // namespace contactd
