#pragma once

#include "autotask/filter.hpp"
#include "daemon/config/config.hpp"

#include <span>
#include <string>
#include <string_view>

namespace contactd {

// Values as TOML.

/// A text in quotes.
std::string toml_text(std::string_view text);

/// A number; whole ones without a fraction.
std::string toml_number(double number);

/// An array of texts.
std::string toml_array(std::span<const std::string> values);

/// An array of names in which those that are ids stand as integers.
std::string toml_ids(std::span<const std::string> values);

/// An array of inline tables.
std::string toml_conditions(std::span<const autotask::condition> conditions);

} // namespace contactd
