#include "daemon/sweep/parked_words.hpp"

#include "daemon/timestamp.hpp"

namespace contactd {

std::string parked_words(const std::string& what_the_server_said, const core::growing_pause& pause,
                         std::int64_t sweep) {
    const auto left = pause.sweeps_left(sweep);
    if (left <= 1)
        return what_the_server_said + "; tried again in the next sweep";
    return what_the_server_said + "; tried again in " + std::to_string(left) + " sweeps, at the latest at " +
           timestamp(pause.latest());
}

} // namespace contactd
