#include "core/alias.hpp"

#include "core/account.hpp"
#include "core/fold.hpp"

namespace core {

bool alias::speaks_of(const account& who, const std::string& folded_name) const {
    return name == folded_name && (authority.empty() || authority == fold(who.authority));
}

} // namespace core
