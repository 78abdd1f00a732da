#include "core/company_name.hpp"

#include "core/ascii.hpp"
#include "core/fold.hpp"
#include "core/legal_forms.hpp"
#include "core/text.hpp"
#include "core/whole_letters.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <span>
#include <utf8proc.h>

namespace core {
namespace {

using namespace std::string_view_literals;

/// Putting combining marks in order takes time quadratic in their number. No name comes near this length.
constexpr std::size_t longest_name = 4096;

/// "g. m. b. h. & Co. k. g. a. a." has ten words.
constexpr std::size_t most_words_of_a_form = 10;

constexpr std::array words_for_and{"and"sv, "und"sv, "et"sv, "y"sv, "en"sv};

/// Every letter apart from its marks. The text itself when it is too long or not valid UTF-8.
std::string decomposed(std::string text) {
    if (text.size() > longest_name || is_ascii(text))
        return text;
    utf8proc_uint8_t* raw = nullptr;
    const auto size =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                     &raw, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE));
    const std::unique_ptr<utf8proc_uint8_t, decltype([](utf8proc_uint8_t* p) { std::free(p); })> owner(raw);
    if (size < 0)
        return text;
    return {reinterpret_cast<const char*>(raw), static_cast<std::size_t>(size)};
}

bool is_mark(utf8proc_int32_t c) {
    return c >= 0x300 && c <= 0x36F;
}

bool is_apostrophe(utf8proc_int32_t c) {
    return c == '\'' || c == '`' || c == 0xB4 || (c >= 0x2018 && c <= 0x201B);
}

/// What tells two names apart although it is no letter. A byte that is not valid UTF-8 (-1) is one of these.
bool belongs_to_word(utf8proc_int32_t c) {
    if (c < 0 || c == '#' || c == '%' || c == '@')
        return true;
    const auto category = utf8proc_category(c);
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO) || category == UTF8PROC_CATEGORY_SC;
}

bool leaves_no_trace(utf8proc_int32_t c) {
    return is_apostrophe(c) || utf8proc_category(c) == UTF8PROC_CATEGORY_CF; // Soft hyphens, characters without width.
}

/// Cuts a folded and decomposed name into words; "&" is a word of its own.
class word_cutter {
public:
    std::vector<name_word> cut(std::string_view text) {
        while (!text.empty()) {
            utf8proc_int32_t c = -1;
            const auto read = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                               static_cast<utf8proc_ssize_t>(text.size()), &c);
            const auto size = read > 0 ? static_cast<std::size_t>(read) : 1;
            take(read > 0 ? c : -1, text.substr(0, size));
            text.remove_prefix(size);
        }
        end_word();
        return std::move(words_);
    }

private:
    void take(utf8proc_int32_t c, std::string_view bytes) {
        if (is_mark(c) && latin_ != '\0') {
            mark(c);
            return;
        }
        latin_ = '\0';
        if (c == '&' || c == '+') {
            end_word();
            words_.push_back({"&", "&"});
        } else if (const auto found = std::ranges::find(whole_letters, static_cast<char32_t>(c), &whole_letter::letter);
                   found != whole_letters.end()) {
            add(found->plain, found->spelled);
        } else if (belongs_to_word(c)) {
            add(bytes, bytes);
            if (bytes.size() == 1 && is_ascii_letter(bytes.front()))
                latin_ = bytes.front();
        } else if (!leaves_no_trace(c)) {
            end_word();
        }
    }

    /// The marks of Latin letters go. Those of other scripts make another letter, as in "й", and stay.
    void mark(utf8proc_int32_t c) {
        if (c == 0x308 && (latin_ == 'a' || latin_ == 'o' || latin_ == 'u')) // Two dots.
            word_.spelled += 'e';
        else if (c == 0x30A && latin_ == 'a') // A ring.
            word_.spelled += 'a';
    }

    void add(std::string_view plain, std::string_view spelled) {
        word_.plain += plain;
        word_.spelled += spelled;
    }

    void end_word() {
        if (!word_.plain.empty())
            words_.push_back(std::move(word_));
        word_ = {};
        latin_ = '\0';
    }

    std::vector<name_word> words_;
    name_word word_;
    char latin_ = '\0'; ///< The Latin letter whose marks may follow.
};

void unify_and(std::vector<name_word>& words) {
    for (std::size_t i = 1; i + 1 < words.size(); ++i)
        if (std::ranges::find(words_for_and, words[i].plain) != words_for_and.end())
            words[i] = {"&", "&"};
}

/// The words run together. Between two numbers a blank counts: "1 2" is not "12".
std::string run_together(std::span<const name_word> words, std::string name_word::*which) {
    std::string key;
    for (const auto& one : words) {
        const auto& word = one.*which;
        if (!key.empty() && is_ascii_digit(key.back()) && is_ascii_digit(word.front()))
            key += ' ';
        key += word;
    }
    return key;
}

/// Takes the legal form off the end. The longest that fits, and never the whole name: a company may be called "Co".
void split_legal_form(company_name& name) {
    auto& words = name.words;
    if (words.empty())
        return;
    for (auto count = std::min(most_words_of_a_form, words.size() - 1); count > 0; --count) {
        const auto tail = std::span(words).last(count);
        const auto text = run_together(tail, &name_word::plain);
        const auto form = legal_form(text);
        if (form.empty())
            continue;
        // In "Smith & Co" the "Co" belongs to the name, as the partners do whom it stands for.
        if (words[words.size() - count - 1].plain == "&" && form.starts_with("Co"))
            continue;
        words.resize(words.size() - count);
        name.legal_form = form;
        name.form_may_be_word = may_be_another_word(text, count == text.size());
        return;
    }
}

} // namespace

company_name read_company_name(std::string_view text) {
    company_name name;
    name.words = word_cutter().cut(decomposed(fold(text)));
    if (name.words.empty()) {
        // Nothing but punctuation is a name all the same.
        const auto rest = fold(trim_blanks(without_zero_width(text)));
        if (!rest.empty())
            name.words.push_back({rest, rest});
    }
    unify_and(name.words);
    split_legal_form(name);
    if (name.words.size() > 1 && name.words.back().plain == "company")
        name.words.back() = {"co", "co"};
    name.plain_key = run_together(name.words, &name_word::plain);
    name.spelled_key = run_together(name.words, &name_word::spelled);
    return name;
}

bool is_same_name(const company_name& one, const company_name& other) {
    return one.plain_key == other.plain_key || one.spelled_key == other.spelled_key ||
           one.plain_key == other.spelled_key || one.spelled_key == other.plain_key;
}

bool legal_forms_differ(const company_name& one, const company_name& other) {
    return !one.legal_form.empty() && !other.legal_form.empty() && one.legal_form != other.legal_form;
}

} // namespace core
