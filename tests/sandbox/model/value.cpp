#include "tests/sandbox/model/value.hpp"

#include <algorithm>

namespace sandbox {

value value::boolean(bool flag) {
    value result;
    result.kind_ = kind::boolean;
    result.data_.number = flag ? 1 : 0;
    return result;
}

value value::integer(std::int64_t number) {
    value result;
    result.kind_ = kind::integer;
    result.data_.number = number;
    return result;
}

value value::real(double number) {
    value result;
    result.kind_ = kind::real;
    result.data_.real = number;
    return result;
}

value value::text(std::string_view characters) {
    value result;
    result.data_.characters = new char[characters.size()];
    std::ranges::copy(characters, result.data_.characters);
    result.length_ = static_cast<std::uint32_t>(characters.size());
    result.kind_ = kind::text;
    return result;
}

value::value(const value& other) : value{} {
    if (other.kind_ == kind::text) {
        *this = text(other.as_text());
    } else {
        kind_ = other.kind_;
        data_ = other.data_;
    }
}

value::value(value&& other) noexcept : kind_{other.kind_}, length_{other.length_}, data_{other.data_} {
    other.kind_ = kind::null;
}

value& value::operator=(value other) noexcept {
    std::swap(kind_, other.kind_);
    std::swap(length_, other.length_);
    std::swap(data_, other.data_);
    return *this;
}

value::~value() {
    if (kind_ == kind::text)
        delete[] data_.characters;
}

bool operator==(const value& left, const value& right) {
    if (left.kind_ != right.kind_)
        return false;
    switch (left.kind_) {
    case value::kind::null:
        return true;
    case value::kind::boolean:
    case value::kind::integer:
        return left.data_.number == right.data_.number;
    case value::kind::real:
        return left.data_.real == right.data_.real;
    case value::kind::text:
        return left.as_text() == right.as_text();
    }
    return false;
}

} // namespace sandbox
