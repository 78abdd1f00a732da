#include "daemon/trace/trace_file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace contactd {
namespace {

constexpr mode_t for_the_owner = 0600;

/// How every trace of ours begins, and hardly anything else. One that met no event is just "[]".
constexpr std::string_view first_bytes = "[\n{\"ph\":\"";
constexpr std::string_view nothing_met = "[]\n";

std::string sentence(const char* doing, const std::string& path, const std::string& why) {
    return std::string(doing) + " the trace " + path + ": " + why;
}

bool is_something_else(mode_t mode) {
    return !S_ISREG(mode);
}

/// Whether nothing is lost when the file is begun anew: a mistyped name must not cost an audit log.
bool may_be_replaced(int descriptor) {
    char begin[first_bytes.size()];
    const auto got = ::pread(descriptor, begin, sizeof begin, 0);
    if (got < 0)
        return false;
    const std::string_view found(begin, static_cast<std::size_t>(got));
    return found.empty() || found == nothing_met || found == first_bytes;
}

} // namespace

std::expected<std::unique_ptr<trace_file>, std::string> trace_file::open(const std::string& path) {
    const auto refuse = [&path](const std::string& why) { return std::unexpected(sentence("opening", path, why)); };
    constexpr const char* no_file = "it is there already and is no regular file";
    // A pipe must not make this wait, nor a link lead elsewhere; and nothing is cut before it is known what it is.
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, for_the_owner);
    struct stat info {};
    if (descriptor < 0) {
        const auto why = errno;
        const bool other = ::lstat(path.c_str(), &info) == 0 && is_something_else(info.st_mode);
        return refuse(other ? no_file : std::strerror(why));
    }
    std::unique_ptr<trace_file> made(new trace_file(path, descriptor));
    if (::fstat(descriptor, &info) != 0)
        return refuse(std::strerror(errno));
    if (is_something_else(info.st_mode))
        return refuse(no_file);
    if (!may_be_replaced(descriptor))
        return refuse("it is there already and is no trace; name another file");
    if (::ftruncate(descriptor, 0) != 0)
        return refuse(std::strerror(errno));
    return made;
}

trace_file::trace_file(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}

trace_file::~trace_file() {
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

void trace_file::append(std::span<const std::string> events) {
    std::string text;
    for (const auto& one : events) {
        text += size_ == 0 && text.empty() ? "[\n" : ",\n";
        text += one;
    }
    write(text);
}

std::expected<void, std::string> trace_file::finish() {
    write(size_ == 0 ? std::string(nothing_met) : "\n]\n");
    if (::close(std::exchange(descriptor_, -1)) != 0 && failure_.empty())
        failure_ = sentence("closing", path_, std::strerror(errno));
    if (!failure_.empty())
        return std::unexpected(failure_);
    return {};
}

void trace_file::write(const std::string& text) {
    std::size_t done = 0;
    while (failure_.empty() && done < text.size()) {
        const auto written =
            ::pwrite(descriptor_, text.data() + done, text.size() - done, size_ + static_cast<off_t>(done));
        if (written > 0)
            done += static_cast<std::size_t>(written);
        else
            failure_ = sentence("writing", path_, std::strerror(written < 0 ? errno : ENOSPC));
    }
    if (done == text.size())
        size_ += static_cast<off_t>(done);
    else if (done > 0 && ::ftruncate(descriptor_, size_) != 0) // Half an event could keep a viewer from showing any.
        failure_ += "; half an event stays at its end";
}

} // namespace contactd
