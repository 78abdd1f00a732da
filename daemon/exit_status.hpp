#pragma once

namespace contactd {

/// What the process ends with; part of the public interface. Where several hold, the order of `worst` decides.
enum class exit_status {
    done = 0,
    failed = 1,
    pending = 2, ///< `plan` only: there is something to change.
    held = 3,
    usage = 64,
    config = 78,
};

} // namespace contactd
