#include "autotask/https_transport.hpp"

namespace autotask {

namespace asio = boost::asio;

std::expected<std::unique_ptr<https_transport>, std::string>
https_transport::make(asio::any_io_executor on, const std::string& ca_file, https_options options) {
    auto tls = tls_client::make(ca_file);
    if (!tls)
        return std::unexpected(std::move(tls.error()));
    auto names = std::make_shared<name_lookup>(std::move(options.look_up), options.lookups);
    connection_parts parts{std::move(on), std::move(*tls), std::move(names), options.longest};
    return std::make_unique<https_transport>(std::move(parts), options.longest_idle);
}

https_transport::https_transport(connection_parts parts, std::chrono::milliseconds longest_idle)
    : parts_(std::move(parts)), idle_(parts_.on, longest_idle) {}

asio::awaitable<result<http_response>> https_transport::send(const http_request& request, time_limit& limit) {
    if (auto kept = idle_.take(request.host, request.port)) {
        auto answer = co_await send_on(kept, request, limit);
        // A kept-alive connection may die just when it is used. A question can be asked again; a write that may have
        // arrived cannot.
        const bool ask_again = !answer && !answer.error().maybe_done && kept->broke_unanswered() &&
                               std::chrono::steady_clock::now() < limit.until();
        if (!ask_again)
            co_return answer;
    }
    const auto fresh = std::make_shared<https_connection>(parts_, request.host, request.port);
    auto opened = co_await fresh->open(limit);
    if (!opened)
        co_return std::unexpected(std::move(opened.error()));
    co_return co_await send_on(fresh, request, limit);
}

asio::awaitable<result<http_response>> https_transport::send_on(std::shared_ptr<https_connection> connection,
                                                                const http_request& request, time_limit& limit) {
    auto answer = co_await connection->exchange(request, limit);
    if (answer && connection->reusable())
        idle_.keep(std::move(connection));
    co_return answer;
}

} // namespace autotask
