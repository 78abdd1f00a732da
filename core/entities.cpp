#include "core/entities.hpp"

namespace core {

std::string device::name() const {
    if (!hostname.empty())
        return hostname;
    if (!title.empty())
        return title;
    return "#" + std::to_string(id.value);
}

} // namespace core
