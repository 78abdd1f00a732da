#include "autotask/time_limit.hpp"

#include <algorithm>

namespace autotask {

time_limit::time_limit(time_limit& parent, time_point until)
    : parent_(&parent), until_(std::min(until, parent.until_)) {
    parent.children_.push_back(this);
}

time_limit::~time_limit() {
    if (parent_)
        std::erase(parent_->children_, this);
}

void time_limit::shorten(time_point until) {
    if (until >= until_)
        return;
    until_ = until;
    // Whoever hears of it may end: nothing here is touched by that, because endings are posted, not called.
    for (auto* child : children_)
        child->shorten(until);
    if (on_shortened)
        on_shortened();
}

} // namespace autotask
