#include "daemon/memory/table_memory.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace contactd {
namespace {

/// A full page: less than that is no burden whatever share of the table it is.
constexpr std::size_t many_rows = 500;

/// Whether a difference is a change of which the dates must tell. A contact that is set otherwise is none: it is read
/// again before anything is written, and merging contacts may move it without a date.
bool is_a_change(const core::device& before, const core::device& now) {
    return before.last_user != now.last_user || before.type != now.type || before.hostname != now.hostname ||
           before.title != now.title || before.category != now.category;
}

bool is_a_change(const core::contact& before, const core::contact& now) {
    return before.first_name != now.first_name || before.last_name != now.last_name ||
           before.addresses != now.addresses || before.logins != now.logins || before.active != now.active;
}

/// People edit devices too, and that leaves a date surely. What has to be proved is that the RMM leaves one as well.
bool proves_something(const core::device* before, const core::device& now) {
    return before && !before->last_user.empty() && !now.last_user.empty() && before->last_user != now.last_user;
}

bool proves_something(const core::contact* before, const core::contact& now) {
    return !before || is_a_change(*before, now);
}

/// Whether the server lists a row whose text is there, but empty, among those that have one is up to it.
bool is_blank(const core::device& one) {
    return one.last_user.empty();
}

bool is_blank(const core::contact& one) {
    return one.has_address && std::ranges::all_of(one.addresses, &std::string::empty);
}

} // namespace

template <class Row>
void table_memory<Row>::plan(core::sweep_moment at, std::chrono::seconds full_every) {
    at_ = at;
    const bool is_recent = at.now >= last_full_ && at.now - last_full_ < full_every;
    in_part_ = since_ && is_recent && dates_.may_be_taken(at);
    doubted_.clear();
    miscounted_.clear();
    learned_.clear();
    fresh_.clear();
    vanished_.clear();
    dated_ = 0;
    missed_ = 0;
}

template <class Row>
void table_memory<Row>::begin(core::wall_time now, std::span<const core::company> of,
                              std::function<bool(const Row&)> is_wanted) {
    now_ = now;
    is_wanted_ = std::move(is_wanted);
    std::unordered_set<core::company_id> wanted;
    for (const auto& one : of)
        wanted.insert(one.id);
    for (const auto id : known_.companies())
        if (!wanted.contains(id))
            known_.forget(id);
}

template <class Row>
void table_memory<Row>::read_all_for_a_while() {
    in_part_ = false;
    dates_.saved_nothing(at_);
}

template <class Row>
void table_memory<Row>::note(const Row& row) {
    if (row.modified)
        newest_ = std::max(newest_.value_or(*row.modified), *row.modified);
}

/// A row with a date in the future must not hide what is modified until then, nor must a clock that is wrong.
template <class Row>
std::optional<core::wall_time> table_memory<Row>::watermark() const {
    if (!newest_)
        return std::nullopt;
    return std::min(*newest_, now_) - modified_overlap;
}

template <class Row>
void table_memory<Row>::apply(autotask::rows<Row> modified) {
    for (const auto& bad : modified.bad) {
        if (bad.company)
            known_.forget(*bad.company);
        else
            forget_all();
    }
    std::unordered_map<core::company_id, std::unordered_map<row_id, Row>> by_company;
    for (auto& row : modified.good) {
        note(row);
        fresh_.insert(row.id);
        if (known_.knows(row.company))
            by_company[row.company].emplace(row.id, std::move(row));
    }
    if (modified.good.size() > many_rows && modified.good.size() > known_.rows() / 2)
        dates_.saved_nothing(at_);
    else
        dates_.saved_something();
    for (auto& [company, changed] : by_company)
        overlay(company, changed);
    since_ = watermark();
    asked_ = now_;
}

/// Puts the changed rows of a company in place of those that are known.
template <class Row>
void table_memory<Row>::overlay(core::company_id company, std::unordered_map<row_id, Row>& changed) {
    std::vector<Row> made;
    bool is_clear = true;
    const auto take = [&](const Row* before, Row& now) {
        const bool wanted = is_wanted_(now);
        is_clear = is_clear && !(wanted && is_blank(now) && !lists_blanks_);
        if ((before || wanted) && proves_something(before, now) && !written_before_.contains(now.id))
            ++dated_;
        if (wanted)
            made.push_back(std::move(now));
    };
    for (auto& before : known_.of(company)) {
        const auto now = changed.find(before.id);
        if (now == changed.end()) {
            made.push_back(std::move(before));
            continue;
        }
        take(&before, now->second);
        changed.erase(now);
    }
    for (auto& [id, now] : changed)
        take(nullptr, now);
    if (is_clear)
        known_.put(company, made);
    else
        known_.forget(company);
}

