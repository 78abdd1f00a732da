#include "tests/sim/engine/mandate.hpp"

#include <algorithm>

namespace simulation {

namespace {

template <class List, class T>
bool has(const List& all, const T& one) {
    return std::ranges::find(all, one) != all.end();
}

bool share_a_tag(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return std::ranges::any_of(a, [&b](const std::string& tag) { return has(b, tag); });
}

bool is_to_be_swept(const wanted_instance& instance, const wanted_client* client, std::int64_t company) {
    if (has(instance.exclude_companies, company))
        return false;
    if (!client)
        return instance.every_company && instance.include_tags.empty();
    if (!client->enabled || share_a_tag(client->tags, instance.exclude_tags))
        return false;
    return instance.include_tags.empty() || share_a_tag(client->tags, instance.include_tags);
}

template <class T>
void take(const std::optional<T>& from, T& into) {
    if (from)
        into = *from;
}

/// The inner one wins, key by key.
void put_over(terms& made, const own_settings& own) {
    take(own.dry_run, made.dry_run);
    take(own.only_fills, made.only_fills);
    take(own.manual, made.manual);
    take(own.most_changes, made.most_changes);
    take(own.every_type, made.every_type);
    take(own.left_alone, made.left_alone);
    take(own.rules, made.rules);
    take(own.filling_rules, made.filling_rules);
}

/// What is asked for of every contact, because these rules look at it.
void add_needs(terms& made, const std::optional<std::vector<core::rule>>& rules) {
    if (!rules)
        return;
    const bool looks_for_former = std::ranges::any_of(*rules, core::may_find_a_namesake);
    made.reads_logins = made.reads_logins || looks_for_former || has(*rules, core::rule::login_field);
    made.reads_other_addresses = made.reads_other_addresses || looks_for_former ||
                                 has(*rules, core::rule::other_email) || has(*rules, core::rule::other_local_part);
}

} // namespace

std::optional<terms> terms_of(const mandate& wanted, const std::string& instance, std::int64_t company) {
    const auto its = std::ranges::find(wanted.instances, instance, &wanted_instance::name);
    if (its == wanted.instances.end())
        return std::nullopt;
    const wanted_client* client = nullptr;
    terms made;
    add_needs(made, its->own.rules ? its->own.rules : wanted.everywhere.rules);
    for (const auto& one : wanted.clients) {
        if (one.instance != instance || !one.company)
            continue;
        if (*one.company == company)
            client = &one;
        add_needs(made, one.own.rules);
    }
    if (!is_to_be_swept(*its, client, company))
        return std::nullopt;
    put_over(made, wanted.everywhere);
    put_over(made, its->own);
    made.most_changes = 0;
    if (client)
        put_over(made, client->own);
    for (const auto& one : wanted.aliases)
        if (one.instance == instance && one.company == company) {
            core::alias alias;
            alias.name = one.account;
            alias.contact = core::contact_id{one.contact};
            made.aliases.push_back(std::move(alias));
        }
    return made;
}

} // namespace simulation
