#pragma once

#include "daemon/config/config.hpp"
#include "daemon/sweep/client_list.hpp"

namespace contactd {

/// False when the policies of the instance and of all its clients are a dry run: then nothing of it is ever written.
/// Whether a single company is in one is for its rules to say.
bool may_write(const instance_settings& one, const client_list& clients);

} // namespace contactd
