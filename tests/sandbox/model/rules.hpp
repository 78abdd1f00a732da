#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "tests/sandbox/model/database.hpp"
#include "tests/sandbox/model/switches.hpp"

namespace sandbox {

/// The checks of a device that look beyond its own fields. Each gives the error text, or nothing when all is well.

/// `contactID` as a write wants to set it. `company` is the device's.
[[nodiscard]] std::optional<std::string> check_contact(const database& tenant, const switches& options,
                                                       std::int64_t company, std::int64_t contact);
[[nodiscard]] std::optional<std::string> check_product(const database& tenant, std::int64_t product);
/// `configurationItemCategoryID` as a write wants to set it.
[[nodiscard]] std::optional<std::string> check_category(const database& tenant, const switches& options,
                                                        std::int64_t category);
/// What is stored already; `contact_changes` when the write replaces the stored contact anyway.
[[nodiscard]] std::optional<std::string> check_stored_references(const database& tenant, const row& device,
                                                                 bool contact_changes);
/// The text as a tenant in that language gets it. Only some of the texts are translated, as on the real service.
[[nodiscard]] std::string localise(std::string english, error_language language);

} // namespace sandbox
