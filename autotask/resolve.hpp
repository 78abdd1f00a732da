#pragma once

#include "autotask/transport.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <string>
#include <vector>

namespace autotask {

/// The addresses of a host. Name resolution can neither be cancelled nor timed out, so it is left behind when the
/// deadline comes first. A literal address is not looked up.
boost::asio::awaitable<result<std::vector<boost::asio::ip::tcp::endpoint>>> resolve(std::string host, std::string port,
                                                                                    time_limit::time_point until);

} // namespace autotask
