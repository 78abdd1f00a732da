#pragma once

#include "autotask/late_release.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>

namespace autotask {

/// How a request in a slot ended, as far as it says something of the slot.
enum class slot_end {
    answered, ///< The API did what it was asked: the request had its slot, and the server is done with it.
    refused,  ///< The server refused it for want of a free slot.
    unknown,  ///< Anything else: the server may never have seen it, or be busy with it still.
};

/// The slots of one entity: who may enter which one when, and what the end of a request proves.
///
/// The server does not know our slots, it counts requests: those that are under way, and those that it answered so
/// shortly ago that it has not forgotten them. With n others under way a request is refused when 3 - n answers are not
/// forgotten. So it is the age of the (3 - n)th youngest answer that a success proves to be enough, and a refusal too
/// short. Knows no clock.
class lane {
public:
    using time_point = std::chrono::steady_clock::time_point;
    using duration = late_release::duration;

    /// Source: developer help, "Thread limiting", for integrations that were made since 2023.
    static constexpr std::size_t slots = 3;

    struct entry {
        std::size_t index;
        time_point at;      ///< Not earlier; may have passed.
        bool probe = false; ///< Before the slot has had its rest.
    };

    /// Which slot can be entered first, and when. Nothing when all are taken. A probe is tried only `with_probe`, and
    /// only where its success proves something.
    std::optional<entry> next(const late_release& known, bool with_probe, time_point now) const;

    /// A request is sent now, by what is known now.
    void enter(const entry& how, const late_release& known, time_point now);

    /// The request ended now; `known` learns what that proves. True when the request was a probe.
    bool leave(std::size_t index, slot_end how, late_release& known, time_point now);

private:
    /// Before everything.
    static constexpr time_point long_ago{std::chrono::hours{-24}};

    /// When requests ended in some way, the youngest first. More than there are slots never matter.
    using endings = std::array<time_point, slots>;
    static constexpr endings none{long_ago, long_ago, long_ago};

    struct place {
        bool taken = false;
        bool probe = false;
        time_point left = long_ago;      ///< The rest counts from here.
        time_point out_until = long_ago; ///< Left to somebody else until then.
        /// What was known when the request was sent that holds it, or held it last:
        time_point entered = long_ago;
        std::size_t beside = 0;  ///< how many others were counted,
        endings answered = none; ///< the answers that might be,
        duration too_short_if_refused{};
        int lessons = 0; ///< how many lessons had been learned.
    };

    std::size_t beside(time_point now) const;
    duration enough_if_answered(time_point now) const;
    duration too_short_if_refused(time_point now) const;
    void learn_refusal(place& one, late_release& known, time_point now);
    void leave_to_others(place& one, bool certain, time_point now);
    /// For a while after it was plain that somebody else uses the tracking identifier.
    bool shared(time_point now) const;
    std::size_t under_way() const;
    std::size_t left_to_others(time_point now) const;

    std::array<place, slots> places_;
    endings answered_ = none;
    endings refused_ = none;
    endings unknown_ = none;
    time_point doubted_ = long_ago; ///< When a request was last refused without an explanation ...
    duration out_{0};               ///< ... and for how long a slot was left to somebody else then.
};

} // namespace autotask
