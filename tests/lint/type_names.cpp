#include "tests/lint/type_names.hpp"

#include <optional>

namespace lint {

namespace {

/// What a pair of braces encloses.
struct scope {
    enum class kind { named, nameless, other } what = kind::other;
    std::string name; ///< Of a namespace: "a::b".
};

/// Follows the braces of a file.
class walker {
public:
    explicit walker(const std::vector<lexeme>& in) : in_(in) {}

    std::vector<type_name> run() {
        for (at_ = 0; at_ < in_.size(); ++at_) {
            if (in_[at_].of_directive)
                continue;
            if (word("namespace"))
                open_namespace();
            else if (is_at_namespace_scope() && (word("struct") || word("class") || word("union") || word("enum")))
                take_type();
            else if (word("{"))
                open_.push_back({});
            else if (word("}") && !open_.empty())
                open_.pop_back();
        }
        return std::move(found_);
    }

private:
    bool word(std::string_view expected, std::size_t ahead = 0) const {
        return at_ + ahead < in_.size() && in_[at_ + ahead].is(expected);
    }

    bool is_at_namespace_scope() const {
        for (const auto& one : open_)
            if (one.what != scope::kind::named)
                return false;
        return true;
    }

    /// "namespace a::b {" and "namespace {"; an alias and a using directive open nothing.
    void open_namespace() {
        scope made{scope::kind::nameless, {}};
        std::size_t ahead = 1;
        for (; at_ + ahead < in_.size() && (in_[at_ + ahead].kind == lexeme_kind::word || word("::", ahead)); ++ahead) {
            made.what = scope::kind::named;
            made.name += in_[at_ + ahead].text;
        }
        if (!word("{", ahead))
            return;
        open_.push_back(std::move(made));
        at_ += ahead;
    }

    /// A definition goes on with its body, or with what comes before it: "final" and the bases.
    void take_type() {
        std::size_t ahead = 1;
        if (word("class", ahead) || word("struct", ahead))
            ++ahead;
        if (at_ + ahead >= in_.size() || in_[at_ + ahead].kind != lexeme_kind::word)
            return;
        const auto& name = in_[at_ + ahead];
        at_ += ahead; // "enum class" is one definition.
        const std::size_t next = 1;
        if (!word("{", next) && !word("final", next) && !word(":", next))
            return;
        std::string whole;
        for (const auto& one : open_)
            whole += one.name + "::";
        found_.push_back({whole + std::string(name.text), name.line});
    }

    const std::vector<lexeme>& in_;
    std::size_t at_ = 0;
    std::vector<scope> open_;
    std::vector<type_name> found_;
};

} // namespace

std::vector<type_name> types_defined(const std::vector<lexeme>& in) {
    return walker(in).run();
}

} // namespace lint
