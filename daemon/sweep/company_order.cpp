#include "daemon/sweep/company_order.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace contactd {

company_order order_companies(std::vector<core::company> all, const unreached_companies& unreached,
                              const core::parked_companies& lot, core::sweep_moment at,
                              const std::function<bool(core::company_id)>& costs_nothing) {
    std::ranges::sort(all, {}, [](const core::company& one) { return std::pair(one.parent.value_or(one.id), one.id); });
    company_order made;
    std::vector<core::company> known;
    std::vector<core::company> later;
    std::vector<core::company> suspicious;
    for (auto& one : all) {
        const bool was_refused = lot.find(one.id) != nullptr;
        if (was_refused)
            (lot.parked(one.id, {}, at) ? made.parked : suspicious).push_back(std::move(one));
        else if (unreached.contains(one.id))
            made.queue.push_back(std::move(one));
        else
            (costs_nothing(one.id) ? known : later).push_back(std::move(one));
    }
    std::ranges::move(known, std::back_inserter(made.queue));
    std::ranges::move(later, std::back_inserter(made.queue));
    made.one_by_one_from = made.queue.size();
    std::ranges::move(suspicious, std::back_inserter(made.queue));
    return made;
}

} // namespace contactd
