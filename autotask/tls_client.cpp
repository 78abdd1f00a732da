#include "autotask/tls_client.hpp"

namespace autotask {

namespace ssl = boost::asio::ssl;

std::expected<std::shared_ptr<tls_client>, std::string> tls_client::make(const std::string& ca_file) {
    ssl::context context(ssl::context::tls_client);
    SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION); // RFC 8996 retires what came before.
    context.set_verify_mode(ssl::verify_peer);
    boost::system::error_code failed;
    context.set_default_verify_paths(failed);
    if (failed)
        return std::unexpected("the system's trust anchors cannot be read: " + failed.message());
    if (!ca_file.empty())
        context.load_verify_file(ca_file, failed);
    if (failed)
        return std::unexpected("the trust anchors in " + ca_file + " cannot be read: " + failed.message());
    return std::make_shared<tls_client>(std::move(context));
}

tls_client::tls_client(ssl::context context) : context_(std::move(context)), sessions_(context_.native_handle()) {}

} // namespace autotask
