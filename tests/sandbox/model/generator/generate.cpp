#include "tests/sandbox/model/generator/generate.hpp"

#include "tests/sandbox/model/generator/extras.hpp"
#include "tests/sandbox/model/generator/plan.hpp"

namespace sandbox {
namespace {

void make_types(database& tenant) {
    struct type {
        std::int64_t id;
        std::string_view name;
        bool is_active;
    };
    // Ids and names are a tenant's own; only a convention of some integrations makes 1 a workstation.
    static constexpr type types[] = {{1, "Workstation", true}, {2, "Server", true},     {3, "Network Device", true},
                                     {4, "Printer", true},     {11, "Altgerät", false}, {27, "Notebook", true}};
    table& rows = tenant.rows(entity::configuration_item_types);
    for (const type& each : types)
        rows.insert(row_builder{rows, each.id}.text("name", each.name).flag("isActive", each.is_active).take());
}

void make_user_defined_fields(database& tenant) {
    tenant.rows(entity::configuration_items).add_user_defined_field({"Cost Centre", true, false});
    tenant.rows(entity::configuration_items).add_user_defined_field({"Asset Tag", false, false});
    tenant.rows(entity::configuration_items).add_user_defined_field({"Recovery Key", false, true});
    tenant.rows(entity::companies).add_user_defined_field({"Customer Number", false, false});
    tenant.rows(entity::companies)
        .add_user_defined_field({"Service level", false, false, {"Gold", "Silver", "Bronze"}});
    tenant.rows(entity::contacts).add_user_defined_field({"Department", false, false});
    tenant.rows(entity::contacts).add_user_defined_field({"Login name", false, false});
}

} // namespace

row_builder& row_builder::text(std::string_view field, std::string_view content) {
    row_.set(rows_.shape().at(field), value::text(content));
    return *this;
}

row_builder& row_builder::number(std::string_view field, std::int64_t content) {
    row_.set(rows_.shape().at(field), value::integer(content));
    return *this;
}

row_builder& row_builder::flag(std::string_view field, bool content) {
    row_.set(rows_.shape().at(field), value::boolean(content));
    return *this;
}

row_builder& row_builder::user_defined(std::string_view field, std::string_view content) {
    if (const auto index = rows_.find_user_defined(field))
        row_.set(*index, value::text(content));
    return *this;
}

void generate(database& tenant, const generator_options& options) {
    random_source random{options.seed};
    for (std::int64_t product = 9'001; product <= 9'012; ++product)
        tenant.products.insert(product);
    tenant.inactive_products.insert(9'012);
    make_types(tenant);
    make_categories(tenant);
    make_user_defined_fields(tenant);
    std::int64_t next_contact = 30'000'001;
    std::int64_t next_device = 40'001;
    std::size_t odd_forms = 0;
    const extras more{options.seed};
    std::vector<planned_company> companies = make_companies(tenant, options, random, more);
    for (planned_company& company : companies) {
        make_contacts(tenant, company, next_contact, random, more);
        make_devices(tenant, company, next_device, odd_forms, random, more);
        company.logins.clear(); // nobody asks any more, and a big tenant has many
    }
    if (options.people_at_parents)
        move_people_to_parents(tenant, companies);
}

} // namespace sandbox
