#include "core/known_company.hpp"

#include "core/text.hpp"
#include "core/web_domain.hpp"

namespace core {
namespace {

/// True when one is the other, or below it.
bool is_below(std::string_view host, std::string_view parent) {
    return host.ends_with(parent) && (host.size() == parent.size() || host[host.size() - parent.size() - 1] == '.');
}

} // namespace

known_company know_company(std::string_view name, std::string_view web_address) {
    known_company known;
    known.text = trim_blanks(name);
    known.name = read_company_name(name);
    if (auto host = read_host(web_address); host && !is_public_host(*host)) {
        known.host = std::move(*host);
        known.domain = registered_domain(known.host);
        known.label = read_company_name(domain_label(known.host));
    }
    return known;
}

bool have_equal_forms(const known_company& one, const known_company& other) {
    return !one.name.legal_form.empty() && one.name.legal_form == other.name.legal_form;
}

bool have_same_web(const known_company& one, const known_company& other) {
    return !one.host.empty() && one.domain == other.domain &&
           (is_below(one.host, other.host) || is_below(other.host, one.host));
}

bool have_different_web(const known_company& one, const known_company& other) {
    return !one.host.empty() && !other.host.empty() && !is_same_name(one.label, other.label);
}

} // namespace core
