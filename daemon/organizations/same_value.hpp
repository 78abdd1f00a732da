#pragma once

#include "daemon/config/toml_tree.hpp"

namespace contactd {

/// True when both are the same value: of the same kind, with the same keys in any order and the same items in the same
/// order. Where they stand and how they are written makes no difference; 1 and 1.0 are of different kinds.
bool same_value(const toml_node& left, const toml_node& right);

} // namespace contactd
