#include "tests/sim/engine/chronicle.hpp"

#include <array>
#include <string>

namespace simulation {

using sandbox::entity;

namespace {

/// The columns that matter, found once for all rows of a look.
struct device_columns {
    explicit device_columns(const sandbox::table& all)
        : company(all.shape().at("companyID")), contact(all.shape().at("contactID")),
          type(all.shape().at("configurationItemType")), hostname(all.shape().at("rmmDeviceAuditHostname")),
          last_user(all.shape().at("rmmDeviceAuditLastUser")), active(all.shape().at("isActive")) {}

    sandbox::field_index company, contact, type, hostname, last_user, active;
};

bool same(const core::device& known, const sandbox::row& row, const device_columns& at) {
    return known.company.value == row.get(at.company).as_integer() &&
           (known.contact ? known.contact->value : 0) == row.get(at.contact).as_integer() &&
           known.type.value_or(0) == row.get(at.type).as_integer() &&
           known.hostname == row.get(at.hostname).as_text() && known.last_user == row.get(at.last_user).as_text() &&
           known.active == row.get(at.active).as_boolean();
}

core::device device_of(const sandbox::row& row, const device_columns& at) {
    core::device made;
    made.id.value = row.id();
    made.company.value = row.get(at.company).as_integer();
    if (const auto contact = row.get(at.contact).as_integer(); contact != 0)
        made.contact = core::contact_id{contact};
    if (const auto type = row.get(at.type).as_integer(); type != 0)
        made.type = type;
    made.hostname = row.get(at.hostname).as_text();
    made.last_user = row.get(at.last_user).as_text();
    made.active = row.get(at.active).as_boolean();
    return made;
}

struct contact_columns {
    explicit contact_columns(const sandbox::table& all)
        : company(all.shape().at("companyID")), first_name(all.shape().at("firstName")),
          last_name(all.shape().at("lastName")), addresses{all.shape().at("emailAddress"),
                                                           all.shape().at("emailAddress2"),
                                                           all.shape().at("emailAddress3")},
          login(all.find_user_defined("Login name")), active(all.shape().at("isActive")) {}

    sandbox::field_index company, first_name, last_name;
    std::array<sandbox::field_index, 3> addresses;
    std::optional<sandbox::field_index> login;
    sandbox::field_index active;
};

core::contact contact_of(const sandbox::row& row, const contact_columns& at) {
    core::contact made;
    made.id.value = row.id();
    made.company.value = row.get(at.company).as_integer();
    made.first_name = row.get(at.first_name).as_text();
    made.last_name = row.get(at.last_name).as_text();
    made.addresses.reserve(at.addresses.size());
    for (const auto field : at.addresses)
        made.addresses.emplace_back(row.get(field).as_text());
    if (at.login)
        made.logins.emplace_back(row.get(*at.login).as_text());
    made.active = row.get(at.active).as_integer() == 1;
    return made;
}

company_standing standing_of(const sandbox::table& all, const sandbox::row& row) {
    const auto get = [&](const char* field) { return row.get(all.shape().at(field)); };
    company_standing made;
    made.passes = get("companyType").as_integer() == 1 && get("isActive").as_boolean();
    if (const auto parent = get("parentCompanyID"); !parent.is_null()) // The provider's own company has the id 0.
        made.parent = core::company_id{parent.as_integer()};
    return made;
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
    const contact_columns columns(contacts);
    for (const auto& row : contacts.rows()) {
        auto one = contact_of(row, columns);
        by_company[one.company.value].push_back(std::move(one));
    }
    for (const auto& [company, known] : companies_)
        note(contacts_[company], now, std::move(by_company[company]));
    look_at_devices();
}

void chronicle::look_at_devices() {
    const auto now = time_.elapsed();
    const auto& devices = world_.tenant().rows(entity::configuration_items);
    const device_columns columns(devices);
    for (const auto& row : devices.rows()) {
        auto& versions = devices_[row.id()];
        if (versions.empty() || !same(versions.back().state, row, columns))
            versions.push_back({now, device_of(row, columns)});
    }
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
        made.parent_contacts =
            std::make_shared<const std::vector<core::contact>>(contacts(made.company.parent->value).back().state);
    for (const auto& [id, versions] : devices_)
        if (versions.back().state.company.value == company && !versions.back().state.last_user.empty())
            made.devices.push_back(versions.back().state);
    return made;
}

} // namespace simulation
