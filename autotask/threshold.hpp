#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace autotask {

/// How much of the database's request allowance all its integrations have used together.
/// Source: developer help, "REST thresholds and limits", ThresholdInformation.
struct threshold {
    std::int64_t limit = 0; ///< Requests per window.
    std::int64_t window_minutes = 0;
    std::int64_t used = 0; ///< In the window that ends now; the question itself is one of them.
};

/// Reads the reply to ThresholdInformation; nothing when it is none.
std::optional<threshold> read_threshold(std::string_view body);

} // namespace autotask
