#include "daemon/journal/entry.hpp"

#include <functional>

namespace contactd {

std::uint64_t hash_of_rest(const device_outcome& one) {
    std::string all;
    for (const auto* text : {&one.company, &one.device, &one.last_user, &one.account, &one.error})
        all.append(*text).push_back('\0');
    for (const auto number : {one.company_id.value, one.contact_id ? one.contact_id->value : -1})
        all.append(std::to_string(number)).push_back('\0');
    return std::hash<std::string>{}(all);
}

} // namespace contactd
