#pragma once

#include "core/entities.hpp"
#include "core/glob.hpp"

#include <cstdint>
#include <set>

namespace core {

/// Which types of devices are looked at: values of the picklist configurationItemType.
struct device_types {
    bool every = false;   ///< Every device, typed or not.
    bool untyped = false; ///< Also those without a type.
    std::set<std::int64_t> values;

    bool accept(const device& one) const;

    friend bool operator==(const device_types&, const device_types&) = default;
};

/// Which of the devices that were read are decided on.
struct device_scope {
    device_types types;
    glob_list include; ///< On the hostname; a device that none matches is excluded.
    glob_list exclude; ///< Stronger than `include`.

    bool excludes(const device& one) const;
};

} // namespace core
