#include "autotask/session.hpp"

#include <algorithm>

namespace autotask {

namespace asio = boost::asio;

namespace {

constexpr const char* zone_entity = "zoneInformation";
/// A call whose attempts fail is given up after so many times the patience, whatever it waited for in between.
constexpr int waits_and_patience = 3;
/// For a call whose sender has another way to what it wants.
constexpr int most_expendable_tries = 3;
/// After a stop only proofs of writes are still asked for, and whoever stopped us does not wait for long.
constexpr std::chrono::milliseconds patience_when_stopping{10000};
/// Writes that are under way and proofs may take so long after a stop.
constexpr std::chrono::milliseconds time_when_stopping{20000};

} // namespace

session::session(asio::any_io_executor on, transport& network, autotask::clock& time, stop_signal& stop,
                 const credentials& login, session_options options, std::function<double()> dice)
    : network_(network), time_(time), stop_(stop), login_(login), options_(std::move(options)), dice_(std::move(dice)),
      limits_(options_.limits ? options_.limits : std::make_shared<api_limits>(time, stop, dice_)), asked_again_(on),
      stopping_(stop, [this] { shorten_limits(); }) {
    if (stop.requested())
        shorten_limits();
    terms_.share = options_.hourly_share.value_or(1);
    terms_.ask = [this] { return read_use(); };
    terms_.over = [this] { return ended_.has_value(); };
    terms_.waiting = [this](const allowance_wait& wait) {
        if (on_waiting)
            on_waiting(wait);
    };
    terms_.going_on = [this] {
        if (on_going_on)
            on_going_on();
    };
    terms_.unreadable = [this](const error& failure) {
        if (on_use_unreadable && !ended_ && !std::exchange(use_unreadable_told_, true))
            on_use_unreadable(failure);
    };
}

/// What is read after a stop serves nobody; what was begun with a write is finished, but not for ever.
void session::shorten_limits() {
    reading_.shorten(time_.now());
    finishing_.shorten(time_.now() + time_when_stopping);
}

bool session::is_discovery(const call& what) {
    return what.entity == zone_entity;
}

/// The question for the zone belongs to no database, and that for the use counts itself.
bool session::needs_allowance(const call& what) const {
    return options_.hourly_share && !is_discovery(what) && !what.asks_for_use;
}

time_limit& session::limit_of(const call& what) {
    return what.even_when_stopping || what.how == urgency::write ? finishing_ : reading_;
}

error session::cancelled(const call& what) {
    error failure;
    failure.kind = error_kind::cancelled;
    failure.doing = what.doing;
    failure.said = "the sweep was stopped first";
    return failure;
}

asio::awaitable<result<void>> session::open() {
    limits_->way.sweep_begins();
    if (options_.zone) {
        zone_.url = *options_.zone;
        co_return result<void>{};
    }
    if (expected_) {
        zone_ = *expected_;
        accepted_ = true; // Then; if they are refused now, the zone may have moved.
        co_return result<void>{};
    }
    auto found = co_await discover();
    if (!found)
        co_return std::unexpected(std::move(found.error()));
    zone_ = std::move(*found);
    co_return result<void>{};
}

asio::awaitable<result<zone>> session::discover() {
    call what;
    what.entity = zone_entity;
    what.rest = "?user=" + percent_encoded(login_.username);
    what.doing = "finding the zone";
    base_url asked;
    auto body = co_await send_patiently(what, asked);
    if (!body)
        co_return std::unexpected(std::move(body.error()));
    auto found = read_zone(*body, options_.trusted_hosts);
    if (!found)
        found.error().doing = "finding the zone at " + options_.discovery.host;
    co_return found;
}

asio::awaitable<result<std::string>> session::send(call what) {
    base_url asked; // Held as a copy: while this waits, another call may find that the zone has moved.
    auto answer = co_await send_patiently(what, asked);
    if (answer || answer.error().kind != error_kind::auth || ended_)
        co_return answer;
    const auto moved = co_await zone_moved(asked);
    if (!moved) {
        // Then it is not known whether the credentials are refused for good.
        if (moved.error().kind != error_kind::cancelled)
            ended_ = moved.error();
        co_return std::unexpected(moved.error());
    }
    if (*moved)
        answer = co_await send_patiently(what, asked);
    if (!answer && answer.error().kind == error_kind::auth)
        ended_ = answer.error();
    co_return answer;
}

asio::awaitable<result<std::string>> session::send_patiently(const call& what, base_url& asked) {
    attempts so_far;
    for (int tries = 1;; ++tries) {
        auto answer = co_await attempt(what, asked, so_far);
        if (answer) {
            accepted_ = accepted_ || !is_discovery(what);
            retries_.succeeded();
            if (std::exchange(outage_told_, false) && on_outage_over)
                on_outage_over();
            co_return answer;
        }
        if (what.expendable && tries >= most_expendable_tries && !answer.error().thread_limit)
            co_return answer;
        const bool again = co_await wait_before_retry(what, answer.error(), so_far);
        if (!again)
            co_return answer;
    }
}

/// Waits until a failed call is to be sent again. False when it is not.
asio::awaitable<bool> session::wait_before_retry(const call& what, const error& failure, attempts& so_far) {
    const bool stopping = stop_.requested();
    if (ended_ || (stopping && !what.even_when_stopping) || what.asks_for_use)
        co_return false;
    if (failure.hourly_limit && options_.hourly_share)
        co_return true; // The allowance holds it, with all the others, until the window has drained.
    if (!may_pass(failure))
        co_return false;
    auto policy = options_.retry;
    if (stopping)
        policy.patience = std::min(policy.patience, patience_when_stopping);
    if (limits_->way.is_open() && policy.patience > std::chrono::milliseconds{0}) {
        if (on_outage && !std::exchange(outage_told_, true))
            on_outage(failure);
        co_return true; // It waits with the others until a probe has come through.
    }
    const auto now = time_.now();
    so_far.since = so_far.since.value_or(now);
    if (now - *so_far.since > waits_and_patience * policy.patience)
        co_return false;
    ++so_far.failed;
    const auto pause = pause_before_retry(failure, so_far, policy, dice_());
    if (!pause || (!failure.thread_limit && !retries_.take()))
        co_return false;
    if (on_retry)
        on_retry(failure, *pause);
    auto& ended_by = stopping ? never_ : stop_;
    co_await time_.sleep_for(*pause, ended_by);
    so_far.waited += *pause;
    if (stop_.requested() && !what.even_when_stopping)
        co_return false;
    if (stop_.requested() && !stopping)
        so_far = attempts(); // The pause was cut short; from here on another patience counts.
    co_return true;
}

asio::awaitable<result<threshold>> session::read_use() {
    call what;
    what.entity = "ThresholdInformation";
    what.doing = "reading the use of the request allowance";
    what.asks_for_use = true;
    auto body = co_await send(std::move(what));
    if (!body)
        co_return std::unexpected(std::move(body.error()));
    const auto use = read_threshold(*body);
    if (use)
        co_return *use;
    error failure;
    failure.kind = error_kind::protocol;
    failure.doing = "reading the use of the request allowance at " + zone_.url.host;
    failure.said = "the answer has no \"externalRequestThreshold\"";
    co_return std::unexpected(std::move(failure));
}

/// The failure that ended everything, as that of this call, which was not even sent.
error session::why_ended(const call& what) const {
    auto failure = *ended_;
    failure.doing = what.doing + " at " + (is_discovery(what) ? options_.discovery : zone_.url).host;
    failure.maybe_done = false;
    return failure;
}

asio::awaitable<bool> session::wait_out(error failure, attempts& so_far) {
    ++so_far.failed;
    failure.maybe_done = false; // Whoever asks has a way to find out.
    const auto pause = pause_before_retry(failure, so_far, options_.retry, dice_());
    if (!pause || stop_.requested())
        co_return false;
    if (on_retry)
        on_retry(failure, *pause);
    so_far.waited += *pause;
    co_await time_.sleep_for(*pause, stop_);
    co_return !stop_.requested();
}

/// A database that moves to another zone refuses valid credentials at the old place. Asking once more tells a move from
/// a wrong secret; credentials that never worked are not worth the question.
asio::awaitable<result<bool>> session::zone_moved(const base_url& from) {
    if (zone_.url != from)
        co_return true;
    while (asking_again_) // Several calls are refused at once; one asks for all of them.
        co_await asked_again_.wait();
    if (options_.zone || !accepted_ || moved_checked_)
        co_return zone_.url != from;
    moved_checked_ = true;
    asking_again_ = true;
    auto found = co_await discover();
    asking_again_ = false;
    asked_again_.wake_all();
    if (!found && (may_pass(found.error()) || found.error().kind == error_kind::cancelled)) {
        moved_checked_ = false;
        found.error().doing = "the credentials are refused, and asking whether the zone has moved";
        co_return std::unexpected(std::move(found.error()));
    }
    if (found)
        zone_ = std::move(*found);
    co_return zone_.url != from;
}

} // namespace autotask
