#pragma once

#include "core/policy.hpp"
#include "core/rules.hpp"
#include "daemon/config/config.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace contactd {

/// The words of an enumeration as they stand in the file; the first is the default.
template <class T, std::size_t N>
class choices {
public:
    constexpr choices(const std::array<std::string_view, N>& words, const std::array<T, N>& values)
        : words_(words), values_(values) {}

    constexpr std::span<const std::string_view> words() const { return words_; }

    constexpr std::optional<T> value_of(std::string_view word) const {
        for (std::size_t i = 0; i < N; ++i)
            if (words_[i] == word)
                return values_[i];
        return std::nullopt;
    }

    constexpr std::string_view word_of(T value) const {
        for (std::size_t i = 0; i < N; ++i)
            if (values_[i] == value)
                return words_[i];
        return {};
    }

private:
    std::array<std::string_view, N> words_;
    std::array<T, N> values_;
};

inline constexpr choices<core::write_policy, 2> write_choices{
    {"reassign", "fill-empty"}, {core::write_policy::reassign, core::write_policy::fill_empty}};

inline constexpr choices<shared_devices, 2> shared_devices_choices{{"assign", "skip"},
                                                                   {shared_devices::assign, shared_devices::skip}};

inline constexpr choices<manual_changes, 3> manual_changes_choices{
    {"until_user_changes", "always", "never"},
    {manual_changes::until_user_changes, manual_changes::always, manual_changes::never}};

inline constexpr choices<company_choice, 2> company_choices{{"mapped", "all"},
                                                            {company_choice::mapped, company_choice::all}};

/// The words of the keys that stay words in the configuration.
inline constexpr std::array<std::string_view, 5> log_levels{"trace", "debug", "info", "warn", "error"};
inline constexpr std::array<std::string_view, 3> contact_email_fields{"emailAddress", "emailAddress2", "emailAddress3"};

} // namespace contactd
