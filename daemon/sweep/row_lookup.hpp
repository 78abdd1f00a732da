#pragma once

#include "autotask/error.hpp"
#include "autotask/rows.hpp"

#include <algorithm>
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace contactd {

/// Rows that were looked up by their ids, and why some could not be. Those that are gone are in neither list.
template <class Row>
struct looked_up {
    struct failure {
        decltype(Row::id) id;
        std::string words; ///< A sentence without a full stop.
    };

    std::vector<Row> rows;
    std::vector<failure> unreadable;

    /// The row of that id, or null.
    const Row* find(decltype(Row::id) id) const {
        const auto found = std::ranges::find(rows, id, &Row::id);
        return found == rows.end() ? nullptr : &*found;
    }

    /// Why the row of that id could not be read; null when it could, or is gone.
    const std::string* why_not(decltype(Row::id) id) const {
        const auto found = std::ranges::find(unreadable, id, &failure::id);
        return found == unreadable.end() ? nullptr : &found->words;
    }
};

/// Asks for the rows of so many ids.
template <class Row>
using row_question =
    std::function<boost::asio::awaitable<autotask::result<autotask::rows<Row>>>(std::vector<decltype(Row::id)>)>;

/// Asks for these rows, as many at a time as one question may name. One row that cannot be read must not hold up the
/// others: those that fail together are asked for in halves. The error concerns more than single rows. Owns nothing.
template <class Row>
boost::asio::awaitable<autotask::result<void>> look_up(const std::vector<decltype(Row::id)>& ids,
                                                       const row_question<Row>& ask, std::string_view called,
                                                       looked_up<Row>& into) {
    if (ids.empty())
        co_return autotask::result<void>();
    auto asked = ids;
    auto some = co_await ask(std::move(asked));
    using enum autotask::error_kind;
    if (!some && some.error().kind != business && some.error().kind != protocol)
        co_return std::unexpected(std::move(some.error()));
    const bool all_read = some && some->bad.empty();
    if (all_read || (some && ids.size() == 1 && !some->good.empty())) {
        std::ranges::move(some->good, std::back_inserter(into.rows));
        co_return autotask::result<void>();
    }
    if (ids.size() == 1) {
        auto words = some ? std::string(called) + ' ' + std::to_string(ids.front().value) + " cannot be read"
                          : some.error().message();
        into.unreadable.push_back({ids.front(), std::move(words)});
        co_return autotask::result<void>();
    }
    const auto middle = ids.begin() + static_cast<std::ptrdiff_t>(ids.size() / 2);
    const std::vector<decltype(Row::id)> first(ids.begin(), middle);
    const std::vector<decltype(Row::id)> second(middle, ids.end());
    auto done = co_await look_up<Row>(first, ask, called, into);
    if (done)
        done = co_await look_up<Row>(second, ask, called, into);
    co_return done;
}

} // namespace contactd
