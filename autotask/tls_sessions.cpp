#include "autotask/tls_sessions.hpp"

#include <algorithm>
#include <openssl/err.h>
#include <openssl/x509v3.h>

namespace autotask {

namespace {

/// Discovery and zone of one instance are two.
constexpr std::size_t most_peers = 16;

void free_peer(void*, void* peer, CRYPTO_EX_DATA*, int, long, void*) {
    delete static_cast<tls_peer*>(peer);
}

/// Where OpenSSL keeps the `tls_peer` of a connection; it is destroyed with the connection.
int place_of_peer() {
    static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, free_peer);
    return index;
}

/// Where OpenSSL keeps the address of the sessions of a context.
int place_of_sessions() {
    static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}

} // namespace

tls_sessions::tls_sessions(SSL_CTX* context) {
    SSL_CTX_set_ex_data(context, place_of_sessions(), this);
    // What OpenSSL would keep by itself it never offers to anybody: that is left to the client.
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    // TLS 1.3 hands sessions out at any time after the handshake, so they are collected when they come.
    SSL_CTX_sess_set_new_cb(context, &tls_sessions::collect);
}

int tls_sessions::collect(SSL* connection, SSL_SESSION* session) noexcept {
    auto* all = static_cast<tls_sessions*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(connection), place_of_sessions()));
    const auto* peer = static_cast<const tls_peer*>(SSL_get_ex_data(connection, place_of_peer()));
    if (!all || !peer)
        return 0;
    all->keep(connection, std::unique_ptr<SSL_SESSION, free>(session), *peer);
    return 1; // The session is ours now.
}

void tls_sessions::keep(SSL* connection, std::unique_ptr<SSL_SESSION, free> session, const tls_peer& peer) {
    if (!kept_.contains(peer) && kept_.size() >= most_peers)
        kept_.erase(std::ranges::min_element(kept_, {}, [](const auto& one) { return one.second.number; }));
    auto& one = kept_[peer];
    one.session = std::move(session);
    one.chain.reset(X509_chain_up_ref(SSL_get_peer_cert_chain(connection)));
    one.number = ++so_far_;
}

void tls_sessions::offer(SSL* connection, const tls_peer& peer) {
    SSL_set_ex_data(connection, place_of_peer(), new tls_peer(peer));
    const auto found = kept_.find(peer);
    if (found == kept_.end())
        return;
    if (SSL_SESSION_is_resumable(found->second.session.get()) == 1 && is_trusted(connection, found->second, peer))
        SSL_set_session(connection, found->second.session.get());
    else
        kept_.erase(found);
}

void tls_sessions::forget(const tls_peer& peer) {
    kept_.erase(peer);
}

/// What the handshake of a new session would find out: certificates end while a session goes on.
bool tls_sessions::is_trusted(SSL* connection, const kept& one, const tls_peer& peer) {
    auto* const leaf = SSL_SESSION_get0_peer(one.session.get());
    if (!leaf || !one.chain)
        return false;
    struct free_check {
        void operator()(X509_STORE_CTX* check) const { X509_STORE_CTX_free(check); }
    };
    const std::unique_ptr<X509_STORE_CTX, free_check> check(X509_STORE_CTX_new());
    auto* const anchors = SSL_CTX_get_cert_store(SSL_get_SSL_CTX(connection));
    if (!check || X509_STORE_CTX_init(check.get(), anchors, leaf, one.chain.get()) != 1)
        return false;
    X509_STORE_CTX_set_default(check.get(), "ssl_server");
    auto* const wanted = X509_STORE_CTX_get0_param(check.get());
    X509_VERIFY_PARAM_set1(wanted, SSL_get0_param(connection));
    if (X509_VERIFY_PARAM_set1_ip_asc(wanted, peer.host.c_str()) != 1) // Not a literal address.
        X509_VERIFY_PARAM_set1_host(wanted, peer.host.c_str(), peer.host.size());
    const bool trusted = X509_verify_cert(check.get()) == 1;
    ERR_clear_error();
    return trusted;
}

} // namespace autotask
