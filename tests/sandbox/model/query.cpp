#include "tests/sandbox/model/query.hpp"

#include <algorithm>
#include <expected>
#include <optional>

#include <boost/json/object.hpp>
#include <fmt/format.h>

#include "tests/sandbox/model/json_access.hpp"
#include "tests/sandbox/model/json_writer.hpp"
#include "tests/sandbox/model/render.hpp"
#include "tests/sandbox/model/replies.hpp"
#include "tests/sandbox/model/text.hpp"

namespace sandbox {
namespace {

constexpr std::int64_t max_page = 500;

/// A query after everything that can be wrong with it has been looked at.
struct parsed_query {
    filter wanted;
    projection shown;
    std::size_t page_size = max_page;
    bool id_included = true;
};

std::unexpected<http_response> refuse(std::string text, unsigned status = 500) {
    return std::unexpected{error_reply(status, std::move(text))};
}

std::expected<projection, http_response> parse_projection(const boost::json::value* included,
                                                          const query_context& context, bool& id_included) {
    projection result;
    result.protected_visible = context.protected_visible;
    if (included == nullptr || included->is_null())
        return result;
    if (!included->is_array())
        return refuse("Error converting value to type 'System.String[]'. Path 'IncludeFields'.");
    if (included->get_array().empty())
        return result;
    result.everything = false;
    id_included = false;
    const schema& shape = context.rows.shape();
    for (const boost::json::value& name : included->get_array()) {
        const std::string text = name.is_string() ? std::string{name.get_string()} : std::string{};
        if (const auto index = shape.find(text)) {
            if (*index == 0)
                id_included = true;
            else if (std::ranges::find(result.fields, *index) == result.fields.end())
                result.fields.push_back(*index);
            continue;
        }
        const auto user_defined = context.rows.find_user_defined(text);
        if (!user_defined || context.options.udf_in_include_fields == included_udfs::unknown)
            return refuse(unknown_field_text(text, shape));
        if (context.options.udf_in_include_fields == included_udfs::work &&
            std::ranges::find(result.user_defined, *user_defined) == result.user_defined.end())
            result.user_defined.push_back(*user_defined);
    }
    return result;
}

std::expected<parsed_query, http_response> parse_query(const query_context& context, std::string_view document) {
    if (document.empty())
        return refuse("Value cannot be null. Parameter name: queryModel");
    const auto parsed = parse_json(document);
    if (!parsed)
        return refuse("The request is invalid: " + parsed.error(), 400);
    if (!parsed->is_object())
        return refuse("Value cannot be null. Parameter name: queryModel");
    const boost::json::object& object = parsed->get_object();

    parsed_query result;
    if (const boost::json::value* most = find_member(object, "MaxRecords"); most != nullptr && !most->is_null()) {
        const auto number = to_integer(scalar_text(*most));
        if (!number || *number < 1 || *number > max_page)
            return refuse("maxCountOfRecordsToReturn must be between 1 and 500");
        result.page_size = static_cast<std::size_t>(*number);
    }
    auto shown = parse_projection(find_member(object, "IncludeFields"), context, result.id_included);
    if (!shown)
        return std::unexpected{shown.error()};
    result.shown = *std::move(shown);
    const boost::json::value* nodes = find_member(object, "Filter");
    if (nodes == nullptr || !nodes->is_array() || nodes->get_array().empty())
        return refuse("Value cannot be null. Parameter name: filters");
    auto wanted = compile_filter(nodes->get_array(), context.rows, context.options);
    if (!wanted)
        return refuse(wanted.error());
    result.wanted = *std::move(wanted);
    return result;
}

/// The first id of a list in the paging token.
std::optional<std::int64_t> token_id(const boost::json::object& token, std::string_view name) {
    const boost::json::value* ids = find_member(token, name);
    if (ids == nullptr || !ids->is_array() || ids->get_array().empty())
        return std::nullopt;
    return to_integer(scalar_text(ids->get_array().front()));
}

/// A token says only where to go on, not what was asked: whoever sends another filter gets that one's rows.
std::string page_url(const query_context& context, const query_call& call, std::string_view direction,
                     std::size_t page_size, std::int64_t previous, std::int64_t next) {
    const std::string token =
        fmt::format(R"({{"pageSize":{},"previousIds":[{}],"nextIds":[{}]}})", page_size, previous, next);
    std::string url = fmt::format("{}/query/{}?paging={}", context.entity_url, direction, url_encode(token));
    if (call.by_get)
        url += "&search=" + url_encode(call.document);
    return url;
}

struct page {
    std::vector<const row*> rows;
    bool more_before = false;
    bool more_after = false;
};

std::expected<page, http_response> find_page(const query_context& context, const query_call& call,
                                             parsed_query& query) {
    std::int64_t cursor = before_every_row;
    if (call.direction != page_direction::first) {
        const auto parsed = parse_json(call.paging);
        const bool readable = parsed && parsed->is_object();
        const auto id = readable ? token_id(parsed->get_object(),
                                            call.direction == page_direction::next ? "nextIds" : "previousIds")
                                 : std::nullopt;
        if (!id)
            return refuse("Value cannot be null. Parameter name: paging");
        cursor = *id;
        const boost::json::value* size = find_member(parsed->get_object(), "pageSize");
        const auto number = size == nullptr ? std::nullopt : to_integer(scalar_text(*size));
        if (number && *number >= 1 && *number <= max_page)
            query.page_size = static_cast<std::size_t>(*number);
    }
    page result;
    if (call.direction == page_direction::previous) {
        result.rows = scan_before(context.rows, query.wanted, context.visible, cursor, query.page_size + 1);
        result.more_before = result.rows.size() > query.page_size;
        if (result.more_before)
            result.rows.erase(result.rows.begin());
        result.more_after = true;
        return result;
    }
    result.rows = scan(context.rows, query.wanted, context.visible, cursor, query.page_size + 1);
    result.more_before = call.direction == page_direction::next;
    result.more_after = result.rows.size() > query.page_size;
    if (result.more_after)
        result.rows.pop_back();
    else if (context.options.full_page_has_next)
        result.more_after = result.rows.size() == query.page_size;
    return result;
}

} // namespace

query_outcome run_query(const query_context& context, const query_call& call) {
    auto query = parse_query(context, call.document);
    if (!query)
        return {query.error()};
    const auto found = find_page(context, call, *query);
    if (!found)
        return {found.error()};
    if (found->more_after && !query->id_included && context.options.include_fields_need_id)
        return {error_reply(500, "IncludeFields must contain Id when the query finds more than 500 rows.")};

    if (context.options.udfs_without_values == empty_udfs::absent)
        query->shown.with_user_defined = std::ranges::any_of(found->rows, [&context, &query](const row* shown) {
            return has_user_defined_values(context.rows, *shown, query->shown);
        });

    std::string body;
    body.reserve(found->rows.size() * (query->shown.everything ? 3'500 : 60 + query->shown.fields.size() * 45) + 512);
    body += "{\"items\":[";
    for (const row* shown : found->rows) {
        if (body.back() == '}')
            body += ',';
        append_row(body, context.rows, *shown, query->shown);
    }
    body += fmt::format("],\"pageDetails\":{{\"count\":{},\"requestCount\":{},\"prevPageUrl\":", found->rows.size(),
                        query->page_size);
    const std::int64_t first = found->rows.empty() ? -1 : found->rows.front()->id();
    const std::int64_t last = found->rows.empty() ? -1 : found->rows.back()->id();
    if (found->more_before && !found->rows.empty())
        append_json_string(body, page_url(context, call, "previous", query->page_size, first, last));
    else
        body += "null";
    body += ",\"nextPageUrl\":";
    if (found->more_after && !found->rows.empty())
        append_json_string(body,
                           page_url(context, call, "next", query->page_size, found->more_before ? first : -1, last));
    else
        body += "null";
    body += "}}";
    return {json_reply(std::move(body)), found->rows.size()};
}

http_response run_count(const query_context& context, std::string_view document) {
    const auto query = parse_query(context, document);
    if (!query)
        return query.error();
    return json_reply(
        fmt::format("{{\"queryCount\":{}}}", count_matches(context.rows, query->wanted, context.visible)));
}

} // namespace sandbox
