#pragma once

#include "autotask/credentials.hpp"

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

/// Its answer, as far as this API needs it.
struct http_response {
    unsigned status = 0;
    std::string content_type;
    std::string retry_after;
    std::string location;
    std::string body;
};

} // namespace autotask
