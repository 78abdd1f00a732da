#include "tests/sandbox/model/json_access.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "tests/sandbox/model/text.hpp"

namespace sandbox {

const boost::json::value* find_member(const boost::json::object& object, std::string_view name) {
    for (const auto& member : object)
        if (equal_ignoring_case(std::string_view{member.key().data(), member.key().size()}, name))
            return &member.value();
    return nullptr;
}

std::optional<std::string> text_member(const boost::json::object& object, std::string_view name) {
    const boost::json::value* member = find_member(object, name);
    if (member == nullptr || !member->is_string())
        return std::nullopt;
    return std::string{member->get_string()};
}

std::expected<boost::json::value, std::string> parse_json(std::string_view text) {
    boost::json::parse_options options;
    options.max_depth = 32;
    boost::system::error_code error;
    auto document = boost::json::parse(boost::json::string_view{text.data(), text.size()}, error, {}, options);
    if (error)
        return std::unexpected{error.message()};
    return document;
}

std::string scalar_text(const boost::json::value& scalar) {
    if (scalar.is_string())
        return std::string{scalar.get_string()};
    return boost::json::serialize(scalar);
}

} // namespace sandbox
