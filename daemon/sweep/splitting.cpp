#include "daemon/sweep/splitting.hpp"

namespace contactd {

bool is_silent(const autotask::error& why) {
    return why.kind == autotask::error_kind::network || why.kind == autotask::error_kind::throttled;
}

void splitting::answered() {
    any_answer_ = true;
}

void splitting::failed(const std::vector<core::company>& companies, const autotask::error& why) {
    failed_extra_queries_ += extra_queries_left_ < most_extra_queries ? 1 : 0;
    silent_ += is_silent(why) ? 1 : 0;
    if (companies.size() == 1)
        suspects_.push_back(suspect{companies.front().id, why.message()});
}

bool splitting::may_split(const std::vector<core::company>& companies, const autotask::error& why) {
    if (companies.size() < 2 || extra_queries_left_ < 2 || is_hopeless())
        return false;
    // Without an answer it may as well be the way to the server: then halves are no better.
    if (is_silent(why) && (!any_answer_ || silent_ > most_silent_queries))
        return false;
    extra_queries_left_ -= 2;
    return true;
}

bool splitting::is_hopeless() const {
    return !any_answer_ && failed_extra_queries_ >= failures_that_settle_it;
}

} // namespace contactd
