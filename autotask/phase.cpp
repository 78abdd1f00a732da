#include "autotask/phase.hpp"

#include <algorithm>

namespace autotask {

using namespace std::chrono_literals;

phase::phase(const boost::asio::any_io_executor& on, time_limit& whole, std::chrono::milliseconds longest,
             std::function<void()> give_up)
    : began_(std::chrono::steady_clock::now()), limit_(whole, began_ + longest),
      had_(std::max(std::chrono::round<std::chrono::milliseconds>(limit_.until() - began_), 0ms)),
      end_(on, timed_call::kind::ordinary, [this, give_up = std::move(give_up)] {
          over_ = true;
          give_up();
      }) {
    end_.set(limit_.until());
    limit_.on_shortened = [this] {
        shortened_ = true;
        if (!over_)
            end_.set(limit_.until());
    };
}

std::chrono::microseconds phase::taken() const {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began_);
}

std::string phase::in_time() const {
    if (shortened_)
        return "before the request was given up";
    if (had_ < 1s)
        return "in " + std::to_string(had_.count()) + " ms";
    return "in " + std::to_string(std::chrono::round<std::chrono::seconds>(had_).count()) + " s";
}

} // namespace autotask
