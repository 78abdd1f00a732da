#pragma once

#include "autotask/https_connection.hpp"
#include "autotask/timed_call.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <deque>
#include <memory>
#include <string>

namespace autotask {

/// The connections that wait for their next request. They are closed when their time is over, also when nobody asks for
/// one any more: between two sweeps nothing is left open.
class idle_connections {
public:
    idle_connections(boost::asio::any_io_executor on, std::chrono::milliseconds longest);

    /// The one that was used last, where there is one that is still open. To be called from a handler of the loop.
    std::shared_ptr<https_connection> take(const std::string& host, const std::string& port);

    /// To be called from a handler of the loop.
    void keep(std::shared_ptr<https_connection> one);

private:
    struct waiting {
        std::shared_ptr<https_connection> connection;
        std::chrono::steady_clock::time_point until;
    };

    void close_old();

    std::chrono::milliseconds longest_;
    std::deque<waiting> idle_; ///< Oldest first.
    timed_call closing_;       ///< Set while something is idle.
};

} // namespace autotask
