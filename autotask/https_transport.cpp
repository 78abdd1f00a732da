#include "autotask/https_transport.hpp"

#include "autotask/https_connection.hpp"

#include <boost/asio/ssl/context.hpp>
#include <list>

namespace autotask {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

/// Servers drop a connection that is idle for long; a request on one that is just being dropped is lost.
constexpr std::chrono::seconds longest_idle = 20s;
/// Three slots for each of the few entities that are asked at a time.
constexpr std::size_t most_idle = 12;

} // namespace

/// The connections that wait for their next request, oldest first.
class https_transport::pool {
public:
    pool(asio::any_io_executor on, std::unique_ptr<asio::ssl::context> tls)
        : on_(std::move(on)), tls_(std::move(tls)) {}

    std::shared_ptr<https_connection> take_idle(const http_request& request) {
        const auto oldest_good = std::chrono::steady_clock::now() - longest_idle;
        std::erase_if(idle_,
                      [oldest_good](const auto& one) { return one->idle_since() < oldest_good || one->is_dead(); });
        for (auto at = idle_.rbegin(); at != idle_.rend(); ++at)
            if ((*at)->leads_to(request.host, request.port)) {
                auto found = *at;
                idle_.erase(std::next(at).base());
                return found;
            }
        return nullptr;
    }

    std::shared_ptr<https_connection> make(const http_request& request) {
        return std::make_shared<https_connection>(on_, *tls_, request.host, request.port);
    }

    void give_back(std::shared_ptr<https_connection> one) {
        idle_.push_back(std::move(one));
        if (idle_.size() > most_idle)
            idle_.pop_front();
    }

private:
    asio::any_io_executor on_;
    std::unique_ptr<asio::ssl::context> tls_;
    std::list<std::shared_ptr<https_connection>> idle_;
};

std::expected<std::unique_ptr<https_transport>, std::string> https_transport::make(asio::any_io_executor on,
                                                                                   const std::string& ca_file) {
    auto tls = make_tls_context(ca_file);
    if (!tls)
        return std::unexpected(std::move(tls.error()));
    auto connections = std::make_unique<pool>(std::move(on), std::move(*tls));
    return std::unique_ptr<https_transport>(new https_transport(std::move(connections)));
}

https_transport::https_transport(std::unique_ptr<pool> connections) : pool_(std::move(connections)) {}

https_transport::~https_transport() = default;

asio::awaitable<result<http_response>> https_transport::send(const http_request& request, time_limit& limit) {
    auto connection = pool_->take_idle(request);
    if (connection) {
        auto answer = co_await connection->exchange(request, limit);
        // A kept-alive connection may die just when it is used. A question can be asked again; a write that may have
        // arrived cannot.
        const bool ask_again = !answer && connection->silent() && request.method != http_method::patch;
        if (!ask_again) {
            if (answer && connection->reusable())
                pool_->give_back(std::move(connection));
            co_return answer;
        }
    }
    connection = pool_->make(request);
    auto opened = co_await connection->open(limit);
    if (!opened)
        co_return std::unexpected(std::move(opened.error()));
    auto answer = co_await connection->exchange(request, limit);
    if (answer && connection->reusable())
        pool_->give_back(std::move(connection));
    co_return answer;
}

} // namespace autotask
