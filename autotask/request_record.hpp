#pragma once

#include "autotask/error.hpp"
#include "autotask/http.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace autotask {

/// What became of one HTTP request, for whoever draws or counts them.
struct request_record {
    using time_point = std::chrono::steady_clock::time_point;

    std::string entity; ///< The first segment of the path: its requests share the slots.
    http_method method = http_method::get;
    std::string doing;           ///< In words: "reading the contacts of 40 companies".
    std::size_t slot = 0;        ///< Which of the entity's slots it held.
    time_point asked{};          ///< When somebody wanted it sent; from then on it waited for its turn ...
    time_point sent{};           ///< ... until here.
    time_point ended{};          ///< When its answer was complete, or it was given up.
    unsigned status = 0;         ///< HTTP; 0 without an answer.
    std::size_t received = 0;    ///< Bytes of the answer's body.
    exchange_times times;        ///< Of an answered request.
    std::optional<error> failed; ///< Where it was no success.
};

} // namespace autotask
