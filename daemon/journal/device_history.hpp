#pragma once

#include "daemon/journal/journal_store.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace contactd {

/// The last decision of a device, as the journal has it.
struct recorded_decision {
    core::event what = core::event::skipped;
    std::optional<core::reason> why;
    std::string last_user;
    std::string account;
    std::optional<core::contact_id> contact; ///< The one that matched.
    std::string error;
    core::wall_time since; ///< Event and reason are the same since then.
    core::wall_time seen;  ///< It was decided then or later, give or take `seen_precision`.
};

/// A contact that contactd set on the device, or was about to.
struct recorded_write {
    write_id id;
    std::string sweep;
    core::wall_time sent; ///< The last time, or about to be.
    std::string last_user;
    std::optional<core::rule> by;
    core::contact_id contact;
    std::string contact_name;
    std::string contact_email;
    std::optional<core::contact_id> previous;
    std::string previous_name;
    std::optional<core::event> outcome; ///< assigned, reassigned or failed; nothing as long as nobody knows.
    std::optional<core::reason> why;    ///< With failed.
    std::string error;
};

/// What the journal knows of one device.
struct device_history {
    std::optional<recorded_decision> last;
    std::vector<recorded_write> writes; ///< The newest first, `most_writes_shown` at the most.
    std::int64_t all_writes = 0;
    core::device_past past; ///< Who chose its contact, and who used it: as long as the journal remembers.

    bool empty() const { return !last && all_writes == 0; }
};

inline constexpr std::size_t most_writes_shown = 10;

/// A device that the journal has met, as it was called then.
struct recorded_device {
    std::string instance;
    core::device_id id;
    std::string name;
    core::company_id company_id;
    std::string company;
};

/// The errors are sentences that name the file.
std::expected<device_history, std::string> read_history(journal_store& from, const std::string& instance,
                                                        core::device_id device);

/// The device of this id in any of the instances; the alternative is all devices of this name, in which the case of
/// plain letters is ignored. By instance and id.
std::expected<std::vector<recorded_device>, std::string>
find_recorded(journal_store& from, const std::vector<std::string>& instances, core::device_id device);
std::expected<std::vector<recorded_device>, std::string>
find_recorded(journal_store& from, const std::vector<std::string>& instances, const std::string& name);

} // namespace contactd
