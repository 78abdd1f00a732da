#include "daemon/audit/audit_file.hpp"

#include "daemon/private_file.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace contactd {
namespace {

/// No line of the audit log is longer; what is longer at the end of the file is not a line of ours.
constexpr off_t longest_line = 64 << 10;

std::string sentence(const std::string& doing, const std::string& path) {
    return doing + " the audit log " + path + ": " + std::strerror(errno);
}

int open_for_appending(const std::string& path) {
    return open_private(path, O_RDWR | O_APPEND);
}

bool is_whole(std::string_view line) {
    boost::system::error_code failed;
    const auto parsed = boost::json::parse(line, failed);
    return !failed && parsed.is_object();
}

/// Mends a last line without a line feed. False with errno set.
bool mend_tail(int descriptor) {
    struct stat info {};
    if (::fstat(descriptor, &info) != 0)
        return false;
    if (!S_ISREG(info.st_mode) || info.st_size == 0)
        return true;
    const auto from = std::max<off_t>(0, info.st_size - longest_line);
    std::string tail(static_cast<std::size_t>(info.st_size - from), '\0');
    if (::pread(descriptor, tail.data(), tail.size(), from) != static_cast<ssize_t>(tail.size()))
        return false;
    if (tail.ends_with('\n'))
        return true;
    const auto last_feed = tail.rfind('\n');
    if (last_feed == std::string::npos && from > 0)
        return ::write(descriptor, "\n", 1) == 1; // Too long to be torn from a line of ours: not ours to cut.
    const auto line_starts = last_feed == std::string::npos ? 0 : last_feed + 1;
    if (is_whole(std::string_view(tail).substr(line_starts)))
        return ::write(descriptor, "\n", 1) == 1;
    return ::ftruncate(descriptor, from + static_cast<off_t>(line_starts)) == 0;
}

} // namespace

std::expected<std::unique_ptr<audit_file>, std::string> audit_file::open(const std::string& path) {
    const int descriptor = open_for_appending(path);
    if (descriptor < 0)
        return std::unexpected(sentence("opening", path) + "; set daemon.audit_log to a file that can be written");
    std::unique_ptr<audit_file> made(new audit_file(path, descriptor));
    if (!mend_tail(descriptor))
        return std::unexpected(sentence("mending the end of", path));
    return made;
}

audit_file::audit_file(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}

audit_file::~audit_file() {
    for (const int one : retired_)
        ::close(one);
    ::close(descriptor_);
}

std::expected<void, std::string> audit_file::append(std::string_view line) {
    std::string whole(line);
    whole += '\n';
    struct stat before {};
    if (::fstat(descriptor_, &before) != 0)
        return std::unexpected(sentence("writing", path_));
    const auto written = ::write(descriptor_, whole.data(), whole.size());
    if (written == static_cast<ssize_t>(whole.size()))
        return {};
    const bool disk_full = written >= 0;
    if (disk_full)
        errno = ENOSPC;
    auto failure = sentence("writing", path_);
    // A part of a line is worse than none.
    if (written > 0 && ::ftruncate(descriptor_, before.st_size) != 0)
        failure += "; half a line stays at its end";
    return std::unexpected(std::move(failure));
}

std::expected<void, std::string> audit_file::sync() {
    std::vector<int> all;
    {
        const std::scoped_lock lock(guard_);
        if (!lost_.empty())
            return std::unexpected(lost_);
        const int mine = ::fcntl(descriptor_, F_DUPFD_CLOEXEC, 0); // reopen() may close the other one meanwhile.
        if (mine < 0)
            return std::unexpected(sentence("synchronising", path_));
        all = std::exchange(retired_, {});
        all.push_back(mine);
    }
    std::string failure;
    for (const int one : all) {
        // Devices and pipes cannot be synchronised, and need not be.
        if (::fdatasync(one) != 0 && errno != EINVAL && errno != EROFS)
            failure = sentence("synchronising", path_) + "; mend it and reload (SIGHUP)";
        ::close(one);
    }
    if (failure.empty())
        return {};
    // The kernel tells a failure once and forgets what it could not write: a second try would succeed and mean nothing.
    const std::scoped_lock lock(guard_);
    lost_ = failure;
    return std::unexpected(std::move(failure));
}

std::vector<std::string> audit_file::lines_of(std::string_view sweep) {
    struct stat info {};
    if (::fstat(descriptor_, &info) != 0 || !S_ISREG(info.st_mode))
        return {};
    const auto from = std::max<off_t>(0, info.st_size - static_cast<off_t>(recent_bytes));
    std::string recent(static_cast<std::size_t>(info.st_size - from), '\0');
    const auto read = ::pread(descriptor_, recent.data(), recent.size(), from);
    recent.resize(read < 0 ? 0 : static_cast<std::size_t>(read));
    const auto wanted = "\"sweep\":\"" + std::string(sweep) + '"';
    std::vector<std::string> found;
    for (auto at = recent.find(wanted); at != std::string::npos; at = recent.find(wanted, at)) {
        const auto before = recent.rfind('\n', at);
        const auto begin = before == std::string::npos ? 0 : before + 1;
        at = std::min(recent.find('\n', at), recent.size());
        found.push_back(recent.substr(begin, at - begin));
    }
    return found;
}

std::expected<void, std::string> audit_file::reopen() {
    const int descriptor = open_for_appending(path_);
    if (descriptor < 0)
        return std::unexpected(sentence("reopening", path_));
    const std::scoped_lock lock(guard_);
    retired_.push_back(std::exchange(descriptor_, descriptor));
    lost_.clear();
    return {};
}

} // namespace contactd
