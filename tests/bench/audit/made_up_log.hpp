#pragma once

#include <cstdint>
#include <string>

namespace bench {

/// What is in a log that was made up.
struct made_up_log {
    std::uint64_t bytes = 0;
    std::int64_t lines = 0;
    std::int64_t sweeps = 0;
    std::int64_t devices = 0;
    std::int64_t a_device = 0; ///< One that has some lines all over the log.
    std::string a_company;     ///< The name of one of the companies.
    std::string late;          ///< A time shortly before the end of it.
};

/// Writes the audit log of a provider with 300 clients and 20,000 devices, a sweep every half hour, until it has so
/// many bytes; the same one whenever it is called.
made_up_log write_made_up_log(const std::string& file, std::uint64_t bytes);

} // namespace bench
