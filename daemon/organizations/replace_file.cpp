#include "daemon/organizations/replace_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace contactd {

namespace {

using outcome = std::expected<void, std::string>;

constexpr mode_t permissions = 07777;

class descriptor {
public:
    explicit descriptor(int number) : number_(number) {}
    ~descriptor() { (void)close(); }
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;

    int number() const { return number_; }

    /// False with errno set.
    bool close() { return number_ < 0 || ::close(std::exchange(number_, -1)) == 0; }

private:
    int number_;
};

/// A file beside the one to be replaced, gone again unless it has taken its name.
class temporary_file {
public:
    explicit temporary_file(const std::string& beside) : path_(beside + ".XXXXXX"), file_(make(path_)) {}
    ~temporary_file() {
        if (file_made_)
            (void)::unlink(path_.c_str());
    }
    temporary_file(const temporary_file&) = delete;
    temporary_file& operator=(const temporary_file&) = delete;

    const std::string& path() const { return path_; }
    descriptor& file() { return file_; }
    void has_moved() { file_made_ = false; }

private:
    int make(std::string& path) {
        const int made = ::mkostemp(path.data(), O_CLOEXEC);
        file_made_ = made >= 0;
        return made;
    }

    std::string path_;
    bool file_made_ = false;
    descriptor file_;
};

std::string_view remedy_for(int error) {
    switch (error) {
    case EACCES:
    case EPERM:
        return " Try again as the owner of the file and its directory, or as root.";
    case ENOSPC:
    case EDQUOT:
        return " Make room on its disk and try again.";
    default:
        return "";
    }
}

/// `doing` begins the sentence "... failed".
std::unexpected<std::string> failed(const std::string& path, std::string_view doing) {
    const int error = errno;
    return std::unexpected(fmt::format("{}: {} failed: {}. The file was not changed.{}", path, doing,
                                       std::generic_category().message(error), remedy_for(error)));
}

std::unexpected<std::string> refused(const std::string& path, std::string_view why) {
    return std::unexpected(fmt::format("{}: {}", path, why));
}

/// `done` is what somebody else has done to the file: "changed", "created" or "removed".
std::unexpected<std::string> meanwhile(const std::string& path, std::string_view done) {
    return refused(path, fmt::format("Somebody else has {} the file meanwhile, so it was not written. Start over with "
                                     "what is there now.",
                                     done));
}

/// The path without links. Of a file that does not exist yet, its directory is.
std::expected<std::string, std::string> real_path(const std::string& path, bool exists) {
    const auto resolve = [](const std::string& of) {
        return std::unique_ptr<char, decltype([](char* p) { std::free(p); })>(::realpath(of.c_str(), nullptr));
    };
    if (exists) {
        const auto whole = resolve(path);
        if (!whole)
            return failed(path, "Finding the file");
        return std::string(whole.get());
    }
    const std::size_t slash = path.rfind('/');
    const std::string name = path.substr(slash == std::string::npos ? 0 : slash + 1);
    const std::string directory = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    if (name.empty() || name == "." || name == "..")
        return refused(path, "This names a directory, not a file.");
    const auto whole = resolve(directory);
    if (!whole)
        return failed(path, "Finding its directory");
    std::string real = whole.get();
    if (!real.ends_with('/'))
        real += '/';
    return real + name;
}

std::string directory_of(const std::string& real) {
    const std::size_t slash = real.rfind('/');
    return slash == 0 ? "/" : real.substr(0, slash);
}

/// True when the file holds exactly this; false with errno set to 0 when it holds something else.
bool holds(const std::string& real, std::string_view expected) {
    const descriptor file(::open(real.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.number() < 0)
        return false;
    char buffer[16384];
    while (true) {
        const ssize_t count = ::read(file.number(), buffer, sizeof buffer);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        errno = 0;
        if (count == 0)
            return expected.empty();
        const std::string_view part(buffer, static_cast<std::size_t>(count));
        if (!expected.starts_with(part))
            return false;
        expected.remove_prefix(part.size());
    }
}

outcome check_unchanged(const std::string& path, const std::string& real, std::optional<std::string_view> before) {
    if (!before) {
        struct stat status {};
        if (::lstat(real.c_str(), &status) == 0)
            return meanwhile(path, "created");
        return errno == ENOENT ? outcome() : failed(path, "Looking for the file");
    }
    if (holds(real, *before))
        return {};
    if (errno == 0)
        return meanwhile(path, "changed");
    return errno == ENOENT ? meanwhile(path, "removed") : failed(path, "Reading the file");
}

/// False with errno set.
bool write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t count = ::write(file, text.data(), text.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

/// Makes mode and owner those of the file in whose place it comes. False with errno set.
bool take_after(int file, const struct stat* original, mode_t mode_of_new) {
    if (!original)
        return ::fchmod(file, mode_of_new) == 0;
    struct stat own {};
    if (::fstat(file, &own) != 0)
        return false;
    const bool same_owner = own.st_uid == original->st_uid && own.st_gid == original->st_gid;
    // The owner first: to change it takes some bits of the mode away.
    return (same_owner || ::fchown(file, original->st_uid, original->st_gid) == 0) &&
           ::fchmod(file, original->st_mode & permissions) == 0;
}

/// Gives the file its name; a new one never takes the place of another. False with errno set.
bool move(const std::string& from, const std::string& to, bool is_new) {
    if (!is_new)
        return ::rename(from.c_str(), to.c_str()) == 0;
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0)
        return true;
    // Some file systems do not know how; that there is none was looked up a moment ago.
    return (errno == EINVAL || errno == ENOSYS) && ::rename(from.c_str(), to.c_str()) == 0;
}

outcome write_and_move(const std::string& path, const std::string& real, const struct stat* original,
                       std::optional<std::string_view> before, std::string_view text, mode_t mode_of_new) {
    // Opened first: afterwards it is too late to find out that it cannot be.
    const descriptor directory(::open(directory_of(real).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.number() < 0)
        return failed(path, "Opening its directory");
    temporary_file temporary(real);
    descriptor& file = temporary.file();
    if (file.number() < 0)
        return failed(path, "Creating a file beside it");
    if (!write_all(file.number(), text))
        return failed(path, "Writing to a file beside it");
    if (!take_after(file.number(), original, mode_of_new))
        return failed(path, "Giving its owner and mode to a file beside it");
    if (::fsync(file.number()) != 0)
        return failed(path, "Writing a file beside it to the disk");
    if (!file.close())
        return failed(path, "Closing a file beside it");
    if (auto unchanged = check_unchanged(path, real, before); !unchanged)
        return unchanged;
    if (!move(temporary.path(), real, !before))
        return errno == EEXIST ? meanwhile(path, "created") : failed(path, "Renaming a file beside it");
    temporary.has_moved();
    // A file system that cannot do this says so with EINVAL, and has its own way.
    if (::fsync(directory.number()) != 0 && errno != EINVAL)
        return refused(path,
                       fmt::format("The file has been written, but its directory not to the disk: {}. A power cut "
                                   "might bring the old file back.",
                                   std::generic_category().message(errno)));
    return {};
}

} // namespace

outcome replace_file(const std::string& path, std::optional<std::string_view> before, std::string_view text,
                     mode_t mode_of_new) {
    struct stat original {};
    const bool exists = ::stat(path.c_str(), &original) == 0;
    if (!exists && errno != ENOENT)
        return failed(path, "Looking for the file");
    if (exists && !S_ISREG(original.st_mode))
        return refused(path, "This is not a regular file.");
    if (exists != before.has_value())
        return meanwhile(path, exists ? "created" : "removed");
    struct stat link {};
    if (!exists && ::lstat(path.c_str(), &link) == 0)
        return refused(path, "This is a symbolic link that leads to no file. Create the file, or remove the link.");
    const auto real = real_path(path, exists);
    if (!real)
        return std::unexpected(real.error());
    return write_and_move(path, *real, exists ? &original : nullptr, before, text, mode_of_new);
}

} // namespace contactd
