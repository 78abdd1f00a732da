#include "core/web_domain.hpp"

#include "core/ascii.hpp"
#include "core/fold.hpp"
#include "core/public_hosts.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>

namespace core {
namespace {

using namespace std::string_view_literals;

/// The longest host, and the longest label of one (RFC 1035, section 2.3.4).
constexpr std::size_t longest_host = 253;
constexpr std::size_t longest_label = 63;

/// Under which countries let people register: "co" of "co.uk". The usual ones of the Public Suffix List
/// (publicsuffix.org). A country's domain has two letters.
constexpr std::array below_country{"ac"sv,  "asn"sv, "co"sv,   "com"sv, "edu"sv, "gob"sv, "gouv"sv,
                                   "gov"sv, "gv"sv,  "govt"sv, "id"sv,  "ltd"sv, "me"sv,  "ne"sv,
                                   "net"sv, "nhs"sv, "nom"sv,  "or"sv,  "org"sv, "plc"sv, "sch"sv};

bool is_between(char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == ',' || c == ';' || c == '|' || c == '<' || c == '>' ||
           c == '(' || c == ')' || c == '"' || c == '\'';
}

bool is_of_host(char c) {
    return is_ascii_letter(c) || is_ascii_digit(c) || c == '-' || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= longest_label && std::ranges::all_of(label, is_of_host) &&
           trim(label) == label; // Blanks and quotation marks beyond ASCII.
}

/// What follows the last dot.
std::string_view last_label(std::string_view host) {
    const auto dot = host.rfind('.');
    return dot == std::string_view::npos ? host : host.substr(dot + 1);
}

/// Without the last label.
std::string_view without_last_label(std::string_view host) {
    const auto dot = host.rfind('.');
    return dot == std::string_view::npos ? std::string_view() : host.substr(0, dot);
}

bool is_host(std::string_view text) {
    if (text.size() > longest_host || !text.contains('.') || text.starts_with('.'))
        return false;
    const auto top = last_label(text);
    const bool encoded = top.starts_with("xn--"); // May hold digits.
    if (top.size() < 2 || (!encoded && std::ranges::any_of(top, is_ascii_digit)))
        return false; // A number at the end is an address of a machine.
    for (auto rest = text; !rest.empty(); rest = without_last_label(rest))
        if (!is_label(last_label(rest)))
            return false;
    return true;
}

/// The host of one address without blanks; not checked yet.
std::string_view host_part(std::string_view address) {
    if (const auto scheme = address.find("://"); scheme != std::string_view::npos)
        address.remove_prefix(scheme + 3);
    else if (address.starts_with("mailto:"))
        address.remove_prefix(7);
    while (address.starts_with('/'))
        address.remove_prefix(1);
    address = address.substr(0, address.find_first_of("/\\?#"));
    if (const auto at = address.rfind('@'); at != std::string_view::npos)
        address.remove_prefix(at + 1);
    address = address.substr(0, address.find(':'));
    while (address.ends_with('.'))
        address.remove_suffix(1);
    if (address.starts_with("www.") && address.find('.', 4) != std::string_view::npos)
        address.remove_prefix(4);
    return address;
}

} // namespace

std::optional<std::string> read_host(std::string_view text) {
    const auto folded = fold(without_zero_width(trim(text)));
    auto begin = folded.begin();
    while (begin != folded.end()) {
        begin = std::find_if_not(begin, folded.end(), is_between);
        const auto end = std::find_if(begin, folded.end(), is_between);
        if (const auto host = host_part(std::string_view(begin, end)); is_host(host))
            return std::string(host);
        begin = end;
    }
    return std::nullopt;
}

bool is_public_host(std::string_view host) {
    // What is public, everything below it is.
    for (;;) {
        if (std::ranges::binary_search(public_hosts(), host))
            return true;
        const auto dot = host.find('.');
        if (dot == std::string_view::npos)
            return false;
        host.remove_prefix(dot + 1);
    }
}

std::string_view registered_domain(std::string_view host) {
    const auto top = last_label(host);
    const auto below = without_last_label(host);
    const auto second = last_label(below);
    const bool country = top.size() == 2 && second.size() < below.size();
    const bool is_suffix = country && std::ranges::find(below_country, second) != below_country.end();
    const auto owner = last_label(is_suffix ? without_last_label(below) : below);
    return below.empty() ? host : host.substr(static_cast<std::size_t>(owner.data() - host.data()));
}

std::string_view domain_label(std::string_view host) {
    const auto registered = registered_domain(host);
    return registered.substr(0, registered.find('.'));
}

} // namespace core
