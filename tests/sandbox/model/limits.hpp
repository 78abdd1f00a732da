#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/sandbox/model/http.hpp"

namespace sandbox {

/// Requests of the last 60 minutes against one database, whoever made them.
class rolling_window {
public:
    static constexpr std::chrono::minutes length{60};

    void add(time_point now, std::int64_t requests);
    [[nodiscard]] std::int64_t count(time_point now);
    /// Lets the requests counted so far grow older, as if that time had passed.
    void age(duration by);

private:
    void drop_old(time_point now);

    struct bucket {
        time_point start; // of the second
        std::int64_t requests;
    };
    std::deque<bucket> buckets_;
    std::int64_t total_ = 0;
};

/// Calls in progress for each (tracking identifier, entity).
class thread_slots {
public:
    using key = std::pair<std::string, std::string>;

    /// False when `limit` slots are taken; 0 is without limit.
    [[nodiscard]] bool take(const key& whose, std::int64_t limit, time_point now);
    /// The slot is free from `at` on, which may lie after the reply.
    void release(const key& whose, time_point at);

private:
    struct state {
        std::int64_t busy = 0;
        std::vector<time_point> until; ///< slots whose reply is out, but which still count
    };
    std::map<key, state> slots_;
};

} // namespace sandbox
