#include "daemon/audit/reading/log_watch.hpp"

#include <array>
#include <csignal>
#include <filesystem>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace contactd {

namespace {

constexpr int longest_wait_ms = 1000;

} // namespace

end_signals::end_signals() {
    sigset_t both;
    ::sigemptyset(&both);
    ::sigaddset(&both, SIGINT);
    ::sigaddset(&both, SIGTERM);
    ::sigprocmask(SIG_BLOCK, &both, nullptr);
    descriptor_ = owned_descriptor(::signalfd(-1, &both, SFD_CLOEXEC | SFD_NONBLOCK));
}

bool end_signals::has_come() const {
    pollfd one{descriptor_.get(), POLLIN, 0};
    return ::poll(&one, 1, 0) > 0;
}

log_watch::log_watch(const std::string& path, const end_signals& signals, int reader)
    : folder_(std::filesystem::path(path).parent_path().string()), signals_(signals), reader_(reader),
      inotify_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
    if (folder_.empty())
        folder_ = ".";
}

bool log_watch::wait() {
    // A folder that is not there yet is tried again each time.
    if (!watching_ && inotify_.is_open())
        watching_ = ::inotify_add_watch(inotify_.get(), folder_.c_str(),
                                        IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM) >= 0;
    std::array<pollfd, 3> all{{{inotify_.get(), POLLIN, 0}, {signals_.descriptor(), POLLIN, 0}, {reader_, 0, 0}}};
    ::poll(all.data(), all.size(), longest_wait_ms);
    if ((all[1].revents & POLLIN) != 0 || (all[2].revents & (POLLERR | POLLHUP | POLLNVAL)) != 0)
        return false;
    std::array<char, 4096> events;
    while (::read(inotify_.get(), events.data(), events.size()) > 0)
        continue; // What changed is seen by looking.
    return true;
}

} // namespace contactd
