#include "daemon/sweep/instance_pause.hpp"

#include "daemon/sweep/parked_words.hpp"
#include "daemon/timestamp.hpp"

#include <utility>

namespace contactd {

void instance_pause::credentials_refused(core::wall_time now) {
    refused_at_ = now;
}

void instance_pause::permission_missing(core::wall_time now, std::string words) {
    without_permission_.begin(core::sweep_moment{sweeps_, now});
    missing_ = std::move(words);
}

void instance_pause::swept() {
    without_permission_ = {};
}

/// A clock that was set back tells nothing of how long it is ago.
bool instance_pause::credentials_rest(core::wall_time now) const {
    return refused_at_ && now >= *refused_at_ && now - *refused_at_ < pause_after_refusal;
}

instance_pause::turn instance_pause::next_sweep(core::wall_time now) {
    ++sweeps_;
    turn made;
    if (credentials_rest(now)) {
        made.words = "is not swept before " + timestamp(*refused_at_ + pause_after_refusal) +
                     ": its credentials were refused; correct them and reload (SIGHUP)";
    } else if (!without_permission_.is_over(core::sweep_moment{sweeps_, now})) {
        made.words = "is left out of this sweep: " + parked_words(missing_, without_permission_, sweeps_) +
                     ", or after a reload (SIGHUP)";
    } else {
        refused_at_.reset();
        if (std::exchange(left_out_, false))
            made.words = "is tried again";
        return made;
    }
    left_out_ = true;
    made.is_swept = false;
    return made;
}

} // namespace contactd
