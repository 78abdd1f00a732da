#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sandbox {

/// ASCII only: names of headers, paths, fields and operators are.
[[nodiscard]] bool equal_ignoring_case(std::string_view left, std::string_view right);
[[nodiscard]] std::string ascii_lower(std::string_view text);

/// What two strings must share to be equal for a case-insensitive database collation: every code point in lower
/// case. Invalid UTF-8 is kept byte for byte.
[[nodiscard]] std::string fold(std::string_view text);

/// Percent-decoding of a query component; `+` is a blank.
[[nodiscard]] std::string url_decode(std::string_view text);
/// Percent-encoding with lower-case hexadecimal digits, as the vendor's paging URLs show.
[[nodiscard]] std::string url_encode(std::string_view text);

/// The decoded value of `name` (compared without case) in the query of a request target.
[[nodiscard]] std::optional<std::string> query_parameter(std::string_view target, std::string_view name);
[[nodiscard]] std::string_view path_of(std::string_view target);

/// The whole text as a decimal integer, or nothing.
[[nodiscard]] std::optional<std::int64_t> to_integer(std::string_view text);
[[nodiscard]] std::optional<double> to_real(std::string_view text);

/// `*` and `?` as in a shell, without regard to ASCII case.
[[nodiscard]] bool glob_matches(std::string_view pattern, std::string_view text);

/// The first `limit` characters (code points, not bytes) of a UTF-8 text.
[[nodiscard]] std::string first_characters(std::string_view text, std::size_t limit);
[[nodiscard]] std::size_t count_characters(std::string_view text);

} // namespace sandbox
