#include "daemon/private_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace contactd {

int open_private(const std::string& path, int flags) {
    // O_EXCL never follows a link, so that only what was created here is given away.
    const int made = ::open(path.c_str(), flags | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
    if (made < 0)
        return errno == EEXIST ? ::open(path.c_str(), flags | O_CLOEXEC) : -1;
    struct stat directory {};
    if (::geteuid() == 0 && ::stat(path.substr(0, path.rfind('/')).c_str(), &directory) == 0) {
        const bool given = ::fchown(made, directory.st_uid, directory.st_gid) == 0;
        (void)given; // Then it is root's, and whoever cannot open it says so.
    }
    return made;
}

} // namespace contactd
