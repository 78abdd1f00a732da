#include "autotask/row_queries.hpp"

#include <cstdint>
#include <set>
#include <unordered_set>
#include <utility>

namespace autotask {
namespace {

/// One of the conditions must hold; a single one needs no group.
void add_one_of(query& to, any_of conditions) {
    if (conditions.size() == 1)
        to.where.emplace_back(std::move(conditions.front()));
    else
        to.where.emplace_back(std::move(conditions));
}

std::vector<core::company_id> common(const std::vector<core::company_id>& of,
                                     const std::unordered_set<core::company_id>& some) {
    std::vector<core::company_id> found;
    for (const auto id : of)
        if (some.contains(id))
            found.push_back(id);
    return found;
}

query active_devices(const std::vector<core::company_id>& of) {
    query what;
    what.where.push_back(is_one_of("companyID", values_of(of)));
    what.where.push_back(equals("isActive", true));
    return what;
}

/// Conditions of which one holds for devices of these types or categories, or for those that have none.
any_of of_kinds(std::string_view field, const std::set<std::int64_t>& values, bool also_none) {
    any_of meant;
    if (!values.empty())
        meant.push_back(is_one_of(field, std::vector<filter_value>(values.begin(), values.end())));
    if (also_none)
        meant.push_back(exists_not(field));
    return meant;
}

/// Active contacts of these companies, and inactive ones of those of them that are `former`.
query active_contacts(const std::vector<core::company_id>& of, const std::vector<core::company_id>& former) {
    query what;
    what.where.push_back(is_one_of("companyID", values_of(of)));
    if (!of.empty() && former.size() == of.size())
        return what;
    any_of meant;
    meant.push_back(equals("isActive", std::int64_t{1})); // Of contacts the field is a number.
    if (!former.empty())
        meant.push_back(is_one_of("companyID", values_of(former)));
    add_one_of(what, std::move(meant));
    return what;
}

} // namespace

condition any_id() {
    condition anything;
    anything.field = "id";
    anything.op = filter_op::gte;
    anything.values.emplace_back(std::int64_t{0}); // The lowest id.
    return anything;
}

query active_companies(std::vector<condition> filter) {
    query what;
    what.where.push_back(equals("isActive", true));
    for (auto& one : filter)
        what.where.push_back(std::move(one));
    return what;
}

query devices_in_scope(const std::vector<core::company_id>& of, const wanted_rows& wanted) {
    auto what = active_devices(of);
    const auto every_type = common(of, wanted.every_type);
    if (!wanted.types.every && every_type.size() != of.size()) {
        auto meant = of_kinds("configurationItemType", wanted.types.values, wanted.types.untyped);
        if (!every_type.empty())
            meant.push_back(is_one_of("companyID", values_of(every_type)));
        add_one_of(what, std::move(meant));
    }
    what.where.push_back(exists("rmmDeviceAuditLastUser"));
    return what;
}

query devices_without_last_user(const std::vector<core::company_id>& of, const core::device_types& types,
                                const core::device_categories& categories) {
    auto what = active_devices(of);
    if (!types.every)
        add_one_of(what, of_kinds("configurationItemType", types.values, types.untyped));
    if (!categories.every)
        add_one_of(what, of_kinds("configurationItemCategoryID", categories.values, categories.uncategorised));
    what.where.push_back(exists_not("rmmDeviceAuditLastUser"));
    return what;
}

query contacts_in_scope(const std::vector<core::company_id>& of, const wanted_rows& wanted) {
    auto what = active_contacts(of, common(of, wanted.former_contacts));
    const auto every_contact = common(of, wanted.every_contact);
    if (every_contact.size() == of.size())
        return what;
    any_of meant;
    for (const auto& field : wanted.address_fields)
        meant.push_back(exists(field));
    if (!every_contact.empty())
        meant.push_back(is_one_of("companyID", values_of(every_contact)));
    add_one_of(what, std::move(meant));
    return what;
}

query contacts_with_text(const std::vector<core::company_id>& of, const std::vector<std::string>& fields,
                         const std::vector<std::string>& texts) {
    auto what = active_contacts(of, {});
    any_of somewhere;
    for (const auto& field : fields)
        for (const auto& text : texts)
            somewhere.push_back(contains(field, text));
    add_one_of(what, std::move(somewhere));
    return what;
}

query devices_of_name(std::optional<core::device_id> id, const std::string& name) {
    query what;
    any_of meant;
    if (id)
        meant.push_back(equals("id", id->value));
    meant.push_back(equals("rmmDeviceAuditHostname", name));
    meant.push_back(equals("referenceTitle", name));
    what.where.emplace_back(std::move(meant));
    return what;
}

query contacts_out_of_scope(core::company_id of, const wanted_rows& wanted) {
    query what;
    what.where.push_back(equals("companyID", of.value));
    any_of meant;
    meant.push_back(equals("isActive", std::int64_t{0})); // Of contacts the field is a number.
    for (const auto& field : wanted.address_fields)
        meant.push_back(exists_not(field));
    add_one_of(what, std::move(meant));
    return what;
}

query contacts_of_others(core::company_id than, const std::vector<std::string>& fields, const std::string& text) {
    query what;
    condition elsewhere;
    elsewhere.field = "companyID";
    elsewhere.op = filter_op::noteq;
    elsewhere.values.emplace_back(than.value);
    what.where.emplace_back(std::move(elsewhere));
    what.where.push_back(equals("isActive", std::int64_t{1}));
    any_of somewhere;
    for (const auto& field : fields)
        somewhere.push_back(begins_with(field, text));
    add_one_of(what, std::move(somewhere));
    return what;
}

query modified(const std::vector<core::company_id>& of, std::string_view field, core::wall_time since) {
    query what;
    if (!of.empty())
        what.where.push_back(is_one_of("companyID", values_of(of)));
    what.where.push_back(is_not_before(field, since));
    what.expendable = true;
    return what;
}

} // namespace autotask
