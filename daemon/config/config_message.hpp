#pragma once

#include <string>

namespace contactd {

/// Something to say about the configuration: where, what and what to do about it.
struct config_message {
    std::string file;   ///< Empty where `what` says it.
    int line = 0;       ///< 0 when no line is to blame, as for a file that cannot be read.
    int column = 0;     ///< 0 unless the file is not even TOML.
    std::string key;    ///< Such as "policy.write"; empty when no key is to blame.
    std::string what;   ///< What is wrong; a full sentence.
    std::string remedy; ///< What to do; full sentences, or empty.

    /// All of it on one line, "FILE:LINE: KEY: WHAT REMEDY".
    std::string text() const;
};

/// A reason why the configuration cannot be used.
using config_error = config_message;

/// Something in a usable configuration that is probably not what its author wanted.
using config_warning = config_message;

} // namespace contactd
