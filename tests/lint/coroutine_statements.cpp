#include "tests/lint/rules.hpp"
#include "tests/lint/statements.hpp"

namespace lint {

namespace {

std::vector<finding> check_statements(const source_file& file) {
    std::vector<finding> found;
    const auto add = [&found, &file](std::optional<std::size_t> line, std::string_view what) {
        if (line)
            found.push_back({std::string(file.path), *line, std::string(what)});
    };
    for (const auto& one : statements_of(file.lexemes)) {
        if (!one.awaits)
            continue;
        add(one.captures, "a lambda that captures, in a statement with co_await: g++ 12 destroys what it captured "
                          "twice; name the lambda in a statement before");
        add(one.braces, "an initialiser in braces, in a statement with co_await: g++ 12 destroys such a temporary "
                        "twice; name it in a statement before");
        add(one.chooses, "?: in a statement with co_await: g++ 12 evaluates both sides; name the choice in a statement "
                         "before, or use if");
    }
    return found;
}

} // namespace

constinit const rule coroutine_statements{check_statements, {}};

} // namespace lint
