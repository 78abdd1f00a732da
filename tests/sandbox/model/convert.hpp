#pragma once

#include <expected>
#include <string>

#include <boost/json/value.hpp>

#include "tests/sandbox/model/schema.hpp"
#include "tests/sandbox/model/value.hpp"

namespace sandbox {

/// The JSON value as the database would read it when it compares it with a column of that type: digits in a text
/// are a number, `true` is 1. The error is the database's own text.
[[nodiscard]] std::expected<value, std::string> to_comparable(const boost::json::value& given, const field& column);

/// The JSON value as it is stored by a write. An empty text clears whatever is no text. The error is the API's text.
[[nodiscard]] std::expected<value, std::string> to_storable(const boost::json::value& given, const field& column);

} // namespace sandbox
