#pragma once

#include "autotask/clock.hpp"
#include "daemon/sweep/listener.hpp"
#include "daemon/trace/trace_events.hpp"
#include "daemon/trace/trace_file.hpp"

#include <map>
#include <set>

namespace contactd {

/// Draws a sweep into a trace file: a lane for every slot, with its requests, and curves of the progress.
class sweep_trace final : public sweep_listener {
public:
    /// The trace begins now. `time` must be the clock of the sweep and outlive this.
    sweep_trace(std::unique_ptr<trace_file> file, const autotask::clock& time);

    void instance_started(const std::string& instance) override;
    void request_ended(const std::string& instance, const autotask::request_record& what) override;
    void progressed(const std::string& instance, const progress& now) override;
    void instance_finished(const finished_instance& instance) override;

    /// Ends the file; see trace_file::finish().
    std::expected<void, std::string> finish() { return file_->finish(); }

private:
    struct subject {
        std::int64_t process = 0;
        std::map<std::string, std::size_t> entities; ///< In the order in which they were met first.
        std::set<std::int64_t> lanes;                ///< That have their names.
        progress drawn;
        std::chrono::steady_clock::time_point drawn_at{};
    };

    subject& find(const std::string& instance);
    void draw(subject& of, const progress& now, bool first = false);

    std::unique_ptr<trace_file> file_;
    const autotask::clock& time_;
    std::chrono::steady_clock::time_point began_;
    std::map<std::string, subject> instances_;
};

} // namespace contactd
