#include "autotask/resolve.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>

namespace autotask {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

using endpoints = std::vector<tcp::endpoint>;

/// Outlives the coroutine that waits for it when the deadline comes first.
struct lookup {
    explicit lookup(const asio::any_io_executor& on) : resolver(on), finished(on) {}

    tcp::resolver resolver;
    asio::steady_timer finished;
    bool done = false;
    boost::system::error_code failed;
    endpoints found;
};

std::unexpected<error> network_error(std::string said) {
    error failure;
    failure.kind = error_kind::network;
    failure.said = std::move(said);
    return std::unexpected(std::move(failure));
}

} // namespace

asio::awaitable<result<endpoints>> resolve(std::string host, std::string port, time_limit::time_point until) {
    boost::system::error_code no_literal;
    const auto literal = asio::ip::make_address(host, no_literal);
    if (!no_literal) {
        std::uint16_t number = 0;
        std::from_chars(port.data(), port.data() + port.size(), number);
        endpoints one(1, tcp::endpoint(literal, number));
        co_return one;
    }

    const auto state = std::make_shared<lookup>(co_await asio::this_coro::executor);
    state->finished.expires_at(until);
    state->resolver.async_resolve(host, port,
                                  [state](boost::system::error_code failed, const tcp::resolver::results_type& found) {
                                      state->done = true;
                                      state->failed = failed;
                                      for (const auto& one : found)
                                          state->found.push_back(one.endpoint());
                                      state->finished.cancel();
                                  });
    while (!state->done) {
        const auto [cancelled] = co_await state->finished.async_wait(asio::as_tuple(asio::use_awaitable));
        if (!cancelled)
            break;
    }
    if (!state->done)
        co_return network_error("looking up " + host + " took too long");
    if (state->failed)
        co_return network_error("looking up " + host + ": " + state->failed.message());
    co_return std::move(state->found);
}

} // namespace autotask
