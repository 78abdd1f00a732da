#include "tests/support/model_transport.hpp"

#include "tests/sandbox/model/autotask.hpp"
#include "tests/support/virtual_clock.hpp"

#include <algorithm>
#include <boost/asio/this_coro.hpp>
#include <boost/json/parse.hpp>
#include <string>
#include <string_view>
#include <utility>

namespace test_support {

namespace asio = boost::asio;
using std::chrono::milliseconds;
using time_point = autotask::time_limit::time_point;

namespace {

/// Longer than any limit: the wait for an answer that never comes.
constexpr auto for_ever = std::chrono::hours{24 * 365};

sandbox::time_point moment_of(const virtual_clock& time, milliseconds ahead) {
    return sandbox::time_point{(time.true_time() + ahead).time_since_epoch()};
}

std::string_view name_of(autotask::http_method method) {
    switch (method) {
    case autotask::http_method::post:
        return "POST";
    case autotask::http_method::patch:
        return "PATCH";
    case autotask::http_method::get:
        break;
    }
    return "GET";
}

sandbox::http_request made_of(const autotask::http_request& request, std::size_t zone) {
    sandbox::http_request made;
    made.method = name_of(request.method);
    made.target = request.target;
    made.body = request.body;
    made.zone = zone;
    if (request.login) {
        made.headers.add("ApiIntegrationCode", request.login->tracking_identifier);
        made.headers.add("UserName", request.login->username);
        made.headers.add("Secret", std::string{request.login->secret.reveal()});
    }
    if (request.method != autotask::http_method::get)
        made.headers.add("Content-Type", "application/json");
    return made;
}

autotask::http_response taken_from(sandbox::http_response&& reply) {
    autotask::http_response taken;
    const auto header = [&reply](std::string_view name) { return std::string{reply.headers.find(name).value_or("")}; };
    taken.status = reply.status;
    taken.content_type = std::move(reply.content_type);
    taken.retry_after = header("Retry-After");
    taken.date = header("Date");
    taken.location = header("Location");
    taken.body = std::move(reply.body);
    return taken;
}

std::unexpected<autotask::error> never_sent(std::string said) {
    autotask::error failure;
    failure.kind = autotask::error_kind::network;
    failure.said = std::move(said);
    return std::unexpected(std::move(failure));
}

/// No answer to a request that may have arrived.
std::unexpected<autotask::error> no_answer(const autotask::http_request& request, std::string_view why) {
    autotask::error failure;
    failure.kind = autotask::error_kind::network;
    failure.said = "waiting for the answer of " + request.host + ": " + std::string(why);
    failure.maybe_done = request.method == autotask::http_method::patch;
    return std::unexpected(std::move(failure));
}

constexpr std::string_view too_late = "no answer in time";
constexpr std::string_view reset = "Connection reset by peer";

/// Waits until that moment, or until the limit, which may move closer meanwhile. True when the moment has come.
asio::awaitable<bool> wait_until(virtual_clock& time, time_point moment, autotask::time_limit& limit) {
    while (time.now() < std::min(moment, limit.until())) {
        autotask::stop_signal shortened;
        limit.on_shortened = [&shortened] { shortened.request(); };
        const auto rest = std::min(moment, limit.until()) - time.now();
        co_await time.sleep_for(std::chrono::ceil<milliseconds>(rest), shortened);
        limit.on_shortened = nullptr;
    }
    co_return time.now() >= moment;
}

/// What a request wants to store, if it is a PATCH of a contact.
std::optional<stored_contact> wanted_by(const sandbox::http_request& request, std::int64_t tag) {
    if (request.method != "PATCH")
        return std::nullopt;
    const auto body = boost::json::parse(request.body);
    const auto* device = body.is_object() ? body.get_object().if_contains("id") : nullptr;
    const auto* contact = body.is_object() ? body.get_object().if_contains("contactID") : nullptr;
    if (!device || !device->is_int64() || !contact || !contact->is_int64())
        return std::nullopt;
    return stored_contact{device->get_int64(), contact->get_int64(), tag};
}

} // namespace

/// One request at the server, from its arrival until the server has done with it. Somebody else does the waiting: this
/// says until when.
class visit {
public:
    visit(virtual_clock& time, sandbox::autotask& world, milliseconds ahead, sandbox::http_request request,
          time_point arrival)
        : time_(&time), world_(&world), ahead_(ahead), request_(std::move(request)), next_(arrival) {}

    std::string entity;                                   ///< What it is about.
    std::optional<stored_contact> wanted;                 ///< With a PATCH.
    std::function<void(const stored_contact&)> on_stored; ///< A copy: whoever is told may outlive the transport.

    bool over() const { return at_ == place::over; }

    /// When something happens next.
    time_point next() const { return next_; }

    /// Does what happens then.
    void step() {
        const auto now = moment_of(*time_, ahead_);
        switch (at_) {
        case place::on_its_way: {
            const auto admitted = world_->begin(std::move(request_), now);
            ticket_ = admitted.ticket;
            next_ += std::chrono::ceil<milliseconds>(admitted.hold_back);
            at_ = place::held_back;
            break;
        }
        case place::held_back:
            execute(now);
            next_ += std::chrono::ceil<milliseconds>(reply_.play.stall_for);
            at_ = place::stalling;
            if (reply_.play.kind != sandbox::play_kind::stall)
                step();
            break;
        case place::stalling:
            world_->end(ticket_, now);
            at_ = place::over;
            break;
        case place::over:
            break;
        }
    }

