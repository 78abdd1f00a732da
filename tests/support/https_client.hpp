#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace support {

struct https_reply {
    unsigned status = 0;
    std::map<std::string, std::string> headers; ///< names in lower case
    std::string body;
};

/// A small blocking HTTPS client for tests: one connection, kept alive as long as the server likes. Not for sharing
/// between threads. The errors are those of the system or of OpenSSL, in words.
class https_client {
public:
    /// `trusted` is a PEM text. The server's certificate has to be for 127.0.0.1.
    https_client(std::uint16_t port, const std::string& trusted,
                 std::chrono::milliseconds timeout = std::chrono::seconds{20});
    ~https_client();
    https_client(const https_client&) = delete;
    https_client& operator=(const https_client&) = delete;

    using header_fields = std::vector<std::pair<std::string, std::string>>;
    [[nodiscard]] std::expected<https_reply, std::string> send(const std::string& method, const std::string& target,
                                                               const header_fields& headers = header_fields{},
                                                               const std::string& body = std::string{});

    /// Opens the connection, without a request.
    [[nodiscard]] std::expected<void, std::string> connect();
    /// The next request opens a fresh connection, which may resume the TLS session of this one.
    void close();
    [[nodiscard]] bool session_resumed() const;
    [[nodiscard]] std::string tls_version() const;

private:
    class impl;
    std::unique_ptr<impl> impl_;
};

} // namespace support
