#include "tests/lint/statements.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

namespace lint {

namespace {

using namespace std::string_view_literals;

template <std::size_t Size>
bool is_one_of(const lexeme& one, const std::array<std::string_view, Size>& words) {
    return one.kind == lexeme_kind::word && std::ranges::find(words, one.text) != words.end();
}

constexpr std::array with_condition{"if"sv, "while"sv, "for"sv, "switch"sv, "catch"sv};
constexpr std::array before_class_key{"static"sv, "inline"sv, "constexpr"sv, "const"sv, "typedef"sv};
constexpr std::array class_keys{"class"sv, "struct"sv, "union"sv, "enum"sv};
/// Words after which an expression begins, and with it a '[' a lambda.
constexpr std::array before_expression{"return"sv, "co_return"sv, "co_await"sv, "co_yield"sv,
                                       "throw"sv,  "case"sv,      "else"sv,     "do"sv};

class splitter {
public:
    explicit splitter(const std::vector<lexeme>& source) {
        std::ranges::copy_if(source, std::back_inserter(code_), [](const lexeme& one) { return !one.of_directive; });
    }

    std::vector<statement> all() {
        while (!over()) {
            block(scope::declarations);
            ++at_; // A '}' too many.
        }
        return std::move(found_);
    }

private:
    enum class scope { declarations, code };

    /// What was seen of a statement outside of all parentheses: it tells what a '{' begins.
    struct outline {
        std::size_t begin = 0;
        bool parentheses = false;
        bool equals = false;
        bool members = false; ///< The ':' before the members that a constructor initialises.
    };

    bool over() const { return at_ >= code_.size(); }
    bool here(std::string_view expected) const { return is(at_, expected); }
    bool is(std::size_t index, std::string_view expected) const {
        return index < code_.size() && code_[index].is(expected);
    }

    /// Up to the '}' that closes it, or to the end.
    void block(scope in) {
        while (!over() && !here("}"))
            one(in);
    }

    void closed_block(scope in) {
        ++at_;
        block(in);
        ++at_;
    }

    void one(scope in) {
        if (in == scope::code && here("{"))
            closed_block(scope::code);
        else if (in == scope::code && is_one_of(code_[at_], with_condition))
            condition();
        else if (in == scope::code && (here("else") || here("do") || here("try")))
            ++at_;
        else if (in == scope::code && (here("case") || (here("default") && is(at_ + 1, ":"))))
            label();
        else
            plain(in);
    }

    void condition() {
        ++at_;
        while (!over() && !here("(") && !here(";") && !here("{") && !here("}"))
            ++at_; // constexpr
        if (!here("("))
            return;
        ++at_;
        statement part;
        while (!over() && !here(")")) {
            if (here(";")) {
                found_.push_back(part);
                part = statement();
                ++at_;
            } else {
                piece(part);
            }
        }
        found_.push_back(part);
        ++at_;
    }

    void label() {
        statement whole;
        while (!over() && !here(":") && !here("}"))
            piece(whole);
        found_.push_back(whole);
        if (here(":"))
            ++at_;
    }

    void plain(scope in) {
        while (here("template"))
            at_ = after_template_list(at_ + 1);
        outline seen;
        seen.begin = at_;
        begin_ = at_;
        statement whole;
        while (!over() && !here("}")) {
            if (here(";")) {
                ++at_;
                break;
            }
            if (here("{")) {
                if (const auto body = body_begins(in, seen)) {
                    found_.push_back(whole);
                    closed_block(*body);
                    return;
                }
            }
            seen.parentheses |= here("(");
            seen.equals |= here("=") && !is(at_ - 1, "operator");
            seen.members |= here(":") && seen.parentheses;
            piece(whole);
        }
        found_.push_back(whole);
    }

    /// What kind of a block the '{' here begins. Nothing when it begins an initialiser.
    std::optional<scope> body_begins(scope in, const outline& seen) const {
        if (class_is_defined(seen))
            return scope::declarations;
        if (in == scope::code)
            return is(at_ - 1, ")") ? std::optional(scope::code) : std::nullopt; // After a macro: SECTION("...") {
        if (is(seen.begin, "namespace") || is(seen.begin + 1, "namespace"))
            return scope::declarations;
        if (is(seen.begin, "extern") && seen.begin + 2 == at_)
            return scope::declarations;
        if (!seen.parentheses || seen.equals)
            return std::nullopt;
        const bool names_member = seen.members && (code_[at_ - 1].kind == lexeme_kind::word || is(at_ - 1, ">"));
        return names_member ? std::nullopt : std::optional(scope::code);
    }

