#include "daemon/config/config_message.hpp"

#include <fmt/format.h>

namespace contactd {

std::string config_message::text() const {
    std::string result = file;
    if (line > 0)
        result += fmt::format(":{}", line);
    if (column > 0)
        result += fmt::format(":{}", column);
    if (!key.empty())
        result += fmt::format("{}{}", result.empty() ? "" : ": ", key);
    result += result.empty() ? what : fmt::format(": {}", what);
    if (!remedy.empty())
        result += fmt::format(" {}", remedy);
    return result;
}

} // namespace contactd
