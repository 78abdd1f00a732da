#include "daemon/trace/trace_events.hpp"

#include "daemon/printable.hpp"

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

namespace contactd {
namespace {

using std::chrono::microseconds;

constexpr std::int64_t threads_per_process = 1000;
constexpr std::int64_t threads_per_entity = 10;

/// A JSON string. What cannot be shown is blank, so that no escape is needed that a viewer may not know.
std::string quoted(std::string_view text) {
    return boost::json::serialize(boost::json::string_view(printable(text)));
}

std::string metadata(std::string_view name, const trace_lane& lane, const std::string& args) {
    return fmt::format(R"({{"ph":"M","name":"{}","pid":{},"tid":{},"args":{{{}}}}})", name, lane.process, lane.thread,
                       args);
}

/// Whole microseconds of both ends, not of the difference: what touches must not overlap.
struct span {
    microseconds from;
    microseconds to;
};

std::string complete(std::string_view name, std::string_view category, const trace_lane& lane, const span& when,
                     const std::string& args = {}) {
    return fmt::format(R"({{"ph":"X","name":{},"cat":"{}","pid":{},"tid":{},"ts":{},"dur":{}{}}})", quoted(name),
                       category, lane.process, lane.thread, when.from.count(), (when.to - when.from).count(), args);
}

std::string digits_from(std::string_view text, std::size_t at) {
    const auto from = text.find_first_of("0123456789", at);
    if (from == std::string_view::npos)
        return {};
    return std::string(text.substr(from, text.find_first_not_of("0123456789", from) - from));
}

/// Short, so that a viewer can add up what is alike; the words are in the arguments.
std::string name_of(const autotask::request_record& what) {
    const std::string_view doing = what.doing;
    if (what.method == autotask::http_method::patch) {
        const auto last_word = doing.rfind(' ');
        return "PATCH " + digits_from(doing, last_word == std::string_view::npos ? 0 : last_word);
    }
    if (doing.starts_with("reading back "))
        return "read back " + digits_from(doing, 0);
    if (doing.starts_with("counting "))
        return "count";
    if (doing.starts_with("reading the fields "))
        return "fields";
    return what.method == autotask::http_method::post ? "query" : what.entity;
}

std::string arguments_of(const autotask::request_record& what) {
    const auto waited = std::chrono::duration_cast<microseconds>(what.sent - what.asked).count();
    auto args = fmt::format(R"(,"args":{{"doing":{},"status":{},"bytes":{},"waited_ms":{}.{:03})", quoted(what.doing),
                            what.status, what.received, waited / 1000, waited % 1000);
    if (what.failed)
        args += ",\"failure\":" + quoted(what.failed->said);
    return args + '}';
}

/// The phases follow each other to the end of the answer. What is left over at the beginning was lost on a connection
/// that turned out to be dead.
void add_phases(trace_events& to, const trace_lane& lane, const autotask::exchange_times& times, const span& whole) {
    const std::array<std::pair<std::string_view, microseconds>, 5> phases{{{"resolve", times.resolve},
                                                                           {"connect", times.connect},
                                                                           {"handshake", times.handshake},
                                                                           {"first byte", times.first_byte},
                                                                           {"body", times.body}}};
    microseconds all{};
    for (const auto& [name, time] : phases)
        all += time;
    auto at = std::max(whole.from, whole.to - all);
    for (const auto& [name, time] : phases) {
        const auto end = std::min(at + time, whole.to);
        if (end > at)
            to.push_back(complete(name, "phase", lane, {at, end}));
        at = end;
    }
}

std::string mark_of(const trace_lane& lane, const autotask::request_record& what, microseconds when) {
    const bool refusal = what.failed->kind == autotask::error_kind::throttled;
    const auto name = what.status == 429 ? "429" : autotask::to_string(what.failed->kind);
    return fmt::format(R"({{"ph":"i","name":"{}","cat":"{}","s":"t","pid":{},"tid":{},"ts":{},"args":{{"said":{}}}}})",
                       name, refusal ? "refusal" : "failure", lane.process, lane.thread, when.count(),
                       quoted(what.failed->said));
}

} // namespace

trace_lane lane_of(std::int64_t process, std::size_t entity, std::size_t slot) {
    return {process, process * threads_per_process + static_cast<std::int64_t>(entity) * threads_per_entity +
                         static_cast<std::int64_t>(slot) + 1};
}

trace_events process_events(std::int64_t process, std::string_view name) {
    const trace_lane whole{process, 0};
    return {metadata("process_name", whole, "\"name\":" + quoted(name)),
            metadata("process_sort_index", whole, fmt::format(R"("sort_index":{})", process))};
}

trace_events lane_events(const trace_lane& lane, std::string_view entity, std::size_t slot) {
    return {metadata("thread_name", lane, "\"name\":" + quoted(fmt::format("{} {}", entity, slot + 1))),
            metadata("thread_sort_index", lane, fmt::format(R"("sort_index":{})", lane.thread))};
}

trace_events request_events(const trace_lane& lane, const autotask::request_record& what,
                            std::chrono::steady_clock::time_point trace_began) {
    const span whole{std::chrono::floor<microseconds>(what.sent - trace_began),
                     std::chrono::floor<microseconds>(what.ended - trace_began)};
    // What surrounds another event has to come first where both begin at the same time.
    trace_events events{complete(name_of(what), "request", lane, whole, arguments_of(what))};
    add_phases(events, lane, what.times, whole);
    if (what.failed)
        events.push_back(mark_of(lane, what, whole.to));
    return events;
}

std::string counter_event(std::int64_t process, std::string_view name, std::int64_t value,
                          std::chrono::steady_clock::duration since_start) {
    return fmt::format(R"({{"ph":"C","name":{},"pid":{},"ts":{},"args":{{"value":{}}}}})", quoted(name), process,
                       std::chrono::floor<microseconds>(since_start).count(), value);
}

} // namespace contactd