    /// Whether "struct name", perhaps with a base after it, is all there was.
    bool class_is_defined(const outline& seen) const {
        if (seen.parentheses || seen.equals)
            return false;
        auto index = seen.begin;
        while (index < at_ && is_one_of(code_[index], before_class_key))
            ++index;
        if (index >= at_ || !is_one_of(code_[index], class_keys))
            return false;
        while (index < at_ && (is_one_of(code_[index], class_keys) || code_[index].is("[")))
            index = code_[index].is("[") ? after_attribute(index) : index + 1;
        bool named = false;
        for (; index < at_ && !is(index, ":") && !is(index, "final"); ++index) {
            if (is(index, "<"))
                index = after_template_list(index) - 1;
            else if (code_[index].kind == lexeme_kind::word && named && !is(index - 1, "::"))
                return false; // "struct sigaction now{};" is a variable.
            named = true;
        }
        return true;
    }

    std::size_t after_attribute(std::size_t index) const {
        while (index < code_.size() && !(is(index, "]") && is(index + 1, "]")))
            ++index;
        return std::min(index + 2, code_.size());
    }

    std::size_t after_template_list(std::size_t index) const {
        std::size_t depth = 0;
        do {
            if (is(index, "<"))
                ++depth;
            else if (is(index, ">") && depth > 0)
                --depth;
            ++index;
        } while (index < code_.size() && depth > 0);
        return index;
    }

    /// A lexeme, or everything from an opening bracket to the closing one.
    void piece(statement& of) {
        if (here("(")) {
            group(of, ")");
        } else if (here("{")) {
            note(of.braces);
            group(of, "}");
        } else if (here("[")) {
            bracket(of);
        } else {
            if (here("co_await") && !is(at_ - 1, "operator"))
                note(of.awaits);
            else if (here("?"))
                note(of.chooses);
            ++at_;
        }
    }

    void note(std::optional<std::size_t>& line) const {
        if (!line)
            line = code_[at_].line;
    }

    void group(statement& of, std::string_view close) {
        ++at_;
        while (!over() && !here(close)) {
            if (here(")") || here("]") || here("}"))
                return; // Not closed.
            piece(of);
        }
        ++at_;
    }

    void bracket(statement& of) {
        if (is(at_ + 1, "[")) { // An attribute. No subscript may begin like this.
            at_ = after_attribute(at_);
        } else if (is_subscript()) {
            group(of, "]");
        } else {
            if (!is(at_ + 1, "]"))
                note(of.captures);
            group(of, "]");
            rest_of_lambda(of);
        }
    }

    /// Whether the '[' here follows a value or a name, those of a structured binding among them.
    bool is_subscript() const {
        if (at_ == 0 || at_ == begin_)
            return false;
        const auto& before = code_[at_ - 1];
        if (before.kind == lexeme_kind::word)
            return !is_one_of(before, before_expression);
        if (before.is("&") || before.is("&&"))
            return at_ >= 2 && is(at_ - 2, "auto");
        return before.kind != lexeme_kind::punctuation || before.is(")") || before.is("]") || before.is("}") ||
               before.is(">");
    }

    void rest_of_lambda(statement& of) {
        std::size_t depth = 0; // In the arguments of a template.
        while (!over() && !here("{")) {
            if (here(";") || here(")") || here("]") || here("}") || (here(",") && depth == 0))
                return; // No lambda after all.
            if (here("<"))
                ++depth;
            else if (here(">") && depth > 0)
                --depth;
            piece(of);
        }
        const auto outer = begin_;
        closed_block(scope::code);
        begin_ = outer;
    }

    std::vector<lexeme> code_;
    std::size_t at_ = 0;
    std::size_t begin_ = 0; ///< Of the statement that is being read.
    std::vector<statement> found_;
};

} // namespace

std::vector<statement> statements_of(const std::vector<lexeme>& source) {
    return splitter(source).all();
}

} // namespace lint
