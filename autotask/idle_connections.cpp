#include "autotask/idle_connections.hpp"

#include <algorithm>

namespace autotask {

using std::chrono::steady_clock;

namespace {

/// Three slots for each of the few entities that are asked at a time.
constexpr std::size_t most_idle = 12;

} // namespace

idle_connections::idle_connections(boost::asio::any_io_executor on, std::chrono::milliseconds longest)
    : longest_(longest), closing_(std::move(on), timed_call::kind::background, [this] { close_old(); }) {}

std::shared_ptr<https_connection> idle_connections::take(const std::string& host, const std::string& port) {
    std::erase_if(idle_, [](const waiting& one) { return one.connection->is_dead(); });
    close_old();
    const auto is_wanted = [&](const waiting& one) { return one.connection->leads_to(host, port); };
    const auto found = std::find_if(idle_.rbegin(), idle_.rend(), is_wanted);
    if (found == idle_.rend())
        return nullptr;
    auto taken = std::move(found->connection);
    idle_.erase(std::next(found).base());
    if (idle_.empty())
        closing_.stop();
    return taken;
}

void idle_connections::keep(std::shared_ptr<https_connection> one) {
    idle_.push_back({std::move(one), steady_clock::now() + longest_});
    if (idle_.size() > most_idle)
        idle_.pop_front();
    if (idle_.size() == 1)
        closing_.set(idle_.front().until);
}

void idle_connections::close_old() {
    while (!idle_.empty() && idle_.front().until <= steady_clock::now())
        idle_.pop_front();
    if (idle_.empty())
        closing_.stop();
    else
        closing_.set(idle_.front().until);
}

} // namespace autotask
