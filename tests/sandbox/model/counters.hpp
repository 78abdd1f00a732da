#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace sandbox {

/// What the API was asked, since the start or the last reset. Reading it through the control interface changes nothing.
struct counters {
    std::int64_t requests = 0;
    std::map<std::pair<std::string, std::string>, std::int64_t> by_endpoint; ///< (entity, method)
    std::map<std::string, std::int64_t> by_operation;                        ///< query, count, get, patch ...
    std::map<std::pair<std::string, std::string>, std::int64_t> by_work;     ///< (entity, operation)
    std::map<unsigned, std::int64_t> by_status;                              ///< 0: no reply was sent
    std::map<std::pair<std::string, std::string>, std::int64_t> highest;     ///< (tracking identifier, entity)
    std::map<std::size_t, std::int64_t> with_secret; ///< requests that carried a secret, by zone
    std::int64_t rows_served = 0;
    std::int64_t writes_stored = 0;
    std::int64_t failed_logins = 0;
    std::int64_t thread_limit_refusals = 0;
    std::int64_t threshold_refusals = 0;
};

} // namespace sandbox
