#pragma once

#include "autotask/session.hpp"
#include "daemon/config/config.hpp"
#include "daemon/sweep/listener.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace contactd {

/// How much is left to do, for whoever waits.
struct work_left {
    std::int64_t companies = 0;
    std::optional<std::chrono::milliseconds> time; ///< An estimate.
};

/// Tells the listener of a sweep what its session meets on the way: what is asked again, outages, waits. Owns nothing;
/// the session tells nobody any more when this is gone.
class session_news {
public:
    /// `left` is asked when the session has to wait; `on_wait` is called when it begins and when it ends.
    session_news(autotask::session& session, const instance_settings& settings, sweep_listener& listener,
                 std::function<work_left()> left, std::function<void(bool)> on_wait);

    /// Requests that the server refused because three others were under way.
    std::int64_t refused_for_slots() const { return refused_for_slots_; }

    /// Tells what is only a warning: a sentence without a full stop.
    void warn(std::string message) const;

private:
    const instance_settings& settings_;
    sweep_listener& listener_;
    std::function<work_left()> left_;
    std::function<void(bool)> on_wait_;
    std::int64_t refused_for_slots_ = 0;
};

} // namespace contactd
