#pragma once

#include "core/decide.hpp"
#include "core/entities.hpp"

#include <optional>
#include <string>
#include <vector>

namespace contactd {

/// The number of a write in the journal.
using write_id = core::id<struct write_tag>;

/// What became of one device in a sweep, complete in itself: it outlives the rows it was made from.
struct device_outcome {
    std::string instance;
    core::company_id company_id;
    std::string company;
    core::device_id device_id;
    std::string device;
    core::event what = core::event::skipped;
    std::optional<core::reason> why; ///< With skipped and failed.
    std::string last_user;           ///< As received.
    std::string account;             ///< The name that was read out of it; may be empty.
    bool local_account = false;      ///< The account belongs to the device, not to a domain.
    std::optional<core::rule> rule;
    std::optional<core::contact_id> contact_id; ///< The one contact that matched.
    std::string contact_email;
    std::string contact_name;
    std::optional<core::contact_id> previous_contact_id; ///< The contact that was set when the sweep read the device.
    std::string previous_contact_name;                   ///< Where it is an active contact of the company.
    std::vector<core::contact_id> candidates;            ///< Where several matched.
    std::string error;    ///< With failed: what was done and what the server said; so with parked, and until when.
    bool refused = false; ///< With failed: the server understood the write and refused it, or kept another value. The
                          ///< same write would fare no better soon.
    std::optional<write_id> write; ///< Where the journal knows of one.
    bool in_doubt = false;         ///< With failed: it may have been stored all the same.
};

/// assigned for would_assign, reassigned for would_reassign.
core::event once_done(core::event planned);

/// "contact 5", "no contact".
std::string contact_words(const core::device& now);

/// What a read-back that was to show a written contact shows instead: "the read-back shows contact 5". Null is a device
/// that it does not find.
std::string read_back_words(const core::device* now);

/// `company` is the snapshot the decision was made from.
device_outcome make_outcome(const std::string& instance, const core::snapshot& company, const core::decision& decided);

} // namespace contactd
