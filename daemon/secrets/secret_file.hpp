#pragma once

#include <cstddef>
#include <string>

namespace contactd {

/// A secret beyond this is surely another file.
inline constexpr std::size_t longest_secret = 4096;

/// What reading a file with a secret came to. Whoever takes the content wipes it.
struct secret_file {
    int failure = 0;      ///< The errno of what did not work, or 0.
    bool regular = false; ///< Nothing is read from anything else.
    unsigned mode = 0;
    std::string content; ///< At most a few bytes more than `longest_secret`, enough to see that there is more.
};

secret_file read_secret_file(const std::string& path);

} // namespace contactd
