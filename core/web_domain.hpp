#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace core {

/// The host of a web address as people type it, or of an e-mail address or its domain: "acme.com" of
/// "https://www.Acme.com/en?x", "info@acme.com" and "WWW.ACME.COM/". Folded, without "www.". The first one where there
/// are several; nothing where there is none, or only the address of a machine.
std::optional<std::string> read_host(std::string_view text);

/// True when many unrelated people have an address there, so that it says nothing of its owner: mail providers,
/// social networks, builders of web sites, and names that only mean something inside of a network.
bool is_public_host(std::string_view host);

/// What of a host its owner registered: "acme.co.uk" of "shop.acme.co.uk". A part of the host.
std::string_view registered_domain(std::string_view host);

/// The owner's own part of it: "acme" of "shop.acme.co.uk". A part of the host.
std::string_view domain_label(std::string_view host);

} // namespace core
