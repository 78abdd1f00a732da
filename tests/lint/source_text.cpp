#include "tests/lint/source_text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace lint {

namespace {

using namespace std::string_view_literals;

/// Longer ones first. '>' always stands alone: two of them may close two lists of template arguments.
constexpr std::array signs{"..."sv, "<=>"sv, "<<="sv, "->*"sv, "::"sv, "->"sv, "=="sv, "!="sv,
                           "<="sv,  "&&"sv,  "||"sv,  "++"sv,  "--"sv, "<<"sv, "+="sv, "-="sv,
                           "*="sv,  "/="sv,  "%="sv,  "&="sv,  "|="sv, "^="sv, "##"sv};
constexpr auto signs_go_on = ".=>:&|+-<#"sv;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_word_part(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_';
}

bool is_prefix_of_literal(std::string_view word) {
    constexpr std::array prefixes{"R"sv, "L"sv, "u"sv, "U"sv, "u8"sv, "LR"sv, "uR"sv, "UR"sv, "u8R"sv};
    return std::ranges::find(prefixes, word) != prefixes.end();
}

class scanner {
public:
    explicit scanner(std::string_view text) : text_(text) {}

    std::vector<lexeme> all() {
        while (at_ < text_.size())
            step();
        return std::move(found_);
    }

private:
    bool here(std::string_view expected) const { return text_.substr(at_).starts_with(expected); }
    char next() const { return at_ + 1 < text_.size() ? text_[at_ + 1] : '\0'; }

    void move_to(std::size_t end) {
        end = std::min(end, text_.size());
        for (; at_ < end; ++at_)
            line_ += text_[at_] == '\n';
    }

    void step() {
        const char c = text_[at_];
        if (c == '\n') {
            in_directive_ = false;
            line_is_empty_ = true;
            move_to(at_ + 1);
        } else if (c == '\\' && next() == '\n') {
            move_to(at_ + 2);
        } else if (c == ' ' || c == '\t' || c == '\r') {
            move_to(at_ + 1);
        } else if (here("//")) {
            line_comment();
        } else if (here("/*")) {
            move_to(end_of("*/", at_ + 2));
        } else {
            const bool first = line_is_empty_;
            line_is_empty_ = false;
            if (c == '#' && first)
                directive();
            else
                token(c);
        }
    }

    /// Where the text after `mark` begins, or where everything ends.
    std::size_t end_of(std::string_view mark, std::size_t from) const {
        const auto found = text_.find(mark, from);
        return found == std::string_view::npos ? text_.size() : found + mark.size();
    }

    void line_comment() { // A backslash carries it on to the next line.
        while (at_ < text_.size() && text_[at_] != '\n')
            move_to(text_[at_] == '\\' && next() == '\n' ? at_ + 2 : at_ + 1);
    }

    void token(char c) {
        if (c == '"' || c == '\'')
            literal(c);
        else if (is_digit(c) || (c == '.' && is_digit(next())))
            number();
        else if (is_word_part(c))
            word();
        else
            sign();
    }

    void literal(char quote) {
        const auto line = line_;
        auto end = at_ + 1;
        while (end < text_.size() && text_[end] != quote && text_[end] != '\n')
            end += text_[end] == '\\' ? 2u : 1u;
        move_to(end < text_.size() && text_[end] == quote ? end + 1 : end); // An apostrophe in an #error ends nowhere.
        add(quote == '"' ? lexeme_kind::string : lexeme_kind::character, "", line);
    }

    void raw_string() {
        const auto line = line_;
        const auto open = std::min(text_.find('(', at_), text_.size());
        std::string close(")");
        close += text_.substr(at_ + 1, open - at_ - 1);
        move_to(end_of(close + '"', open));
        add(lexeme_kind::string, "", line);
    }

    void number() {
        const auto begin = at_;
        while (at_ < text_.size() && (is_word_part(text_[at_]) || text_[at_] == '.' || text_[at_] == '\''))
            ++at_;
        add(lexeme_kind::number, text_.substr(begin, at_ - begin), line_);
    }

    void word() {
        const auto begin = at_;
        while (at_ < text_.size() && is_word_part(text_[at_]))
            ++at_;
        const auto found = text_.substr(begin, at_ - begin);
        const char after = at_ < text_.size() ? text_[at_] : '\0';
        if ((after == '"' || after == '\'') && is_prefix_of_literal(found)) {
            if (after == '"' && found.ends_with('R'))
                raw_string();
            else
                literal(after);
        } else {
            add(lexeme_kind::word, found, line_);
        }
    }

    void sign() {
        std::size_t length = 1;
        if (signs_go_on.find(next()) != std::string_view::npos) {
            const auto longer = std::ranges::find_if(signs, [this](std::string_view one) { return here(one); });
            length = longer == signs.end() ? 1 : longer->size();
        }
        add(lexeme_kind::punctuation, text_.substr(at_, length), line_);
        at_ += length;
    }

    void directive() {
        in_directive_ = true;
        sign();
        skip_blanks();
        if (!here("include"))
            return;
        word();
        skip_blanks();
        if (!here("<") && !here("\""))
            return;
        const auto begin = at_ + 1;
        const auto end = std::min(text_.find_first_of(text_[at_] == '<' ? ">\n" : "\"\n", begin), text_.size());
        add(lexeme_kind::header, text_.substr(begin, end - begin), line_);
        move_to(end < text_.size() && text_[end] != '\n' ? end + 1 : end);
    }

    void skip_blanks() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t'))
            ++at_;
    }

    void add(lexeme_kind kind, std::string_view text, std::size_t line) {
        found_.push_back({kind, text, line, in_directive_});
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    bool line_is_empty_ = true; ///< So far.
    bool in_directive_ = false;
    std::vector<lexeme> found_;
};

} // namespace

std::vector<lexeme> lexemes_of(std::string_view text) {
    return scanner(text).all();
}

} // namespace lint
