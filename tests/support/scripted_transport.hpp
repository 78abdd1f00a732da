#pragma once

#include "autotask/transport.hpp"
#include "tests/support/virtual_clock.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace test_support {

/// One request as the network saw it.
struct sent_request {
    autotask::http_method method = autotask::http_method::get;
    std::string host;
    std::string port;
    std::string target;
    std::string body;
    bool with_credentials = false;
    std::string secret; ///< As it was sent.
    std::chrono::milliseconds at{};

    /// "POST host/path".
    std::string line() const {
        static constexpr std::array<const char*, 3> names{"GET", "POST", "PATCH"};
        return std::string(names[static_cast<std::size_t>(method)]) + ' ' + host + target;
    }

    /// The path behind the version: "ConfigurationItems/query".
    std::string path() const {
        const auto version = target.find("/V1.0/");
        return version == std::string::npos ? target : target.substr(version + 6);
    }

    /// "ConfigurationItems".
    std::string entity() const {
        const auto all = path();
        return all.substr(0, all.find_first_of("/?"));
    }
};

/// What the network does with a request, and after how much virtual time.
struct reply {
    reply(autotask::http_response answer, std::chrono::milliseconds time = {}) : what(std::move(answer)), after(time) {}
    reply(autotask::error failure, std::chrono::milliseconds time = {})
        : what(std::unexpected(std::move(failure))), after(time) {}

    autotask::result<autotask::http_response> what;
    std::chrono::milliseconds after;
};

inline autotask::http_response json_answer(std::string body, unsigned status = 200) {
    autotask::http_response answer;
    answer.status = status;
    answer.content_type = "application/json; charset=utf-8";
    answer.body = std::move(body);
    return answer;
}

inline autotask::http_response html_answer(unsigned status, std::string body = "<html></html>") {
    autotask::http_response answer;
    answer.status = status;
    answer.content_type = "text/html";
    answer.body = std::move(body);
    return answer;
}

/// As the API answers to refused credentials.
inline autotask::http_response unauthorized() {
    autotask::http_response answer;
    answer.status = 401;
    return answer;
}

inline autotask::http_response errors_answer(const std::string& text, unsigned status = 500) {
    return json_answer("{\"errors\":[\"" + text + "\"]}", status);
}

inline autotask::error network_failure(bool maybe_done = false) {
    autotask::error failure;
    failure.kind = autotask::error_kind::network;
    failure.said = "connection reset by peer";
    failure.maybe_done = maybe_done;
    return failure;
}

/// A network that answers from a function, or from a list of replies, and remembers every request.
class scripted_transport final : public autotask::transport {
public:
    explicit scripted_transport(virtual_clock& time) : time_(time) {}

    /// Asked at the moment at which a request arrives.
    std::function<reply(const sent_request&)> handler;

    /// Replies that are given first, in their order, whatever is asked.
    std::deque<reply> script;

    std::vector<sent_request> requests;

    /// The most requests to one entity that were ever under way at a time.
    std::map<std::string, int> most_under_way;

    std::size_t count(const std::string& entity) const {
        return static_cast<std::size_t>(
            std::ranges::count_if(requests, [&entity](const sent_request& one) { return one.entity() == entity; }));
    }

    boost::asio::awaitable<autotask::result<autotask::http_response>> send(const autotask::http_request& request,
                                                                           autotask::time_limit& limit) override {
        sent_request seen;
        seen.method = request.method;
        seen.host = request.host;
        seen.port = request.port;
        seen.target = request.target;
        seen.body = request.body;
        seen.with_credentials = request.login != nullptr;
        if (request.login)
            seen.secret = std::string(request.login->secret.reveal());
        seen.at = time_.elapsed();
        requests.push_back(seen);
        const auto entity = seen.entity();
        auto& under_way = under_way_[entity];
        auto& most = most_under_way[entity];
        most = std::max(most, ++under_way);
        auto given = next(seen);
        const auto answered_at = time_.now() + given.after;
        while (time_.now() < std::min(answered_at, limit.until())) {
            autotask::stop_signal shortened;
            limit.on_shortened = [&shortened] { shortened.request(); };
            const auto rest = std::min(answered_at, limit.until()) - time_.now();
            co_await time_.sleep_for(std::chrono::ceil<std::chrono::milliseconds>(rest), shortened);
            limit.on_shortened = nullptr;
        }
        --under_way;
        if (time_.now() >= answered_at)
            co_return std::move(given.what);
        autotask::error late;
        late.kind = autotask::error_kind::network;
        late.said = "no answer in time";
        late.maybe_done = request.method == autotask::http_method::patch;
        co_return std::unexpected(std::move(late));
    }

private:
    reply next(const sent_request& seen) {
        if (script.empty())
            return handler ? handler(seen) : reply(html_answer(503));
        auto given = std::move(script.front());
        script.pop_front();
        return given;
    }

    virtual_clock& time_;
    std::map<std::string, int> under_way_;
};

} // namespace test_support
