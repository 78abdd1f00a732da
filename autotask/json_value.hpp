#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

/// Tolerant readings of one JSON value, for the decoders. Nothing here leaves autotask/.
namespace autotask::json_value {

/// The member of that name, or null when it is absent or JSON null.
const boost::json::value* member(const boost::json::object& of, std::string_view name);

/// A whole number, whether it came as an integer, a whole floating-point number or a text of digits.
std::optional<std::int64_t> integer(const boost::json::value& from);

/// true or false, also as 1 and 0: the entities of the API differ in this.
std::optional<bool> boolean(const boost::json::value& from);

} // namespace autotask::json_value
