#pragma once

#include "core/parking.hpp"
#include "core/schedule.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace contactd {

/// How long an instance is left alone whose credentials were refused: each try counts towards locking the account.
inline constexpr std::chrono::hours pause_after_refusal{6};

/// Whether the daemon leaves an instance out of its sweeps for a while, because it would only be refused again. Told
/// how each sweep of the instance ended, and asked once in each sweep of the daemon.
class instance_pause {
public:
    /// From now on for `pause_after_refusal`.
    void credentials_refused(core::wall_time now);

    /// The API user may not read something that every sweep needs: for 2, 4, 8 ... sweeps of the daemon, a day at the
    /// most. `words` are a sentence without a full stop.
    void permission_missing(core::wall_time now, std::string words);

    /// The instance was swept: the next pause is a short one again.
    void swept();

    struct turn {
        bool is_swept = true;
        std::string words; ///< For the log, to follow the name of the instance; empty where there is nothing to say.
    };

    /// Begins a sweep of the daemon.
    turn next_sweep(core::wall_time now);

private:
    bool credentials_rest(core::wall_time now) const;

    std::int64_t sweeps_ = 0; ///< Of the daemon, since the instance is known.
    std::optional<core::wall_time> refused_at_;
    core::growing_pause without_permission_;
    std::string missing_; ///< Which permission, in the server's words.
    bool left_out_ = false;
};

} // namespace contactd
