#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace autotask {

/// What kind of failure it is: this decides who has to do something about it.
enum class error_kind {
    network,    ///< Not reached, or something between here and the database answered instead of it.
    throttled,  ///< A limit of the API was met; later it works.
    auth,       ///< The credentials were refused.
    permission, ///< The API user may not do this.
    business,   ///< The server understood and refused.
    protocol,   ///< The answer is not what the API promises.
    cancelled,  ///< We stopped before it was sent.
};

std::string_view to_string(error_kind kind);

/// A failure as a value: what kind, what we were doing, and what the server said.
struct error {
    error_kind kind = error_kind::protocol;
    std::string doing;         ///< In words, with host and entity: "reading the contacts of 40 companies from HOST".
    std::string said;          ///< What the server answered or the network reported.
    unsigned status = 0;       ///< The HTTP status; 0 without an answer.
    bool maybe_done = false;   ///< The request may have been carried out although no answer says so.
    bool thread_limit = false; ///< With throttled: the server says it is too many requests at a time ...
    bool hourly_limit = false; ///< ... or too many in an hour. Neither, when it does not say so in words we know.
    std::optional<std::chrono::seconds> retry_after; ///< What the server asked for (RFC 9110, section 10.2.3).

    /// One sentence without a full stop: "reading ... failed: ...".
    std::string message() const;
};

template <class T>
using result = std::expected<T, error>;

} // namespace autotask
