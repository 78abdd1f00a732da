#pragma once

#include "core/wall_time.hpp"
#include "daemon/audit/reading/byte_source.hpp"

#include <memory>
#include <optional>
#include <string>
#include <sys/stat.h>
#include <sys/types.h>
#include <vector>

namespace contactd {

/// How far the clock may have been set back before a file or a part of it is passed over although lines in it are
/// wanted.
inline constexpr std::chrono::hours clock_margin{1};

/// A file of the log, open: it stays the same file under whatever name.
struct opened_log_file {
    std::string path; ///< That it was opened under.
    owned_descriptor descriptor;
    bool compressed = false;
    dev_t device = 0;
    ino_t inode = 0;
    std::int64_t modified = 0; ///< Nanoseconds since 1970.
    std::string head;          ///< The bytes that it began with when it was opened; no two files begin alike.
};

/// The log as it was at one moment.
struct opened_log {
    std::vector<opened_log_file> rotated; ///< The oldest first.
    std::optional<opened_log_file> live;  ///< The one that is appended to.
    std::vector<std::string> troubles;    ///< Sentences about files that cannot be read.
    bool live_is_missing = false;
    bool has_rotated = false; ///< Also when none of them can hold what is wanted.
};

/// Opens the log and its rotated files. Those that were last written to before `since` are left out. A rotation
/// meanwhile neither hides a file nor shows it twice.
opened_log open_log(const std::string& path, std::optional<core::wall_time> since);

/// The bytes of the file from a byte on, of one that is compressed as they were before.
std::unique_ptr<byte_source> bytes_of(const opened_log_file& file, std::uint64_t from = 0);

/// The first bytes of the file, as many as there are but not more than are needed to know it by.
std::string head_of(const opened_log_file& file);

/// Why a file cannot be read and what to do, as a sentence without a full stop; `problem` is an error number.
std::string unreadable_words(const std::string& path, int problem);

} // namespace contactd
