#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace sandbox {

enum class field_type : std::uint8_t { integer, long_integer, real, boolean, text, date };

/// What the vendor's field metadata says about one field, as bits.
enum field_flags : unsigned {
    no_flags = 0,
    required = 1U << 0U,      ///< needed when a row is created
    read_only = 1U << 1U,     ///< a value in a body is not stored
    not_queryable = 1U << 2U, ///< returned in rows, refused in filters
    picklist = 1U << 3U,
    only_on_create = 1U << 4U ///< taken when the row is created, ignored afterwards
};

struct field {
    std::string_view name; ///< camelCase, as on the wire
    field_type type = field_type::text;
    std::uint16_t length = 0; ///< characters of a text; 0 for other types
    unsigned flags = no_flags;
    std::string_view reference = {}; ///< the singular entity an id points to

    [[nodiscard]] bool has(field_flags flag) const { return (flags & flag) != 0; }
};

/// The names that the entities have for the moment of the last change of a row; each entity has one of them at most.
inline constexpr std::array<std::string_view, 3> dates_of_modification{"lastModifiedTime", "lastModifiedDate",
                                                                       "lastTrackedModifiedDateTime"};

/// Position of a field in its schema. User-defined fields follow after the last one.
using field_index = std::uint16_t;

enum class entity : std::uint8_t {
    companies,
    contacts,
    configuration_items,
    configuration_item_types,
    configuration_item_categories
};
inline constexpr std::size_t entity_count = 5;
inline constexpr std::array<entity, entity_count> all_entities{
    entity::companies, entity::contacts, entity::configuration_items, entity::configuration_item_types,
    entity::configuration_item_categories};

/// The shape of one entity. Lives as long as the program.
struct schema {
    std::string_view name;     ///< `ConfigurationItems`, the path segment
    std::string_view singular; ///< `ConfigurationItem`, in error texts
    std::span<const field> fields;
    bool writable_at_top = false; ///< POST, PUT and PATCH on the collection (contacts are written below their company)
    bool deletable_at_top = false;
    bool has_user_defined_fields = true;

    /// The field of that name, in any case.
    [[nodiscard]] std::optional<field_index> find(std::string_view field_name) const;
    /// The same for a name the program itself spells; a wrong one is a bug and ends the process.
    [[nodiscard]] field_index at(std::string_view field_name) const;
};

[[nodiscard]] const schema& schema_of(entity which);
[[nodiscard]] std::optional<entity> entity_named(std::string_view name, bool exact_case = false);

} // namespace sandbox
