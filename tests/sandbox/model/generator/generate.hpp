#pragma once

#include <cstddef>
#include <cstdint>

#include "tests/sandbox/model/database.hpp"

namespace sandbox {

struct generator_options {
    std::uint64_t seed = 1;
    std::size_t companies = 25; ///< active customers; leads, vendors and closed ones come on top
    std::size_t devices = 1'000;
    /// The people of every second branch are contacts of its parent company.
    bool people_at_parents = false;
};

/// Fills an empty database with the data of a believable managed service provider: company 0 is the provider itself,
/// its customers are many small and a few large ones. The same options give the same rows on every compiler.
/// Every domain ends in `.example` (RFC 2606), so that nothing in it is anybody's.
void generate(database& tenant, const generator_options& options);

} // namespace sandbox
