#include "autotask/classify.hpp"
#include "autotask/retry_after.hpp"
#include "autotask/session.hpp"

#include <algorithm>
#include <utility>

// One attempt of a call: what it waits for, how it is sent, and who learns from it.

namespace autotask {

namespace asio = boost::asio;

namespace {

constexpr std::string_view version = "/V1.0/";

error not_prepared(const call& what, std::string why) {
    error failure;
    failure.kind = error_kind::cancelled;
    failure.doing = what.doing;
    failure.said = std::move(why);
    return failure;
}

} // namespace

/// What a request needs before it may be sent: a way to the server and a slot, after its part of the allowance.
struct session::turn {
    breaker::permit permit;
    gate::slot slot;
};

asio::awaitable<result<session::turn>> session::take_turn(const call& what) {
    if (needs_allowance(what)) {
        const bool may = co_await limits_->allowance.pass(what.how, terms_);
        if (!may)
            co_return std::unexpected(cancelled(what));
    }
    auto taken = co_await take_way_and_slot(what);
    if (!taken && needs_allowance(what))
        limits_->allowance.not_sent();
    co_return taken;
}

asio::awaitable<result<session::turn>> session::take_way_and_slot(const call& what) {
    const bool is_write = what.how == urgency::write;
    while (true) {
        // While it is unknown whether the credentials are refused for good, nothing more is sent with them.
        while (asking_again_ && !is_discovery(what))
            co_await asked_again_.wait();
        if (ended_)
            co_return std::unexpected(why_ended(what));
        auto permit = co_await limits_->way.pass(is_write, what.even_when_stopping, limit_of(what));
        if (!permit && permit.error().kind == error_kind::cancelled)
            co_return std::unexpected(cancelled(what));
        if (!permit) {
            ended_ = ended_ ? ended_ : permit.error();
            co_return std::unexpected(why_ended(what));
        }
        auto slot = co_await limits_->slots.enter(what.entity, what.how, what.even_when_stopping);
        if (!slot)
            co_return std::unexpected(cancelled(what));
        if (what.before_sending) {
            auto prepared = co_await what.before_sending();
            if (!prepared)
                co_return std::unexpected(not_prepared(what, std::move(prepared.error())));
        }
        if (asking_again_ && !is_discovery(what))
            continue; // The question must not wait for this: the permit and the slot may be what it needs.
        if (ended_)   // Perhaps only while this waited for its slot.
            co_return std::unexpected(why_ended(what));
        if (stop_.requested() && !what.even_when_stopping)
            co_return std::unexpected(cancelled(what));
        if (!limits_->way.still_holds(*permit))
            continue;
        turn mine{std::move(*permit), std::move(*slot)};
        co_return std::move(mine);
    }
}

asio::awaitable<result<std::string>> session::attempt(const call& what, base_url& asked, attempts& so_far) {
    request_record seen;
    seen.asked = time_.now();
    auto mine = co_await take_turn(what);
    if (!mine)
        co_return std::unexpected(std::move(mine.error()));
    asked = is_discovery(what) ? options_.discovery : zone_.url;
    const auto request = make_request(what, asked);
    ++requests_;
    seen.slot = mine->slot.index();
    seen.sent = time_.now();
    const auto sent = seen.sent;
    const bool once_more = so_far.failed > 0 || mine->permit.is_probe();
    time_limit limit(limit_of(what), sent + (once_more ? options_.repeat_time : options_.request_time));
    auto answer = co_await network_.send(request, limit);
    if (answer)
        compare_clocks(answer->date);
    auto failure = outcome_of(what, request.host, answer);
    tell(what, std::move(seen), answer, failure);
    learn(*mine, failure);
    if (needs_allowance(what))
        limits_->allowance.ended();
    if (!failure)
        co_return std::move(answer->body);
    // The wait for the turn does not count: others were served meanwhile.
    so_far.waited += std::chrono::duration_cast<std::chrono::milliseconds>(time_.now() - sent);
    co_return std::unexpected(std::move(*failure));
}

http_request session::make_request(const call& what, const base_url& asked) const {
    http_request request;
    request.method = what.method;
    request.host = asked.host;
    request.port = asked.port;
    request.target = asked.path + std::string(version) + what.entity + what.rest;
    request.body = what.body;
    if (!is_discovery(what))
        request.login = &login_;
    return request;
}

void session::compare_clocks(const std::string& date) {
    const auto ours = std::chrono::floor<std::chrono::seconds>(time_.wall());
    if (const auto theirs = read_http_date(date, ours))
        server_ahead_ = *theirs - ours;
}

/// What went wrong, if anything.
std::optional<error> session::outcome_of(const call& what, const std::string& host,
                                         const result<http_response>& answer) {
    const bool given_up = !answer && stop_.requested() && &limit_of(what) == &reading_;
    if (given_up)
        return cancelled(what);
    std::optional<error> failure;
    if (!answer)
        failure = answer.error();
    else
        failure = classify(what.method, *answer, std::chrono::floor<std::chrono::seconds>(time_.wall()));
    if (failure)
        failure->doing = what.doing + " at " + host;
    return failure;
}

/// Before the slot is given back, so that the records of a slot never overlap.
void session::tell(const call& what, request_record seen, const result<http_response>& answer,
                   const std::optional<error>& failed) const {
    if (!on_request)
        return;
    seen.entity = what.entity;
    seen.method = what.method;
    seen.doing = what.doing;
    seen.ended = time_.now();
    if (answer) {
        seen.status = answer->status;
        seen.received = answer->body.size();
        seen.times = answer->times;
    }
    seen.failed = failed;
    on_request(seen);
}

/// Whatever adapts to the server hears how the request ended.
void session::learn(turn& from, const std::optional<error>& failure) {
    if (failure && failure->kind == error_kind::cancelled)
        return;
    // A text may come in the tenant's language: what is not known to be the hour's limit may be that of the threads.
    if (!failure || failure->kind == error_kind::business)
        from.slot.answered();
    else if (failure->kind == error_kind::throttled && !failure->hourly_limit)
        from.slot.refused();
    if (failure && failure->hourly_limit)
        limits_->allowance.exhausted();
    else if (failure && failure->kind == error_kind::throttled && !failure->thread_limit)
        limits_->allowance.distrust(); // A limit that is not named: perhaps the books are wrong.
    if (failure)
        limits_->way.failed(from.permit, *failure);
    else
        from.permit.succeeded();
}

} // namespace autotask
