#pragma once

#include "core/reasons.hpp"
#include "core/wall_time.hpp"
#include "daemon/journal/sqlite.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

// How values stand in the columns of the journal.

namespace contactd {

inline std::int64_t millis(core::wall_time when) {
    return when.time_since_epoch().count();
}

inline core::wall_time moment(std::int64_t millis) {
    return core::wall_time(std::chrono::milliseconds(millis));
}

/// The value of an enumeration that has this name; `count` is how many it has.
template <class Enum>
std::optional<Enum> named(std::string_view name, int count) {
    for (int i = 0; i < count; ++i)
        if (core::to_string(static_cast<Enum>(i)) == name)
            return static_cast<Enum>(i);
    return std::nullopt;
}

inline sqlite::value name_of(const std::optional<core::reason>& why) {
    return why ? sqlite::value(core::to_string(*why)) : sqlite::value(nullptr);
}

template <class Id>
sqlite::value id_or_null(const std::optional<Id>& one) {
    return one ? sqlite::value(one->value) : sqlite::value(nullptr);
}

} // namespace contactd
