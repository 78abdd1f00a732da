#include "tests/sim/engine/chronicle.hpp"

#include <array>
#include <string>

namespace simulation {

using sandbox::entity;

namespace {

core::device device_of(const sandbox::table& all, const sandbox::row& row) {
    const auto get = [&](const char* field) { return row.get(all.shape().at(field)); };
    core::device made;
    made.id.value = row.id();
    made.company.value = get("companyID").as_integer();
    if (const auto contact = get("contactID").as_integer(); contact != 0)
        made.contact = core::contact_id{contact};
    if (const auto type = get("configurationItemType").as_integer(); type != 0)
        made.type = type;
    made.hostname = get("rmmDeviceAuditHostname").as_text();
    made.last_user = get("rmmDeviceAuditLastUser").as_text();
    made.active = get("isActive").as_boolean();
    return made;
}

core::contact contact_of(const sandbox::table& all, const sandbox::row& row) {
    const auto get = [&](const char* field) { return row.get(all.shape().at(field)); };
    core::contact made;
    made.id.value = row.id();
    made.company.value = get("companyID").as_integer();
    made.first_name = get("firstName").as_text();
    made.last_name = get("lastName").as_text();
    for (const char* field : {"emailAddress", "emailAddress2", "emailAddress3"})
        made.addresses.emplace_back(get(field).as_text());
    if (const auto field = all.find_user_defined("Login name"))
        made.logins.emplace_back(row.get(*field).as_text());
    made.active = get("isActive").as_integer() == 1;
    return made;
}

company_standing standing_of(const sandbox::table& all, const sandbox::row& row) {
    const auto get = [&](const char* field) { return row.get(all.shape().at(field)); };
    company_standing made;
    made.passes = get("companyType").as_integer() == 1 && get("isActive").as_boolean();
    if (const auto parent = get("parentCompanyID").as_integer(); parent != 0)
        made.parent = core::company_id{parent};
    return made;
}

bool same(const core::device& a, const core::device& b) {
    return a.company == b.company && a.contact == b.contact && a.type == b.type && a.last_user == b.last_user &&
           a.hostname == b.hostname && a.active == b.active;
}

bool same(const std::vector<core::contact>& a, const std::vector<core::contact>& b) {
    return std::ranges::equal(a, b, [](const core::contact& x, const core::contact& y) {
        return x.id == y.id && x.addresses == y.addresses && x.active == y.active && x.first_name == y.first_name &&
               x.last_name == y.last_name && x.logins == y.logins;
    });
}

bool same(const company_standing& a, const company_standing& b) {
    return a == b;
}

template <class State>
void note(history<State>& versions, moment now, State state) {
    if (versions.empty() || !same(versions.back().state, state))
        versions.push_back({now, std::move(state)});
}

} // namespace

void chronicle::look() {
    const auto now = time_.elapsed();
    auto& tenant = world_.tenant();
    const auto& companies = tenant.rows(entity::companies);
    for (const auto& row : companies.rows())
        note(companies_[row.id()], now, standing_of(companies, row));
    const auto& contacts = tenant.rows(entity::contacts);
    std::map<std::int64_t, std::vector<core::contact>> by_company;
    for (const auto& row : contacts.rows()) {
        auto one = contact_of(contacts, row);
        by_company[one.company.value].push_back(std::move(one));
    }
    for (const auto& [company, known] : companies_)
        note(contacts_[company], now, std::move(by_company[company]));
    look_at_devices();
}

void chronicle::look_at_devices() {
    const auto now = time_.elapsed();
    const auto& devices = world_.tenant().rows(entity::configuration_items);
    for (const auto& row : devices.rows())
        note(devices_[row.id()], now, device_of(devices, row));
}

const history<std::vector<core::contact>>& chronicle::contacts(std::int64_t company) const {
    static const history<std::vector<core::contact>> nobody{{moment{0}, {}}};
    const auto found = contacts_.find(company);
    return found == contacts_.end() ? nobody : found->second;
}

core::snapshot chronicle::snapshot_of(std::int64_t company) const {
    core::snapshot made;
    made.company.id.value = company;
    made.company.parent = companies_.at(company).back().state.parent;
    made.contacts = contacts(company).back().state;
    if (made.company.parent)
        made.parent_contacts = contacts(made.company.parent->value).back().state;
    for (const auto& [id, versions] : devices_)
        if (versions.back().state.company.value == company && !versions.back().state.last_user.empty())
            made.devices.push_back(versions.back().state);
    return made;
}

} // namespace simulation
