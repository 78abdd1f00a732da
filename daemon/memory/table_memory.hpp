#pragma once

#include "autotask/rows.hpp"
#include "core/shortcut.hpp"
#include "daemon/memory/known_rows.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <unordered_set>
#include <vector>

namespace contactd {

/// Asked for is what was modified since so long before the newest row that is known: a change gets its date before it
/// can be read, and the servers behind the API need not agree on the time.
inline constexpr std::chrono::minutes modified_overlap{10};

/// Of rows that are no longer found, so many are looked after in one sweep.
inline constexpr std::size_t most_looked_after = 200;

/// That the dates of a table began to be believed, or ceased to.
struct shortcut_turned {
    bool believed = false;
    std::int64_t missed = 0;     ///< Changes that left no date.
    std::int64_t missed_row = 0; ///< The id of the first of them.
};

/// What the daemon remembers of the devices or of the contacts of one instance, so that a sweep need not read them all
/// again: their rows as they are wanted by a decision, the moment from which on changes are not in them, and whether
/// dates of modification can be believed (core::shortcut). Every row that is read is compared with what was known;
/// that, and not a promise of anybody's, is what the belief rests on. Disposable: without it, everything is read.
///
/// Row is core::device or core::contact.
template <class Row>
class table_memory {
public:
    using row_id = decltype(Row::id);

    explicit table_memory(std::size_t most_bytes = most_bytes_known) : known_(most_bytes) {}

    /// A sweep begins. Decides whether it reads this table in part: nothing but what was modified. After `full_every`
    /// everything is read again.
    void plan(core::sweep_moment at, std::chrono::seconds full_every);

    /// The sweep is let in: `now` is the server's time, `of` are the companies that it is about, and `is_wanted` tells
    /// which rows a full reading returns.
    void begin(core::wall_time now, std::span<const core::company> of, std::function<bool(const Row&)> is_wanted);

    bool in_part() const { return in_part_; }

    /// True when it could be read in part, but is due for a full reading.
    bool is_due_in_full() const { return dates_.is_due_in_full(at_); }

    /// From when on rows have to be asked for in a sweep that reads in part, and of which companies.
    core::wall_time since() const { return *since_; }
    std::vector<core::company_id> companies() const { return known_.companies(); }

    /// How many rows of these companies are known.
    std::int64_t count(std::span<const core::company_id> of) const;

    /// Takes over what was modified. Only then recalls() holds.
    void apply(autotask::rows<Row> modified);

    /// What was modified could not be asked for: this sweep reads everything.
    void read_all() { in_part_ = false; }

    /// True when the rows of a company need not be read.
    bool recalls(core::company_id company) const {
        return in_part_ && known_.knows(company) && !doubted_.contains(company);
    }

    /// Those of the companies whose rows have to be read, and the rows of the others.
    std::vector<core::company_id> to_read(std::span<const core::company_id> of) const;
    void recall(std::span<const core::company_id> of, std::vector<Row>& into) const;

    /// True when this row came with what was modified, and so is as it is now.
    bool is_fresh(row_id row) const { return fresh_.contains(row); }

    /// Something did not fit: the company is read, for once.
    void doubt(core::company_id company) { doubted_.insert(company); }

    /// Remembers the rows of companies that were read in full, after comparing them with what was known. Nothing is
    /// remembered of a company with a row that could not be read.
    void learn(std::span<const core::company_id> asked, const autotask::rows<Row>& rows);

    /// We changed a row ourselves.
    void update(core::company_id company, row_id row, const std::function<void(Row&)>& change);
    void forget(core::company_id company) { known_.forget(company); }

    /// Rows that were known and are no longer found, and what they are like now.
    const std::vector<row_id>& vanished() const { return vanished_; }
    void look_after(std::span<const Row> now);

    /// The sweep is over. Tells when the belief has changed.
    std::optional<shortcut_turned> end();

    const known_rows<Row>& known() const { return known_; }

private:
    void note(const Row& row);
    void judge(const Row* before, const Row& now);
    void compare(const std::vector<Row>& before, std::span<const Row> now);
    void forget_all();
    std::optional<core::wall_time> watermark() const;

    known_rows<Row> known_;
    core::shortcut dates_;
    std::optional<core::wall_time> since_;  ///< What was modified from here on may not be known.
    std::optional<core::wall_time> newest_; ///< The latest date of any row so far.
    core::wall_time last_full_{};
    bool lists_blanks_ = false; ///< A full reading was seen to return rows with an empty text in the field that counts.

    // Of the present sweep.
    core::sweep_moment at_;
    core::wall_time now_{};
    bool in_part_ = false;
    std::function<bool(const Row&)> is_wanted_;
    bool believed_before_ = false;
    std::unordered_set<core::company_id> doubted_;
    std::unordered_set<core::company_id> learned_;
    std::unordered_set<row_id> fresh_;
    std::vector<row_id> vanished_;
    std::int64_t missed_ = 0;
    std::int64_t missed_row_ = 0;
};

extern template class table_memory<core::device>;
extern template class table_memory<core::contact>;

} // namespace contactd
