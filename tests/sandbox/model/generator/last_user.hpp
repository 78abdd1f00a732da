#pragma once

#include <cstddef>
#include <string>

#include "tests/sandbox/model/generator/plan.hpp"

namespace sandbox {

/// The last user of an ordinary device of that person, in one of the forms that make up most of a fleet.
[[nodiscard]] std::string common_last_user(const planned_company& company, const planned_contact& person,
                                           random_source& random);

/// One of the rare forms: system and local accounts, several users, cut and mangled names, SIDs, state words, and so
/// on. Counting `form` up walks through all of them.
[[nodiscard]] std::string odd_last_user(std::size_t form, const planned_company& company, const planned_contact& person,
                                        const std::string& host);
[[nodiscard]] std::size_t count_odd_forms();

} // namespace sandbox
