// Replies that hold a few numbers: of a count, a write and the use of the request allowance.

#include "autotask/json_check.hpp"
#include "autotask/rows.hpp"
#include "autotask/threshold.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/require.hpp"

#include <boost/json/parse.hpp>
#include <string>

namespace {

using fuzz::require;

/// The reply that says the same in the plainest way.
std::string reply(const std::string& name, std::int64_t number) {
    return "{\"" + name + "\":" + std::to_string(number) + '}';
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto body = fuzz::text_of(data, size);
    const auto count = autotask::read_count(body);
    const auto item = autotask::read_item_id(body);
    const auto use = autotask::read_threshold(body);

    boost::system::error_code failed;
    const auto parsed = boost::json::parse(body, failed);
    require(failed || autotask::is_one_json_document(body), "what can be parsed is one whole JSON document");
    require((!count && !item && !use) || parsed.is_object(), "a reply is one JSON object");

    if (count)
        require(autotask::read_count(reply("queryCount", *count)) == count, "a count is the number that stands there");
    if (item)
        require(autotask::read_item_id(reply("itemId", *item)) == item, "an id is the number that stands there");
    if (use) {
        const auto plain = "{\"externalRequestThreshold\":" + std::to_string(use->limit) +
                           ",\"requestThresholdTimeframe\":" + std::to_string(use->window_minutes) +
                           ",\"currentTimeframeRequestCount\":" + std::to_string(use->used) + '}';
        const auto again = autotask::read_threshold(plain);
        require(again && again->limit == use->limit && again->used == use->used &&
                    again->window_minutes == use->window_minutes,
                "the use is what stands there");
    }
    return 0;
}
