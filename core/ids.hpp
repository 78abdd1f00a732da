#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace core {

/// The number Autotask gives to an entity. Each entity has a type of its own, so that a contact can never be
/// passed where a device is meant. 0 is an ordinary id: company 0 is the managed service provider itself.
template <class Entity>
struct id {
    std::int64_t value = 0;

    friend auto operator<=>(id, id) = default;
};

using company_id = id<struct company_tag>;
using contact_id = id<struct contact_tag>;
using device_id = id<struct device_tag>;

} // namespace core

template <class Entity>
struct std::hash<core::id<Entity>> {
    std::size_t operator()(core::id<Entity> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
