#pragma once

#include "autotask/tls_sessions.hpp"

#include <boost/asio/ssl/context.hpp>
#include <expected>
#include <memory>
#include <string>

namespace autotask {

/// The TLS side of a client that verifies: TLS 1.2 at least, the system's trust anchors and those of a file. Its
/// sessions are its own: a client that trusts others begins new ones. Held by shared pointer; lives longer than its
/// connections.
class tls_client {
public:
    /// `ca_file` is a PEM file or empty. The error is a sentence.
    static std::expected<std::shared_ptr<tls_client>, std::string> make(const std::string& ca_file);

    explicit tls_client(boost::asio::ssl::context context);

    boost::asio::ssl::context& context() { return context_; }
    tls_sessions& sessions() { return sessions_; }

private:
    boost::asio::ssl::context context_;
    tls_sessions sessions_;
};

} // namespace autotask
