#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace sandbox {

/// One cell of a row. Sixteen bytes, because a big tenant has millions of them. A date is an integer: milliseconds
/// since 1970 in UTC.
class value {
public:
    enum class kind : std::uint8_t { null, boolean, integer, real, text };

    value() = default;
    [[nodiscard]] static value boolean(bool flag);
    [[nodiscard]] static value integer(std::int64_t number);
    [[nodiscard]] static value real(double number);
    [[nodiscard]] static value text(std::string_view characters);

    value(const value& other);
    value(value&& other) noexcept;
    value& operator=(value other) noexcept;
    ~value();

    [[nodiscard]] kind type() const { return kind_; }
    [[nodiscard]] bool is_null() const { return kind_ == kind::null; }
    [[nodiscard]] bool as_boolean() const { return kind_ == kind::boolean && data_.number != 0; }
    [[nodiscard]] std::int64_t as_integer() const { return kind_ == kind::integer ? data_.number : 0; }
    [[nodiscard]] double as_real() const { return kind_ == kind::real ? data_.real : 0.0; }
    [[nodiscard]] std::string_view as_text() const {
        return kind_ == kind::text ? std::string_view{data_.characters, length_} : std::string_view{};
    }

    friend bool operator==(const value& left, const value& right);

private:
    kind kind_ = kind::null;
    std::uint32_t length_ = 0;
    union {
        std::int64_t number;
        double real;
        char* characters; ///< owned
    } data_{0};
};

static_assert(sizeof(value) == 16);

} // namespace sandbox
