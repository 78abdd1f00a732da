#include "daemon/organizations/organization_name.hpp"

#include "core/fold.hpp"
#include "core/text.hpp"
#include "daemon/printable.hpp"

namespace contactd {

std::string name_key(std::string_view name) {
    return core::fold(core::trim_blanks(name));
}

std::string tidy_name(std::string_view name) {
    return std::string(core::trim_blanks(printable(name)));
}

} // namespace contactd
