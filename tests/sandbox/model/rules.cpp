#include "tests/sandbox/model/rules.hpp"

#include <fmt/format.h>

namespace sandbox {
namespace {

constexpr std::string_view foreign_contact =
    "Data violation: contactID is not associated to the companyID or its Parent Company..";
constexpr int max_ancestors = 64; // a tree of companies may hold a loop

bool is_active(const row& contact, const table& contacts) {
    return contact.get(contacts.shape().at("isActive")).as_integer() == 1;
}

/// Whether a contact of `owner` may be put on a device of `company`.
bool is_associated(const database& tenant, parent_contacts rule, std::int64_t company, std::int64_t owner) {
    if (owner == company)
        return true;
    if (rule == parent_contacts::none)
        return false;
    const table& companies = tenant.rows(entity::companies);
    const field_index parent_field = companies.shape().at("parentCompanyID");
    for (int step = 0; step < (rule == parent_contacts::direct ? 1 : max_ancestors); ++step) {
        const row* current = companies.find(company);
        if (current == nullptr || current->get(parent_field).is_null())
            return false;
        company = current->get(parent_field).as_integer();
        if (company == owner)
            return true;
    }
    return false;
}

std::string invalid_reference(std::string_view field, std::string_view type) {
    return fmt::format("Reference value on field: {} of type: {} does not exist or is invalid.", field, type);
}

} // namespace

std::optional<std::string> check_contact(const database& tenant, const switches& options, std::int64_t company,
                                         std::int64_t contact) {
    if (contact == 0)
        return "Value does not reference an existing entity for contactID.";
    const table& contacts = tenant.rows(entity::contacts);
    const row* found = contacts.find(contact);
    if (found == nullptr || !is_active(*found, contacts))
        return invalid_reference("contactID", "Contact");
    const std::int64_t owner = found->get(*contacts.company_field()).as_integer();
    if (!is_associated(tenant, options.parent_contact, company, owner))
        return std::string{foreign_contact};
    return std::nullopt;
}

std::optional<std::string> check_product(const database& tenant, std::int64_t product) {
    if (tenant.inactive_products.contains(product) || !tenant.products.contains(product))
        return invalid_reference("productID", "Product");
    return std::nullopt;
}

std::optional<std::string> check_category(const database& tenant, const switches& options, std::int64_t category) {
    const table& categories = tenant.rows(entity::configuration_item_categories);
    const row* found = categories.find(category);
    const bool usable = found != nullptr && found->get(categories.shape().at("isActive")).as_boolean();
    // A picklist goes on taking a value that is inactive; a reference does not.
    if (usable || (found != nullptr && options.device_category == category_style::picklist))
        return std::nullopt;
    if (options.device_category == category_style::picklist)
        return fmt::format("Picklist value [{}] does not exist for configurationItemCategoryID", category);
    return invalid_reference("configurationItemCategoryID", "ConfigurationItemCategory");
}

std::optional<std::string> check_stored_references(const database& tenant, const row& device, bool contact_changes) {
    const table& devices = tenant.rows(entity::configuration_items);
    const value& product = device.get(devices.shape().at("productID"));
    if (!product.is_null())
        if (auto error = check_product(tenant, product.as_integer()))
            return error;
    const value& contact = device.get(devices.shape().at("contactID"));
    if (!contact_changes && !contact.is_null()) {
        const table& contacts = tenant.rows(entity::contacts);
        const row* found = contacts.find(contact.as_integer());
        if (found == nullptr || !is_active(*found, contacts))
            return invalid_reference("contactID", "Contact");
    }
    const auto& udfs = devices.user_defined_fields();
    for (std::size_t i = 0; i < udfs.size(); ++i) {
        const value& content = device.get(static_cast<field_index>(devices.shape().fields.size() + i));
        if (udfs[i].is_required && content.as_text().empty())
            return fmt::format("Value does not exist for the required field {}", udfs[i].name);
    }
    return std::nullopt;
}

std::string localise(std::string english, error_language language) {
    if (language == error_language::english)
        return english;
    if (english == foreign_contact)
        return "Datenverletzung: contactID ist nicht mit der companyID oder ihrer übergeordneten Firma verknüpft..";
    if (english.starts_with("Reference value on field: contactID"))
        return "Der Referenzwert im Feld contactID vom Typ Contact ist nicht vorhanden oder ungültig.";
    return english;
}

} // namespace sandbox
