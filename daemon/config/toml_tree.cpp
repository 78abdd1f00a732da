#include "daemon/config/toml_tree.hpp"

namespace {

// Thrown where the library finds itself in a state that it took for impossible.
struct library_gave_up {};

[[noreturn]] void give_up() {
    throw library_gave_up();
}

} // namespace

// toml++ 3.3 trips over its own assertions on some broken files, such as one with the line "[[[instance]]]" (its pull
// request 301), and declares code unreachable that a letter like "ü" outside of quotes does reach. In a release build
// both are undefined behaviour. Here a failed assertion throws instead, in every build, and its test for blanks answers
// no where it has no answer. This is the only unit that includes the library, so no other one can disagree.
#undef NDEBUG
#define TOML_ASSERT(expression) (static_cast<bool>(expression) ? void() : give_up())
#define TOML_ENABLE_FORMATTERS 0
// clang-format off: the order is the point.
#include <toml++/impl/forward_declarations.h>
#include <toml++/impl/preprocessor.h>
#undef TOML_UNREACHABLE
#define TOML_UNREACHABLE return false
#include <toml++/impl/unicode.h>
#undef TOML_UNREACHABLE
#define TOML_UNREACHABLE give_up()
#include <toml++/toml.h>
// clang-format on

#include <algorithm>
#include <fmt/format.h>

