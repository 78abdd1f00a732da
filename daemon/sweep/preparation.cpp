#include "daemon/sweep/preparation.hpp"

#include "daemon/sweep/labels.hpp"
#include "daemon/sweep/trouble.hpp"

#include <algorithm>

namespace contactd {

namespace asio = boost::asio;

namespace {

template <class T>
using prepared = asio::awaitable<std::expected<T, trouble>>;

/// The fields of the entity, or none where nothing has to be translated with their help.
prepared<std::vector<autotask::field_info>> fields_if(bool needed, std::string entity,
                                                      const instance_settings& settings, autotask::reader& reader) {
    if (!needed)
        co_return std::vector<autotask::field_info>{};
    auto fields = co_await reader.fields(std::move(entity));
    if (!fields)
        co_return std::unexpected(make_trouble(settings, fields.error()));
    co_return std::move(*fields);
}

prepared<std::vector<autotask::condition>> translate_filter(const instance_settings& settings,
                                                            autotask::reader& reader) {
    const auto& filter = settings.company_filter.value;
    auto fields = co_await fields_if(needs_company_fields(filter), "Companies", settings, reader);
    if (!fields)
        co_return std::unexpected(std::move(fields.error()));
    auto translated = resolve_filter(filter, *fields);
    if (!translated)
        co_return std::unexpected(make_trouble(settings, std::move(translated.error())));
    co_return std::move(*translated);
}

prepared<core::device_types> translate_types(const instance_settings& settings, autotask::reader& reader) {
    const auto& types = settings.match.device_types.value;
    auto fields = co_await fields_if(needs_device_fields(types), "ConfigurationItems", settings, reader);
    if (!fields)
        co_return std::unexpected(std::move(fields.error()));
    auto translated = resolve_device_types(types, *fields);
    if (!translated)
        co_return std::unexpected(make_trouble(settings, std::move(translated.error())));
    co_return std::move(*translated);
}

prepared<translation> translate(const instance_settings& settings, autotask::reader& reader) {
    auto filter = co_await translate_filter(settings, reader);
    if (!filter)
        co_return std::unexpected(std::move(filter.error()));
    auto types = co_await translate_types(settings, reader);
    if (!types)
        co_return std::unexpected(std::move(types.error()));
    translation made;
    made.filter = std::move(*filter);
    made.types = std::move(*types);
    co_return std::move(made);
}

void warn(prepared_sweep& of, const instance_settings& settings, std::string message) {
    auto what = make_trouble(settings, std::move(message));
    what.only_a_warning = true;
    of.troubles.push_back(std::move(what));
}

/// Limits the companies to those that are to be swept.
void choose(prepared_sweep& from, const instance_settings& settings, const selection& chosen, selection_found& found) {
    auto& companies = from.companies;
    const auto& excluded = settings.exclude_companies.value;
    const auto exist = names_in_use(excluded, companies);
    // A slip of the pen here would sweep a company that is to be left alone.
    for (const auto& name : excluded)
        if (!exist.contains(name))
            warn(from, settings, "exclude_companies: no company of the id or name \"" + name + "\" passes the filter");
    remove_named(companies, excluded);
    if (!chosen.companies.empty()) {
        found.companies.merge(names_in_use(chosen.companies, companies));
        keep_named(companies, chosen.companies);
    }
    if (companies.empty() && chosen.companies.empty())
        warn(from, settings, "no active company passes the filter");
}

} // namespace

prepared<prepared_sweep> prepare_sweep(const instance_settings& settings, autotask::session& session,
                                       const selection& chosen, selection_found& found,
                                       std::optional<translation>& labels) {
    if (settings.companies.value == company_choice::mapped)
        co_return std::unexpected(make_trouble(settings, "no company is mapped to an organization, and this version "
                                                         "cannot map them yet; set companies = \"all\""));
    auto opened = co_await session.open();
    if (!opened)
        co_return std::unexpected(make_trouble(settings, opened.error()));
    autotask::reader reader(session);
    if (!labels) {
        auto translated = co_await translate(settings, reader);
        if (!translated)
            co_return std::unexpected(std::move(translated.error()));
        labels = std::move(*translated);
    }
    prepared_sweep ready;
    ready.types = labels->types;
    auto filter = labels->filter;
    auto all = co_await reader.companies(std::move(filter));
    if (!all)
        co_return std::unexpected(make_trouble(settings, all.error()));
    for (auto& bad : all->bad)
        ready.troubles.push_back(make_trouble(settings, "the list of companies holds " + bad.what));
    ready.companies = std::move(all->good);
    std::erase_if(ready.companies, [](const core::company& one) { return !one.active; });
    choose(ready, settings, chosen, found);
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
