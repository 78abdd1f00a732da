#pragma once

#include "core/entities.hpp"
#include "core/parking.hpp"

#include <cstddef>
#include <functional>
#include <unordered_set>
#include <vector>

namespace contactd {

/// Companies that the last sweep of an instance did not get to.
using unreached_companies = std::unordered_set<core::company_id>;

/// How many of them are kept in mind. Whoever has more waits for its turn in the order of the ids.
inline constexpr std::size_t most_unreached = 20'000;

/// The companies of a sweep in the order in which they are asked for.
struct company_order {
    std::vector<core::company> queue;  ///< Without the parked ones.
    std::size_t one_by_one_from = 0;   ///< From here on in the queue each is asked for in a query of its own.
    std::vector<core::company> parked; ///< Not asked for in this sweep.
};

/// Those come first that the last sweep did not reach, then those that cost no request to read, then the others, each
/// by ascending id; but those that look at the contacts of one parent come together, so that these are asked for once.
/// Last come, one by one, those whose pause is over but for which the server could not answer the last
/// time: they would spoil the queries of others.
company_order order_companies(std::vector<core::company> all, const unreached_companies& unreached,
                              const core::parked_companies& lot, core::sweep_moment at,
                              const std::function<bool(core::company_id)>& costs_nothing);

} // namespace contactd
