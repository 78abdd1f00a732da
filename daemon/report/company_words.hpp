#pragma once

#include "daemon/sweep/listener.hpp"

#include <string>

namespace contactd {

/// What became of a company, as a sentence without a full stop, and what to do about it where there is something.
/// `only_mapped` says that a company without an organization is not swept.
std::string company_words(const told_company& what, bool only_mapped);

/// True when somebody should look at it: a mapped company that is not swept any more.
bool needs_attention(const told_company& what);

} // namespace contactd
