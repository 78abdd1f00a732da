#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace sandbox {

/// SplitMix64. The distributions of the standard library differ between compilers, and the same seed shall give the
/// same bytes everywhere.
class random_source {
public:
    explicit random_source(std::uint64_t seed) : state_{seed} {}

    [[nodiscard]] std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31U);
    }

    /// Evenly among 0 ... bound-1. The bias of the remainder is far below what anybody could see.
    [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return bound == 0 ? 0 : next() % bound; }
    [[nodiscard]] std::int64_t between(std::int64_t low, std::int64_t high) {
        return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low + 1)));
    }
    /// True in so many of a thousand cases.
    [[nodiscard]] bool per_mille(std::uint64_t chance) { return below(1'000) < chance; }
    [[nodiscard]] double unit() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }

    template <typename T>
    [[nodiscard]] const T& pick(std::span<const T> list) {
        return list[below(list.size())];
    }

private:
    std::uint64_t state_;
};

} // namespace sandbox
