#pragma once

#include <cstdint>

namespace core {

/// Which contacts may be written.
enum class write_policy {
    fill_empty, ///< Only where no contact is set.
    reassign,   ///< Also where another contact is set.
};

/// What may be written of a company. The effective policy of one instance or organization.
struct policy {
    write_policy write = write_policy::reassign;
    double brake_percent = 30;       ///< Hold a company when more than this share of its assigned devices would be reassigned ...
    std::int64_t brake_minimum = 10; ///< ... and at least this many.
};

} // namespace core
