#include "autotask/session.hpp"

#include "autotask/classify.hpp"

#include <algorithm>

namespace autotask {

namespace asio = boost::asio;

namespace {

constexpr std::string_view version = "/V1.0/";
constexpr const char* zone_entity = "zoneInformation";
/// After a stop only proofs of writes are still asked for, and whoever stopped us does not wait for long.
constexpr std::chrono::milliseconds patience_when_stopping{10000};
/// Writes that are under way and proofs may take so long after a stop.
constexpr std::chrono::milliseconds time_when_stopping{20000};

std::unexpected<error> cancelled(const call& what) {
    error failure;
    failure.kind = error_kind::cancelled;
    failure.doing = what.doing;
    failure.said = "the sweep was stopped first";
    return std::unexpected(std::move(failure));
}

} // namespace

session::session(asio::any_io_executor on, transport& network, autotask::clock& time, stop_signal& stop,
                 const credentials& login, session_options options, std::function<double()> dice)
    : network_(network), time_(time), stop_(stop), login_(login), options_(std::move(options)), dice_(std::move(dice)),
      gate_(options_.slots ? options_.slots : std::make_shared<gate>(on, time, stop, options_.slot_rest)),
      asked_again_(on), stopping_(stop, [this] { shorten_limits(); }) {
    if (stop.requested())
        shorten_limits();
}

/// What is read after a stop serves nobody; what was begun with a write is finished, but not for ever.
void session::shorten_limits() {
    reading_.shorten(time_.now());
    finishing_.shorten(time_.now() + time_when_stopping);
}

asio::awaitable<result<void>> session::open() {
    if (options_.zone) {
        zone_.url = *options_.zone;
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
    while (true) {
        auto answer = co_await attempt(what, asked, so_far);
        if (answer) {
            accepted_ = accepted_ || what.entity != zone_entity;
            co_return answer;
        }
        const bool stopping = stop_.requested();
        if (ended_ || (stopping && !what.even_when_stopping))
            co_return answer;
        auto policy = options_.retry;
        if (stopping)
            policy.patience = std::min(policy.patience, patience_when_stopping);
        ++so_far.failed;
        const auto pause = pause_before_retry(answer.error(), so_far, policy, dice_());
        // The patience is used up, or the server asks for more than is left.
        if (!pause && may_pass(answer.error()) && (so_far.failed > 1 || answer.error().retry_after))
            ended_ = answer.error();
        if (!pause)
            co_return answer;
        if (on_retry)
            on_retry(answer.error(), *pause);
        co_await time_.sleep_for(*pause, stopping ? never_ : stop_);
        so_far.waited += *pause;
        if (stop_.requested() && !what.even_when_stopping)
            co_return answer;
        if (stop_.requested() && !stopping)
            so_far = attempts(); // The pause was cut short; from here on another patience counts.
    }
}

asio::awaitable<result<std::string>> session::attempt(const call& what, base_url& asked, attempts& so_far) {
    const bool discovering = what.entity == zone_entity;
    request_record seen;
    seen.asked = time_.now();
    auto slot = co_await gate_->enter(what.entity, what.how, what.even_when_stopping);
    if (!slot)
        co_return cancelled(what);
    // While it is unknown whether the credentials are refused for good, nothing more is sent with them.
    while (asking_again_ && !discovering)
        co_await asked_again_.wait();
    if (ended_) // Perhaps only while this waited for its slot.
        co_return std::unexpected(why_ended(what));
    if (stop_.requested() && !what.even_when_stopping)
        co_return cancelled(what);

    asked = discovering ? options_.discovery : zone_.url;
    http_request request;
    request.method = what.method;
    request.host = asked.host;
    request.port = asked.port;
    request.target = asked.path + std::string(version) + what.entity + what.rest;
    request.body = what.body;
    if (!discovering)
        request.login = &login_;
    ++requests_;
    seen.entity = what.entity;
    seen.method = what.method;
    seen.doing = what.doing;
    seen.sent = time_.now();
    const auto sent = seen.sent;
    const bool to_be_finished = what.even_when_stopping || what.how == urgency::write;
    time_limit limit(to_be_finished ? finishing_ : reading_, sent + options_.request_time);
    auto answer = co_await network_.send(request, limit);
    const bool given_up = !answer && !to_be_finished && stop_.requested();
    std::optional<error> failure;
    if (given_up)
        failure = cancelled(what).error();
    else if (!answer)
        failure = answer.error();
    else
        failure = classify(what.method, *answer, std::chrono::floor<std::chrono::seconds>(time_.wall()));
    tell(std::move(seen), answer, failure);
    if (given_up)
        co_return std::unexpected(std::move(*failure));
    if (!failure)
        co_return std::move(answer->body);
    if (failure->kind == error_kind::throttled && !failure->hourly_limit)
        slot->refused();
    // The wait for the slot does not count: others were served meanwhile.
    so_far.waited += std::chrono::duration_cast<std::chrono::milliseconds>(time_.now() - sent);
    failure->doing = what.doing + " at " + request.host;
    co_return std::unexpected(std::move(*failure));
}

/// Before the slot is given back, so that the records of a slot never overlap.
void session::tell(request_record seen, const result<http_response>& answer, std::optional<error> failed) const {
    if (!on_request)
        return;
    seen.ended = time_.now();
    if (answer) {
        seen.status = answer->status;
        seen.received = answer->body.size();
        seen.times = answer->times;
    }
    seen.failed = std::move(failed);
    on_request(seen);
}

/// The failure that ended everything, as that of this call, which was not even sent.
error session::why_ended(const call& what) const {
    auto failure = *ended_;
    failure.doing = what.doing + " at " + zone_.url.host;
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
