#pragma once

#include "autotask/session.hpp"
#include "tests/support/scripted_transport.hpp"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace autotask_tests {

inline constexpr const char* first_zone = "webservices3.autotask.net";
inline constexpr const char* second_zone = "webservices4.autotask.net";

inline autotask::http_response zone_answer(const std::string& host) {
    return test_support::json_answer(R"({"zoneName":"Here","url":"https://)" + host + R"(/atservicesrest/","ci":1})");
}

inline autotask::session_options discovering() {
    autotask::session_options options;
    options.discovery = *autotask::parse_base_url("https://webservices.autotask.net/ATServicesRest/");
    return options;
}

inline autotask::session_options with_zone(const std::string& url) {
    auto options = discovering();
    options.zone = autotask::parse_base_url(url);
    return options;
}

inline autotask::call a_read(std::string entity = "Contacts") {
    autotask::call what;
    what.method = autotask::http_method::post;
    what.entity = std::move(entity);
    what.rest = "/query";
    what.body = "{}";
    what.doing = "reading";
    return what;
}

inline autotask::call a_write() {
    autotask::call what;
    what.method = autotask::http_method::patch;
    what.entity = "ConfigurationItems";
    what.body = R"({"id":1,"contactID":2})";
    what.doing = "writing";
    what.how = autotask::urgency::write;
    return what;
}

inline autotask::call a_proof() {
    auto what = a_read("ConfigurationItems");
    what.how = autotask::urgency::verify;
    what.even_when_stopping = true;
    return what;
}

/// One session over a scripted network in virtual time.
struct session_world {
    explicit session_world(autotask::session_options options = discovering()) {
        login.username = "api+user@example.com";
        login.secret = autotask::secret("s3cr3t");
        login.tracking_identifier = "CODE";
        session = std::make_unique<autotask::session>(loop.executor(), network, loop.time(), stop, login,
                                                      std::move(options), [] { return 0.5; });
        session->on_retry = [this](const autotask::error&, std::chrono::milliseconds) { ++retries; };
    }

    using answer = autotask::result<std::string>;

    /// Starts a call; its answer appears in the place that is returned.
    std::shared_ptr<std::optional<answer>> start(autotask::call what) {
        auto place = std::make_shared<std::optional<answer>>();
        loop.start(ask(std::move(what), place));
        loop.settle();
        return place;
    }

    /// The answer to one call. Also ends everything that was started.
    answer ask_now(autotask::call what) {
        const auto place = start(std::move(what));
        if (!loop.finish() || !*place)
            throw std::logic_error("the call never ends");
        return **place;
    }

    autotask::result<void> open() {
        autotask::result<void> opened;
        const auto task = [&]() -> boost::asio::awaitable<void> { opened = co_await session->open(); };
        loop.start(task());
        if (!loop.finish())
            throw std::logic_error("opening never ends");
        return opened;
    }

    test_support::virtual_loop loop;
    autotask::stop_signal stop;
    test_support::scripted_transport network{loop.time()};
    autotask::credentials login;
    std::unique_ptr<autotask::session> session;
    int retries = 0;

private:
    boost::asio::awaitable<void> ask(autotask::call what, std::shared_ptr<std::optional<answer>> place) {
        auto got = co_await session->send(std::move(what));
        place->emplace(std::move(got));
    }
};

} // namespace autotask_tests
