#include "daemon/secrets/secret_reference.hpp"

#include "core/ascii.hpp"

#include <algorithm>

namespace contactd {

namespace {

constexpr std::size_t longest_name = 255;
constexpr std::size_t longest_path = 4095;

// systemd takes any file name; these are the ones that people use, and they leave no way out of the directory.
bool is_credential_name(std::string_view name) {
    return !name.empty() && name.size() <= longest_name && name.front() != '.' &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return core::is_ascii_letter(c) || core::is_ascii_digit(c) || c == '-' || c == '_' || c == '.';
           });
}

bool is_variable_name(std::string_view name) {
    return !name.empty() && name.size() <= longest_name && !core::is_ascii_digit(name.front()) &&
           std::all_of(name.begin(), name.end(),
                       [](char c) { return core::is_ascii_letter(c) || core::is_ascii_digit(c) || c == '_'; });
}

bool is_absolute_path(std::string_view path) {
    return path.size() > 1 && path.size() <= longest_path && path.front() == '/' && path.back() != '/' &&
           std::none_of(path.begin(), path.end(), [](char c) {
               const auto byte = static_cast<unsigned char>(c);
               return byte < 0x20 || byte == 0x7f;
           });
}

} // namespace

std::optional<secret_reference> parse_secret_reference(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos)
        return std::nullopt;
    const std::string_view place = text.substr(0, colon);
    const std::string_view name = text.substr(colon + 1);
    if (place == "credential" && is_credential_name(name))
        return secret_reference{secret_place::credential, std::string(name)};
    if (place == "file" && is_absolute_path(name))
        return secret_reference{secret_place::file, std::string(name)};
    if (place == "env" && is_variable_name(name))
        return secret_reference{secret_place::env, std::string(name)};
    return std::nullopt;
}

} // namespace contactd
