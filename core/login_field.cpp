#include "core/login_field.hpp"

#include "core/fold.hpp"
#include "core/text.hpp"

namespace core {

std::string login_in(std::string_view field) {
    const auto cleaned = without_zero_width(field);
    auto name = trim(cleaned);
    if (const auto slash = name.rfind('\\'); slash != std::string_view::npos)
        name = trim(name.substr(slash + 1));
    return fold(name);
}

} // namespace core
