#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace sandbox {

/// The member of that name in any case, or null: the API does not mind the case of keys.
[[nodiscard]] const boost::json::value* find_member(const boost::json::object& object, std::string_view name);

[[nodiscard]] std::optional<std::string> text_member(const boost::json::object& object, std::string_view name);

/// A whole document, nested at most 32 deep. The error is the parser's message.
[[nodiscard]] std::expected<boost::json::value, std::string> parse_json(std::string_view text);

/// A scalar as a person would write it: texts without quotes.
[[nodiscard]] std::string scalar_text(const boost::json::value& scalar);

} // namespace sandbox
