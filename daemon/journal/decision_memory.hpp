#pragma once

#include "daemon/journal/entry.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace contactd {

/// What was decided of each device the last time, so that a skip is told when its reason changes and not in every
/// sweep. Begun with what the journal knows, and kept by the daemon from sweep to sweep.
class decision_memory {
public:
    decision_memory() = default;
    explicit decision_memory(const std::vector<last_decision>& known);

    /// True when the event or its reason is another than the last time.
    bool is_news(const device_outcome& decided) const;

    /// Takes note of a decision. True when it has to go into the journal: it is another one than the last time, or the
    /// journal has not heard of the device for long.
    bool note(const device_outcome& decided, core::wall_time when);

private:
    struct known_decision {
        core::event what = core::event::skipped;
        std::optional<core::reason> why;
        std::uint64_t rest = 0;
        core::wall_time seen;
    };

    std::unordered_map<std::string, std::unordered_map<core::device_id, known_decision>> last_;
};

} // namespace contactd
