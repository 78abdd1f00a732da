#include "daemon/sweep/instance_sweep.hpp"

#include <cmath>
#include <utility>

// What a sweep tells of how far it is.

namespace contactd {

/// From what was done so far: as long again for each company that is left, and what has to leave the window first.
std::optional<std::chrono::milliseconds> instance_sweep::time_left() const {
    if (progress_.companies_done == 0)
        return std::nullopt;
    const auto scale = static_cast<double>(companies_left()) / static_cast<double>(progress_.companies_done);
    const auto now = context_.time.now();
    if (!progress_.waiting)
        return std::chrono::duration_cast<std::chrono::milliseconds>((now - started_) * scale);
    const auto requests = static_cast<std::int64_t>(std::ceil(static_cast<double>(session_.requests()) * scale));
    const auto& budget = session_.limits().allowance.budget();
    const auto free = budget.free_from(requests, subject_.settings.hourly_share.value, now);
    if (!free)
        return std::nullopt;
    return std::chrono::duration_cast<std::chrono::milliseconds>(*free - now);
}

void instance_sweep::warn(std::string message) {
    news_.warn(std::move(message));
}

void instance_sweep::show_progress() {
    progress_.requests = session_.requests();
    progress_.left = time_left();
    context_.listener.progressed(subject_.settings.name.value, progress_);
}

} // namespace contactd
