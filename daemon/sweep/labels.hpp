#pragma once

#include "autotask/field_info.hpp"
#include "autotask/filter.hpp"
#include "core/scope.hpp"
#include "daemon/config/config.hpp"

#include <expected>
#include <span>
#include <string>
#include <vector>

namespace contactd {

/// True when the company filter cannot be sent as it is: it has texts, which may be labels.
bool needs_company_fields(const std::vector<autotask::condition>& filter);

/// True when a device type is given by its label.
bool needs_device_fields(const names& device_types);

/// The filter with the labels of picklist values replaced by their numbers. The error names field, label and the labels
/// there are.
std::expected<std::vector<autotask::condition>, std::string>
resolve_filter(std::vector<autotask::condition> filter, std::span<const autotask::field_info> fields);

/// The device types of a configuration as numbers; `fields` may be empty where no label is among them. The error is as
/// above.
std::expected<core::device_types, std::string> resolve_device_types(const names& device_types,
                                                                    std::span<const autotask::field_info> fields);

} // namespace contactd
