#include "daemon/audit/reading/log_names.hpp"

#include "core/ascii.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace contactd {

namespace {

constexpr std::string_view gzip = ".gz";
constexpr std::array<std::string_view, 4> other_packers{".bz2", ".xz", ".zst", ".lz4"};

struct rotated_file {
    neighbour_file file;
    std::string mark; ///< What tells it from the others: "2" or "20261124".
    bool is_dated = false;
};

/// Digits, and behind a "-" as many groups of digits as the date format has.
bool is_mark(std::string_view text, bool dated) {
    if (text.empty() || !core::is_ascii_digit(text.front()) || !core::is_ascii_digit(text.back()))
        return false;
    return std::ranges::all_of(text, [dated](char c) { return core::is_ascii_digit(c) || (dated && c == '-'); });
}

/// Numbers of any length by their value: the higher, the older.
bool is_lower(std::string_view left, std::string_view right) {
    return left.size() != right.size() ? left.size() < right.size() : left < right;
}

bool is_older(const rotated_file& left, const rotated_file& right) {
    return left.is_dated ? left.mark < right.mark : is_lower(right.mark, left.mark);
}

std::int64_t newest(const std::vector<rotated_file>& files) {
    return files.empty() ? 0
                         : std::ranges::max(files, {}, [](const auto& one) { return one.file.modified; }).file.modified;
}

} // namespace

bool is_gzip_name(std::string_view name) {
    return name.ends_with(gzip);
}

rotated_names find_rotated(std::string_view name, const std::vector<neighbour_file>& folder) {
    std::vector<rotated_file> numbered;
    std::vector<rotated_file> dated;
    rotated_names found;
    std::set<std::string_view> plain;
    for (const auto& one : folder)
        plain.insert(one.name);
    for (const auto& one : folder) {
        std::string_view mark(one.name);
        if (!mark.starts_with(name) || mark.size() < name.size() + 2)
            continue;
        const char separator = mark[name.size()];
        const bool is_dated = separator == '-';
        mark.remove_prefix(name.size() + 1);
        const auto packed = std::ranges::find_if(other_packers, [mark](auto end) { return mark.ends_with(end); });
        const bool cannot_read = packed != other_packers.end();
        if (cannot_read)
            mark.remove_suffix(packed->size());
        const bool is_gzip = is_gzip_name(mark);
        if (is_gzip)
            mark.remove_suffix(gzip.size());
        if ((separator != '.' && !is_dated) || !is_mark(mark, is_dated))
            continue;
        const auto whole = std::string_view(one.name).substr(0, name.size() + 1 + mark.size());
        if ((is_gzip || cannot_read) && plain.contains(whole))
            continue;
        if (cannot_read)
            found.unreadable.push_back(one.name);
        else
            (is_dated ? dated : numbered).push_back({one, std::string(mark), is_dated});
    }
    std::ranges::sort(numbered, is_older);
    std::ranges::sort(dated, is_older);
    // Both kinds are there when the one was given up for the other.
    const bool dated_first = newest(dated) <= newest(numbered);
    for (const auto* part : {dated_first ? &dated : &numbered, dated_first ? &numbered : &dated})
        for (const auto& one : *part)
            found.readable.push_back(one.file);
    std::ranges::sort(found.unreadable);
    return found;
}

} // namespace contactd
