#include "tests/lint/rules.hpp"

namespace lint {

std::string to_string(const finding& one) {
    return one.path + ":" + std::to_string(one.line) + ": " + one.sentence;
}

std::vector<finding> check(const rule& by, std::string_view path, std::string_view text) {
    const auto lexemes = lexemes_of(text);
    const source_file file{path, lexemes};
    return by.check(file);
}

} // namespace lint
