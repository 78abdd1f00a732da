#pragma once

#include "daemon/audit/reading/audit_query.hpp"
#include "daemon/audit/reading/line_needles.hpp"

#include <boost/json/object.hpp>
#include <cstdint>
#include <string_view>
#include <vector>

namespace contactd {

/// Why a line of the log is not shown although it may be wanted.
enum class line_damage {
    no_json,       ///< Torn, or nothing of ours.
    no_audit_line, ///< JSON, but without a time or an event.
    too_long,
    unknown_event, ///< Of another version of contactd.
};

/// Hears of the lines that are wanted.
class line_receiver {
public:
    virtual ~line_receiver() = default;

    /// A line without its line feed, and what it says.
    virtual void take(std::string_view line, const boost::json::object& parsed) = 0;

    /// A line that begins at that byte of the file. `event` is empty unless that is what is wrong.
    virtual void miss(line_damage why, std::uint64_t at, std::string_view event) = 0;
};

/// Finds the lines that are wanted. Of the others nearly all are passed over without being parsed, as far as their
/// bytes show that they cannot be; but that every one begins as an object and ends as one is looked at.
class line_sifter {
public:
    explicit line_sifter(const audit_query& query);

    /// `lines` are whole, each with its line feed; the first begins at the byte `offset` of the file.
    void sift(std::string_view lines, std::uint64_t offset, line_receiver& to) const;

    /// One line, without a line feed.
    void sift_line(std::string_view line, std::uint64_t offset, line_receiver& to) const;

private:
    bool has_needles(std::string_view line) const;

    const audit_query& query_;
    std::vector<needle_group> needles_;
};

} // namespace contactd
