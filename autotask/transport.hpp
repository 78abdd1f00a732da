#pragma once

#include "autotask/error.hpp"
#include "autotask/http.hpp"
#include "autotask/time_limit.hpp"

#include <boost/asio/awaitable.hpp>

namespace autotask {

/// The one way to the network; called once per HTTP request. Tests put a stepped fake or a model of the server here.
class transport {
public:
    virtual ~transport() = default;

    /// The server's answer, whatever its status. The error is of kind network (or protocol, for an answer that is not
    /// HTTP) and says whether the request may have arrived; `doing` is left to the caller. When `limit` passes, also
    /// because it is shortened meanwhile, the error is there at once. `request` and `limit` must live until then. No
    /// header is sent before the server's certificate has been verified.
    virtual boost::asio::awaitable<result<http_response>> send(const http_request& request, time_limit& limit) = 0;
};

} // namespace autotask
