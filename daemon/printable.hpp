#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace contactd {

/// The text as one harmless line: control characters, also those that steer a terminal, become blanks. Names come from
/// the network, and a device can be called anything.
std::string printable(std::string_view text);

/// A JSON text whose values are the same and that is harmless as well: what printable() takes out is escaped as JSON
/// knows how.
std::string printable_json(std::string_view text);

/// The text if it fits into so many columns, else as much of it as does with "…" at its end.
std::string shortened(std::string_view text, std::size_t columns);
/// The text as one harmless line in which nothing is hidden: what printable() would make a blank, and every white space
/// that is no plain blank, becomes its number: "<U+00A0>"; a byte that belongs to no character "<byte FF>".
std::string revealed(std::string_view text);

/// The text padded with blanks to so many columns.
std::string padded(std::string_view text, std::size_t columns);

/// The number with thousands separated: "20,031".
std::string grouped(std::int64_t number);

/// A time to come as people say it: "about 40 s", "about 12 min", "about 3 h".
std::string about(std::chrono::milliseconds time);

/// "1 device", "20,031 devices".
std::string counted(std::int64_t number, std::string_view one, std::string_view many);

} // namespace contactd
