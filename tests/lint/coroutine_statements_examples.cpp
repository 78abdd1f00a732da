#include "tests/lint/examples.hpp"

#include <string>
#include <utility>

namespace {

/// Each in a coroutine of its own, whose first line is the first of the example's.
void in_coroutine(std::string_view body, std::vector<std::size_t> lines) {
    const auto text = "asio::awaitable<void> visit::go(const a& one, b* two) {" + std::string(body) + "\n}\n";
    lint_tests::check_examples(lint::coroutine_statements, {{"daemon/a.cpp", text, std::move(lines)}});
}

} // namespace

TEST_CASE("A lambda that captures is named before the statement that awaits") {
    in_coroutine("co_await each([x](int y) { return x + y; });", {1});
    in_coroutine("co_await each([&] { return 1; });", {1});
    in_coroutine("co_await each([=]() mutable noexcept { return 1; });", {1});
    in_coroutine("const auto a =\n co_await each(\n[this]<class T>(T one) -> std::pair<int, T> { return f(one); });",
                 {3});
    in_coroutine("co_return co_await [self = std::move(self)]() -> asio::awaitable<int> { co_return 1; }();", {1});
    in_coroutine("[x] { f(x); }(co_await g());", {1});
    in_coroutine("while (co_await each([&list] { return list; }))\n f();", {1});
    in_coroutine("for (const auto& a : co_await each([&list] { return list; }))\n f(a);", {1});
    in_coroutine("f([&]() -> asio::awaitable<void> {\n co_await g([x] { return x; });\n});", {2});
}

TEST_CASE("A lambda without captures, a subscript, a binding and an attribute are none that captures") {
    in_coroutine("co_await each([](int y) { return y; });", {});
    in_coroutine("f(list[x], a()[x], a<b>[x], c[d[x]], co_await g());", {});
    in_coroutine("const auto [a, b] = co_await f();\nauto& [c, d] = co_await g();\nauto&& [e] = co_await h();", {});
    in_coroutine("[[maybe_unused]] const auto a = co_await f();", {});
    in_coroutine("delete[] (co_await f());", {});
    in_coroutine("int a[2];\nco_await f(a);", {});
}

TEST_CASE("A lambda is named in one statement and awaited in the next, and its body is one of its own") {
    in_coroutine("const auto a = [x](int y) { return x + y; };\nco_await each(a);", {});
    in_coroutine("const auto task = [&]() -> asio::awaitable<void> {\n co_await f();\n};\nstart(task());", {});
    in_coroutine("start([&]() -> asio::awaitable<void> { co_await f(); }());", {});
    in_coroutine("f(g{1}, [] { return a ? b : c; }, []() -> asio::awaitable<void> { co_await f(); });", {});
    in_coroutine("co_await each([](int y) { return y ? g{y} : g{1}; });", {});
}

TEST_CASE("What is initialised in braces is named before the statement that awaits") {
    in_coroutine("co_await f(g{1});", {1});
    in_coroutine("co_await f({1, 2});", {1});
    in_coroutine("co_await f({});", {1});
    in_coroutine("co_await f(\n a,\n {.b = 1});", {3});
    in_coroutine("co_await f(std::vector<int>{});", {1});
    in_coroutine("const g a{co_await f()};", {1});
    in_coroutine("co_return g{co_await f(), 1};", {1});
    in_coroutine("if (a)\n co_await f(g{1});\nelse\n co_await f(g{2});", {2, 4});
    in_coroutine("if (const auto a = co_await f(g{1}); a) {\n h();\n}", {1});
    in_coroutine("switch (co_await f(g{1})) {\ncase 1:\n co_await f(g{2});\ndefault:\n co_await f({});\n}", {1, 3, 5});
    in_coroutine("do {\n} while (co_await f(g{1}));", {2});
    in_coroutine("try {\n co_await f(g{1});\n} catch (...) {\n}", {2});
    in_coroutine("{\n {\n co_await f(g{1});\n }\n}", {3});
}

TEST_CASE("A block is no initialiser, and an initialiser beside no co_await is none of our business") {
    in_coroutine("g a{1};\nco_await f(a);\ng b{2};", {});
    in_coroutine("if (co_await f()) {\n g({1});\n} else if (co_await h()) {\n g({2});\n}", {});
    in_coroutine("if constexpr (a) {\n co_await f();\n}", {});
    in_coroutine("for (auto a = co_await f(); a < 3; g({1}), ++a) {\n h(a);\n}", {});
    in_coroutine("for (const auto& a : co_await f()) {\n h(a);\n}", {});
    in_coroutine("for (const int a : {1, 2})\n co_await f(a);", {});
    in_coroutine("switch (co_await f()) {\ncase 1: {\n g({1});\n}\n}", {});
    in_coroutine("struct g {\n int a{1};\n int b() const { return a ? 1 : 2; }\n};\nco_await f();", {});
    in_coroutine("struct sigaction a{};\nco_await f();", {});
    in_coroutine("for (;;) {\n co_await f();\n}", {});
    in_coroutine("const auto a = 1'000'000 + '{' + '\\'' + \"{ ? \\\" [x]\"[0];\nco_await f('{', \"{?\", R\"-({)-\");",
                 {});
    in_coroutine("co_await f(); // g{1} ? [x]\nco_await f(/* {} */);", {});
    in_coroutine("\n#if A ? 1 : 2\n co_await f();\n#endif", {});
}

TEST_CASE("A choice is made before the statement that awaits") {
    in_coroutine("const auto a = b ? co_await f() : co_await g();", {1});
    in_coroutine("co_await f(a ? b : c);", {1});
    in_coroutine("co_return co_await f() ? 1 : 2;", {1});
    in_coroutine("const auto d = a ? b : c;\nco_await f(d);\nco_return a ? 1 : 2;", {});
    in_coroutine("co_await f(a\n ? [b] { return g{1}; }\n : h{1});", {2, 3, 2});
}

TEST_CASE("Functions are found wherever they stand") {
    lint_tests::check_examples(
        lint::coroutine_statements,
        {
            {"core/a.hpp",
             "namespace a::b {\n"
             "inline namespace c {\n"
             "template <class T, int N = 3>\n"
             "class [[nodiscard]] d final : public e<T> {\n"
             "public:\n"
             "    explicit d(f one) : e<T>{one}, one_{one}, two_(one) { start(g{1}); }\n"
             "    d& operator=(const d&) { return *this; }\n"
             "    auto operator()() const noexcept -> asio::awaitable<void> { co_await f({}); }\n"
             "private:\n"
             "    asio::awaitable<void> g() override {\n"
             "        co_await f({});\n"
             "    }\n"
             "    std::function<int()> h_ = [] { return 1; };\n"
             "    int i_{1};\n"
             "};\n"
             "enum class j : int { k, l };\n"
             "constexpr int m[]{1, 2};\n"
             "template <class T>\n"
             "concept n = requires(T one) { one.o(); };\n"
             "extern \"C\" {\n"
             "asio::awaitable<void> p() { co_await f({}); }\n"
             "}\n"
             "}\n"
             "}\n"
             "TEST_CASE(\"q\") {\n"
             "    SECTION(\"r\") {\n"
             "        const auto s = []() -> asio::awaitable<void> { co_await f({}); };\n"
             "    }\n"
             "}\n",
             {8, 11, 21, 27}},
        });
}
