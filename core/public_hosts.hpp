#pragma once

#include <span>
#include <string_view>

namespace core {

/// Domains under which many unrelated people have addresses; sorted.
std::span<const std::string_view> public_hosts();

} // namespace core
