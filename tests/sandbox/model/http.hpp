#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

/// Every moment the model sees is an argument; it never reads a clock itself.
using time_point = std::chrono::system_clock::time_point;
using duration = std::chrono::system_clock::duration;

struct header {
    std::string name;
    std::string value;
};

/// Headers in the order they came. Names are compared without case (RFC 9110, 5.1).
class header_list {
public:
    header_list() = default;
    header_list(std::initializer_list<header> list) : list_{list} {}

    void add(std::string name, std::string value) { list_.push_back({std::move(name), std::move(value)}); }
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
    [[nodiscard]] auto begin() const { return list_.begin(); }
    [[nodiscard]] auto end() const { return list_.end(); }

private:
    std::vector<header> list_;
};

struct http_request {
    std::string method;
    std::string target; ///< path and query, as on the request line
    header_list headers;
    std::string body;
    std::size_t zone = 0; ///< which of the model's zones (hosts) the request was sent to
};

enum class play_kind {
    normal,  ///< send the reply
    reset,   ///< end the connection with a reset, without a reply
    stall,   ///< send nothing for `stall_for`, then end the connection
    truncate ///< announce the whole body, send `truncate_at` bytes of it, end the connection
};

/// What the transport does with a reply. The model only says it; a server or a simulation plays it.
struct transport_play {
    play_kind kind = play_kind::normal;
    std::size_t truncate_at = 0;
    duration stall_for{};
};

struct http_response {
    unsigned status = 200;
    std::string content_type = "application/json; charset=utf-8"; ///< empty when there is no body
    header_list headers;                                          ///< further ones: Date, Location, Retry-After
    std::string body;
    transport_play play;
};

} // namespace sandbox
