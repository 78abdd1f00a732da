#include "autotask/allowance.hpp"

#include "autotask/retry.hpp"

#include <algorithm>

namespace autotask {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

/// Each reading is a request too: pauses between them grow.
constexpr std::chrono::milliseconds first_watch_pause = 1min;
constexpr std::chrono::milliseconds longest_watch_pause = 5min;
/// One proof for a hundred writes, and some of them are read back one by one.
constexpr std::int64_t writes_per_proof = 50;

/// After that somebody looks whether the books have changed meanwhile.
constexpr auto longest_wait_for_writes = 1min;

constexpr auto for_ever = std::chrono::steady_clock::time_point::max();

} // namespace

request_allowance::request_allowance(clock& time, stop_signal& stop) : time_(time), stop_(stop), changed_(time, stop) {}

bool request_allowance::may_pass(urgency how, double share) const {
    if (how == urgency::verify)
        return true;
    const auto free = budget_.at(share).free() - budget_.reserve();
    if (how == urgency::write)
        return free > 0;
    return free > writes_expected_ + writes_expected_ / writes_per_proof;
}

asio::awaitable<bool> request_allowance::pass(urgency how, const terms& of_caller) {
    while (how != urgency::verify && !stop_.requested() && !of_caller.is_over()) {
        const bool may = may_pass(how, of_caller.share);
        if (watched_ || reading_now_) {
            if (may)
                break; // What is free by the last reading may go while somebody reads again.
            co_await changed_.wait(for_ever);
        } else if (budget_.wants_reading(time_.now(), of_caller.share)) {
            co_await read(of_caller);
        } else if (may) {
            break;
        } else if (may_pass(urgency::write, of_caller.share)) {
            co_await changed_.wait(time_.now() + longest_wait_for_writes); // What is left belongs to the writes.
        } else {
            co_await keep_watch(of_caller);
        }
    }
    if (stop_.requested() && how != urgency::verify)
        co_return false;
    budget_.sent(time_.now());
    co_return true;
}

asio::awaitable<void> request_allowance::read(const terms& of_caller) {
    reading_now_ = true;
    budget_.reading_begins(time_.now());
    auto use = co_await of_caller.ask();
    reading_now_ = false;
    const auto now = time_.now();
    if (use) {
        refused_ = false;
        budget_.learned(*use, now);
    } else if (use.error().kind == error_kind::throttled && !use.error().thread_limit) {
        // Whatever the text says: that question alone is no reason to refuse anybody.
        refused_ = true;
        budget_.exhausted(now);
    } else if (autotask::may_pass(use.error()) || use.error().kind == error_kind::cancelled || of_caller.is_over()) {
        budget_.not_read(now);
    } else {
        refused_ = false;
        budget_.unknowable(now);
        if (of_caller.unreadable)
            of_caller.unreadable(use.error());
    }
    changed_.wake_all();
}

/// Waits until something is free again. What else there is to be sent waits for this.
asio::awaitable<void> request_allowance::keep_watch(const terms& of_caller) {
    watched_ = true;
    auto pause = first_watch_pause;
    // Whoever can ask no longer would wait for ever, and all the others with it.
    while (!stop_.requested() && !of_caller.is_over() && !may_pass(urgency::write, of_caller.share)) {
        allowance_wait wait{budget_.at(of_caller.share), of_caller.share, pause, std::nullopt, refused_};
        const auto now = time_.now();
        if (const auto free = budget_.free_from(budget_.reserve() + 1, of_caller.share, now))
            wait.estimate = std::chrono::ceil<std::chrono::milliseconds>(*free - now);
        if (of_caller.waiting)
            of_caller.waiting(wait);
        const auto until = now + pause;
        while (time_.now() < until && !stop_.requested())
            co_await changed_.wait(until);
        if (stop_.requested())
            break;
        co_await read(of_caller);
        pause = std::min(pause * 2, longest_watch_pause);
    }
    watched_ = false;
    if (!stop_.requested() && of_caller.going_on)
        of_caller.going_on();
    changed_.wake_all();
}

void request_allowance::expect_writes(std::int64_t more) {
    writes_expected_ += more;
    if (more < 0)
        changed_.wake_all();
}

void request_allowance::exhausted() {
    refused_ = true;
    budget_.exhausted(time_.now());
}

} // namespace autotask
