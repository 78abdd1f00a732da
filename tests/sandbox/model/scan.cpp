#include "tests/sandbox/model/scan.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <span>

namespace sandbox {
namespace {

/// Calls `take` with each row that can match, ascending, until it returns false.
template <typename Take>
void walk_listed(const table& rows, std::vector<std::int64_t> ids, std::int64_t above, Take take) {
    std::ranges::sort(ids);
    for (const std::int64_t id : ids) {
        const row* found = id > above ? rows.find(id) : nullptr;
        if (found != nullptr && !take(*found))
            return;
    }
}

/// Merges the ids of the companies: a page needs only the first of each, however many the companies have.
template <typename Take>
void walk_companies(const table& rows, const std::vector<std::int64_t>& companies, std::int64_t above, Take take) {
    using stretch = std::span<const std::int64_t>;
    const auto later = [](const stretch& left, const stretch& right) { return left.front() > right.front(); };
    std::priority_queue<stretch, std::vector<stretch>, decltype(later)> heads{later};
    for (const std::int64_t company : companies) {
        const auto& ids = *rows.of_company(company);
        const auto first = std::ranges::upper_bound(ids, above);
        if (first != ids.end())
            heads.push(stretch{first, ids.end()});
    }
    while (!heads.empty()) {
        const stretch head = heads.top();
        heads.pop();
        if (head.size() > 1)
            heads.push(head.subspan(1));
        const row* found = rows.find(head.front());
        if (found != nullptr && !take(*found))
            return;
    }
}

template <typename Take>
void walk(const table& rows, const filter& wanted, std::int64_t above, Take take) {
    const std::int64_t start = std::max(above, wanted.above);
    if (wanted.ids)
        return walk_listed(rows, *wanted.ids, start, take);
    if (wanted.companies && rows.company_field())
        return walk_companies(rows, *wanted.companies, start, take);
    for (std::size_t i = rows.position_after(start); i < rows.rows().size(); ++i)
        if (!take(rows.rows()[i]))
            return;
}

} // namespace

bool is_visible(const table& rows, const row& candidate, const visible_companies* visible) {
    if (visible == nullptr)
        return true;
    if (rows.which() == entity::companies)
        return visible->contains(candidate.id());
    return !rows.company_field() || visible->contains(candidate.get(*rows.company_field()).as_integer());
}

std::vector<const row*> scan(const table& rows, const filter& wanted, const visible_companies* visible,
                             std::int64_t above, std::size_t limit) {
    std::vector<const row*> result;
    if (limit == 0)
        return result;
    walk(rows, wanted, above, [&result, &rows, &wanted, visible, limit](const row& candidate) {
        if (wanted.root.matches(candidate) && is_visible(rows, candidate, visible))
            result.push_back(&candidate);
        return result.size() < limit;
    });
    return result;
}

std::vector<const row*> scan_before(const table& rows, const filter& wanted, const visible_companies* visible,
                                    std::int64_t below, std::size_t limit) {
    std::vector<const row*> result;
    walk(rows, wanted, before_every_row, [&result, &rows, &wanted, visible, below](const row& candidate) {
        if (candidate.id() >= below)
            return false;
        if (wanted.root.matches(candidate) && is_visible(rows, candidate, visible))
            result.push_back(&candidate);
        return true;
    });
    if (result.size() > limit)
        result.erase(result.begin(), result.end() - static_cast<std::ptrdiff_t>(limit));
    return result;
}

std::size_t count_matches(const table& rows, const filter& wanted, const visible_companies* visible) {
    std::size_t count = 0;
    walk(rows, wanted, before_every_row, [&count, &rows, &wanted, visible](const row& candidate) {
        count += wanted.root.matches(candidate) && is_visible(rows, candidate, visible) ? 1U : 0U;
        return true;
    });
    return count;
}

} // namespace sandbox
