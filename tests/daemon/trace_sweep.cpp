#include "daemon/trace/sweep_trace.hpp"
#include "tests/support/process.hpp"
#include "tests/support/virtual_clock.hpp"

#include <catch2/catch.hpp>

using namespace contactd;
using namespace std::chrono_literals;

namespace {

/// A trace that begins now, at 0 of a clock that stands still until told.
struct traced {
    explicit traced() : trace(*trace_file::open(file), loop.time()), began(loop.time().now()) {}

    void answered(const std::string& instance, const std::string& entity, std::size_t slot,
                  std::chrono::milliseconds from) {
        autotask::request_record one;
        one.entity = entity;
        one.method = autotask::http_method::post;
        one.doing = "d";
        one.slot = slot;
        one.asked = one.sent = began + from;
        one.ended = one.sent + 10ms;
        one.status = 200;
        trace.request_ended(instance, one);
    }

    void pass(std::chrono::milliseconds time) { loop.run_for(time); }

    std::string text() {
        CHECK(trace.finish());
        return support::read_file(file);
    }

    support::temporary_directory place;
    std::string file = place.path() + "/t.json";
    test_support::virtual_loop loop;
    sweep_trace trace;
    std::chrono::steady_clock::time_point began;
};

progress so_far(std::int64_t requests, std::int64_t changes, std::int64_t companies) {
    progress made;
    made.requests = requests;
    made.changes = changes;
    made.companies_done = companies;
    return made;
}

} // namespace

TEST_CASE("every slot has a lane that is named once, every instance its own") {
    traced world;
    world.answered("north", "Contacts", 0, 0ms);
    world.answered("north", "ConfigurationItems", 1, 5ms);
    world.answered("south", "ConfigurationItems", 0, 5ms);
    world.answered("north", "Contacts", 0, 20ms);
    const std::string rest = R"("args":{"doing":"d","status":200,"bytes":0,"waited_ms":0.000}})";
    CHECK(world.text() ==
          "[\n"
          R"({"ph":"M","name":"process_name","pid":1,"tid":0,"args":{"name":"north"}})"
          ",\n"
          R"({"ph":"M","name":"process_sort_index","pid":1,"tid":0,"args":{"sort_index":1}})"
          ",\n"
          R"({"ph":"M","name":"thread_name","pid":1,"tid":1001,"args":{"name":"Contacts 1"}})"
          ",\n"
          R"({"ph":"M","name":"thread_sort_index","pid":1,"tid":1001,"args":{"sort_index":1001}})"
          ",\n"
          R"({"ph":"X","name":"query","cat":"request","pid":1,"tid":1001,"ts":0,"dur":10000,)" +
              rest +
              ",\n"
              R"({"ph":"M","name":"thread_name","pid":1,"tid":1012,"args":{"name":"ConfigurationItems 2"}})"
              ",\n"
              R"({"ph":"M","name":"thread_sort_index","pid":1,"tid":1012,"args":{"sort_index":1012}})"
              ",\n"
              R"({"ph":"X","name":"query","cat":"request","pid":1,"tid":1012,"ts":5000,"dur":10000,)" +
              rest +
              ",\n"
              R"({"ph":"M","name":"process_name","pid":2,"tid":0,"args":{"name":"south"}})"
              ",\n"
              R"({"ph":"M","name":"process_sort_index","pid":2,"tid":0,"args":{"sort_index":2}})"
              ",\n"
              R"({"ph":"M","name":"thread_name","pid":2,"tid":2001,"args":{"name":"ConfigurationItems 1"}})"
              ",\n"
              R"({"ph":"M","name":"thread_sort_index","pid":2,"tid":2001,"args":{"sort_index":2001}})"
              ",\n"
              R"({"ph":"X","name":"query","cat":"request","pid":2,"tid":2001,"ts":5000,"dur":10000,)" +
              rest +
              ",\n"
              R"({"ph":"X","name":"query","cat":"request","pid":1,"tid":1001,"ts":20000,"dur":10000,)" +
              rest +
              "\n"
              "]\n");
}

TEST_CASE("curves begin at nothing, have a point where something changed, and end with the last word") {
    traced world;
    world.trace.instance_started("main");
    world.pass(50ms);
    world.trace.progressed("main", so_far(7, 0, 1));
    world.trace.progressed("main", so_far(7, 1, 1)); // In the same moment: nobody would see it.
    world.trace.progressed("main", so_far(7, 2, 1));
    world.pass(50ms);
    world.trace.progressed("main", so_far(8, 3, 1));
    finished_instance last;
    last.instance = "main";
    last.final = so_far(9, 3, 2);
    world.trace.instance_finished(last);
    CHECK(world.text() == "[\n"
                          R"({"ph":"M","name":"process_name","pid":1,"tid":0,"args":{"name":"main"}})"
                          ",\n"
                          R"({"ph":"M","name":"process_sort_index","pid":1,"tid":0,"args":{"sort_index":1}})"
                          ",\n"
                          R"({"ph":"C","name":"requests","pid":1,"ts":0,"args":{"value":0}})"
                          ",\n"
                          R"({"ph":"C","name":"changes settled","pid":1,"ts":0,"args":{"value":0}})"
                          ",\n"
                          R"({"ph":"C","name":"companies done","pid":1,"ts":0,"args":{"value":0}})"
                          ",\n"
                          R"({"ph":"C","name":"requests","pid":1,"ts":50000,"args":{"value":7}})"
                          ",\n"
                          R"({"ph":"C","name":"companies done","pid":1,"ts":50000,"args":{"value":1}})"
                          ",\n"
                          R"({"ph":"C","name":"requests","pid":1,"ts":100000,"args":{"value":8}})"
                          ",\n"
                          R"({"ph":"C","name":"changes settled","pid":1,"ts":100000,"args":{"value":3}})"
                          ",\n"
                          R"({"ph":"C","name":"requests","pid":1,"ts":100000,"args":{"value":9}})"
                          ",\n"
                          R"({"ph":"C","name":"companies done","pid":1,"ts":100000,"args":{"value":2}})"
                          "\n"
                          "]\n");
}
