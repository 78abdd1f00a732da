#pragma once

#include "daemon/organizations/organizations_text.hpp"

#include <span>
#include <string>
#include <string_view>

namespace support {

/// Which promise an edited text breaks, as a phrase, or nothing: that it reads back to what was asked and to what was
/// there before; that every line that was not edited is still there, in order; that of an edited line everything around
/// the value is still there; and that nothing came in besides.
std::string broken_promise(std::string_view before, std::span<const contactd::organization_edit> edits,
                           std::string_view after);

} // namespace support
