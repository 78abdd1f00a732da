#pragma once

#include <algorithm>

namespace autotask {

/// How many requests may be sent again, whoever asks. Pauses keep one call from hammering; this keeps many calls
/// from doing it together. It has no clock: every repetition takes a token, and only successes bring some back, so
/// that a path that is dead costs a fixed number of repetitions, however many calls meet it.
///
/// Two tokens a success hold out while up to two of three requests fail, because then every success pays for the two
/// failures before it. That bounds what is sent altogether:
///
///     requests <= calls + capacity + refund * successes <= 3 * calls + 10
///
/// One for each path that can die on its own; kept no longer than a sweep, so that each begins with a full one.
class retry_budget {
public:
    static constexpr int capacity = 10;
    static constexpr int refund = 2;

    /// Takes a token for a repetition. False when there is none: then the call has failed.
    bool take() {
        if (left_ == 0)
            return false;
        --left_;
        return true;
    }

    /// To be told of every success, the first attempt's too.
    void succeeded() { left_ = std::min(left_ + refund, capacity); }

    int left() const { return left_; }

private:
    int left_ = capacity;
};

} // namespace autotask
