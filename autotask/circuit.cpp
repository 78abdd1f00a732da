#include "autotask/circuit.hpp"

#include <algorithm>

namespace autotask {

namespace asio = boost::asio;

namespace {

std::unexpected<error> stopped() {
    error failure;
    failure.kind = error_kind::cancelled;
    return std::unexpected(std::move(failure));
}

} // namespace

circuit::circuit(clock& time, stop_signal& stop, std::function<double()> dice, const breaker_policy& policy)
    : time_(time), stop_(stop), dice_(std::move(dice)), changed_(time, stop), breaker_(policy) {
    breaker_.on_changed = [this] { changed_.wake_all(); };
}

asio::awaitable<result<breaker::permit>> circuit::pass(bool is_write, bool even_when_stopping,
                                                       const time_limit& limit) {
    auto& queue = is_write ? writes_ : reads_;
    const auto ticket = next_ticket_++;
    queue.push_back(ticket);
    while (true) {
        const bool over = (stop_.requested() && !even_when_stopping) || time_.now() >= limit.until();
        // Whoever has been a probe in vain comes last the next time: its question may be what is wrong.
        const bool others_first = queue.front() != ticket || (is_write && !reads_.empty());
        auto until = time_limit::time_point::max();
        bool given_up = false;
        if (!over && !(others_first && breaker_.is_open() && !breaker_.given_up())) {
            auto given = breaker_.ask(time_.now(), is_write, !reads_.empty());
            if (given) {
                std::erase(queue, ticket);
                co_return std::move(*given);
            }
            until = given.error().until;
            given_up = given.error().given_up;
        }
        if (over || given_up) {
            std::erase(queue, ticket);
            changed_.wake_all(); // Somebody else is the first now.
            if (given_up)
                co_return std::unexpected(breaker_.last_failure());
            co_return stopped();
        }
        co_await changed_.wait(std::min(until, limit.until()));
    }
}

} // namespace autotask
