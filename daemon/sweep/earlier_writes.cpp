#include "daemon/sweep/earlier_writes.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace contactd {

namespace asio = boost::asio;

namespace {

bool is_stored(const open_write& one, const core::device* now) {
    return now != nullptr && now->contact == one.planned.contact_id;
}

found_out_write stored(open_write one) {
    auto outcome = std::move(one.planned);
    outcome.what = once_done(outcome.what);
    return found_out_write{std::move(one.sweep), one.told, std::move(outcome)};
}

found_out_write not_stored(open_write one, const core::device* now) {
    auto outcome = std::move(one.planned);
    outcome.what = core::event::failed;
    outcome.why = core::reason::not_stored;
    outcome.error = "the sweep ended before it knew what became of the write; " + read_back_words(now);
    return found_out_write{std::move(one.sweep), one.told, std::move(outcome)};
}

} // namespace

asio::awaitable<autotask::result<found_out>> earlier_writes::find_out(std::vector<open_write> open) {
    found_out found;
    const auto landed = time_.now() + still_in_flight(open);
    while (!open.empty() && !stop_.requested()) {
        const auto rest = std::chrono::ceil<std::chrono::milliseconds>(landed - time_.now());
        auto now = co_await read(open);
        if (!now)
            co_return std::unexpected(std::move(now.error()));
        std::vector<open_write> missing;
        for (auto& one : open) {
            const auto* const device = now->find(one.planned.device_id);
            if (is_stored(one, device))
                found.writes.push_back(stored(std::move(one)));
            else if (now->why_not(one.planned.device_id))
                found.unknown.push_back(one.planned.device_id);
            else if (rest <= rest.zero())
                found.writes.push_back(not_stored(std::move(one), device));
            else
                missing.push_back(std::move(one));
        }
        open = std::move(missing);
        if (open.empty())
            break;
        if (on_waiting)
            on_waiting(open.size(), rest);
        co_await time_.sleep_for(rest, stop_);
    }
    co_return found;
}

/// All of them, as they are now; those that are gone are missing.
asio::awaitable<autotask::result<looked_up<core::device>>> earlier_writes::read(const std::vector<open_write>& open) {
    looked_up<core::device> all;
    const row_question<core::device> ask = [this](std::vector<core::device_id> ids) {
        return reader_.read_back(std::move(ids));
    };
    for (std::size_t from = 0; from < open.size(); from += autotask::longest_list) {
        std::vector<core::device_id> ids;
        for (std::size_t i = from; i < std::min(open.size(), from + autotask::longest_list); ++i)
            ids.push_back(open[i].planned.device_id);
        auto done = co_await look_up(ids, ask, "configuration item", all);
        if (!done)
            co_return std::unexpected(std::move(done.error()));
    }
    for (const auto& one : all.unreadable)
        if (on_unreadable)
            on_unreadable(one.words);
    co_return all;
}

/// How long the youngest of them may still take. After the clock was set back, as long as one that was sent now.
std::chrono::milliseconds earlier_writes::still_in_flight(const std::vector<open_write>& open) const {
    const auto now = time_.wall();
    std::chrono::milliseconds longest{};
    for (const auto& one : open) {
        const auto sent = std::min(one.sent, now);
        longest = std::max(longest, std::chrono::milliseconds(longest_flight) - (now - sent));
    }
    return longest;
}

} // namespace contactd
