#pragma once

#include "core/ids.hpp"
#include "core/wall_time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace core {

/// Who chose the contact of a device last, as far as is known.
enum class chooser {
    us,    ///< We wrote it, and a read-back showed it.
    human, ///< After we wrote another: by a person or anything else that is not us.
    undo,  ///< It was put back because a person said so.
};
inline constexpr int chooser_count = 3;
std::string_view to_string(chooser who);

/// The contact that was chosen for a device.
struct contact_choice {
    chooser by = chooser::us;
    std::optional<contact_id> contact; ///< None where it was taken away.
    std::string person;                ///< Who used the device when that was noticed, as person_key(); may be empty.
    wall_time since;                   ///< When it was noticed.

    friend bool operator==(const contact_choice&, const contact_choice&) = default;
};

/// The same contact was derived for a device in sweeps in a row.
struct contact_streak {
    contact_id contact;
    std::int64_t sweeps = 0;
    wall_time since; ///< Of the first of them.

    friend bool operator==(const contact_streak&, const contact_streak&) = default;
};

/// Somebody who used a device.
struct device_person {
    std::string person; ///< As person_key().
    wall_time last_seen;
};

/// A change that the brake held, and that a person let go.
struct approved_change {
    std::optional<contact_id> from;
    contact_id to;
};

/// What is known of a device from before this sweep.
struct device_past {
    bool pinned = false; ///< A person said that its contact is to be left alone.
    std::optional<contact_choice> choice;
    std::optional<contact_streak> streak;
    std::vector<device_person> people; ///< Each once.
    std::optional<approved_change> approved;
};

/// Devices of one instance of which anything is known.
using device_pasts = std::unordered_map<device_id, device_past>;

/// How exactly it is known when somebody last used a device: not every sweep is recorded.
inline constexpr std::chrono::hours person_precision{24};

/// A person behind an account name: folded, and without what follows the `@`, because the RMM reports one person now as
/// "jane" and now as "jane@acme.example".
std::string person_key(std::string_view account_name);

} // namespace core
