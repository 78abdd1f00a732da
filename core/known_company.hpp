#pragma once

#include "core/company_name.hpp"

#include <string>
#include <string_view>

namespace core {

/// What one side knows of a company, read once. A web address that says nothing of its owner counts as none.
struct known_company {
    std::string text; ///< The name as it stands there, without blanks around it.
    company_name name;
    std::string host;   ///< "shop.acme.co.uk"; empty where there is none.
    std::string domain; ///< "acme.co.uk"
    company_name label; ///< "acme", read like a name: hyphens and the spelling of umlauts make no difference.
};

known_company know_company(std::string_view name, std::string_view web_address);

/// True when both have the same legal form. False when one of them has none.
bool have_equal_forms(const known_company& one, const known_company& other);

/// True when both have the same domain, and not two different hosts of it.
bool have_same_web(const known_company& one, const known_company& other);

/// True when both have a domain, and not only another ending of the same: acme.de and acme.com may well be one company.
bool have_different_web(const known_company& one, const known_company& other);

} // namespace core
