#include "daemon/journal/decision_memory.hpp"

namespace contactd {

decision_memory::decision_memory(const std::vector<last_decision>& known) {
    for (const auto& one : known)
        last_[one.instance][one.device] = known_decision{one.what, one.why, one.rest, one.seen};
}

bool decision_memory::is_news(const device_outcome& decided) const {
    const auto instance = last_.find(decided.instance);
    if (instance == last_.end())
        return true;
    const auto device = instance->second.find(decided.device_id);
    return device == instance->second.end() || device->second.what != decided.what || device->second.why != decided.why;
}

bool decision_memory::note(const device_outcome& decided, core::wall_time when) {
    const known_decision now{decided.what, decided.why, hash_of_rest(decided), when};
    const auto [place, is_new] = last_[decided.instance].try_emplace(decided.device_id, now);
    auto& last = place->second;
    const auto age = when - last.seen; // Negative when the clock was set back: that is an odd age as well.
    if (!is_new && last.what == now.what && last.why == now.why && last.rest == now.rest && age >= age.zero() &&
        age < seen_precision)
        return false;
    last = now;
    return true;
}

} // namespace contactd
