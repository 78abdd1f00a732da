#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include <boost/json/object.hpp>

#include "tests/sandbox/model/http.hpp"
#include "tests/sandbox/model/random.hpp"

namespace sandbox {

enum class fault_kind : std::uint8_t {
    reset,        ///< the connection breaks, before or after the call was applied
    stall,        ///< no answer for `wait`, then the connection ends
    html,         ///< a page of the infrastructure with `status`; 200 is a maintenance page
    empty,        ///< `status` without a body
    error,        ///< `status` with an errors array of `text`
    truncate,     ///< the reply breaks off after `bytes`
    malformed,    ///< 200 and `application/json`, but no JSON
    delay,        ///< the reply comes `wait` later
    redirect,     ///< 307 to `location`
    thread_limit, ///< 429 as if too many threads ran
    hourly_limit, ///< 429 as if the database had used up its requests
    not_stored,   ///< a write answers 200, but nothing is stored
    reverted      ///< a write is stored, and a workflow rule puts the old values back `wait` later
};

/// One fault to play: which requests it meets, and what happens to them.
struct fault_rule {
    std::int64_t id = 0;
    fault_kind kind = fault_kind::error;
    std::string path = "*";  ///< glob on the path, e.g. `*/ConfigurationItems*`
    std::string method;      ///< empty: any
    double probability = 1;  ///< of a matching request meeting it
    std::int64_t count = -1; ///< how often it still happens; -1 without end
    std::int64_t skip = 0;   ///< how many matching requests pass before
    bool applied = false;    ///< whether the call takes effect although the reply is spoilt
    unsigned status = 0;     ///< 0: the kind's own
    std::string text;
    std::string location;
    std::optional<std::size_t> bytes; ///< default: half of the body
    duration wait{};
    std::optional<std::int64_t> retry_after; ///< seconds; sent besides whatever the switches say
    std::int64_t played = 0;
};

/// The faults in the order they were given; the first that meets a request is played.
class fault_list {
public:
    explicit fault_list(std::uint64_t seed) : random_{seed} {}

    std::int64_t add(fault_rule rule);
    bool remove(std::int64_t id);
    void clear() { rules_.clear(); }
    [[nodiscard]] const std::vector<fault_rule>& rules() const { return rules_; }

    /// The fault this request meets, if any; it counts as played.
    [[nodiscard]] std::optional<fault_rule> draw(const std::string& method, std::string_view path);

private:
    std::vector<fault_rule> rules_;
    std::int64_t next_id_ = 1;
    random_source random_;
};

/// From `{"kind":"html","status":503,"path":"*/query","probability":0.5,"count":3}`; README.md lists the keys.
/// The error is a sentence.
[[nodiscard]] std::expected<fault_rule, std::string> parse_fault(const boost::json::object& given);
[[nodiscard]] boost::json::object describe_fault(const fault_rule& rule);

} // namespace sandbox
