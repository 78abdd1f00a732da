#include "daemon/secrets/secret_file.hpp"

#include "autotask/secret.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace contactd {

namespace {

// A line end of two bytes, and one byte more to see that the limit is exceeded.
constexpr std::size_t most_bytes = longest_secret + 3;

void read_content(int descriptor, secret_file& into) {
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) {
        into.failure = errno;
        return;
    }
    into.regular = S_ISREG(status.st_mode);
    into.mode = status.st_mode & 07777U;
    if (!into.regular)
        return;
    // All of it is allocated before the first byte arrives, so that no outgrown buffer is left behind unwiped.
    into.content.resize(most_bytes);
    std::size_t size = 0;
    while (size < most_bytes) {
        const ssize_t count = ::read(descriptor, into.content.data() + size, most_bytes - size);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            into.failure = errno;
            autotask::wipe(into.content);
            return;
        }
        if (count == 0)
            break;
        size += static_cast<std::size_t>(count);
    }
    into.content.resize(size);
}

} // namespace

secret_file read_secret_file(const std::string& path) {
    secret_file result;
    // Without O_NONBLOCK, opening a FIFO would wait for a writer for ever.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        result.failure = errno;
        return result;
    }
    read_content(descriptor, result);
    (void)::close(descriptor);
    return result;
}

} // namespace contactd
