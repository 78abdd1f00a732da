#include "tests/support/office.hpp"

#include "tests/sandbox/model/admin.hpp"

#include <boost/json/array.hpp>
#include <utility>

namespace test_support {

using sandbox::entity;

std::map<std::int64_t, std::int64_t> stored_contacts(const sandbox::database& tenant) {
    const auto& devices = tenant.rows(entity::configuration_items);
    std::map<std::int64_t, std::int64_t> stored;
    for (const auto& row : devices.rows())
        stored[row.id()] = row.get(devices.shape().at("contactID")).as_integer();
    return stored;
}

office::office(std::uint64_t seed, std::vector<sandbox::autotask*> worlds, std::function<sandbox::time_point()> now)
    : dice_(seed), worlds_(std::move(worlds)), now_(std::move(now)) {}

void office::people_move(int people) {
    for (int i = 0; i < people; ++i) {
        const auto device = any(entity::configuration_items);
        const auto other = any_of_company(entity::configuration_items, company_of(device));
        const auto user = text(entity::configuration_items, other, "rmmDeviceAuditLastUser");
        for (auto* world : worlds_)
            sandbox::rmm_sync(world->tenant(), world->options(), device, user, now_());
    }
}

void office::something_happens() {
    const auto contact = any(entity::contacts);
    const auto device = any(entity::configuration_items);
    switch (dice_.below(8)) {
    case 0:
        return edit(entity::contacts, contact, {{"isActive", dice_.below(2)}});
    case 1:
        return edit(entity::contacts, contact,
                    {{"emailAddress", "p" + std::to_string(dice_.below(50)) + "@new.example"}});
    case 2: // Somebody else gets the address of a colleague.
        return edit(entity::contacts, contact,
                    {{"emailAddress",
                      text(entity::contacts, any_of_company(entity::contacts, company_of(device)), "emailAddress")}});
    case 3:
        return hire(company_of(device));
    case 4:
        return edit(entity::configuration_items, device, {{"isActive", dice_.below(2) == 1}});
    case 5:
        return edit(entity::configuration_items, device, {{"contactID", nullptr}});
    case 6:
        return edit(entity::configuration_items, device, {{"configurationItemType", 1 + dice_.below(2)}});
    default:
        return edit(entity::companies, company_of(device), {{"isActive", dice_.below(4) != 0}});
    }
}

void office::somebody_is_called_otherwise() {
    const auto device = any(entity::configuration_items);
    const auto company = company_of(device);
    const auto contact = any_of_company(entity::contacts, company);
    const auto user = text(entity::configuration_items, device, "rmmDeviceAuditLastUser");
    const auto name = user.substr(user.rfind('\\') + 1);
    switch (dice_.below(6)) {
    case 0:
        return edit(entity::contacts, contact, {{"emailAddress2", name + "@other.example"}});
    case 1:
        return edit(entity::contacts, contact, {{"emailAddress", nullptr}});
    case 2: {
        boost::json::object field{{"name", "Login name"}, {"value", name}};
        return edit(entity::contacts, contact, {{"userDefinedFields", boost::json::array{std::move(field)}}});
    }
    case 3: { // A firm is bought, or sold.
        const auto other = company_of(any(entity::configuration_items));
        const auto parent = other == company ? boost::json::value() : boost::json::value(other);
        return edit(entity::companies, company, {{"parentCompanyID", parent}});
    }
    case 4: // Somebody has an address of that name at another company.
        return edit(entity::contacts, any(entity::contacts), {{"emailAddress", name + "@group.example"}});
    default: // Married into the house of a colleague.
        return edit(entity::contacts, contact,
                    {{"lastName", text(entity::contacts, any(entity::contacts), "lastName")}});
    }
}

void office::somebody_deletes_a_contact() {
    const auto contact = any(entity::contacts);
    for (auto* world : worlds_)
        world->tenant().rows(entity::contacts).erase(contact);
}

void office::somebody_sets_a_contact() {
    const auto device = any(entity::configuration_items);
    edit(entity::configuration_items, device, {{"contactID", any_of_company(entity::contacts, company_of(device))}});
}

const sandbox::table& office::rows(entity which) const {
    return worlds_.front()->tenant().rows(which);
}

std::int64_t office::any(entity which) {
    const auto& all = rows(which).rows();
    return all[dice_.below(all.size())].id();
}

std::int64_t office::any_of_company(entity which, std::int64_t company) {
    const auto* ids = rows(which).of_company(company);
    return ids && !ids->empty() ? (*ids)[dice_.below(ids->size())] : any(which);
}

std::string office::text(entity which, std::int64_t id, std::string_view field) const {
    return std::string(sandbox::cell(worlds_.front()->tenant(), which, id, field).as_text());
}

std::int64_t office::company_of(std::int64_t device) const {
    return sandbox::cell(worlds_.front()->tenant(), entity::configuration_items, device, "companyID").as_integer();
}

void office::edit(entity which, std::int64_t id, boost::json::object fields) {
    fields["id"] = id;
    put(which, fields);
}

void office::hire(std::int64_t company) {
    put(entity::contacts, {{"companyID", company},
                           {"firstName", "New"},
                           {"lastName", "Colleague"},
                           {"isActive", 1},
                           {"emailAddress", "p" + std::to_string(dice_.below(50)) + "@new.example"}});
}

void office::put(entity which, const boost::json::object& fields) {
    for (auto* world : worlds_) {
        const auto traces = world->options().edit_touches_last_modified ? sandbox::traces::left : sandbox::traces::none;
        (void)sandbox::put_row(world->tenant(), which, fields, now_(), traces).value();
    }
}

} // namespace test_support
