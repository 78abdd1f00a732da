#include "tests/sandbox/model/http.hpp"

#include "tests/sandbox/model/text.hpp"

namespace sandbox {

std::optional<std::string_view> header_list::find(std::string_view name) const {
    for (const header& entry : list_)
        if (equal_ignoring_case(entry.name, name))
            return entry.value;
    return std::nullopt;
}

} // namespace sandbox
