#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sandbox {

/// What is wrong with the server's certificate, so that a client's refusal can be tested.
enum class certificate_flaw : std::uint8_t {
    none,
    wrong_host,  ///< issued for another name
    expired,     ///< ended yesterday
    untrusted_ca ///< issued by an authority of the same name that nobody was told about
};

/// Everything in PEM.
struct certificate_set {
    std::string authority;   ///< what a client has to trust
    std::string certificate; ///< of the server
    std::string key;
};

/// A fresh authority (EC P-256) and a certificate of it for localhost, 127.0.0.1, ::1 and `extra_names`.
/// Throws std::runtime_error when OpenSSL fails.
[[nodiscard]] certificate_set make_certificates(certificate_flaw flaw, const std::vector<std::string>& extra_names);

} // namespace sandbox
