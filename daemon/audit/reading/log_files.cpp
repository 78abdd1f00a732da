#include "daemon/audit/reading/log_files.hpp"

#include "daemon/audit/reading/log_names.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <grp.h>
#include <map>
#include <unistd.h>
#include <utility>

namespace contactd {

namespace {

/// Time, event and sweep of the first line are in it.
constexpr std::size_t head_size = 256;
/// A rotation takes moments; whoever meets ten of them in a row has another problem.
constexpr int most_attempts = 10;

std::int64_t modified_of(const struct stat& info) {
    return info.st_mtim.tv_sec * std::int64_t{1'000'000'000} + info.st_mtim.tv_nsec;
}

struct folder_reading {
    rotated_names names;
    std::map<std::string, ino_t> inodes; ///< By the name of each file of the log.
};

/// What the folder holds of the log now.
folder_reading read_folder(const std::string& folder, const std::string& name) {
    folder_reading found;
    std::vector<neighbour_file> all;
    std::map<std::string, ino_t> inodes;
    std::error_code failed;
    for (std::filesystem::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
        auto one = at->path().filename().string();
        struct stat info {};
        if (!one.starts_with(name) || ::stat(at->path().c_str(), &info) != 0 || !S_ISREG(info.st_mode))
            continue;
        inodes[one] = info.st_ino;
        all.push_back({std::move(one), modified_of(info)});
    }
    found.names = find_rotated(name, all);
    for (const auto& one : found.names.readable)
        found.inodes[one.name] = inodes[one.name];
    if (const auto live = inodes.find(name); live != inodes.end())
        found.inodes.insert(*live);
    return found;
}

/// Nothing with errno set when it cannot be opened.
std::optional<opened_log_file> open_file(const std::string& path) {
    opened_log_file opened;
    opened.descriptor = owned_descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat info {};
    if (!opened.descriptor.is_open() || ::fstat(opened.descriptor.get(), &info) != 0)
        return std::nullopt;
    if (S_ISDIR(info.st_mode)) {
        errno = EISDIR;
        return std::nullopt;
    }
    opened.path = path;
    opened.compressed = is_gzip_name(path);
    opened.device = info.st_dev;
    opened.inode = info.st_ino;
    opened.modified = modified_of(info);
    if (S_ISREG(info.st_mode)) // Of a pipe it would be gone.
        opened.head = head_of(opened);
    return opened;
}

bool is_wholly_before(const neighbour_file& one, std::optional<core::wall_time> since) {
    using std::chrono::nanoseconds;
    return since && nanoseconds(one.modified) < nanoseconds((*since - clock_margin).time_since_epoch());
}

std::string group_of(const std::string& path) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0)
        return "adm";
    const auto* const group = ::getgrgid(info.st_gid);
    return group != nullptr ? group->gr_name : std::to_string(info.st_gid);
}

} // namespace

opened_log open_log(const std::string& path, std::optional<core::wall_time> since) {
    const std::filesystem::path whole(path);
    const auto folder = whole.has_parent_path() ? whole.parent_path() : std::filesystem::path(".");
    opened_log log;
    for (int attempt = 0; attempt < most_attempts; ++attempt) {
        log = {};
        const auto before = read_folder(folder.string(), whole.filename().string());
        bool moved = false;
        log.has_rotated = !before.names.readable.empty() || !before.names.unreadable.empty();
        for (const auto& one : before.names.readable) {
            if (is_wholly_before(one, since))
                continue;
            const auto its_path = (folder / one.name).string();
            if (auto opened = open_file(its_path)) {
                moved = moved || opened->inode != before.inodes.at(one.name);
                log.rotated.push_back(std::move(*opened));
            } else if (errno == ENOENT) {
                moved = true;
            } else {
                log.troubles.push_back(unreadable_words(its_path, errno));
            }
        }
        for (const auto& one : before.names.unreadable)
            log.troubles.push_back(fmt::format("{} is compressed with another program than gzip and was left out: "
                                               "unpack it and read it with --file",
                                               (folder / one).string()));
        if (auto opened = open_file(path))
            log.live = std::move(*opened);
        else if (errno == ENOENT)
            log.live_is_missing = true;
        else
            log.troubles.push_back(unreadable_words(path, errno));
        const auto after = read_folder(folder.string(), whole.filename().string());
        if (!moved && after.inodes == before.inodes)
            break;
    }
    return log;
}

std::unique_ptr<byte_source> bytes_of(const opened_log_file& file, std::uint64_t from) {
    if (!file.compressed)
        return plain_bytes(file.descriptor.get(), from);
    auto source = gzip_bytes(file.descriptor.get());
    std::vector<char> passed(64 << 10);
    while (from > 0) {
        const auto got = source->read(std::span(passed).first(std::min<std::uint64_t>(passed.size(), from)));
        if (!got || *got == 0)
            break; // The next reading says the same.
        from -= *got;
    }
    return source;
}

std::string head_of(const opened_log_file& file) {
    std::string head(head_size, '\0');
    std::size_t got = 0;
    const auto source = bytes_of(file);
    while (got < head.size()) {
        const auto more = source->read(std::span(head).subspan(got));
        if (!more || *more == 0)
            break;
        got += *more;
    }
    head.resize(got);
    return head;
}

std::string unreadable_words(const std::string& path, int problem) {
    auto words = fmt::format("the audit log {} cannot be read: {}", path, std::strerror(problem));
    if (problem == EACCES || problem == EPERM)
        words += fmt::format("; read it as root or as a member of the group {}", group_of(path));
    return words;
}

} // namespace contactd
