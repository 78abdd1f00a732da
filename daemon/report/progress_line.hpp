#pragma once

#include "autotask/clock.hpp"
#include "daemon/sweep/listener.hpp"

#include <map>
#include <string>

namespace contactd {

/// One line on the terminal that shows how far the sweep is; taken away at its end. Only for a terminal.
class progress_line final : public sweep_listener {
public:
    explicit progress_line(const autotask::clock& time) : time_(time) {}

    void progressed(const std::string& instance, const progress& now) override;
    void instance_finished(const finished_instance& instance) override;

    /// Takes the line away.
    static void clear();

private:
    void draw();

    const autotask::clock& time_;
    std::map<std::string, progress> instances_;
    std::chrono::steady_clock::time_point drawn_{};
};

} // namespace contactd
