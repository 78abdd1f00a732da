#include "daemon/config/read_sections.hpp"
#include "daemon/config/read_values.hpp"

namespace contactd {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds longest_time = 24h * 365;

} // namespace

void read_policy(const section& from, policy_settings& into) {
    from.check_keys();
    read_flag(from, "dry_run", into.dry_run);
    read_choice(from, "write", into.write, write_choices);
    read_integer(from, "stable_sweeps", into.stable_sweeps, 1);
    read_duration(from, "stable_for", into.stable_for, 0s, longest_time);
    read_choice(from, "shared_devices", into.shared, shared_devices_choices);
    read_integer(from, "shared_users", into.shared_users, 1);
    read_duration(from, "shared_window", into.shared_window, 48h, longest_time);
    read_choice(from, "manual_changes", into.manual, manual_changes_choices);
    read_integer(from, "max_changes", into.max_changes, 0);
    read_percent(from, "brake_percent", into.brake_percent);
    read_integer(from, "brake_minimum", into.brake_minimum, 0);
}

} // namespace contactd
