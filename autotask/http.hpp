#pragma once

#include "autotask/credentials.hpp"

#include <chrono>
#include <string>

namespace autotask {

enum class http_method { get, post, patch };

/// One HTTP request over TLS.
struct http_request {
    http_method method = http_method::get;
    std::string host; ///< A name, or a literal address without brackets.
    std::string port;
    std::string target;                 ///< Path and query.
    std::string body;                   ///< JSON; empty with get.
    const credentials* login = nullptr; ///< Sent as the three headers of the API; null sends none. Not owned.
};

/// How long the phases of one exchange took; zero for what a kept-alive connection made unnecessary.
struct exchange_times {
    std::chrono::microseconds resolve{};
    std::chrono::microseconds connect{};
    std::chrono::microseconds handshake{};
    std::chrono::microseconds first_byte{}; ///< From the request's first byte to the end of the answer's header.
    std::chrono::microseconds body{};
};

/// Its answer, as far as this API needs it.
struct http_response {
    unsigned status = 0;
    std::string content_type;
    std::string retry_after;
    std::string date; ///< The server's clock (RFC 9110, section 6.6.1).
    std::string location;
    std::string body;
    exchange_times times;
};

} // namespace autotask
