#include "daemon/config/read_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace contactd {

namespace {

class descriptor {
public:
    explicit descriptor(int number) : number_(number) {}
    ~descriptor() {
        if (number_ >= 0)
            (void)::close(number_);
    }
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;
    int number() const { return number_; }

private:
    int number_;
};

unreadable_file cannot_read(int error) {
    unreadable_file result{{fmt::format("The file cannot be read: {}.", std::generic_category().message(error)), {}},
                           error == ENOENT};
    if (error == EACCES)
        result.why.remedy = "Give the user that contactd runs as the right to read it.";
    return result;
}

} // namespace

std::expected<std::string, unreadable_file> read_whole_file(const std::string& path, std::size_t largest) {
    // Without O_NONBLOCK, opening a FIFO would wait for a writer for ever.
    const descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.number() < 0)
        return std::unexpected(cannot_read(errno));
    struct stat status {};
    if (::fstat(file.number(), &status) != 0)
        return std::unexpected(cannot_read(errno));
    if (!S_ISREG(status.st_mode))
        return std::unexpected(unreadable_file{{"This is not a regular file.", {}}});
    std::string content;
    char buffer[16384];
    while (true) {
        const ssize_t count = ::read(file.number(), buffer, sizeof buffer);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return std::unexpected(cannot_read(errno));
        if (count == 0)
            return content;
        content.append(buffer, static_cast<std::size_t>(count));
        if (content.size() > largest)
            return std::unexpected(unreadable_file{
                {fmt::format("The file is larger than {} MiB, so it is not what it should be.", largest >> 20), {}}});
    }
}

} // namespace contactd
