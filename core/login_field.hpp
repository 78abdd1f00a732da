#pragma once

#include <string>
#include <string_view>

namespace core {

/// The login name in a user-defined field of a contact, folded: people write it with the domain before it, or without.
/// Empty where there is none.
std::string login_in(std::string_view field);

} // namespace core
