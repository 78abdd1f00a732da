#include "daemon/organizations/text_lines.hpp"

#include <algorithm>

namespace contactd {

namespace {

bool continues_code_point(char c) {
    return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u;
}

} // namespace

text_lines::text_lines(std::string_view text) : text_(text) {
    begins_.push_back(text.starts_with("\xEF\xBB\xBF") ? 3 : 0);
    for (std::size_t feed = text.find('\n'); feed != std::string_view::npos; feed = text.find('\n', feed + 1))
        begins_.push_back(feed + 1);
}

std::size_t text_lines::offset(toml_position place) const {
    std::size_t at = begin(place.line);
    for (int column = 1; column < place.column && at < text_.size(); ++column) {
        ++at;
        while (at < text_.size() && continues_code_point(text_[at]))
            ++at;
    }
    return at;
}

std::size_t text_lines::begin(int line) const {
    const auto index = static_cast<std::size_t>(std::max(line, 1) - 1);
    return index < begins_.size() ? begins_[index] : text_.size();
}

std::size_t text_lines::end(int line) const {
    return begin(line + 1);
}

std::string_view text_lines::content(int line) const {
    std::string_view whole = text_.substr(begin(line), end(line) - begin(line));
    whole.remove_suffix(line_end(line).size());
    return whole;
}

std::string_view text_lines::line_end(int line) const {
    const std::string_view whole = text_.substr(begin(line), end(line) - begin(line));
    const std::size_t size = whole.ends_with("\r\n") ? 2 : whole.ends_with('\n') ? 1 : 0;
    return whole.substr(whole.size() - size);
}

std::size_t code_points(std::string_view text) {
    return text.size() - static_cast<std::size_t>(std::ranges::count_if(text, continues_code_point));
}

} // namespace contactd
