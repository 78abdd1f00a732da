#include <fmt/format.h>

#include "tests/sandbox/model/json_writer.hpp"
#include "tests/sandbox/model/metadata.hpp"
#include "tests/sandbox/model/render.hpp"
#include "tests/sandbox/model/replies.hpp"
#include "tests/sandbox/model/text.hpp"
#include "tests/sandbox/model/ticket.hpp"
#include "tests/sandbox/model/write.hpp"

// The second half of a request: the answer.

namespace sandbox {

http_response autotask::execute(std::uint64_t ticket, time_point now) {
    const auto found = tickets_.find(ticket);
    if (found == tickets_.end())
        return empty_reply(500);
    settle(now);
    ticket_state& state = *found->second;
    http_response reply = apply(state, now);
    stamp(reply, now);
    ++counts_.by_status[reply.play.kind == play_kind::normal ? reply.status : 0];
    return reply;
}

http_response autotask::apply(ticket_state& state, time_point now) {
    const bool failing = state.fault && state.fault->kind == fault_kind::error && !state.fault->applied;
    if (!state.decided)
        state.decided = failing ? http_response{} : dispatch(state, now);
    return state.fault ? spoil(*state.fault, *state.decided) : *state.decided;
}

http_response autotask::dispatch(ticket_state& state, time_point now) {
    const http_request& request = state.request;
    switch (state.where.kind) {
    case route_kind::zone_information:
        return zone_information(request);
    case route_kind::version_information:
        return json_reply(R"({"apiVersions":["1.0"]})");
    case route_kind::version:
        return json_reply(R"({"majorVersion":2026,"minorVersion":3,"build":1,"customerType":"Sandbox"})");
    case route_kind::threshold_information:
        return threshold(state, now);
    case route_kind::query:
        return query(state, page_direction::first);
    case route_kind::query_next:
        return query(state, page_direction::next);
    case route_kind::query_previous:
        return query(state, page_direction::previous);
    case route_kind::count: {
        const std::string document =
            request.method == "GET" ? query_parameter(request.target, "search").value_or("") : request.body;
        return run_count(context_of(state), document);
    }
    case route_kind::get_item:
    case route_kind::child_get:
        return item(state);
    case route_kind::child_list:
        return children(state);
    case route_kind::write_collection:
    case route_kind::child_write:
    case route_kind::delete_item:
    case route_kind::child_delete:
        return write(state, now);
    case route_kind::entity_information:
        return entity_information(state.user->tenant->rows(state.where.which), *state.user);
    case route_kind::fields:
        return field_information(state.user->tenant->rows(state.where.which), *state.user->tenant, options_);
    case route_kind::user_defined_fields:
        return user_defined_field_information(state.user->tenant->rows(state.where.which));
    case route_kind::unknown:
    case route_kind::wrong_method:
        break; // both were decided at the beginning
    }
    return not_found_page();
}

http_response autotask::zone_information(const http_request& request) const {
    const std::string name = query_parameter(request.target, "user").value_or("");
    for (const api_user& known : users_) {
        if (name.empty() || !equal_ignoring_case(known.name, name))
            continue;
        const zone& home = zones_.at(known.tenant->home);
        std::string url = home.url;
        if (options_.lower_case_zone_url)
            if (const auto path = url.find("ATServicesRest"); path != std::string::npos)
                url.replace(path, 14, "atservicesrest");
        std::string body = "{";
        append_json_key(body, "zoneName");
        append_json_string(body, home.name);
        append_json_key(body, "url");
        append_json_string(body, url);
        append_json_key(body, "webUrl");
        append_json_string(body, home.web_url);
        append_json_key(body, "ci");
        append_json_integer(body, known.tenant->ci);
        return json_reply(body + "}");
    }
    return error_reply(500, "Zone information could not be determined");
}

http_response autotask::threshold(const ticket_state& state, time_point now) const {
    return json_reply(fmt::format(R"({{"externalRequestThreshold":{},"requestThresholdTimeframe":{},)"
                                  R"("currentTimeframeRequestCount":{}}})",
                                  options_.request_threshold, rolling_window::length.count(),
                                  state.user->tenant->window.count(now)));
}

query_context autotask::context_of(const ticket_state& state) const {
    const table& rows = state.user->tenant->rows(state.where.which);
    return {rows, options_, state.user->sees ? &*state.user->sees : nullptr, state.user->sees_protected,
            fmt::format("{}V1.0/{}", zones_.at(state.request.zone).url, rows.shape().name)};
}

http_response autotask::query(ticket_state& state, page_direction direction) {
    const http_request& request = state.request;
    const bool by_get = request.method == "GET";
    const std::string document = by_get ? query_parameter(request.target, "search").value_or("") : request.body;
    const query_call call{document, by_get, direction, query_parameter(request.target, "paging").value_or("")};
    query_outcome outcome = run_query(context_of(state), call);
    counts_.rows_served += static_cast<std::int64_t>(outcome.rows);
    return std::move(outcome.reply);
}

http_response autotask::item(ticket_state& state) const {
    const table& rows = state.user->tenant->rows(state.where.which);
    const row* found = rows.find(state.where.id);
    if (found != nullptr && !is_visible(rows, *found, state.user->sees ? &*state.user->sees : nullptr))
        found = nullptr;
    if (found != nullptr && state.where.kind == route_kind::child_get &&
        found->get(*rows.company_field()).as_integer() != state.where.parent)
        found = nullptr;
    if (found == nullptr)
        return options_.missing_id == missing_row_style::null_item ? json_reply(R"({"item":null})") : empty_reply(404);
    projection whole;
    whole.protected_visible = state.user->sees_protected;
    whole.with_user_defined =
        options_.udfs_without_values == empty_udfs::present || has_user_defined_values(rows, *found, whole);
    std::string body = "{\"item\":";
    append_row(body, rows, *found, whole);
    return json_reply(body + "}");
}

http_response autotask::children(ticket_state& state) {
    const std::string document =
        fmt::format(R"({{"Filter":[{{"op":"eq","field":"companyID","value":{}}}]}})", state.where.parent);
    query_outcome outcome = run_query(context_of(state), {document, true, page_direction::first, {}});
    counts_.rows_served += static_cast<std::int64_t>(outcome.rows);
    return std::move(outcome.reply);
}

http_response autotask::write(ticket_state& state, time_point now) {
    const route& where = state.where;
    write_context context{*state.user->tenant, options_, *state.user, where.which, now, std::nullopt, false};
    if (is_child(where.kind))
        context.parent = where.parent;
    context.discard = state.fault && state.fault->kind == fault_kind::not_stored;
    if (where.kind == route_kind::delete_item || where.kind == route_kind::child_delete)
        return delete_row(context, where.id);
    const write_kind kind = state.request.method == "PATCH" ? write_kind::patch
                            : state.request.method == "PUT" ? write_kind::put
                                                            : write_kind::create;
    write_outcome outcome = write_row(context, kind, state.request.body);
    if (outcome.reply.status == 200 && !context.discard)
        ++counts_.writes_stored;
    if (state.fault && state.fault->kind == fault_kind::reverted)
        for (old_value& before : outcome.before)
            reverts_.push_back({now + state.fault->wait, state.user->tenant, std::move(before)});
    return std::move(outcome.reply);
}

http_response autotask::spoil(const fault_rule& fault, http_response reply) const {
    switch (fault.kind) {
    case fault_kind::reset:
        reply.play.kind = play_kind::reset;
        return reply;
    case fault_kind::stall:
        reply.play = {play_kind::stall, 0, fault.wait};
        return reply;
    case fault_kind::truncate:
        reply.play = {play_kind::truncate, fault.bytes.value_or(reply.body.size() / 2), {}};
        return reply;
    case fault_kind::html:
        if (fault.status == 200)
            return html_reply(200, "Scheduled maintenance", "Autotask is being maintained. Please try again later.");
        return html_reply(fault.status, fmt::format("{} - Server Error", fault.status),
                          fault.text.empty() ? "The server cannot answer at present." : fault.text);
    case fault_kind::empty:
        reply = empty_reply(fault.status);
        break;
    case fault_kind::error:
        reply = error_reply(fault.status, fault.text.empty() ? "An error occurred." : fault.text);
        break;
    case fault_kind::malformed:
        reply = json_reply(R"({"items":[{"id":1,,)");
        break;
    case fault_kind::redirect:
        reply = empty_reply(fault.status);
        reply.headers.add("Location", fault.location);
        break;
    case fault_kind::thread_limit:
    case fault_kind::hourly_limit:
    case fault_kind::delay:
    case fault_kind::not_stored:
    case fault_kind::reverted:
        return reply; // the first half of the request, or the write itself, has seen to it
    }
    if (fault.retry_after)
        reply.headers.add("Retry-After", std::to_string(*fault.retry_after));
    return reply;
}

} // namespace sandbox
