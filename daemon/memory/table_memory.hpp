#pragma once

#include "autotask/rows.hpp"
#include "core/shortcut.hpp"
#include "daemon/memory/known_rows.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <unordered_map>
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
    std::int64_t wanted = 0;     ///< So many have to leave one in a row before they are believed again.
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

    /// This sweep reads everything.
    void read_all() { in_part_ = false; }

    /// So do the next ones: a question that only saves others was not answered. Or only the next ones do.
    void read_all_for_a_while();
    void read_all_next() { dates_.saved_nothing(at_); }

    /// True when the rows of a company need not be read.
    bool recalls(core::company_id company) const {
        return in_part_ && known_.knows(company) && !doubted_.contains(company);
    }

    /// Those of the companies whose rows have to be read, and the rows of the others.
    std::vector<core::company_id> to_read(std::span<const core::company_id> of) const;
    void recall(std::span<const core::company_id> of, std::vector<Row>& into) const;

    /// True when this row came with what was modified in this sweep.
    bool is_fresh(row_id row) const { return fresh_.contains(row); }

    /// Something did not fit: the company is read, for once.
    void doubt(core::company_id company) { doubted_.insert(company); }

    /// Or it does not have as many rows as are known: which came or went did not go unnoticed.
    void doubt_count(core::company_id company) {
        doubt(company);
        miscounted_.insert(company);
    }

    /// Remembers the rows of companies that were read in full, after comparing them with what was known. Nothing is
    /// remembered of a company with a row that could not be read.
    void learn(std::span<const core::company_id> asked, const autotask::rows<Row>& rows);

    /// We changed a row ourselves. That it has a date now says nothing of others.
    void wrote(core::company_id company, row_id row, std::function<void(Row&)> change) {
        written_[company][row] = std::move(change);
    }

    /// We may have changed a row, or may not: the next sweep reads its company.
    void lost_track(core::company_id company) { unsure_.insert(company); }

    /// What is remembered was asked for in another way, and is of no use: all of it, or that of one company.
    void forget_all();
    void forget(core::company_id company) { known_.forget(company); }

    /// Rows that were known and are no longer found, and what they are like now.
    const std::vector<row_id>& vanished() const { return vanished_; }
    void look_after(std::span<const Row> now);

    /// The sweep is over. Tells when the belief has changed.
    std::optional<shortcut_turned> end();

private:
    void note(const Row& row);
    void judge(const Row* before, const Row& now);
    void compare(core::company_id company, std::span<const Row> now);
    void overlay(core::company_id company, std::unordered_map<row_id, Row>& changed);
    void settle_writes();
    std::optional<core::wall_time> watermark() const;

    known_rows<Row> known_;
    core::shortcut dates_;
    std::optional<core::wall_time> since_;  ///< What was modified from here on may not be known.
    std::optional<core::wall_time> newest_; ///< The latest date of any row so far.
    std::optional<core::wall_time> asked_;  ///< When the server was asked last, in part or in full, by its own clock.
    core::wall_time last_full_{};
    bool lists_blanks_ = false; ///< A full reading was seen to return rows with an empty text in the field that counts.

    // Of the present sweep.
    core::sweep_moment at_;
    core::wall_time now_{};
    bool in_part_ = false;
    std::function<bool(const Row&)> is_wanted_;
    std::unordered_set<core::company_id> doubted_;
    std::unordered_set<core::company_id> miscounted_;
    std::unordered_set<core::company_id> learned_;
    std::unordered_set<row_id> fresh_;
    std::vector<row_id> vanished_;
    std::int64_t dated_ = 0; ///< Changes that prove something.
    std::int64_t missed_ = 0;
    std::int64_t missed_row_ = 0;
    std::unordered_map<core::company_id, std::unordered_map<row_id, std::function<void(Row&)>>> written_;
    std::unordered_set<core::company_id> unsure_;
    std::unordered_set<row_id> written_before_; ///< In the sweep before this one.
};

extern template class table_memory<core::device>;
extern template class table_memory<core::contact>;

} // namespace contactd
