#pragma once

#include "daemon/config/config.hpp"
#include "daemon/explain/explained_device.hpp"

#include <vector>

namespace contactd {

/// The settings that decide what becomes of a device of the company, with their origins: those of its organization,
/// which may be null, over those of its instance. Settings that change nothing are left away.
std::vector<explained_setting> settings_that_hold(const instance_settings& instance,
                                                  const organization_settings* organization);

/// The `[match]` and the `[policy]` that hold.
const match_settings& match_of(const instance_settings& instance, const organization_settings* organization);
const policy_settings& policy_of(const instance_settings& instance, const organization_settings* organization);

} // namespace contactd
