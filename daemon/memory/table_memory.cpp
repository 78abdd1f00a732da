#include "daemon/memory/table_memory.hpp"

#include <algorithm>
#include <unordered_map>

namespace contactd {
namespace {

/// A full page: less than that is no burden whatever share of the table it is.
constexpr std::size_t many_rows = 500;

bool is_same(const core::device& a, const core::device& b) {
    return a.last_user == b.last_user && a.contact == b.contact && a.type == b.type && a.hostname == b.hostname &&
           a.title == b.title;
}

bool is_same(const core::contact& a, const core::contact& b) {
    return a.first_name == b.first_name && a.last_name == b.last_name && a.addresses == b.addresses;
}

/// People edit devices too, and that leaves a date surely. What has to be proved is that the RMM leaves one as well.
bool proves_something(const core::device* before, const core::device& now) {
    return before && !before->last_user.empty() && !now.last_user.empty() && before->last_user != now.last_user;
}

bool proves_something(const core::contact* before, const core::contact& now) {
    return !before || !is_same(*before, now);
}

/// Whether the server lists a row whose text is there, but empty, among those that have one is up to it.
bool is_blank(const core::device& one) {
    return one.last_user.empty();
}

bool is_blank(const core::contact& one) {
    return one.addresses.empty();
}

template <class Row>
Row* find_row(std::vector<Row>& rows, decltype(Row::id) id) {
    const auto found = std::ranges::find(rows, id, &Row::id);
    return found == rows.end() ? nullptr : &*found;
}

} // namespace

template <class Row>
void table_memory<Row>::plan(core::sweep_moment at, std::chrono::seconds full_every) {
    at_ = at;
    const bool is_recent = at.now >= last_full_ && at.now - last_full_ < full_every;
    in_part_ = since_ && is_recent && dates_.may_be_taken(at);
    believed_before_ = dates_.is_believed();
    doubted_.clear();
    learned_.clear();
    fresh_.clear();
    vanished_.clear();
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
    std::unordered_map<core::company_id, std::vector<Row>> by_company;
    for (auto& row : modified.good) {
        note(row);
        fresh_.insert(row.id);
        if (known_.knows(row.company))
            by_company[row.company].push_back(std::move(row));
    }
    if (modified.good.size() > many_rows && modified.good.size() > known_.rows() / 2)
        dates_.saved_nothing(at_);
    else
        dates_.saved_something();
    for (auto& [company, changed] : by_company) {
        auto rows = known_.of(company);
        bool is_clear = true;
        for (auto& now : changed) {
            auto* before = find_row(rows, now.id);
            const bool wanted = is_wanted_(now);
            is_clear = is_clear && !(wanted && is_blank(now) && !lists_blanks_);
            if ((before || wanted) && proves_something(before, now))
                dates_.left_a_date(1);
            if (before && wanted)
                *before = std::move(now);
            else if (before)
                rows.erase(rows.begin() + (before - rows.data()));
            else if (wanted)
                rows.push_back(std::move(now));
        }
        if (is_clear)
            known_.put(company, rows);
        else
            known_.forget(company);
    }
    since_ = watermark();
}

/// A row that differs from what was known: would what was modified have shown it?
template <class Row>
void table_memory<Row>::judge(const Row* before, const Row& now) {
    if (!now.modified || *now.modified < *since_) {
        dates_.left_none();
        if (missed_++ == 0)
            missed_row_ = now.id.value;
    } else if (proves_something(before, now)) {
        dates_.left_a_date(1);
    }
}

template <class Row>
void table_memory<Row>::compare(const std::vector<Row>& before, std::span<const Row> now) {
    std::unordered_map<row_id, const Row*> known;
    for (const auto& row : before)
        known.emplace(row.id, &row);
    for (const auto& row : now) {
        const auto found = known.find(row.id);
        const bool is_new = found == known.end();
        if (is_new || !is_same(*found->second, row))
            judge(is_new ? nullptr : found->second, row);
        if (!is_new)
            known.erase(found);
    }
    for (const auto& row : before)
        if (known.contains(row.id) && vanished_.size() < most_looked_after)
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
        if (since_ && known_.knows(id))
            compare(known_.of(id), now->second);
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

template <class Row>
void table_memory<Row>::update(core::company_id company, row_id row, const std::function<void(Row&)>& change) {
    if (!known_.knows(company))
        return;
    auto rows = known_.of(company);
    if (auto* known = find_row(rows, row))
        change(*known);
    known_.put(company, rows);
}

/// A row that is gone altogether left no trace, but nobody can do without it worse than with it. One that is still
/// there, but is no longer wanted, has been changed.
template <class Row>
void table_memory<Row>::look_after(std::span<const Row> now) {
    for (const auto& row : now)
        if (!is_wanted_(row))
            judge(nullptr, row);
    vanished_.clear();
}

template <class Row>
std::optional<shortcut_turned> table_memory<Row>::end() {
    if (!in_part_ && !learned_.empty()) {
        for (const auto id : known_.companies())
            if (!learned_.contains(id))
                known_.forget(id);
        since_ = watermark();
        last_full_ = at_.now;
        dates_.read_in_full(at_);
    }
    fresh_.clear();
    if (dates_.is_believed() == believed_before_)
        return std::nullopt;
    return shortcut_turned{dates_.is_believed(), missed_, missed_row_};
}

template class table_memory<core::device>;
template class table_memory<core::contact>;

} // namespace contactd
