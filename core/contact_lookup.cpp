#include "core/contact_lookup.hpp"

#include "core/address.hpp"
#include "core/login_field.hpp"
#include "core/name_forms.hpp"

#include <algorithm>

namespace core {
namespace {

bool is_in_ladder(const match_rules& rules, rule one) {
    return std::ranges::find(rules.ladder, one) != rules.ladder.end();
}

} // namespace

contact_lookup::contact_lookup(const people& among, const match_rules& rules)
    : contacts_(among.contacts), aliases_(among.aliases), rules_(rules), addresses_(among.contacts, rules.addresses) {
    for (const auto one : rules.ladder) {
        if ((one == rule::other_email || one == rule::other_local_part) && !other_addresses_)
            other_addresses_.emplace(contacts_, ~rules.addresses);
        if (is_of_parent(one) && !parent_addresses_)
            parent_addresses_.emplace(among.of_parent, rules.addresses);
        auto& table = forms_[static_cast<std::size_t>(one)];
        for (const auto& who : contacts_) {
            if (!who.active)
                continue;
            if (one == rule::login_field && rules.login_column && *rules.login_column < who.logins.size())
                if (auto login = login_in(who.logins[*rules.login_column]); !login.empty())
                    logins_.add(std::move(login), who);
            if (is_name_form(one))
                for (auto& form : name_forms(one, who.first_name, who.last_name))
                    table.add(std::move(form), who);
        }
        table.sort();
    }
    logins_.sort();
    if (any_rule(rules, may_find_a_namesake))
        for (const auto& who : contacts_)
            if (!who.active)
                add_former(who);
    former_.sort();
}

void contact_lookup::add_former(const contact& who) {
    for (const auto& field : who.addresses)
        if (auto read = read_address(field)) {
            former_.add(std::move(read->local_part), who);
            former_.add(std::move(read->whole), who);
        }
    for (const auto& field : who.logins)
        if (auto login = login_in(field); !login.empty())
            former_.add(std::move(login), who);
    for (const auto one : rules_.ladder)
        if (is_name_form(one))
            for (auto& form : name_forms(one, who.first_name, who.last_name))
                former_.add(std::move(form), who);
}

const contact_index* contact_lookup::index_of(rule by) const {
    if (is_of_parent(by))
        return parent_addresses_ ? &*parent_addresses_ : nullptr;
    if (by == rule::other_email || by == rule::other_local_part)
        return other_addresses_ ? &*other_addresses_ : nullptr;
    return &addresses_;
}

std::vector<const contact*> contact_lookup::find_aliased(const account& who, const std::string& folded_name) const {
    std::vector<const contact*> found;
    for (const auto& one : aliases_) {
        if (!one.speaks_of(who, folded_name))
            continue;
        if (!one.contact) {
            std::ranges::copy(addresses_.with_address(one.address), std::back_inserter(found));
            continue;
        }
        for (const auto& each : contacts_)
            if (each.active && each.id == *one.contact)
                found.push_back(&each);
    }
    keep_distinct(found);
    return found;
}

std::vector<const contact*> contact_lookup::find_by_form(rule by, const std::string& folded_name) const {
    std::vector<const contact*> found;
    for (const auto& spelling : comparable_with_name_forms(folded_name))
        std::ranges::copy(forms_[static_cast<std::size_t>(by)].find(spelling), std::back_inserter(found));
    keep_distinct(found);
    return found;
}

std::vector<const contact*> contact_lookup::find(rule by, const account& who, const std::string& folded_name) const {
    auto found = find_active(by, who, folded_name);
    if (found.empty() || !may_find_a_namesake(by))
        return found;
    std::ranges::copy(former_.find(folded_name), std::back_inserter(found));
    for (const auto& spelling : comparable_with_name_forms(folded_name))
        std::ranges::copy(former_.find(spelling), std::back_inserter(found));
    keep_distinct(found);
    return found;
}

std::vector<const contact*> contact_lookup::find_active(rule by, const account& who,
                                                        const std::string& folded_name) const {
    if (!(who.whole_address ? wants_address(by) : wants_login_name(by)))
        return {};
    if (by == rule::alias)
        return find_aliased(who, folded_name);
    if (by == rule::login_field)
        return logins_.find(folded_name);
    if (is_name_form(by))
        return find_by_form(by, folded_name);
    const auto* index = index_of(by);
    if (index == nullptr)
        return {};
    return who.whole_address ? index->with_address(folded_name) : index->with_local_part(folded_name);
}

bool contact_lookup::has_alias(const account& who, const std::string& folded_name) const {
    return std::ranges::any_of(aliases_, [&](const alias& one) { return one.speaks_of(who, folded_name); });
}

bool contact_lookup::has_longer(const std::string& folded_name, std::span<const contact* const> except) const {
    if (addresses_.has_longer_local_part(folded_name, except) || logins_.has_longer(folded_name, except))
        return true;
    if (other_addresses_ && other_addresses_->has_longer_local_part(folded_name, except))
        return true;
    if (parent_addresses_ && is_in_ladder(rules_, rule::parent_local_part) &&
        parent_addresses_->has_longer_local_part(folded_name, except))
        return true;
    for (const auto& spelling : comparable_with_name_forms(folded_name))
        for (const auto& table : forms_)
            if (table.has_longer(spelling, except))
                return true;
    return false;
}

bool contact_lookup::found_by_one_address(rule by, const std::string& folded_name) const {
    if (may_find_a_namesake(by) && !former_.find(folded_name).empty())
        return false;
    if (by == rule::email || by == rule::other_email || by == rule::parent_email)
        return true;
    if (by != rule::local_part && by != rule::other_local_part && by != rule::parent_local_part)
        return false;
    const auto* index = index_of(by);
    return index != nullptr && index->local_part_has_one_address(folded_name);
}

} // namespace core
