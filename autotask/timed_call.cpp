#include "autotask/timed_call.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <optional>

namespace autotask {

namespace asio = boost::asio;

struct timed_call::state {
    state(asio::any_io_executor where, kind how, std::function<void()> what) : call(std::move(what)), timer(where) {
        if (const auto* loop = where.target<asio::io_context::executor_type>(); loop && how == kind::background)
            uncounted = *loop;
    }

    std::function<void()> call;
    asio::steady_timer timer;
    std::optional<asio::io_context::executor_type> uncounted; ///< The loop whose work a wait is not to count as.
    std::uint64_t set = 0; ///< A call that is on its way when this moves on does not come.
};

timed_call::timed_call(asio::any_io_executor on, kind how, std::function<void()> what)
    : state_(std::make_shared<state>(std::move(on), how, std::move(what))) {}

timed_call::~timed_call() = default;

void timed_call::set(std::chrono::steady_clock::time_point at) {
    state_->timer.expires_at(at);
    // The handler may come after this object has gone, as a cancelled one or as one that was due already.
    state_->timer.async_wait([weak = std::weak_ptr(state_), uncounted = state_->uncounted,
                              mine = ++state_->set](boost::system::error_code cancelled) {
        if (uncounted)
            uncounted->on_work_started(); // The loop takes it off once this returns.
        const auto self = weak.lock();
        if (!cancelled && self && self->set == mine)
            self->call();
    });
    if (state_->uncounted)
        state_->uncounted->on_work_finished();
}

void timed_call::stop() {
    ++state_->set;
    state_->timer.cancel();
}

} // namespace autotask
