#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace core {

/// Which contacts may be written.
enum class write_policy {
    fill_empty, ///< Only where no contact is set.
    reassign,   ///< Also where another contact is set.
};

/// How long a contact stands that a human set after we wrote another.
enum class manual_changes {
    until_user_changes, ///< Until somebody else uses the device.
    always,
    never,
};

/// What may be written of a company: the effective `[policy]` of one instance or organization.
struct policy {
    write_policy write = write_policy::reassign;
    double brake_percent = 30; ///< Hold a company when more than this share of its assigned devices would be reassigned
                               ///< ...
    std::int64_t brake_minimum = 10; ///< ... and at least this many.
    manual_changes manual = manual_changes::until_user_changes;
    std::int64_t stable_sweeps = 1;    ///< A contact is assigned when it was derived in so many sweeps in a row ...
    std::chrono::seconds stable_for{}; ///< ... and for so long.
    bool skip_shared = false;          ///< Leave devices alone that more than this many people use ...
    std::int64_t shared_users = 3;
    std::chrono::seconds shared_window{std::chrono::hours(30 * 24)}; ///< ... within so long.
};

/// What the brake looks at, of one company.
struct brake_counts {
    std::int64_t would_reassign = 0;
    std::int64_t assigned_devices = 0; ///< Devices in scope that have a contact and a last user.
};

/// True when so many contacts would be replaced that it looks like a mistake: nothing of the company may be written.
bool brake_holds(const brake_counts& counts, const policy& limits);

/// How many changes may still be made: `max_changes` of one instance, or `--limit` of one command.
class allowance {
public:
    /// Nothing is no limit.
    explicit allowance(std::optional<std::int64_t> changes) : left_(changes) {}

    bool spent() const { return left_ && *left_ <= 0; }

    void take() {
        if (left_)
            --*left_;
    }

    bool limited() const { return left_.has_value(); }

private:
    std::optional<std::int64_t> left_;
};

} // namespace core
