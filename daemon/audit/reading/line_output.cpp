#include "daemon/audit/reading/line_output.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <poll.h>
#include <unistd.h>

namespace contactd {

namespace {

constexpr std::size_t piece = 64 << 10;
/// What a pipe takes at once without making anybody wait, when it says that there is room (pipe(7)).
constexpr std::size_t sure_piece = 4096;

} // namespace

void line_output::put(std::string_view line) {
    pending_ += line;
    pending_ += '\n';
    if (pending_.size() >= piece)
        flush();
}

/// False when it is not worth waiting any longer.
bool line_output::wait_for_room() const {
    std::array<pollfd, 2> both{{{descriptor_, POLLOUT, 0}, {unless_, POLLIN, 0}}};
    while (::poll(both.data(), both.size(), -1) < 0)
        if (errno != EINTR)
            return true; // The write will say what is wrong.
    return (both[1].revents & POLLIN) == 0;
}

void line_output::flush() {
    std::string_view rest(pending_);
    while (!rest.empty() && !over_) {
        if (unless_ >= 0 && !wait_for_room()) {
            over_ = true;
            break;
        }
        const auto written =
            ::write(descriptor_, rest.data(), unless_ < 0 ? rest.size() : std::min(rest.size(), sure_piece));
        if (written >= 0) {
            rest.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            over_ = true;
            failure_ = errno == EPIPE ? 0 : errno;
        }
    }
    pending_.clear();
}

} // namespace contactd
