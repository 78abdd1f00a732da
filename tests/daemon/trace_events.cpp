#include "daemon/trace/trace_events.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <catch2/catch.hpp>

using namespace contactd;
using namespace std::chrono_literals;

namespace {

using time_point = std::chrono::steady_clock::time_point;

constexpr time_point began{1h};
constexpr trace_lane lane{1, 1022};

autotask::request_record a_query() {
    autotask::request_record made;
    made.entity = "Contacts";
    made.method = autotask::http_method::post;
    made.doing = "reading the contacts of 40 companies";
    made.asked = began + 1ms;
    made.sent = began + 3500us;
    made.ended = began + 103500us;
    made.status = 200;
    made.received = 4711;
    return made;
}

autotask::error failure(autotask::error_kind kind, std::string said) {
    autotask::error made;
    made.kind = kind;
    made.said = std::move(said);
    return made;
}

std::string name_of(autotask::http_method method, std::string entity, std::string doing) {
    auto one = a_query();
    one.method = method;
    one.entity = std::move(entity);
    one.doing = std::move(doing);
    return std::string(boost::json::parse(request_events(lane, one, began).front()).at("name").as_string());
}

} // namespace

TEST_CASE("a request is one complete event with everything that is known of it") {
    CHECK(request_events(lane, a_query(), began) ==
          trace_events{R"({"ph":"X","name":"query","cat":"request","pid":1,"tid":1022,"ts":3500,"dur":100000,)"
                       R"("args":{"doing":"reading the contacts of 40 companies","status":200,"bytes":4711,)"
                       R"("waited_ms":2.500}})"});
}

TEST_CASE("the phases of a request follow each other to its end, those that took no time are left out") {
    auto one = a_query();
    one.times.resolve = 1ms;
    one.times.connect = 9ms;
    one.times.handshake = 30ms;
    one.times.first_byte = 50ms;
    one.times.body = 10ms;
    const std::string in_lane = R"("cat":"phase","pid":1,"tid":1022,)";
    auto events = request_events(lane, one, began);
    events.erase(events.begin());
    CHECK(events == trace_events{R"({"ph":"X","name":"resolve",)" + in_lane + R"("ts":3500,"dur":1000})",
                                 R"({"ph":"X","name":"connect",)" + in_lane + R"("ts":4500,"dur":9000})",
                                 R"({"ph":"X","name":"handshake",)" + in_lane + R"("ts":13500,"dur":30000})",
                                 R"({"ph":"X","name":"first byte",)" + in_lane + R"("ts":43500,"dur":50000})",
                                 R"({"ph":"X","name":"body",)" + in_lane + R"("ts":93500,"dur":10000})"});

    one.times = {};
    one.times.first_byte = 80ms;
    events = request_events(lane, one, began);
    REQUIRE(events.size() == 2);
    CHECK(events[1] == R"({"ph":"X","name":"first byte",)" + in_lane + R"("ts":23500,"dur":80000})");
}

TEST_CASE("phases never reach out of their request, whatever was measured") {
    auto one = a_query();
    one.times.handshake = 90ms;
    one.times.first_byte = 90ms;
    one.times.body = 90ms;
    const auto events = request_events(lane, one, began);
    REQUIRE(events.size() == 3);
    CHECK(events[1].find(R"("name":"handshake","cat":"phase","pid":1,"tid":1022,"ts":3500,"dur":90000})") !=
          std::string::npos);
    CHECK(events[2].find(R"("name":"first byte","cat":"phase","pid":1,"tid":1022,"ts":93500,"dur":10000})") !=
          std::string::npos);
}

TEST_CASE("requests that touch do not overlap, also by parts of a microsecond") {
    auto first = a_query();
    first.ended = first.sent + 1700ns;
    auto second = a_query();
    second.sent = first.ended;
    second.ended = second.sent + 900ns;
    CHECK(request_events(lane, first, began)[0].find(R"("ts":3500,"dur":1,)") != std::string::npos);
    CHECK(request_events(lane, second, began)[0].find(R"("ts":3501,"dur":1,)") != std::string::npos);
}

TEST_CASE("a refusal and a failure are marked where the request ended, in the words of the server") {
    auto one = a_query();
    one.status = 429;
    one.received = 80;
    one.failed = failure(autotask::error_kind::throttled, "HTTP 429, \"too many threads\"");
    CHECK(request_events(lane, one, began) ==
          trace_events{R"({"ph":"X","name":"query","cat":"request","pid":1,"tid":1022,"ts":3500,"dur":100000,)"
                       R"("args":{"doing":"reading the contacts of 40 companies","status":429,"bytes":80,)"
                       R"("waited_ms":2.500,"failure":"HTTP 429, \"too many threads\""}})",
                       R"({"ph":"i","name":"429","cat":"refusal","s":"t","pid":1,"tid":1022,"ts":103500,)"
                       R"("args":{"said":"HTTP 429, \"too many threads\""}})"});

    one.status = 0;
    one.failed = failure(autotask::error_kind::network, "no answer in time");
    CHECK(request_events(lane, one, began).back() ==
          R"({"ph":"i","name":"network","cat":"failure","s":"t","pid":1,"tid":1022,"ts":103500,)"
          R"("args":{"said":"no answer in time"}})");
}

