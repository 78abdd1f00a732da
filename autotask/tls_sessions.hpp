#pragma once

#include <map>
#include <memory>
#include <openssl/ssl.h>
#include <string>

namespace autotask {

/// Where a connection leads to.
struct tls_peer {
    std::string host; ///< A name, or a literal address without brackets.
    std::string port;

    auto operator<=>(const tls_peer&) const = default;
};

/// The latest TLS session with each server, for the next connection to the same one: resuming spares a round trip or
/// the certificates. The server proves who it is when a session begins, and not again when it is resumed; so a session
/// is only offered to the host and port it was begun with, and only while the certificates of its beginning would still
/// be accepted. Lives as long as the connections of its context.
class tls_sessions {
public:
    /// Collects what servers hand out to the connections of this context.
    explicit tls_sessions(SSL_CTX* context);
    tls_sessions(const tls_sessions&) = delete;
    tls_sessions& operator=(const tls_sessions&) = delete;

    /// To be called before the handshake of every connection: offers the session with this peer where there is one,
    /// and collects those that the connection is given.
    void offer(SSL* connection, const tls_peer& peer);

    /// Its session is not offered again.
    void forget(const tls_peer& peer);

private:
    struct free {
        void operator()(SSL_SESSION* session) const { SSL_SESSION_free(session); }
        void operator()(STACK_OF(X509) * chain) const { sk_X509_pop_free(chain, X509_free); }
    };
    struct kept {
        std::unique_ptr<SSL_SESSION, free> session;
        std::unique_ptr<STACK_OF(X509), free> chain; ///< The certificates it began with, the server's own first.
        std::uint64_t number = 0;                    ///< Of all sessions that were ever kept.
    };

    static int collect(SSL* connection, SSL_SESSION* session) noexcept;
    void keep(SSL* connection, std::unique_ptr<SSL_SESSION, free> session, const tls_peer& peer);
    static bool is_trusted(SSL* connection, const kept& one, const tls_peer& peer);

    std::map<tls_peer, kept> kept_;
    std::uint64_t so_far_ = 0;
};

} // namespace autotask
