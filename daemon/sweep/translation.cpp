#include "daemon/sweep/translation.hpp"

#include "daemon/sweep/trouble.hpp"

#include <algorithm>
#include <set>

namespace contactd {

namespace asio = boost::asio;

namespace {

template <class T>
using prepared = asio::awaitable<std::expected<T, trouble>>;

/// Every `[match]` that holds for a company of the instance.
std::vector<const match_settings*> all_matches(const instance_settings& settings, const client_list& clients) {
    std::vector<const match_settings*> all{&settings.match};
    for (const auto& one : clients.organizations)
        if (one.match)
            all.push_back(&*one.match);
    return all;
}

/// A rule looks there, or the name in it may be that of somebody who has left.
bool uses_login_field(const match_settings& match) {
    return std::ranges::any_of(match.rules.value, [&match](const std::string& name) {
        const auto one = core::parse_rule(name);
        return one && (*one == core::rule::login_field ||
                       (core::may_find_a_namesake(*one) && !match.login_field.value.empty()));
    });
}

bool may_be_label(const autotask::filter_value& value) {
    return std::holds_alternative<std::string>(value);
}

prepared<entity_fields> company_fields(const instance_settings& settings, autotask::reader& reader, thoroughness how) {
    entity_fields made;
    const auto& filter = settings.company_filter.value;
    const auto is_own = [](const autotask::condition& one) { return !one.user_defined; };
    const auto needs_translation = [how, &is_own](const autotask::condition& one) {
        return is_own(one) && (how == thoroughness::of_a_check || std::ranges::any_of(one.values, may_be_label));
    };
    if (std::ranges::any_of(filter, needs_translation)) {
        auto own = co_await reader.fields("Companies");
        if (!own)
            co_return std::unexpected(make_trouble(settings, own.error()));
        made.own = std::move(*own);
    }
    if (!std::ranges::all_of(filter, is_own)) {
        auto user_defined = co_await reader.user_fields("Companies");
        if (!user_defined)
            co_return std::unexpected(make_trouble(settings, user_defined.error()));
        made.user_defined = std::move(*user_defined);
    }
    co_return made;
}

} // namespace

prepared<translation> translate(const instance_settings& settings, const client_list& clients, autotask::reader& reader,
                                thoroughness how) {
    translation made;
    auto of_companies = co_await company_fields(settings, reader, how);
    if (!of_companies)
        co_return std::unexpected(std::move(of_companies.error()));
    auto filter = resolve_filter(settings.company_filter.value, *of_companies);
    if (!filter)
        co_return std::unexpected(make_trouble(settings, std::move(filter.error())));
    made.filter = std::move(*filter);
    for (const auto& one : made.filter)
        made.filter_words.push_back(filter_words(one, *of_companies));

    std::set<names> types;
    std::set<names> categories;
    std::set<std::string> login_fields;
    for (const auto* match : all_matches(settings, clients)) {
        types.insert(match->device_types.value);
        categories.insert(match->device_categories.value);
        if (uses_login_field(*match))
            login_fields.insert(match->login_field.value);
    }
    std::vector<autotask::field_info> of_devices;
    if (std::ranges::any_of(types, needs_labels)) {
        auto fields = co_await reader.fields("ConfigurationItems");
        if (!fields)
            co_return std::unexpected(make_trouble(settings, fields.error()));
        of_devices = std::move(*fields);
    }
    for (const auto& one : types)
        made.types.emplace(one, resolve_device_types(one, of_devices));

    std::vector<autotask::picklist_value> known_categories;
    if (std::ranges::any_of(categories, needs_labels)) {
        auto found = co_await reader.categories();
        if (!found)
            co_return std::unexpected(make_trouble(settings, found.error()));
        known_categories = std::move(*found);
    }
    for (const auto& one : categories)
        made.categories.emplace(one, resolve_device_categories(one, known_categories));

    std::vector<autotask::field_info> of_contacts;
    if (!login_fields.empty()) {
        auto fields = co_await reader.user_fields("Contacts");
        if (!fields)
            co_return std::unexpected(make_trouble(settings, fields.error()));
        of_contacts = std::move(*fields);
    }
    for (const auto& one : login_fields)
        made.login_fields.emplace(one, resolve_login_field(one, of_contacts));
    co_return made;
}

} // namespace contactd
