#pragma once

#include "autotask/error.hpp"
#include "autotask/http.hpp"

#include <boost/asio/awaitable.hpp>
#include <chrono>

namespace autotask {

using deadline = std::chrono::steady_clock::time_point;

/// The one way to the network; called once per HTTP request. Tests put a stepped fake or a model of the server here.
class transport {
public:
    virtual ~transport() = default;

    /// The server's answer, whatever its status. The error is of kind network (or protocol, for an answer that is not
    /// HTTP) and says whether the request may have arrived; `doing` is left to the caller. `request` must live until
    /// the result is there. No header is sent before the server's certificate has been verified.
    virtual boost::asio::awaitable<result<http_response>> send(const http_request& request, deadline until) = 0;
};

} // namespace autotask
