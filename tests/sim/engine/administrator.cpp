#include "tests/sim/engine/administrator.hpp"

#include "tests/sandbox/model/admin.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

namespace simulation {

using sandbox::entity;

namespace {

const std::array<std::string, 3> instance_names{"main", "branch", "third"};
const std::array<std::string, 2> known_tags{"managed", "berlin"};

/// A login name in small letters, as an alias can name it; else nothing.
std::string login_in(std::string_view last_user) {
    const auto slash = last_user.rfind('\\');
    const auto name = slash == std::string_view::npos ? std::string_view() : last_user.substr(slash + 1);
    const bool is_plain = std::ranges::all_of(
        name, [](char one) { return (one >= 'a' && one <= 'z') || (one >= '0' && one <= '9') || one == '.'; });
    return is_plain ? std::string(name) : std::string();
}

} // namespace

administrator::administrator(std::uint64_t seed, std::vector<sandbox::autotask*> sites)
    : dice_(seed), sites_(std::move(sites)) {
    begin();
}

void administrator::begin() {
    const bool is_plain = sites_.size() == 1 && dice_.per_mille(250); // Every company, by one set of rules.
    wanted_.names_more = !is_plain && dice_.per_mille(600);
    wanted_.everywhere.only_fills = dice_.per_mille(200);
    if (dice_.per_mille(500)) // Only then is it sure what is due in the end.
        wanted_.everywhere.manual = core::manual_changes::never;
    shares_ = !is_plain && dice_.per_mille(150);
    for (std::size_t site = 0; site < sites_.size(); ++site) {
        wanted_instance one;
        one.name = instance_names.at(site);
        one.site = site;
        one.every_company = is_plain || (!(shares_ && site == 0) && dice_.per_mille(350));
        wanted_.instances.push_back(std::move(one));
    }
    if (shares_) {
        wanted_instance one;
        one.name = "second";
        wanted_.instances.push_back(std::move(one));
    }
    if (is_plain)
        return;
    for (auto& one : wanted_.instances)
        if (dice_.per_mille(400))
            (void)change_instance(one);
    for (std::size_t site = 0; site < sites_.size(); ++site)
        enter_clients(site);
}

void administrator::enter_clients(std::size_t site) {
    const auto& companies = sites_[site]->tenant().rows(entity::companies);
    for (const auto& row : companies.rows()) {
        if (dice_.per_mille(150))
            continue;
        wanted_client one;
        one.name = fmt::format("Client {} of {}", row.id(), instance_names.at(site));
        one.instance = shares_ && site == 0 && dice_.per_mille(500) ? "second" : instance_names.at(site);
        one.company = row.id();
        one.enabled = !dice_.per_mille(100);
        one.tags = some_tags(500);
        if (dice_.per_mille(400))
            one.own = some_settings(true);
        add_alias(site, row.id(), one.instance);
        if (dice_.per_mille(100))
            one.company.reset();
        wanted_.clients.push_back(std::move(one));
    }
}

own_settings administrator::some_settings(bool of_a_client) {
    own_settings made;
    if (dice_.per_mille(200))
        made.dry_run = of_a_client && dice_.per_mille(700);
    if (dice_.per_mille(400))
        made.only_fills = dice_.per_mille(500);
    if (dice_.per_mille(200))
        made.manual = static_cast<core::manual_changes>(dice_.below(3));
    if (of_a_client && dice_.per_mille(300))
        made.most_changes = dice_.between(1, 4);
    if (dice_.per_mille(300))
        made.every_type = dice_.per_mille(700);
    if (dice_.per_mille(250)) {
        const auto digit = dice_.below(5);
        made.left_alone = std::vector{std::to_string(digit), std::to_string(digit + 5)};
    }
    if (wanted_.names_more && dice_.per_mille(700))
        choose_rules(made);
    return made;
}

/// Those that are on by default, and some of the others behind or before them.
void administrator::choose_rules(own_settings& into) {
    using enum core::rule;
    std::vector<core::rule> chosen;
    if (dice_.per_mille(300))
        chosen.push_back(alias);
    chosen.insert(chosen.end(), {email, local_part});
    for (const auto one : {login_field, other_email, other_local_part, first_dot_last, firstlast, flast, firstl,
                           parent_email, parent_local_part})
        if (dice_.per_mille(500))
            chosen.push_back(one);
    std::vector<core::rule> filling;
    for (const auto one : chosen)
        if (dice_.per_mille(150))
            filling.push_back(one);
    into.rules = std::move(chosen);
    into.filling_rules = std::move(filling);
}

std::vector<std::string> administrator::some_tags(std::uint64_t per_mille) {
    std::vector<std::string> made;
    for (const auto& one : known_tags)
        if (dice_.per_mille(per_mille))
            made.push_back(one);
    return made;
}

std::int64_t administrator::any_company(std::size_t site) {
    const auto& all = sites_[site]->tenant().rows(entity::companies).rows();
    return all[dice_.below(all.size())].id();
}

std::size_t administrator::site_of(std::string_view instance) const {
    const auto found = std::ranges::find(instance_names, instance);
    return found == instance_names.end() ? 0 : static_cast<std::size_t>(found - instance_names.begin());
}

bool administrator::is_mapped(std::size_t site, std::int64_t company) const {
    return std::ranges::any_of(wanted_.clients, [&](const wanted_client& one) {
        return site_of(one.instance) == site && one.company == company;
    });
}

wanted_client& administrator::any_client() {
    return wanted_.clients[dice_.below(wanted_.clients.size())];
}

wanted_instance& administrator::any_instance() {
    return wanted_.instances[dice_.below(wanted_.instances.size())];
}

/// Somebody's login name stands for anybody of the company.
void administrator::add_alias(std::size_t site, std::int64_t company, const std::string& instance) {
    auto& tenant = sites_[site]->tenant();
    const auto* devices = tenant.rows(entity::configuration_items).of_company(company);
    const auto* contacts = tenant.rows(entity::contacts).of_company(company);
    if (!devices || devices->empty() || !contacts || contacts->empty())
        return;
    const auto device = (*devices)[dice_.below(devices->size())];
    const auto user = sandbox::cell(tenant, entity::configuration_items, device, "rmmDeviceAuditLastUser");
    wanted_alias made{instance, company, login_in(user.as_text()), (*contacts)[dice_.below(contacts->size())]};
    const bool is_known = std::ranges::any_of(wanted_.aliases, [&made](const wanted_alias& one) {
        return one.instance == made.instance && one.company == made.company && one.account == made.account;
    });
    if (!made.account.empty() && !is_known)
        wanted_.aliases.push_back(std::move(made));
}

std::string administrator::change_something() {
    if (wanted_.clients.empty() || dice_.per_mille(150))
        return change_instance(any_instance());
    switch (dice_.below(12)) {
    case 0:
    case 1:
    case 2:
        return map_or_unmap(any_client());
    case 3:
    case 4:
    case 5:
    case 6:
        return change_client(any_client());
    case 7:
        return move_client(any_client());
    case 8:
        return take_out_or_bring_back();
    case 9: {
        auto& one = any_client();
        if (one.company)
            add_alias(site_of(one.instance), *one.company, one.instance);
        return "aliases change";
    }
    default:
        wanted_.everywhere = some_settings(false);
        return "the settings of all change";
    }
}

std::string administrator::map_or_unmap(wanted_client& one) {
    if (one.company && dice_.per_mille(700)) {
        one.company.reset();
        return one.name + " is unmapped";
    }
    const auto site = site_of(one.instance);
    const auto company = any_company(site);
    if (is_mapped(site, company))
        return one.name + " stays as it is";
    one.company = company;
    return fmt::format("{} is mapped to company {}", one.name, company);
}

std::string administrator::change_client(wanted_client& one) {
    switch (dice_.below(4)) {
    case 0:
        one.enabled = !one.enabled;
        return one.name + (one.enabled ? " is enabled" : " is disabled");
    case 1:
        one.tags = some_tags(500);
        return one.name + " gets other tags";
    default:
        one.own = dice_.per_mille(200) ? own_settings{} : some_settings(true);
        return one.name + " gets other settings";
    }
}

/// To the other instance of the same user.
std::string administrator::move_client(wanted_client& one) {
    if (!shares_ || site_of(one.instance) != 0)
        return map_or_unmap(one);
    one.instance = one.instance == "second" ? instance_names.front() : "second";
    return one.name + " belongs to another instance now";
}

std::string administrator::change_instance(wanted_instance& one) {
    const bool is_shared = shares_ && one.site == 0; // Of one user, a company may be swept by one instance only.
    switch (dice_.below(5)) {
    case 0:
        one.every_company = !is_shared && dice_.per_mille(500);
        break;
    case 1:
        one.include_tags = some_tags(300);
        break;
    case 2:
        one.exclude_tags = some_tags(300);
        break;
    case 3:
        one.exclude_companies = dice_.per_mille(500) ? std::vector{any_company(one.site)} : std::vector<std::int64_t>{};
        break;
    default:
        one.own = dice_.per_mille(300) ? own_settings{} : some_settings(false);
        break;
    }
    return "instance " + one.name + " gets other settings";
}

std::string administrator::take_out_or_bring_back() {
    if (!taken_out_.empty()) {
        bring_all_back();
        return "instances are configured again";
    }
    if (wanted_.instances.size() < 2)
        return "nothing changes";
    const auto which = static_cast<std::ptrdiff_t>(dice_.below(wanted_.instances.size()));
    taken_out_.push_back(std::move(wanted_.instances[static_cast<std::size_t>(which)]));
    wanted_.instances.erase(wanted_.instances.begin() + which);
    return "instance " + taken_out_.back().name + " is configured no longer";
}

void administrator::bring_all_back() {
    for (auto& one : taken_out_)
        wanted_.instances.push_back(std::move(one));
    taken_out_.clear();
}

} // namespace simulation
