#include "autotask/json_check.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <limits>

namespace autotask {
namespace {

/// The decoders read no further down, either.
constexpr std::size_t deepest = 32;

/// Takes everything and keeps nothing.
struct null_handler {
    using code = boost::json::error_code;
    using text = boost::json::string_view;

    static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_array_size = max_object_size;
    static constexpr std::size_t max_key_size = max_object_size;
    static constexpr std::size_t max_string_size = max_object_size;

    bool on_document_begin(code&) { return true; }
    bool on_document_end(code&) { return true; }
    bool on_object_begin(code&) { return true; }
    bool on_object_end(std::size_t, code&) { return true; }
    bool on_array_begin(code&) { return true; }
    bool on_array_end(std::size_t, code&) { return true; }
    bool on_key_part(text, std::size_t, code&) { return true; }
    bool on_key(text, std::size_t, code&) { return true; }
    bool on_string_part(text, std::size_t, code&) { return true; }
    bool on_string(text, std::size_t, code&) { return true; }
    bool on_number_part(text, code&) { return true; }
    bool on_int64(std::int64_t, text, code&) { return true; }
    bool on_uint64(std::uint64_t, text, code&) { return true; }
    bool on_double(double, text, code&) { return true; }
    bool on_bool(bool, code&) { return true; }
    bool on_null(code&) { return true; }
    bool on_comment_part(text, code&) { return true; }
    bool on_comment(text, code&) { return true; }
};

} // namespace

bool is_one_json_document(std::string_view text) {
    boost::json::parse_options options;
    options.max_depth = deepest;
    options.allow_invalid_utf8 = true;
    boost::json::basic_parser<null_handler> parser(options);
    boost::json::error_code failed;
    const auto used = parser.write_some(false, text.data(), text.size(), failed);
    return !failed && used == text.size();
}

} // namespace autotask
