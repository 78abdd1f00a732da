#include "daemon/organizations/organization_name.hpp"

#include "core/fold.hpp"
#include "core/text.hpp"

namespace contactd {

std::string name_key(std::string_view name) {
    return core::fold(core::trim_blanks(name));
}

} // namespace contactd
