#include "daemon/audit/reading/first_line.hpp"

#include "daemon/audit/reading/line_head.hpp"
#include "daemon/audit/reading/log_files.hpp"
#include "daemon/audit/reading/time_words.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

namespace contactd {

namespace {

/// What is looked at in one place. The longest line of ours is not longer.
constexpr std::size_t probe_size = 64 << 10;
/// A file, or a part of it, that is read sooner than searched.
constexpr std::uint64_t worth_searching = 1 << 20;

std::string probe(int descriptor, std::uint64_t offset) {
    std::string bytes(probe_size, '\0');
    const auto got = ::pread(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return bytes;
}

struct timed_line {
    std::uint64_t offset;
    core::wall_time when;
};

/// The first line of ours that begins at the byte or behind it.
std::optional<timed_line> line_from(int descriptor, std::uint64_t offset) {
    const auto bytes = probe(descriptor, offset > 0 ? offset - 1 : 0);
    std::string_view rest(bytes);
    auto at = offset > 0 ? offset - 1 : 0;
    const auto skip_line = [&rest, &at] {
        const auto feed = rest.find('\n');
        const auto passed = feed == std::string_view::npos ? rest.size() : feed + 1;
        rest.remove_prefix(passed);
        at += passed;
    };
    if (offset > 0)
        skip_line(); // The end of the line before, or no more than its line feed.
    for (; !rest.empty(); skip_line())
        if (const auto head = read_line_head(rest.substr(0, rest.find('\n'))))
            if (const auto when = read_timestamp(head->time))
                return timed_line{at, *when};
    return std::nullopt;
}

} // namespace

std::uint64_t first_line_since(int descriptor, core::wall_time since) {
    struct stat info {};
    if (::fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode))
        return 0;
    auto end = static_cast<std::uint64_t>(info.st_size);
    if (end < worth_searching)
        return 0;
    const auto wanted = since - clock_margin;
    const auto first = line_from(descriptor, 0);
    if (!first || first->when >= wanted)
        return 0;
    const auto last = line_from(descriptor, end - probe_size);
    if (!last)
        return 0;
    // The lines at `begin` are older than wanted, those at `end` are not, or there are none.
    auto begin = *first;
    auto latest = last->when;
    while (end - begin.offset > worth_searching) {
        const auto middle = line_from(descriptor, begin.offset + (end - begin.offset) / 2);
        if (!middle || middle->offset >= end || middle->when < begin.when || middle->when > latest + clock_margin)
            return 0;
        if (middle->when < wanted) {
            begin = *middle;
        } else {
            end = middle->offset;
            latest = middle->when;
        }
    }
    return begin.offset;
}

std::uint64_t line_begin_from(int descriptor, std::uint64_t offset) {
    if (offset == 0)
        return 0;
    const auto bytes = probe(descriptor, offset - 1);
    const auto feed = bytes.find('\n');
    return offset - 1 + (feed == std::string::npos ? bytes.size() : feed + 1);
}

} // namespace contactd
