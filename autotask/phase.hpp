#pragma once

#include "autotask/time_limit.hpp"
#include "autotask/timed_call.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <functional>
#include <string>

namespace autotask {

/// One phase of a request, such as connecting. It begins with the object and may take `longest`, or as long as `whole`
/// lets it. When its time is over, also because `whole` is shortened meanwhile, `give_up` is called once, from the
/// loop: it has to end whatever is waited for. Ends before `whole` does.
class phase {
public:
    phase(const boost::asio::any_io_executor& on, time_limit& whole, std::chrono::milliseconds longest,
          std::function<void()> give_up);

    /// For a phase within this one.
    time_limit& limit() { return limit_; }

    /// `give_up` has been called.
    bool is_over() const { return over_; }

    std::chrono::microseconds taken() const;

    /// How long it had, to be put behind what has not happened: "in 90 s", or "before the request was given up".
    std::string in_time() const;

private:
    time_limit::time_point began_;
    time_limit limit_;
    std::chrono::milliseconds had_;
    bool shortened_ = false;
    bool over_ = false;
    timed_call end_;
};

} // namespace autotask
