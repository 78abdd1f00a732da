#include "daemon/organizations/csv_text.hpp"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

namespace contactd {

namespace {

constexpr std::size_t largest_text = std::size_t{64} << 20;

constexpr std::string_view remedy = "Save it as \"CSV UTF-8\".";

int line_at(std::string_view text, std::size_t offset) {
    int line = 0;
    std::string_view rest = text;
    do {
        (void)take_csv_line(rest);
        ++line;
    } while (!rest.empty() && text.size() - rest.size() <= offset);
    return line;
}

std::optional<std::size_t> first_byte_beyond_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (static_cast<unsigned char>(text[at]) < 0x80) {
            ++at;
            continue;
        }
        utf8proc_int32_t code_point = -1;
        const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                                           static_cast<utf8proc_ssize_t>(text.size() - at), &code_point);
        if (size <= 0)
            return at;
        at += static_cast<std::size_t>(size);
    }
    return std::nullopt;
}

} // namespace

std::expected<std::string_view, std::string> check_csv_text(std::string_view text, const std::string& file) {
    if (text.size() > largest_text)
        return std::unexpected(
            fmt::format("{}: The file is larger than 64 MiB, so it is no list of organizations.", file));
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
        return std::unexpected(fmt::format("{}: The file is UTF-16. {}", file, remedy));
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos)
        return std::unexpected(fmt::format("{}:{}: There is a NUL byte here, so the file is UTF-16 or no text. {}",
                                           file, line_at(text, nul), remedy));
    if (const auto bad = first_byte_beyond_utf8(text))
        return std::unexpected(
            fmt::format("{}:{}: The file is not UTF-8 text here. {}", file, line_at(text, *bad), remedy));
    return text;
}

char csv_separator(std::string_view text) {
    constexpr std::string_view separators = ",;\t";
    std::array<std::size_t, separators.size()> counts{};
    bool in_quotes = false;
    bool begun = false;
    for (const char c : text) {
        if (c == '"')
            in_quotes = !in_quotes; // Two in a row come to nothing, as they should.
        else if (in_quotes)
            continue;
        else if (c == '\n' || c == '\r') {
            if (begun)
                break;
            counts = {};
        } else if (const std::size_t which = separators.find(c); which != std::string_view::npos)
            ++counts[which];
        begun = begun || (c != '\n' && c != '\r' && c != ' ' && c != '\t');
    }
    const auto most = std::ranges::max_element(counts);
    return separators[static_cast<std::size_t>(most - counts.begin())];
}

std::string_view take_csv_line(std::string_view& rest) {
    std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
    if (rest.substr(end).starts_with("\r\n"))
        end += 2;
    else if (end < rest.size())
        ++end;
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end);
    return line;
}

} // namespace contactd
