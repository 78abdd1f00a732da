#pragma once

#include "autotask/error.hpp"
#include "autotask/time_limit.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <cstddef>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace autotask {

using addresses = std::vector<boost::asio::ip::address>;

/// What was found for a name, or why nothing was.
using lookup_answer = std::expected<addresses, std::string>;

/// Looks a name up, and takes as long as that takes. Called from threads of their own, which may outlive everything.
using lookup_function = std::function<lookup_answer(const std::string& host)>;

/// getaddrinfo(3).
lookup_function system_lookup();

/// Families in turns, beginning with that of the first: where one family does not work here, its addresses do not stand
/// before all of the other (RFC 8305, section 4).
addresses in_turns(const addresses& all);

struct lookup_times {
    std::chrono::milliseconds longest{10'000};       ///< Until an answer is waited for no longer.
    std::chrono::milliseconds with_old_one{1'000};   ///< The same, where an old answer can be used instead.
    std::chrono::milliseconds fresh_for{5 * 60'000}; ///< An answer younger than this is not asked for again.
};

/// The addresses of hosts. A lookup by the system can be neither cancelled nor timed out, so each has a thread that is
/// left behind when it hangs: it holds up neither a request nor the end of the program. Lives longer than its calls,
/// but not than its lookups.
class name_lookup {
public:
    /// So many threads may hang at a time.
    static constexpr std::size_t most_threads = 4;

    explicit name_lookup(lookup_function look_up = system_lookup(), lookup_times times = lookup_times{});
    ~name_lookup();
    name_lookup(const name_lookup&) = delete;
    name_lookup& operator=(const name_lookup&) = delete;

    /// At least one address, the best one first. A literal address is its own answer. Calls for the same host share a
    /// lookup. When it fails, or is too slow, an older answer is better than none.
    boost::asio::awaitable<result<addresses>> find(std::string host, time_limit& whole);

    /// This address of the host can be reached: it comes first from now on.
    void reached(const std::string& host, const boost::asio::ip::address& address);

    /// None of the host's addresses can be reached: it is looked up again by the next call.
    void none_reached(const std::string& host);

private:
    class lookup;
    struct entry {
        addresses found; ///< Empty until a lookup has succeeded.
        std::chrono::steady_clock::time_point found_at{};
        bool doubtful = false;
        boost::asio::ip::address best;
        std::shared_ptr<lookup> latest; ///< Whose answer has not been seen yet.
    };

    entry& entry_of(const std::string& host);
    bool is_fresh(const entry& known) const;
    void take_answer(const std::string& host, const lookup& from);
    boost::asio::awaitable<std::string> outcome(const std::string& host, std::shared_ptr<lookup> mine,
                                                time_limit& whole);
    std::expected<std::shared_ptr<lookup>, std::string> lookup_for(const std::string& host);
    static addresses best_first(const entry& known);

    lookup_function look_up_;
    lookup_times times_;
    std::map<std::string, entry> entries_;
    std::vector<std::shared_ptr<lookup>> running_;
};

} // namespace autotask
