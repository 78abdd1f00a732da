#include "daemon/audit/reading/log_reader.hpp"

#include "daemon/audit/reading/first_line.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <sys/stat.h>
#include <utility>
#include <vector>

namespace contactd {

namespace {

bool is_same_file(const opened_log_file& left, const opened_log_file& right) {
    return left.inode == right.inode && left.device == right.device;
}

/// The same file, or what became of it when it was copied or compressed.
bool is_continued_in(const opened_log_file& known, const opened_log_file& other) {
    return is_same_file(known, other) || (!known.head.empty() && other.head.starts_with(known.head));
}

std::uint64_t size_of(const opened_log_file& file) {
    struct stat info {};
    return ::fstat(file.descriptor.get(), &info) == 0 && S_ISREG(info.st_mode)
               ? static_cast<std::uint64_t>(info.st_size)
               : 0;
}

/// Where in it to begin to read.
std::uint64_t beginning(const opened_log_file& file, std::optional<core::wall_time> since) {
    return since && !file.compressed ? first_line_since(file.descriptor.get(), *since) : 0;
}

/// Behind the newest file that goes on with `known`; nothing when none does.
std::optional<std::size_t> behind(const std::vector<opened_log_file>& rotated, const opened_log_file& known) {
    for (auto i = rotated.size(); i > 0; --i)
        if (is_continued_in(known, rotated[i - 1]))
            return i;
    return std::nullopt;
}

} // namespace

log_reader::log_reader(std::string path, const line_sifter& sifter, log_listener& to)
    : path_(std::move(path)), sifter_(sifter), to_(to) {}

void log_reader::say_troubles(const opened_log& log) {
    for (const auto& one : log.troubles)
        to_.trouble(one);
}

bool log_reader::read_all(std::optional<core::wall_time> since) {
    read_all_so_far(since);
    finish_line();
    return found_;
}

void log_reader::read_all_so_far(std::optional<core::wall_time> since) {
    auto log = open_log(path_, since);
    say_troubles(log);
    found_ = !log.live_is_missing || log.has_rotated;
    for (auto& one : log.rotated) {
        read_whole(one, beginning(one, since));
        if (to_.has_enough())
            return;
    }
    const auto from = log.live ? beginning(*log.live, since) : 0;
    begin_live(std::move(log), from);
    read_on();
}

void log_reader::read_end(std::uint64_t bytes) {
    auto log = open_log(path_, std::nullopt);
    say_troubles(log);
    std::uint64_t from = 0;
    if (log.live && !log.live->compressed && size_of(*log.live) > bytes)
        from = line_begin_from(log.live->descriptor.get(), size_of(*log.live) - bytes);
    begin_live(std::move(log), from);
    read_on();
}

void log_reader::read_news() {
    if (!live_) {
        if (last_) {
            go_on_behind(*last_);
        } else {
            auto log = open_log(path_, std::nullopt);
            if (log.live_is_missing && log.rotated.empty())
                return;
            say_troubles(log);
            for (const auto& one : log.rotated)
                read_whole(one, 0);
            begin_live(std::move(log), 0);
        }
    }
    read_on();
}

/// What is not alive is remembered by its newest rotated file, so that it is known what comes behind it.
void log_reader::begin_live(opened_log log, std::uint64_t from) {
    live_ = std::move(log.live);
    source_ = live_ ? bytes_of(*live_, from) : nullptr;
    blocks_ = line_blocks(from);
    if (!live_ && !log.rotated.empty())
        last_ = std::move(log.rotated.back());
}

void log_reader::read_on() {
    while (live_ && !to_.has_enough()) {
        // Whoever writes goes on with the old file until it opens the new one, and opens it before it writes there:
        // when the new one holds something, the old one is complete.
        const bool replaced = was_replaced();
        if (!read_live())
            continue;
        if (!replaced || to_.has_enough())
            return;
        finish_line();
        last_ = std::move(live_);
        live_.reset();
        go_on_behind(*last_);
    }
}

/// False when the file was cut meanwhile and another one goes on with it.
bool log_reader::read_live() {
    return read_blocks(*source_, live_->path, true);
}

/// Whether the name belongs to another file now, in which something has been written.
bool log_reader::was_replaced() const {
    struct stat info {};
    if (::stat(path_.c_str(), &info) != 0 || !S_ISREG(info.st_mode))
        return false;
    return (info.st_ino != live_->inode || info.st_dev != live_->device) && info.st_size > 0;
}

/// Whether the live file was cut since it was opened, and perhaps grew again.
bool log_reader::was_cut() {
    struct stat info {};
    if (live_->compressed || ::fstat(live_->descriptor.get(), &info) != 0 || !S_ISREG(info.st_mode))
        return false;
    if (static_cast<std::uint64_t>(info.st_size) < std::max<std::uint64_t>(blocks_.offset(), live_->head.size()))
        return true;
    auto head = head_of(*live_);
    if (!head.starts_with(live_->head))
        return true;
    live_->head = std::move(head);
    return false;
}

bool log_reader::read_blocks(byte_source& from, const std::string& path, bool is_live) {
    to_.enter(path);
    const auto too_long = [this](std::uint64_t at) { to_.miss(line_damage::too_long, at, {}); };
    while (!to_.has_enough()) {
        const auto read = blocks_.next(from, too_long);
        if (!read) {
            to_.trouble(fmt::format("{} cannot be read any further: {}", path, read.error()));
            return true;
        }
        if (is_live && was_cut()) {
            go_on_in_the_copy(read->offset);
            return false;
        }
        sifter_.sift(read->lines, read->offset, to_);
        if (read->at_end)
            return true;
    }
    return true;
}

void log_reader::finish_line() {
    if (const auto rest = blocks_.take_rest(); !rest.lines.empty())
        sifter_.sift_line(rest.lines, rest.offset, to_);
}

void log_reader::read_whole(const opened_log_file& file, std::uint64_t from) {
    blocks_ = line_blocks(from);
    read_blocks(*bytes_of(file, from), file.path, false);
    finish_line();
}

/// The file was cut at a place behind which lines were not read; they are in the copy that was made of it before.
void log_reader::go_on_in_the_copy(std::uint64_t from) {
    auto log = open_log(path_, std::nullopt);
    say_troubles(log);
    if (const auto next = behind(log.rotated, *live_)) {
        read_whole(log.rotated[*next - 1], from);
        for (auto i = *next; i < log.rotated.size(); ++i)
            read_whole(log.rotated[i], 0);
    } else if (!live_->head.empty()) {
        to_.trouble(fmt::format("{} was cut while it was read, and no rotated file holds what it held: lines may be "
                                "missing",
                                path_));
    }
    last_ = std::move(live_);
    begin_live(std::move(log), 0);
}

/// The file was moved away; what follows is in those that were rotated after it, and then in the live one.
void log_reader::go_on_behind(const opened_log_file& last) {
    auto log = open_log(path_, std::nullopt);
    say_troubles(log);
    const auto next = behind(log.rotated, last);
    for (std::size_t i = next.value_or(0); i < log.rotated.size(); ++i)
        if (next || log.rotated[i].modified > last.modified)
            read_whole(log.rotated[i], 0);
    begin_live(std::move(log), 0);
}

} // namespace contactd
