#include "core/scope.hpp"

#include "core/fold.hpp"

namespace core {

bool device_types::accept(const device& one) const {
    return every || (one.type ? values.contains(*one.type) : untyped);
}

bool device_categories::accept(const device& one) const {
    return every || (one.category ? values.contains(*one.category) : uncategorised);
}

bool device_scope::excludes(const device& one) const {
    const auto hostname = fold(one.hostname);
    return !include.matches(hostname) || exclude.matches(hostname);
}

} // namespace core
