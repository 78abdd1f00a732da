#include "tests/sandbox/model/schema.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <unordered_map>

#include "tests/sandbox/model/schema/tables.hpp"
#include "tests/sandbox/model/text.hpp"

namespace sandbox {
namespace {

using name_index = std::unordered_map<std::string, field_index>;

name_index index_names(std::span<const field> fields) {
    name_index result;
    for (std::size_t i = 0; i < fields.size(); ++i)
        result.emplace(ascii_lower(fields[i].name), static_cast<field_index>(i));
    return result;
}

const std::array<schema, entity_count>& schemas() {
    static const std::array<schema, entity_count> all{
        schema{"Companies", "Company", company_fields(), true, false},
        schema{"Contacts", "Contact", contact_fields(), false, false},
        schema{"ConfigurationItems", "ConfigurationItem", configuration_item_fields(), true, false},
        schema{"ConfigurationItemTypes", "ConfigurationItemType", configuration_item_type_fields(), true, true, false},
        schema{"ConfigurationItemCategories", "ConfigurationItemCategory", configuration_item_category_fields(), true,
               false, false}};
    return all;
}

const name_index& names_of(const schema& shape) {
    static const std::array<name_index, entity_count> all{
        index_names(schemas()[0].fields), index_names(schemas()[1].fields), index_names(schemas()[2].fields),
        index_names(schemas()[3].fields), index_names(schemas()[4].fields)};
    return all[static_cast<std::size_t>(&shape - schemas().data())];
}

} // namespace

std::optional<field_index> schema::find(std::string_view field_name) const {
    const name_index& names = names_of(*this);
    const auto found = names.find(ascii_lower(field_name));
    if (found == names.end())
        return std::nullopt;
    return found->second;
}

field_index schema::at(std::string_view field_name) const {
    if (const auto found = find(field_name))
        return *found;
    std::fprintf(stderr, "no field %.*s in %.*s\n", static_cast<int>(field_name.size()), field_name.data(),
                 static_cast<int>(name.size()), name.data());
    std::abort();
}

const schema& schema_of(entity which) {
    return schemas()[static_cast<std::size_t>(which)];
}

std::optional<entity> entity_named(std::string_view name, bool exact_case) {
    for (const entity which : all_entities) {
        const std::string_view known = schema_of(which).name;
        if (exact_case ? known == name : equal_ignoring_case(known, name))
            return which;
    }
    return std::nullopt;
}

} // namespace sandbox
