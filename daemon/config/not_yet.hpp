#pragma once

#include "daemon/config/config.hpp"
#include "daemon/config/section.hpp"

namespace contactd {

// Some settings are part of the promised configuration, but this version does not act on them. To ignore what somebody
// asked for in the name of safety would be dishonest, so asking for it is an error. Each line of the .cpp goes away
// with the version that keeps its promise, and the file with the last of them.

/// Complains about what the section asks for and this version does not do. Only values the section itself gave count.
void refuse_not_yet(const section& from, const policy_settings& read);

} // namespace contactd
