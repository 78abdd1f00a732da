#pragma once

#include "core/device_past.hpp"
#include "core/ids.hpp"
#include "core/wall_time.hpp"
#include "daemon/journal/sqlite.hpp"

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace contactd {

/// A device of which the journal knows.
struct known_device {
    std::string instance;
    core::device_id id;
    std::string name;
    core::company_id company_id;
    std::string company;
    std::string last_user;
};

/// A device whose contact is left alone.
struct pinned_device {
    known_device device;
    bool by_pin = false;                        ///< An operator said so; else it is what was chosen.
    std::optional<core::contact_choice> choice; ///< Of a human, or of whoever undid a change.
    core::wall_time since;
    std::string note;
};

/// A change that the brake holds.
struct held_device {
    core::device_id id;
    std::string name;
    std::string last_user;
    std::string contact;  ///< "Jane Doe (contact 5)".
    std::string previous; ///< The same, or empty.
};

/// A company that the brake holds.
struct held_in_journal {
    std::string instance;
    core::company_id company_id;
    std::string company;
    core::wall_time since;
    std::int64_t would_reassign = 0;
    std::int64_t assigned_devices = 0;
    std::int64_t plan = 0; ///< Stands for exactly these changes.
    std::optional<core::wall_time> approved;
};

/// What an operator tells contactd by way of the journal, also while the daemon runs: which contacts to leave alone,
/// and which plans the brake is to let go. The daemon looks at the beginning of each sweep. Blocking; errors are
/// sentences.
class operator_orders {
public:
    template <class T>
    using result = std::expected<T, std::string>;

    /// The journal of that state directory, which has to be there. `to_change` needs leave to write it.
    static result<std::unique_ptr<operator_orders>> open(const std::string& directory, bool to_change);

    /// The devices of that id or name (without regard to case) that a sweep has decided; of one instance, or of all.
    result<std::vector<known_device>> find_devices(const std::string& id_or_name, const std::string& instance);

    /// Those whose contact is left alone, by instance, company and name; of one instance, or of all.
    result<std::vector<pinned_device>> pinned(const std::string& instance);

    /// False when it is pinned already; then it gets the note.
    result<bool> pin(const std::string& instance, core::device_id device, const std::string& note, core::wall_time now);

    /// Ends the pin, and what a human chose for the device counts as ours from now on: only a further change of his
    /// stands. False when there was neither.
    result<bool> unpin(const std::string& instance, core::device_id device);

    result<std::vector<held_in_journal>> held(const std::string& instance);
    result<std::vector<held_device>> changes_of(const held_in_journal& company);

    /// Lets exactly this plan go, once. False when the brake holds another one meanwhile, or none.
    result<bool> approve(const held_in_journal& plan, core::wall_time now);

private:
    operator_orders(std::string path, std::unique_ptr<sqlite::database> file);
    std::unexpected<std::string> failed(const sqlite::failure& why) const;

    std::string path_;
    std::unique_ptr<sqlite::database> file_;
};

} // namespace contactd
