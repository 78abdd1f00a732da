#include "core/name_forms.hpp"

#include "core/ascii.hpp"
#include "core/fold.hpp"
#include "core/plain_letters.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace core {
namespace {

/// Signs that a login name drops of a name: "O'Brien", "Anna-Lena", "van der Berg".
std::string letters_of(std::string_view name) {
    std::string made;
    for (const char c : name)
        if (static_cast<unsigned char>(c) >= 0x80 || is_ascii_letter(c) || is_ascii_digit(c))
            made += c;
    return made;
}

/// The first letter, which may take several bytes in UTF-8.
std::string_view first_letter(std::string_view name) {
    std::size_t size = 1;
    while (size < name.size() && (static_cast<unsigned char>(name[size]) & 0xC0) == 0x80)
        ++size;
    return name.substr(0, size);
}

std::string form_of(rule form, std::string_view first, std::string_view last) {
    std::string made;
    switch (form) {
    case rule::first_dot_last:
        return made.append(first).append(".").append(last);
    case rule::firstlast:
        return made.append(first).append(last);
    case rule::flast:
        return made.append(first_letter(first)).append(last);
    case rule::firstl:
        return made.append(first).append(first_letter(last));
    default:
        return made;
    }
}

void add_new(std::vector<std::string>& to, std::string one) {
    if (std::ranges::find(to, one) == to.end())
        to.push_back(std::move(one));
}

} // namespace

std::vector<std::string> name_forms(rule form, std::string_view first_name, std::string_view last_name) {
    std::vector<std::string> made;
    for (const auto& first : plain_spellings(fold(first_name)))
        for (const auto& last : plain_spellings(fold(last_name))) {
            const auto plain_first = letters_of(first);
            const auto plain_last = letters_of(last);
            if (plain_first.empty() || plain_last.empty())
                continue;
            auto one = form_of(form, plain_first, plain_last);
            if (utf16_units(one) >= shortest_name_form)
                add_new(made, std::move(one));
        }
    return made;
}

std::vector<std::string> comparable_with_name_forms(std::string_view folded_account) {
    auto all = plain_spellings(folded_account);
    for (auto& one : all)
        std::erase_if(one, [](char c) { return c == '-' || c == '\''; });
    return all;
}

} // namespace core