/// A row that differs from what was known: did what was modified show it, or will it the next time?
template <class Row>
void table_memory<Row>::judge(const Row* before, const Row& now) {
    if (!now.modified || *now.modified < *asked_ - modified_overlap) {
        if (missed_++ == 0)
            missed_row_ = now.id.value;
    } else if (proves_something(before, now) && !written_before_.contains(now.id)) {
        ++dated_;
    }
}

template <class Row>
void table_memory<Row>::compare(core::company_id company, std::span<const Row> now) {
    const auto before = known_.of(company);
    const bool is_miscounted = miscounted_.contains(company); // Then what came and what went was noticed.
    std::unordered_map<row_id, const Row*> known;
    for (const auto& row : before)
        known.emplace(row.id, &row);
    for (const auto& row : now) {
        const auto found = known.find(row.id);
        if (found == known.end()) {
            if (!is_miscounted)
                judge(nullptr, row);
            continue;
        }
        if (is_a_change(*found->second, row))
            judge(found->second, row);
        known.erase(found);
    }
    for (const auto& row : before)
        if (!is_miscounted && known.contains(row.id) && vanished_.size() < most_looked_after)
            vanished_.push_back(row.id);
}

template <class Row>
void table_memory<Row>::learn(std::span<const core::company_id> asked, const autotask::rows<Row>& rows) {
    std::unordered_map<core::company_id, std::vector<Row>> by_company;
    for (const auto id : asked)
        by_company[id];
    for (const auto& row : rows.good) {
        note(row);
        lists_blanks_ = lists_blanks_ || is_blank(row);
        if (const auto company = by_company.find(row.company); company != by_company.end())
            company->second.push_back(row);
    }
    for (const auto& bad : rows.bad) {
        if (!bad.company)
            by_company.clear();
        else
            by_company.erase(*bad.company);
    }
    for (const auto id : asked) {
        const auto now = by_company.find(id);
        if (now == by_company.end()) {
            known_.forget(id);
            continue;
        }
        if (asked_ && known_.knows(id))
            compare(id, now->second);
        learned_.insert(id);
        known_.put(id, now->second);
    }
}

template <class Row>
std::vector<core::company_id> table_memory<Row>::to_read(std::span<const core::company_id> of) const {
    std::vector<core::company_id> unknown;
    for (const auto id : of)
        if (!recalls(id))
            unknown.push_back(id);
    return unknown;
}

template <class Row>
void table_memory<Row>::recall(std::span<const core::company_id> of, std::vector<Row>& into) const {
    for (const auto id : of)
        if (recalls(id))
            std::ranges::move(known_.of(id), std::back_inserter(into));
}

template <class Row>
std::int64_t table_memory<Row>::count(std::span<const core::company_id> of) const {
    std::size_t rows = 0;
    for (const auto id : of)
        rows += known_.count(id);
    return static_cast<std::int64_t>(rows);
}

template <class Row>
void table_memory<Row>::forget_all() {
    for (const auto id : known_.companies())
        known_.forget(id);
}

/// A row that is gone altogether left no date, and will not be looked for again. One that is still there and is only no
/// longer wanted has been changed.
template <class Row>
void table_memory<Row>::look_after(std::span<const Row> now) {
    for (const auto& row : now)
        if (!is_wanted_(row))
            judge(nullptr, row);
    vanished_.clear();
}

template <class Row>
std::optional<shortcut_turned> table_memory<Row>::end() {
    const bool was_believed = dates_.is_believed();
    if (missed_ > 0)
        dates_.left_none();
    else
        dates_.left_a_date(dated_);
    if (!in_part_ && !learned_.empty()) {
        for (const auto id : known_.companies())
            if (!learned_.contains(id))
                known_.forget(id);
        since_ = watermark();
        asked_ = now_;
        last_full_ = at_.now;
        dates_.read_in_full(at_);
    }
    settle_writes();
    fresh_.clear();
    if (dates_.is_believed() == was_believed)
        return std::nullopt;
    return shortcut_turned{dates_.is_believed(), missed_, missed_row_, dates_.wanted()};
}

template <class Row>
void table_memory<Row>::settle_writes() {
    written_before_.clear();
    for (auto& [company, changes] : std::exchange(written_, {})) {
        auto rows = known_.of(company);
        for (auto& row : rows)
            if (const auto change = changes.find(row.id); change != changes.end())
                change->second(row);
        for (const auto& [id, change] : changes)
            written_before_.insert(id);
        if (known_.knows(company))
            known_.put(company, rows);
    }
    for (const auto company : std::exchange(unsure_, {}))
        known_.forget(company);
}

template class table_memory<core::device>;
template class table_memory<core::contact>;

} // namespace contactd
