#pragma once

#include "daemon/config/config.hpp"

#include <span>
#include <string>
#include <string_view>

namespace contactd {

/// The commented default file, with one instance as an example. Reading it gives exactly the defaults.
std::string default_config_text();

/// The configuration as it is in effect, as TOML that reads back to the same, with the origin of every value behind it.
/// Of secrets only the reference. The two lists are those that contactd ships; they are shown as comments.
std::string effective_config_text(const config& settings, std::span<const std::string_view> shipped_accounts,
                                  std::span<const std::string_view> shipped_authorities);

/// What holds for a company of the instance, with the origin of every value: that of its organization, which may be
/// null.
std::string company_config_text(const instance_settings& instance, const organization_settings* organization);

} // namespace contactd
