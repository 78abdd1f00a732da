#include "daemon/config/duration.hpp"
#include "daemon/config/read_sections.hpp"
#include "daemon/config/read_values.hpp"

#include <fmt/format.h>

namespace contactd {

namespace {

using namespace std::chrono_literals;

// Seconds are for trying things out; a week without a sweep is surely a slip.
constexpr std::chrono::seconds shortest_interval = 1s;
constexpr std::chrono::seconds longest_interval = 24h * 7;

// What was done yesterday has to be known today; and a file that nobody ever shortens grows into a burden.
constexpr std::chrono::seconds shortest_history = 24h;
constexpr std::chrono::seconds longest_history = 24h * 3650;

std::optional<fault> check_log_level(std::string_view text) {
    for (std::string_view level : log_levels)
        if (level == text)
            return std::nullopt;
    return not_a_choice(text, log_levels);
}

// With more jitter than interval, the order of the sweeps would be left to chance. The default gives way by itself.
void check_jitter(const section& from, schedule_settings& read) {
    if (read.jitter.value <= read.every.value)
        return;
    const std::string every = format_duration(read.every.value);
    if (const toml_node* at = from.find("jitter"))
        from.complain(*at, "jitter",
                      {fmt::format("\"{}\" is longer than the time between two sweeps, \"{}\".",
                                   format_duration(read.jitter.value), every),
                       fmt::format("Write \"{}\" at most.", every)});
    else
        read.jitter.value = read.every.value;
}

} // namespace

void read_daemon(const section& from, daemon_settings& into) {
    from.check_keys();
    read_text(from, "state_dir", into.state_dir, check_absolute_path);
    read_text(from, "audit_log", into.audit_log, check_absolute_path);
    read_text(from, "organizations", into.organizations, check_path);
    read_duration(from, "keep_history", into.keep_history, shortest_history, longest_history);
    read_text(from, "log_level", into.log_level, check_log_level);
    read_text(from, "status_listen", into.status_listen, check_listen_address);
}

void read_schedule(const section& from, schedule_settings& into) {
    from.check_keys();
    read_duration(from, "every", into.every, shortest_interval, longest_interval);
    read_duration(from, "jitter", into.jitter, 0s, longest_interval);
    read_duration(from, "full_every", into.full_every, 0s, longest_interval);
    check_jitter(from, into);
}

} // namespace contactd
