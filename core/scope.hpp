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

/// Which categories of devices are looked at: ids of configuration item categories.
struct device_categories {
    bool every = true;          ///< Every device, whether or not it has a category.
    bool uncategorised = false; ///< Also those without a category.
    std::set<std::int64_t> values;

    bool accept(const device& one) const;

    friend bool operator==(const device_categories&, const device_categories&) = default;
};

/// Which of the devices that were read are decided on.
struct device_scope {
    device_types types;
    device_categories categories;
    glob_list include; ///< On the hostname; a device that none matches is excluded.
    glob_list exclude; ///< Stronger than `include`.

    /// Whether it is looked at at all; one that is not is neither counted nor told of.
    bool accepts(const device& one) const { return types.accept(one) && categories.accept(one); }

    /// Of one that is, whether its hostname leaves it out.
    bool excludes(const device& one) const;
};

} // namespace core
