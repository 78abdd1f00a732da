#pragma once

#include "core/ids.hpp"

#include <string>

namespace contactd {

/// The command that lets go what the brake holds of a company.
inline std::string release_command(const std::string& instance, core::company_id company) {
    return "contactd approve --instance " + instance + " --company " + std::to_string(company.value);
}

/// "; if that is right: contactd approve ...", where the journal knows what is held; else nothing.
inline std::string release_words(bool is_on_record, const std::string& instance, core::company_id company) {
    return is_on_record ? "; if that is right: " + release_command(instance, company) : std::string();
}

} // namespace contactd
