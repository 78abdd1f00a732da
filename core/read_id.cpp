#include "core/read_id.hpp"

#include <charconv>

namespace core {

std::optional<std::int64_t> read_id(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc{} || end != text.data() + text.size() || number < 0)
        return std::nullopt;
    return number;
}

} // namespace core
