#pragma once

#include "autotask/error.hpp"
#include "daemon/config/config.hpp"
#include "daemon/sweep/listener.hpp"

#include <string>

namespace contactd {

/// What to tell of a failed request of an instance. Of refused credentials it names the user and what can be wrong.
trouble make_trouble(const instance_settings& of, const autotask::error& failure);

/// Something else that went wrong; a sentence without a full stop.
trouble make_trouble(const instance_settings& of, std::string message);

/// "Autotask refuses user X (HTTP 401): ...": the sentence for refused credentials.
std::string refusal(const instance_settings& of, const autotask::error& failure);

} // namespace contactd
