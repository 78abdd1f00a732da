#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace core {

/// An e-mail address in the form in which it is compared: both parts are folded.
struct address {
    std::string whole;      ///< `local@domain`
    std::string local_part; ///< What stands before the last `@`.
};

/// Reads the address out of an e-mail field as people fill it: `a@b`, `Name <a@b>`, `mailto:a@b`, with blanks around.
/// Nothing when it holds no address, or more than one. The display form is that of RFC 5322, section 3.4.
std::optional<address> read_address(std::string_view field);

} // namespace core
