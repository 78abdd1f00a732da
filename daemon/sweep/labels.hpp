#pragma once

#include "autotask/field_info.hpp"
#include "autotask/filter.hpp"
#include "core/scope.hpp"
#include "daemon/config/config.hpp"

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace contactd {

/// What the API says of the fields of an entity; nothing where it was not asked.
struct entity_fields {
    std::optional<std::vector<autotask::field_info>> own;
    std::optional<std::vector<autotask::field_info>> user_defined;
};

/// The company filter with its fields as they are called, and with the labels of picklist values replaced by their
/// numbers. The error names the field, what is wrong with its condition, and the nearest thing there is. Fields that
/// are empty were not asked for: then conditions on them stay as they are.
std::expected<std::vector<autotask::condition>, std::string> resolve_filter(std::vector<autotask::condition> filter,
                                                                            const entity_fields& of_companies);

/// Stands in the words of a condition behind a number that its picklist does not have.
inline constexpr std::string_view no_such_number = "(which the picklist does not have)";

/// A condition of a resolved filter in words, with the labels of its numbers: `companyType eq 1 "Customer"`.
std::string filter_words(const autotask::condition& one, const entity_fields& of_companies);

/// True when a type or category is given by its label.
bool needs_labels(const names& kinds);

/// The device types of a configuration as numbers; `fields` may be empty where no label is among them. The error is as
/// above.
std::expected<core::device_types, std::string> resolve_device_types(const names& device_types,
                                                                    std::span<const autotask::field_info> fields);

/// The categories, with those that the instance has.
std::expected<core::device_categories, std::string>
resolve_device_categories(const names& device_categories, std::span<const autotask::picklist_value> categories);

/// The user-defined field of that name as the instance calls it.
std::expected<std::string, std::string> resolve_login_field(const std::string& name,
                                                            std::span<const autotask::field_info> user_fields);

} // namespace contactd
