#include "autotask/threshold.hpp"

#include "autotask/json_value.hpp"

#include <boost/json/parse.hpp>

namespace autotask {

std::optional<threshold> read_threshold(std::string_view body) {
    boost::system::error_code failed;
    const auto parsed = boost::json::parse(body, failed);
    const auto* object = failed ? nullptr : parsed.if_object();
    if (!object)
        return std::nullopt;
    const auto number = [object](std::string_view name) -> std::optional<std::int64_t> {
        const auto* value = json_value::member(*object, name);
        return value ? json_value::integer(*value) : std::nullopt;
    };
    const auto limit = number("externalRequestThreshold");
    const auto used = number("currentTimeframeRequestCount");
    if (!limit || !used)
        return std::nullopt;
    return threshold{*limit, number("requestThresholdTimeframe").value_or(60), *used};
}

} // namespace autotask
