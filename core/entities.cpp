#include "core/entities.hpp"

namespace core {

std::string contact::name() const {
    const bool both = !first_name.empty() && !last_name.empty();
    return first_name + (both ? " " : "") + last_name;
}

std::string device::name() const {
    if (!hostname.empty())
        return hostname;
    if (!title.empty())
        return title;
    return "#" + std::to_string(id.value);
}

std::span<const contact> snapshot::of_parent() const {
    return parent_contacts ? std::span<const contact>(*parent_contacts) : std::span<const contact>();
}

} // namespace core
