#include "autotask/name_lookup.hpp"

#include "autotask/phase.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <optional>
#include <sys/eventfd.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace autotask {

namespace asio = boost::asio;
using std::chrono::steady_clock;

namespace {

/// Discovery and zone of one instance are two; more are only met by one whose zone keeps moving.
constexpr std::size_t most_hosts = 16;

std::unexpected<error> failed(const std::string& host, const std::string& why) {
    error failure;
    failure.kind = error_kind::network;
    failure.said = "looking up " + host + ": " + why;
    return std::unexpected(std::move(failure));
}

} // namespace

addresses in_turns(const addresses& all) {
    addresses sorted;
    std::size_t next_of_first = 0;
    std::size_t next_of_other = 0;
    const auto take = [&](std::size_t& next, bool same_family) {
        while (next < all.size() && (all[next].is_v4() == all.front().is_v4()) != same_family)
            ++next;
        if (next < all.size())
            sorted.push_back(all[next++]);
    };
    while (sorted.size() < all.size()) {
        take(next_of_first, true);
        take(next_of_other, false);
    }
    return sorted;
}

/// One lookup: its thread and whoever waits for it share it, and the last of them destroys it.
class name_lookup::lookup {
public:
    /// Starts the thread. The error is the system's.
    static std::expected<std::shared_ptr<lookup>, std::string> start(lookup_function function, std::string host) {
        const int event = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (event < 0)
            return std::unexpected(std::string(std::strerror(errno)));
        const auto made = std::make_shared<lookup>(event);
        try {
            std::thread([made, function = std::move(function), host = std::move(host)] {
                made->set_answer(function(host));
            }).detach();
        } catch (const std::system_error& refused) {
            return std::unexpected(refused.code().message());
        }
        return made;
    }

    explicit lookup(int event) : event_(event) {}
    ~lookup() { ::close(event_); }
    lookup(const lookup&) = delete;
    lookup& operator=(const lookup&) = delete;

    std::optional<lookup_answer> answer() const {
        const std::scoped_lock lock(guard_);
        return answer_;
    }

    steady_clock::time_point began() const { return began_; }

    /// Only of one that has answered.
    steady_clock::time_point ended() const {
        const std::scoped_lock lock(guard_);
        return ended_;
    }

    /// A file descriptor for the caller to own, which is readable once the answer is there; negative when there are too
    /// many. The thread keeps its own, so it touches nothing of a loop that may be gone.
    int descriptor() const { return ::fcntl(event_, F_DUPFD_CLOEXEC, 0); }

private:
    void set_answer(lookup_answer found) {
        {
            const std::scoped_lock lock(guard_);
            answer_ = std::move(found);
            ended_ = steady_clock::now();
        }
        // Nobody reads it: it stays readable for all who wait.
        ::eventfd_write(event_, 1);
    }

    const int event_;
    const steady_clock::time_point began_ = steady_clock::now();
    mutable std::mutex guard_;
    std::optional<lookup_answer> answer_;
    steady_clock::time_point ended_{};
};

name_lookup::name_lookup(lookup_function look_up, lookup_times times) : look_up_(std::move(look_up)), times_(times) {}

name_lookup::~name_lookup() = default;

name_lookup::entry& name_lookup::entry_of(const std::string& host) {
    if (!entries_.contains(host) && entries_.size() >= most_hosts)
        entries_.erase(std::ranges::min_element(entries_, {}, [](const auto& one) { return one.second.found_at; }));
    return entries_[host];
}

bool name_lookup::is_fresh(const entry& known) const {
    return !known.found.empty() && !known.doubtful && steady_clock::now() - known.found_at < times_.fresh_for;
}

/// Keeps what was found, if it is newer than what is known.
void name_lookup::take_answer(const std::string& host, const lookup& from) {
    auto& known = entry_of(host);
    const auto answer = from.answer();
    if (!answer)
        return;
    if (*answer && !(*answer)->empty() && from.ended() > known.found_at) {
        known.found = in_turns(**answer);
        known.found_at = from.ended();
        known.doubtful = false;
    }
    if (known.latest.get() == &from)
        known.latest.reset();
}

std::expected<std::shared_ptr<name_lookup::lookup>, std::string> name_lookup::lookup_for(const std::string& host) {
    auto& known = entry_of(host);
    // One that hangs for long may hang for ever; the next may be luckier.
    if (known.latest && steady_clock::now() - known.latest->began() < times_.longest)
        return known.latest;
    std::erase_if(running_, [](const auto& one) { return one->answer().has_value(); });
    if (running_.size() >= most_threads)
        return std::unexpected(std::to_string(running_.size()) + " lookups hang already");
    auto started = lookup::start(look_up_, host);
    if (started) {
        known.latest = *started;
        running_.push_back(*started);
    }
    return started;
}

addresses name_lookup::best_first(const entry& known) {
    auto found = known.found;
    const auto best = std::ranges::find(found, known.best);
    if (best != found.end())
        std::rotate(found.begin(), best, best + 1);
    return found;
}

asio::awaitable<result<addresses>> name_lookup::find(std::string host, time_limit& whole) {
    boost::system::error_code no_literal;
    const auto literal = asio::ip::make_address(host, no_literal);
    if (!no_literal)
        co_return addresses(1, literal);
    // One that nobody waited for to the end: late is better than never.
    if (const auto late = entry_of(host).latest)
        take_answer(host, *late);
    if (is_fresh(entry_of(host)))
        co_return best_first(entry_of(host));

    const auto mine = lookup_for(host);
    std::string why;
    if (mine)
        why = co_await outcome(host, *mine, whole);
    else
        why = mine.error();
    if (entry_of(host).found.empty() || whole.until() <= steady_clock::now())
        co_return failed(host, why);
    co_return best_first(entry_of(host));
}

/// Waits for the answer and takes it. Returns why there is none, where there is none.
asio::awaitable<std::string> name_lookup::outcome(const std::string& host, std::shared_ptr<lookup> mine,
                                                  time_limit& whole) {
    const int descriptor = mine->descriptor();
    if (descriptor < 0)
        co_return std::strerror(errno);
    asio::posix::stream_descriptor ended(co_await asio::this_coro::executor, descriptor);
    const auto give_up = [&ended] {
        boost::system::error_code ignored;
        ended.cancel(ignored);
    };
    const auto longest = entry_of(host).found.empty() ? times_.longest : times_.with_old_one;
    const phase limited(ended.get_executor(), whole, longest, give_up);
    co_await ended.async_wait(asio::posix::descriptor_base::wait_read, asio::as_tuple(asio::use_awaitable));
    take_answer(host, *mine);
    const auto answer = mine->answer();
    if (!answer)
        co_return "no address " + limited.in_time();
    co_return *answer ? std::string("no address") : answer->error();
}

void name_lookup::reached(const std::string& host, const asio::ip::address& address) {
    if (const auto known = entries_.find(host); known != entries_.end())
        known->second.best = address;
}

void name_lookup::none_reached(const std::string& host) {
    if (const auto known = entries_.find(host); known != entries_.end())
        known->second.doubtful = true;
}

} // namespace autotask
