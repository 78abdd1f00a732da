#include "tests/sandbox/control/actions.hpp"

namespace sandbox {
namespace {

template <typename Map>
boost::json::object nested(const Map& counts) {
    boost::json::object result;
    for (const auto& [key, count] : counts) {
        auto& inner = result[key.first];
        if (!inner.is_object())
            inner = boost::json::object{};
        inner.get_object()[key.second] = count;
    }
    return result;
}

} // namespace

boost::json::object describe_counters(const counters& counts) {
    boost::json::object operations;
    for (const auto& [name, count] : counts.by_operation)
        operations[name] = count;
    boost::json::object statuses;
    for (const auto& [status, count] : counts.by_status)
        statuses[std::to_string(status)] = count;
    boost::json::object secrets;
    for (const auto& [zone, count] : counts.with_secret)
        secrets[std::to_string(zone)] = count;
    return {{"requests", counts.requests},
            {"byEntity", nested(counts.by_endpoint)},
            {"byOperation", std::move(operations)},
            {"byWork", nested(counts.by_work)},
            {"byStatus", std::move(statuses)},
            {"highestConcurrency", nested(counts.highest)},
            {"withSecretByZone", std::move(secrets)},
            {"rowsServed", counts.rows_served},
            {"writesStored", counts.writes_stored},
            {"failedLogins", counts.failed_logins},
            {"threadLimitRefusals", counts.thread_limit_refusals},
            {"thresholdRefusals", counts.threshold_refusals}};
}

} // namespace sandbox
