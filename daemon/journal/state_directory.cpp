#include "daemon/journal/state_directory.hpp"

#include "daemon/private_file.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace contactd {

namespace {

constexpr std::string_view remedy = "; set daemon.state_dir to a directory that can be written";

std::string failed(const std::string& doing, const std::string& path) {
    return doing + ' ' + path + ": " + std::strerror(errno) + std::string(remedy);
}

/// "1234 run", as whoever holds the lock has written it.
std::string holder(int lock) {
    std::array<char, 64> text{};
    const auto size = ::pread(lock, text.data(), text.size(), 0);
    return size <= 0 ? std::string() : std::string(text.data(), static_cast<std::size_t>(size));
}

std::string taken(const std::string& path, const std::string& by, std::string_view wanted) {
    const auto blank = by.find(' ');
    const auto process = by.substr(0, blank);
    const auto command = blank == std::string::npos ? std::string() : by.substr(blank + 1);
    std::string text = "another contactd";
    if (!process.empty())
        text += " (" + (command.empty() ? "" : "contactd " + command + ", ") + "process " + process + ")";
    text += " works with " + path + ", and only one may at a time";
    if (command == "run" && wanted == "apply")
        text += "; stop it, apply the plan, and start it again";
    else if (command == "run" && !process.empty())
        text += "; to have that one sweep now: kill -USR1 " + process;
    else
        text += "; try again when it has ended";
    return text;
}

} // namespace

std::expected<std::unique_ptr<state_directory>, std::string> state_directory::take(const std::string& path,
                                                                                   std::string_view command) {
    if (::mkdir(path.c_str(), 0750) != 0 && errno != EEXIST)
        return std::unexpected(failed("creating the directory", path));
    const auto file = path + "/lock";
    const int lock = open_private(file, O_RDWR | O_NOFOLLOW);
    if (lock < 0)
        return std::unexpected(failed("opening", file));
    std::unique_ptr<state_directory> made(new state_directory(path, lock));
    // The kernel lets go of it however the process ends (flock(2)).
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            return std::unexpected(taken(path, holder(lock), command));
        return std::unexpected(failed("locking", file));
    }
    const auto mine = std::to_string(::getpid()) + ' ' + std::string(command);
    // Only for the message to somebody else: on a full disk it goes without.
    const bool told = ::ftruncate(lock, 0) == 0 && ::pwrite(lock, mine.data(), mine.size(), 0) > 0;
    (void)told;
    return made;
}

state_directory::~state_directory() {
    ::close(lock_);
}

} // namespace contactd
