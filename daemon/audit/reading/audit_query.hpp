#pragma once

#include "core/wall_time.hpp"
#include "daemon/audit/reading/line_head.hpp"

#include <boost/json/object.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace contactd {

/// The events that this version writes, in the order in which they are told of.
std::span<const std::string_view> audit_events();

/// Which events somebody wants to see.
struct event_choice {
    std::vector<std::string> names;   ///< Those chosen by name ...
    bool all = false;                 ///< ... or every one, those that only another version knows included.
    bool sweeps_gone_wrong = false;   ///< Besides: the end of a sweep that did not do all of its work.
    bool unknown_are_missing = false; ///< Whoever chose none by name wants to hear of those this version does not know.
};

/// What is wanted of a log. An empty list asks for nothing in particular; within a list one that is met is enough.
struct audit_filter {
    std::optional<core::wall_time> since; ///< Itself included.
    std::optional<core::wall_time> until; ///< Itself excluded.
    std::vector<std::string> sweeps;      ///< Ids, or what they begin with.
    std::vector<std::string> instances;
    std::vector<std::string> companies; ///< Ids or names, whose case does not matter.
    std::vector<std::string> devices;   ///< The same.
    std::vector<std::string> reasons;
    event_choice events;
};

/// The events that are shown to a person who names none: what changed and what needs eyes. Who asks for a device or a
/// reason wants to know of devices that were left alone, too, and who asks for a sweep, when it began and ended.
event_choice usual_events(const audit_filter& wanted);

/// The time before which no line can be wanted. The id of a sweep says when it began.
std::optional<core::wall_time> earliest_of(const audit_filter& wanted);

enum class line_verdict {
    no,
    yes,
    unknown_event, ///< It would be wanted if this version knew what it says.
    no_audit_line, ///< It has no time or no event that can be read.
};

/// Decides line by line.
class audit_query {
public:
    explicit audit_query(audit_filter wanted);

    /// Whether a parsed line is wanted.
    line_verdict judge(const boost::json::object& line) const;

    /// False when no line that begins so can be wanted.
    bool may_want(const line_head& head) const;

    const audit_filter& wanted() const { return wanted_; }

private:
    line_verdict event_verdict(std::string_view event) const;
    bool is_in_time(core::wall_time when) const;

    audit_filter wanted_;
    std::vector<std::string> folded_companies_;
    std::vector<std::string> folded_devices_;
};

/// The member of this name; empty or nothing where there is none of this kind.
std::string_view text_member(const boost::json::object& line, std::string_view key);
std::optional<std::int64_t> number_member(const boost::json::object& line, std::string_view key);

} // namespace contactd
