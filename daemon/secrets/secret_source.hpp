#pragma once

#include "autotask/secret.hpp"
#include "daemon/config/environment.hpp"

#include <expected>
#include <string>
#include <string_view>

namespace contactd {

struct resolved_secret {
    autotask::secret value;
    std::string warning; ///< A sentence or two about how the secret is kept; empty when there is nothing to say.
};

enum class secret_problem {
    no_credentials_directory, ///< "credential:" outside of systemd; a check by hand may take it as a note.
    missing,                  ///< There is no such file or variable.
    unreadable,               ///< It is there, but cannot be read.
    unusable,                 ///< It was read, but cannot be a secret.
};

/// Why there is no secret: one line that names instance, place and remedy and never anything of the content.
struct secret_error {
    secret_problem problem = secret_problem::missing;
    std::string text;
};

/// Fetches the secret of an instance from where its reference says. One newline at the end is taken off; what is left
/// must be 1 to 4096 bytes without control characters and without blanks at the ends, as it is sent in an HTTP header.
std::expected<resolved_secret, secret_error> resolve_secret(std::string_view instance, std::string_view reference,
                                                            const environment& variables);

} // namespace contactd
