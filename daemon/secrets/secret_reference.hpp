#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace contactd {

enum class secret_place {
    credential, ///< A file of that name in $CREDENTIALS_DIRECTORY, put there by systemd.
    file,       ///< A file of that absolute path.
    env,        ///< An environment variable.
};

/// Where a secret is; never the secret itself.
struct secret_reference {
    secret_place place = secret_place::credential;
    std::string name; ///< The name of the credential or variable, or the path.
};

/// Reads "credential:NAME", "file:/absolute/path" or "env:NAME"; nothing if the text is none of these. Then it may well
/// be a secret that somebody pasted in the wrong place, so it must not be repeated in a message.
std::optional<secret_reference> parse_secret_reference(std::string_view text);

} // namespace contactd