    /// The sender has gone away. A server that has nothing to send notices; one that works on its reply does not.
    void sender_left() {
        if (at_ == place::stalling)
            step();
    }

    sandbox::http_response& reply() { return reply_; }

private:
    void execute(sandbox::time_point now) {
        const auto stored = world_->counts().writes_stored;
        reply_ = world_->execute(ticket_, now);
        if (wanted && on_stored && world_->counts().writes_stored > stored)
            on_stored(*wanted);
    }

    enum class place { on_its_way, held_back, stalling, over };

    virtual_clock* time_;
    sandbox::autotask* world_;
    milliseconds ahead_;
    sandbox::http_request request_;
    sandbox::http_response reply_;
    std::uint64_t ticket_ = 0;
    time_point next_;
    place at_ = place::on_its_way;
};

namespace {

/// What the server does for a sender that has gone away.
asio::awaitable<void> go_on_alone(virtual_clock& time, visit rest) {
    autotask::stop_signal never;
    rest.sender_left();
    while (!rest.over()) {
        co_await time.sleep_for(std::chrono::ceil<milliseconds>(rest.next() - time.now()), never);
        rest.step();
        rest.sender_left();
    }
}

/// Where an abandoned request is found.
class presence {
public:
    presence(std::vector<visit*>& among, visit& mine) : among_(among), mine_(mine) { among_.push_back(&mine_); }
    ~presence() { std::erase(among_, &mine_); }
    presence(const presence&) = delete;
    presence& operator=(const presence&) = delete;

private:
    std::vector<visit*>& among_;
    visit& mine_;
};

} // namespace

std::string entity_of(const autotask::http_request& request) {
    constexpr std::string_view version = "/V1.0/";
    const auto at = request.target.find(version);
    const auto rest = request.target.substr(at == std::string::npos ? 0 : at + version.size());
    return rest.substr(0, rest.find_first_of("/?"));
}

model_transport::model_transport(virtual_clock& time, sandbox::autotask& world) : time_(time), world_(world) {}

model_transport::~model_transport() {
    if (on_end)
        on_end();
}

void model_transport::turn(weather what) {
    turn(what, time_.elapsed());
}

void model_transport::turn(weather what, milliseconds from) {
    weather_[from] = what;
}

weather model_transport::now() const {
    const auto later = weather_.upper_bound(time_.elapsed());
    return later == weather_.begin() ? weather::fine : std::prev(later)->second;
}

void model_transport::abandon(const asio::any_io_executor& server) {
    for (auto* one : visits_)
        autotask::spawn(server, go_on_alone(time_, std::move(*one)));
    visits_.clear();
}

std::int64_t model_transport::in_flight(const std::string& entity) const {
    return std::ranges::count(visits_, entity, &visit::entity);
}

sandbox::time_point model_transport::server_time() const {
    return moment_of(time_, server_ahead);
}

/// The zone whose base URL has this host and port.
std::optional<std::size_t> model_transport::zone_of(const autotask::http_request& request) const {
    const bool literal = request.host.find(':') != std::string::npos;
    auto origin = "https://" + (literal ? '[' + request.host + ']' : request.host);
    if (request.port != "443")
        origin += ':' + request.port;
    for (std::size_t i = 0; i < world_.zone_count(); ++i)
        if (world_.zone_at(i).url.starts_with(origin + '/'))
            return i;
    return std::nullopt;
}

asio::awaitable<autotask::result<autotask::http_response>> model_transport::send(const autotask::http_request& request,
                                                                                 autotask::time_limit& limit) {
    if (on_send)
        on_send(request);
    const auto zone = zone_of(request);
    if (!zone)
        co_return never_sent("resolving " + request.host + ": Host not found (authoritative)");
    if (now() == weather::refused)
        co_return never_sent("connecting to " + request.host + " port " + request.port + ": Connection refused");
    const auto sent = time_.now();
    if (now() == weather::silent) {
        co_await wait_until(time_, sent + for_ever, limit);
        co_return no_answer(request, too_late);
    }

    auto made = made_of(request, *zone);
    const auto wanted = wanted_by(made, tag);
    visit there(time_, world_, server_ahead, std::move(made), sent + round_trip / 2);
    there.entity = entity_of(request);
    there.wanted = wanted;
    there.on_stored = on_stored;
    const presence under_way(visits_, there);
    while (!there.over()) {
        const bool come = co_await wait_until(time_, there.next(), limit);
        if (!come) {
            const auto loop = co_await asio::this_coro::executor;
            autotask::spawn(loop, go_on_alone(time_, std::move(there)));
            co_return no_answer(request, too_late);
        }
        there.step();
    }

    const auto on_the_way_back = now();
    const auto back =
        on_the_way_back == weather::silent ? time_.now() + for_ever : time_.now() + (round_trip - round_trip / 2);
    const bool come = co_await wait_until(time_, back, limit);
    if (!come)
        co_return no_answer(request, too_late);
    if (on_the_way_back == weather::refused)
        co_return no_answer(request, reset);
    auto& reply = there.reply();
    switch (reply.play.kind) {
    case sandbox::play_kind::reset:
        co_return no_answer(request, reset);
    case sandbox::play_kind::stall:
        co_return no_answer(request, "end of stream");
    case sandbox::play_kind::truncate:
        if (reply.play.truncate_at < reply.body.size())
            co_return no_answer(request, "partial message");
        break;
    case sandbox::play_kind::normal:
        break;
    }
    auto answer = taken_from(std::move(reply));
    answer.times.first_byte = std::chrono::duration_cast<std::chrono::microseconds>(time_.now() - sent);
    co_return answer;
}

} // namespace test_support
