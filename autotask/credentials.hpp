#pragma once

#include "autotask/secret.hpp"

#include <string>

namespace autotask {

/// What the API asks of every caller. Source: developer help, "REST API security and authentication".
struct credentials {
    std::string username;
    autotask::secret secret;
    std::string tracking_identifier; ///< The integration code of the API user.
};

} // namespace autotask
