#include "daemon/sweep/instance_sweep.hpp"
#include "daemon/sweep/trouble.hpp"

#include <utility>

// What a failure means for the rest of a sweep, and for the next one.

namespace contactd {

/// True after a failure that everything else of this instance would meet as well.
bool instance_sweep::concerns_everything(const autotask::error& failure) const {
    using enum autotask::error_kind;
    const bool concerns_all = failure.kind == auth || failure.kind == permission || failure.kind == cancelled;
    return session_.ended() || concerns_all || failure.hourly_limit;
}

/// The same, or patience was in vain, and nobody else has had better luck so far.
bool instance_sweep::ends_the_sweep(const autotask::error& failure) const {
    return concerns_everything(failure) || (is_silent(failure) && !chunks_.judge().any_answer());
}

void instance_sweep::fail(const autotask::error& met, company_list because_of_it) {
    if (met.kind == autotask::error_kind::cancelled)
        return; // Whoever stopped the sweep knows; what was not reached is counted.
    // What ended everything says more than what one question met on the side.
    const auto& failure = session_.ended() ? *session_.ended() : met;
    // A missing permission is met by all that are under way, but only one of them makes the pause longer.
    if (!abandoned_ || failure.kind == autotask::error_kind::auth)
        pause_after(failure.kind, failure.message());
    // The first failure of this kind has been told for all of them.
    if (abandoned_)
        return;
    abandoned_ = ends_the_sweep(failure);
    auto what = make_trouble(subject_.settings, failure);
    if (abandoned_)
        error_ = what.message;
    else
        what.companies = std::move(because_of_it);
    context_.listener.trouble_met(what);
}

/// What the next sweep would only be refused again. The daemon leaves the instance out for a while.
void instance_sweep::pause_after(autotask::error_kind kind, const std::string& words) {
    if (kind == autotask::error_kind::auth)
        subject_.pause.credentials_refused(context_.time.wall());
    if (kind == autotask::error_kind::permission)
        subject_.pause.permission_missing(context_.time.wall(), words);
}

} // namespace contactd
