#include "core/shipped_lists.hpp"

namespace core {
namespace {

constexpr std::string_view system_authorities[]{
    "NT AUTHORITY",   "NT-AUTORITÄT",     "AUTORITE NT",    "AUTORITÉ NT", "AUTORIDADE NT",
    "NT INSTANS",     "NT-MYNDIGHET",     "ZARZĄDZANIE NT", "NT SERVICE",  "NT VIRTUAL MACHINE",
    "Window Manager", "Font Driver Host", "IIS APPPOOL",    "BUILTIN",     "VORDEFINIERT",
};

constexpr std::string_view ignored_accounts[]{
    "Administrator",       // English, German, Dutch, Italian, Polish
    "Administrateur",      // French
    "Administrador",       // Spanish, Portuguese
    "Администратор",       // Russian
    "Administratör",       // Swedish
    "Järjestelmänvalvoja", // Finnish
    "Rendszergazda",       // Hungarian
    "Guest",
    "DefaultAccount",
    "WDAGUtilityAccount",
    "defaultuser0",
    "defaultuser1",
    "root",
    "loginwindow",
    "_*", // macOS names its service accounts so; _mbsetupuser is one of them.
};

} // namespace

std::span<const std::string_view> shipped_system_authorities() {
    return system_authorities;
}

std::span<const std::string_view> shipped_ignored_accounts() {
    return ignored_accounts;
}

} // namespace core
