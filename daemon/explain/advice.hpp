#pragma once

#include "daemon/config/config.hpp"
#include "daemon/explain/explained_device.hpp"

#include <string>
#include <vector>

namespace contactd {

/// What would change what becomes of the device, as sentences with their full stops: first why nothing at all is done
/// of it, then what the settings have to do with the decision, then the likely fix. `organization` is the company's, or
/// null. Empty where everything is as it should be.
std::vector<std::string> advice_for(const explained_device& of, const instance_settings& instance,
                                    const organization_settings* organization);

} // namespace contactd