namespace contactd {

namespace {

int line_of(const toml::source_region& source) {
    return static_cast<int>(source.begin.line);
}

toml_position place_of(const toml::source_position& position) {
    return {static_cast<int>(position.line), static_cast<int>(position.column)};
}

// The library's own writing of them is switched off above, and this is for comparing only.
std::string words_of(const toml::date& date) {
    return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::string words_of(const toml::time& time) {
    return fmt::format("{:02}:{:02}:{:02}.{:09}", time.hour, time.minute, time.second, time.nanosecond);
}

std::string words_of(const toml::date_time& both) {
    const std::string offset = both.offset ? fmt::format("{:+}", both.offset->minutes) : std::string();
    return words_of(both.date) + 'T' + words_of(both.time) + offset;
}

toml_node copy(const toml::node& from);

std::vector<toml_node> copy_table(const toml::table& from) {
    std::vector<toml_node> children;
    for (auto&& [key, value] : from) {
        toml_node child = copy(value);
        child.key = std::string(key.str());
        // The key says where to look; an implicit table, as in "[a.b]", has no line of its own either way.
        if (line_of(key.source()) > 0)
            child.line = line_of(key.source());
        children.push_back(std::move(child));
    }
    // The library sorts by key, which would put messages in an order that nobody can follow.
    std::stable_sort(children.begin(), children.end(),
                     [](const toml_node& a, const toml_node& b) { return a.line < b.line; });
    return children;
}

// The library bounds the depth of what it parses (TOML_MAX_NESTED_VALUES), and so the depth of this recursion.
toml_node copy(const toml::node& from) {
    toml_node to;
    to.line = line_of(from.source());
    to.value_begin = place_of(from.source().begin);
    to.value_end = place_of(from.source().end);
    if (const auto* table = from.as_table()) {
        to.kind = toml_kind::table;
        to.children = copy_table(*table);
    } else if (const auto* array = from.as_array()) {
        to.kind = toml_kind::array;
        for (const toml::node& item : *array)
            to.children.push_back(copy(item));
    } else if (const auto* text = from.as_string()) {
        to.kind = toml_kind::text;
        to.text = text->get();
    } else if (const auto* integer = from.as_integer()) {
        to.kind = toml_kind::integer;
        to.integer = integer->get();
    } else if (const auto* number = from.as_floating_point()) {
        to.kind = toml_kind::number;
        to.number = number->get();
    } else if (const auto* boolean = from.as_boolean()) {
        to.kind = toml_kind::boolean;
        to.boolean = boolean->get();
    } else {
        to.kind = toml_kind::date_or_time;
        if (const auto* date = from.as_date())
            to.text = words_of(date->get());
        else if (const auto* time = from.as_time())
            to.text = words_of(time->get());
        else if (const auto* both = from.as_date_time())
            to.text = words_of(both->get());
    }
    return to;
}

struct translation {
    std::string_view said; ///< A part of the library's description; the first that occurs wins.
    std::string_view what;
};

// The library's own words quote the text around the fault, so none of them is passed on.
constexpr translation translations[] = {
    {"cannot redefine existing", "This key or section is in the file already."},
    {"cannot insert", "This key or section is in the file already."},
    {"could not determine value type", "This value is not valid TOML; a text needs quotes around it."},
    {"while parsing boolean", "This value is not valid TOML; a text needs quotes around it."},
    {"UTF-8", "The file is not UTF-8 text here."},
    {"utf-8", "The file is not UTF-8 text here."},
    {"encountered end-of-file", "The file ends in the middle of a key or value."},
    {"expected '='", "A key must be followed by \"=\" and its value."},
    {"expected value, saw", "There is no value after the \"=\"."},
    {"while parsing table header", "A section is written as [name], alone on its line."},
    {"while parsing array", "This array is not valid TOML; a comma separates its values and \"]\" ends it."},
    {"while parsing inline table",
     "This inline table is not valid TOML; it stands on one line, and no comma comes before its \"}\"."},
    {"string", "This text is not valid TOML; its closing quote is missing, or a backslash in it is not written twice."},
    {"integer", "This number is not valid TOML; a text needs quotes around it."},
    {"floating-point", "This number is not valid TOML; a text needs quotes around it."},
    {"date", "This date or time is not valid TOML; a text needs quotes around it."},
    {"time", "This date or time is not valid TOML; a text needs quotes around it."},
    {"while parsing key-value pair", "Nothing but a comment may follow a value on its line."},
};

std::string in_our_words(std::string_view said) {
    for (const translation& each : translations)
        if (said.find(each.said) != std::string_view::npos)
            return std::string(each.what);
    return "This is not valid TOML.";
}

// The first line that looks like the heading the library gives up on, or 0: it does not say where it was.
int line_of_odd_heading(std::string_view text) {
    int line = 1;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view heading = text.substr(0, end);
        const auto skip_blanks = [&heading] {
            heading.remove_prefix(std::min(heading.find_first_not_of(" \t"), heading.size()));
        };
        skip_blanks();
        if (heading.starts_with('[')) {
            heading.remove_prefix(heading.starts_with("[[") ? 2 : 1);
            skip_blanks();
            const char first = heading.empty() ? ']' : heading.front();
            const bool letter_or_digit =
                (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') || (first >= '0' && first <= '9');
            if (!letter_or_digit && std::string_view("-_\"'").find(first) == std::string_view::npos)
                return line;
        }
        text.remove_prefix(std::min(end + 1, text.size()));
        ++line;
    }
    return 0;
}

// The first line that holds a key of more parts than anybody means, or 0. The library bounds how deep values are
// nested, but not the tables that dots in a key make, and each of them takes its room on the stack.
int line_of_deep_key(std::string_view text) {
    constexpr int most_parts = 1000;
    constexpr std::string_view ends_a_key = ",={}[]\n";
    int line = 1;
    int parts = 0;
    for (const char c : text) {
        if (ends_a_key.contains(c))
            parts = 0;
        else if (c == '.' && ++parts > most_parts)
            return line;
        line += c == '\n' ? 1 : 0;
    }
    return 0;
}

} // namespace

const toml_node* toml_node::find(std::string_view name) const {
    const auto found =
        std::find_if(children.begin(), children.end(), [name](const toml_node& child) { return child.key == name; });
    return kind == toml_kind::table && found != children.end() ? &*found : nullptr;
}

std::string_view kind_in_words(toml_kind kind) {
    switch (kind) {
    case toml_kind::table:
        return "a section or table";
    case toml_kind::array:
        return "an array";
    case toml_kind::text:
        return "a text";
    case toml_kind::integer:
        return "an integer";
    case toml_kind::number:
        return "a number with a fraction";
    case toml_kind::boolean:
        return "true or false";
    case toml_kind::date_or_time:
        break;
    }
    return "a date or time";
}

// The one place where the library's exceptions become values.
std::expected<toml_node, toml_syntax_error> parse_toml(std::string_view text) {
    if (const int line = line_of_deep_key(text))
        return std::unexpected(toml_syntax_error{line, 0, "This key has too many parts."});
    try {
        const toml::table table = toml::parse(text);
        toml_node root;
        root.line = 1;
        root.children = copy_table(table);
        return root;
    } catch (const toml::parse_error& error) {
        const toml::source_position& at = error.source().begin;
        return std::unexpected(toml_syntax_error{static_cast<int>(at.line), static_cast<int>(at.column),
                                                 in_our_words(error.description())});
    } catch (const library_gave_up&) {
        return std::unexpected(toml_syntax_error{
            line_of_odd_heading(text), 0, "This is not valid TOML; a section is written as [name] or [[instance]]."});
    }
}

} // namespace contactd
