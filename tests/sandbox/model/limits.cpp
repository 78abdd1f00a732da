#include "tests/sandbox/model/limits.hpp"

namespace sandbox {

void rolling_window::drop_old(time_point now) {
    while (!buckets_.empty() && buckets_.front().start + length <= now) {
        total_ -= buckets_.front().requests;
        buckets_.pop_front();
    }
}

void rolling_window::add(time_point now, std::int64_t requests) {
    const time_point second = std::chrono::floor<std::chrono::seconds>(now);
    if (buckets_.empty() || buckets_.back().start < second)
        buckets_.push_back({second, 0});
    buckets_.back().requests += requests;
    total_ += requests;
}

std::int64_t rolling_window::count(time_point now) {
    drop_old(now);
    return total_;
}

void rolling_window::age(duration by) {
    for (bucket& each : buckets_)
        each.start -= by;
}

bool thread_slots::take(const key& whose, std::int64_t limit, time_point now) {
    state& slot = slots_[whose];
    std::erase_if(slot.until, [now](time_point end) { return end <= now; });
    if (limit > 0 && slot.busy + static_cast<std::int64_t>(slot.until.size()) >= limit)
        return false;
    ++slot.busy;
    return true;
}

void thread_slots::release(const key& whose, time_point at) {
    state& slot = slots_[whose];
    --slot.busy;
    slot.until.push_back(at);
}

} // namespace sandbox
