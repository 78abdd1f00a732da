#include "autotask/session.hpp"

#include "autotask/classify.hpp"

namespace autotask {

namespace asio = boost::asio;

namespace {

constexpr std::string_view version = "/V1.0/";
constexpr const char* zone_entity = "zoneInformation";

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
      gate_(on, time, stop), asked_again_(on) {}

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
    auto body = co_await send_patiently(what);
    if (!body)
        co_return std::unexpected(std::move(body.error()));
    auto found = read_zone(*body, options_.trusted_hosts);
    if (!found)
        found.error().doing = "finding the zone at " + options_.discovery.host;
    co_return found;
}

asio::awaitable<result<std::string>> session::send(call what) {
    // Held as a copy: while this waits, another call may find that the zone has moved.
    const auto asked = zone_.url;
    auto answer = co_await send_patiently(what);
    if (answer || answer.error().kind != error_kind::auth)
        co_return answer;
    const bool moved = co_await zone_moved(asked);
    if (!moved) {
        ended_ = answer.error();
        co_return answer;
    }
    co_return co_await send_patiently(what);
}

asio::awaitable<result<std::string>> session::send_patiently(const call& what) {
    attempts so_far;
    while (true) {
        if (ended_)
            co_return std::unexpected(*ended_);
        const bool discovering = what.entity == zone_entity;
        const auto to = discovering ? options_.discovery : zone_.url;
        auto answer = co_await attempt(what, to);
        if (answer) {
            accepted_ = accepted_ || !discovering;
            co_return answer;
        }
        ++so_far.failed;
        const auto pause = pause_before_retry(answer.error(), so_far, options_.retry, dice_());
        if (!pause && may_pass(answer.error()) && so_far.failed > 1)
            ended_ = answer.error();
        if (!pause || stop_.requested())
            co_return answer;
        if (on_retry)
            on_retry(answer.error(), *pause);
        co_await time_.sleep_for(*pause, stop_);
        so_far.waited += *pause;
        if (stop_.requested() && !what.even_when_stopping)
            co_return answer;
    }
}

asio::awaitable<result<std::string>> session::attempt(const call& what, const base_url& to) {
    http_request request;
    request.method = what.method;
    request.host = to.host;
    request.port = to.port;
    request.target = to.path + std::string(version) + what.entity + what.rest;
    request.body = what.body;
    if (what.entity != zone_entity)
        request.login = &login_;

    auto slot = co_await gate_.enter(what.entity, what.how, what.even_when_stopping);
    if (!slot)
        co_return cancelled(what);
    ++requests_;
    const auto until = time_.now() + options_.request_time;
    auto answer = co_await network_.send(request, until);
    std::optional<error> failure;
    if (!answer)
        failure = std::move(answer.error());
    else
        failure = classify(what.method, *answer);
    if (!failure)
        co_return std::move(answer->body);
    if (failure->thread_limit || failure->status == 429)
        slot->refused();
    failure->doing = what.doing + " at " + to.host;
    co_return std::unexpected(std::move(*failure));
}

/// A database that moves to another zone refuses valid credentials at the old place. Asking once more tells a move from
/// a wrong secret; credentials that never worked are not worth the question.
asio::awaitable<bool> session::zone_moved(const base_url& from) {
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
    if (found)
        zone_ = std::move(*found);
    co_return zone_.url != from;
}

} // namespace autotask
