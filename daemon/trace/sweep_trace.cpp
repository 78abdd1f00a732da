#include "daemon/trace/sweep_trace.hpp"

#include <array>
#include <iterator>

namespace contactd {

using namespace std::chrono_literals;

namespace {

/// A plan may settle thousands of changes in a moment; nobody sees more points than these.
constexpr auto between_points = 10ms;

} // namespace

sweep_trace::sweep_trace(std::unique_ptr<trace_file> file, const autotask::clock& time)
    : file_(std::move(file)), time_(time), began_(time.now()) {}

sweep_trace::subject& sweep_trace::find(const std::string& instance) {
    const auto [place, is_new] = instances_.try_emplace(instance);
    auto& found = place->second;
    if (is_new) {
        found.process = static_cast<std::int64_t>(instances_.size());
        file_->append(process_events(found.process, instance));
    }
    return found;
}

void sweep_trace::instance_started(const std::string& instance) {
    draw(find(instance), progress(), true);
}

void sweep_trace::request_ended(const std::string& instance, const autotask::request_record& what) {
    auto& of = find(instance);
    const auto entity = of.entities.try_emplace(what.entity, of.entities.size()).first->second;
    const auto lane = lane_of(of.process, entity, what.slot);
    trace_events events;
    if (of.lanes.insert(lane.thread).second)
        events = lane_events(lane, what.entity, what.slot);
    std::ranges::move(request_events(lane, what, began_), std::back_inserter(events));
    file_->append(events);
}

void sweep_trace::progressed(const std::string& instance, const progress& now) {
    auto& of = find(instance);
    if (time_.now() - of.drawn_at >= between_points)
        draw(of, now);
}

void sweep_trace::instance_finished(const finished_instance& instance) {
    draw(find(instance.instance), instance.final);
}

void sweep_trace::draw(subject& of, const progress& now, bool first) {
    const std::array<std::pair<const char*, std::int64_t progress::*>, 3> curves{
        {{"requests", &progress::requests},
         {"changes settled", &progress::changes},
         {"companies done", &progress::companies_done}}};
    of.drawn_at = time_.now();
    trace_events events;
    for (const auto& [name, value] : curves)
        if (first || now.*value != of.drawn.*value)
            events.push_back(counter_event(of.process, name, now.*value, of.drawn_at - began_));
    of.drawn = now;
    file_->append(events);
}

} // namespace contactd