TEST_CASE("a request has the name of what is done") {
    using enum autotask::http_method;
    struct row {
        autotask::http_method method;
        std::string entity;
        std::string doing;
        std::string name;
    };
    const row rows[] = {
        {get, "zoneInformation", "finding the zone", "zoneInformation"},
        {get, "Companies", "reading the fields of Companies", "fields"},
        {get, "ThresholdInformation", "reading the use of the request allowance", "ThresholdInformation"},
        {post, "Companies", "reading the companies", "query"},
        {post, "ConfigurationItems", "reading the configuration items of a company", "query"},
        {post, "ConfigurationItems", "counting the configuration items without a last user of 3 companies", "count"},
        {post, "ConfigurationItems", "reading back 100 configuration items", "read back 100"},
        {post, "ConfigurationItems", "reading back 1 configuration item", "read back 1"},
        {patch, "ConfigurationItems", "assigning contact 17 to configuration item 4711", "PATCH 4711"},
        {patch, "ConfigurationItems", "", "PATCH "},
    };
    for (const auto& [method, entity, doing, name] : rows)
        CHECK(name_of(method, entity, doing) == name);
}

TEST_CASE("instances are processes and slots are lanes, numbered from 1 for people") {
    CHECK(process_events(2, "north") ==
          trace_events{R"({"ph":"M","name":"process_name","pid":2,"tid":0,"args":{"name":"north"}})",
                       R"({"ph":"M","name":"process_sort_index","pid":2,"tid":0,"args":{"sort_index":2}})"});
    CHECK(lane_events(lane_of(2, 3, 1), "Contacts", 1) ==
          trace_events{R"({"ph":"M","name":"thread_name","pid":2,"tid":2032,"args":{"name":"Contacts 2"}})",
                       R"({"ph":"M","name":"thread_sort_index","pid":2,"tid":2032,"args":{"sort_index":2032}})"});
}

TEST_CASE("the lanes of an entity stand together, and no number is used twice") {
    std::int64_t last = 0;
    for (std::int64_t process = 1; process <= 3; ++process)
        for (std::size_t entity = 0; entity < 8; ++entity)
            for (std::size_t slot = 0; slot < 3; ++slot) {
                const auto next = lane_of(process, entity, slot);
                CHECK(next.process == process);
                CHECK(next.thread > last);
                last = next.thread;
            }
}

TEST_CASE("a point of a curve") {
    CHECK(counter_event(1, "companies done", 12, 1500us) ==
          R"({"ph":"C","name":"companies done","pid":1,"ts":1500,"args":{"value":12}})");
}

TEST_CASE("whatever somebody is called, an event stays one line of JSON that says the same") {
    struct row {
        std::string text;
        std::string shown;
    };
    const row rows[] = {
        {"plain", "plain"},
        {"a \"quote\" and a \\backslash\\", "a \"quote\" and a \\backslash\\"},
        {"two\nlines\r\n", "two lines  "},
        {std::string("a\0b", 3), "a b"},
        {"Müller \xE2\x82\xAC \xF0\x9F\x98\x80", "Müller \xE2\x82\xAC \xF0\x9F\x98\x80"},
        {"torn \xC3", "torn  "},
        {"\"}},{\"ph\":\"X\"", "\"}},{\"ph\":\"X\""},
        {"</script>\x1b[31m", "</script> [31m"},
    };
    for (const auto& [text, shown] : rows) {
        INFO(text);
        auto one = a_query();
        one.doing = text;
        one.failed = failure(autotask::error_kind::business, text);
        const auto events = request_events(lane, one, began);
        const auto read = boost::json::parse(events.front());
        CHECK(read.at("args").at("doing").as_string() == shown);
        CHECK(read.at("args").at("failure").as_string() == shown);
        CHECK(boost::json::parse(events.back()).at("args").at("said").as_string() == shown);
        CHECK(boost::json::parse(process_events(1, text).front()).at("args").at("name").as_string() == shown);
        CHECK(boost::json::parse(lane_events(lane, text, 0).front()).at("args").at("name").as_string() == shown + " 1");
        for (const auto& event : events)
            CHECK(event.find('\n') == std::string::npos);
    }
}
