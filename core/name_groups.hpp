#pragma once

#include "core/company_name.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace core {

/// For each name the number of its group, from 0. Names that say the same, whatever the legal form, are in one group;
/// so are "Mueller" and "Muller" when there is a "Müller", which is both. A name without any words is alone.
std::vector<std::size_t> group_by_name(std::span<const company_name* const> names);

} // namespace core
