#include "daemon/journal/disk_space.hpp"

#include <sys/statvfs.h>

namespace contactd {

std::optional<std::string> no_space(const std::vector<std::string>& directories) {
    for (const auto& one : directories) {
        struct statvfs found {};
        if (::statvfs(one.c_str(), &found) != 0)
            continue;
        const auto free = static_cast<std::uint64_t>(found.f_bavail) * found.f_frsize;
        if (free < space_in_reserve)
            return "only " + std::to_string(free >> 10) + " KiB are free in " + one + "; " +
                   std::to_string(space_in_reserve >> 20) + " MiB are kept for what has to be recorded";
    }
    return std::nullopt;
}

} // namespace contactd
