#include <fmt/format.h>

#include "tests/sandbox/model/dates.hpp"
#include "tests/sandbox/model/replies.hpp"
#include "tests/sandbox/model/text.hpp"
#include "tests/sandbox/model/ticket.hpp"

// The first half of a request: who asks, may they, and how busy is everything.

namespace sandbox {
namespace {

std::string_view operation_name(const route& where, std::string_view method) {
    switch (where.kind) {
    case route_kind::query:
    case route_kind::query_next:
    case route_kind::query_previous:
        return "query";
    case route_kind::count:
        return "count";
    case route_kind::get_item:
    case route_kind::child_get:
    case route_kind::child_list:
        return "get";
    case route_kind::write_collection:
    case route_kind::child_write:
        return method == "PATCH" ? "patch" : (method == "PUT" ? "put" : "create");
    case route_kind::delete_item:
    case route_kind::child_delete:
        return "delete";
    case route_kind::entity_information:
    case route_kind::fields:
    case route_kind::user_defined_fields:
        return "metadata";
    case route_kind::unknown:
    case route_kind::wrong_method:
        return "refused";
    default:
        return "information";
    }
}

/// A fault that spoils the request before Autotask itself sees it.
bool strikes_in_front(const fault_rule& fault) {
    return !fault.applied && fault.kind != fault_kind::thread_limit && fault.kind != fault_kind::hourly_limit &&
           fault.kind != fault_kind::error;
}

constexpr std::string_view permission_text =
    "The logged in Resource does not have the adequate permissions to {} this entity type.";
constexpr std::size_t longest_url = 2'100; // the web server in front refuses longer ones

} // namespace

api_user* autotask::user(std::string_view name) {
    for (api_user& each : users_)
        if (equal_ignoring_case(each.name, name))
            return &each;
    return nullptr;
}

void autotask::count_arrival(const ticket_state& state) {
    ++counts_.requests;
    const std::string entity{endpoint_name(state.where, true)};
    const std::string operation{operation_name(state.where, state.request.method)};
    ++counts_.by_endpoint[{entity, state.request.method}];
    ++counts_.by_operation[operation];
    ++counts_.by_work[{entity, operation}];
    if (state.request.headers.find("Secret"))
        ++counts_.with_secret[state.request.zone];
}

/// Counts the call among those in progress; the highest number is what a client is judged by.
void autotask::enter(ticket_state& state) {
    state.slot = {std::string{state.request.headers.find("ApiIntegrationCode").value_or("")},
                  std::string{endpoint_name(state.where, options_.child_calls_use == slot_owner::child)}};
    state.entered = true;
    const std::int64_t busy = ++in_progress_[state.slot];
    auto& highest = counts_.highest[state.slot];
    highest = std::max(highest, busy);
}

admission autotask::begin(http_request request, time_point now) {
    settle(now);
    admission result{next_ticket_++, options_.latency};
    auto& state = *tickets_.emplace(result.ticket, std::make_unique<ticket_state>()).first->second;
    state.request = std::move(request);
    state.where = parse_route(state.request.method, state.request.target, options_.strict_path_casing);
    count_arrival(state);
    const std::string_view path = path_of(state.request.target);
    state.fault = faults_.draw(state.request.method, path);
    if (state.fault && state.fault->kind == fault_kind::delay)
        result.hold_back += state.fault->wait;

    const std::string_view zone_url = zones_.at(state.request.zone).url;
    const std::string_view host = zone_url.substr(0, zone_url.find('/', zone_url.find("//") + 2));
    if (state.fault && strikes_in_front(*state.fault))
        state.decided = http_response{}; // execute() turns it into what the fault says
    else if (state.where.kind == route_kind::unknown || host.size() + state.request.target.size() > longest_url)
        state.decided = not_found_page();
    else if (state.where.kind == route_kind::wrong_method)
        state.decided = method_refused(state.request.method);
    else if (state.where.kind != route_kind::zone_information && state.where.kind != route_kind::version_information)
        admit(state, result, now);
    return result;
}

void autotask::admit(ticket_state& state, admission& result, time_point now) {
    enter(state);
    state.decided = authenticate(state);
    if (state.decided)
        return;
    rolling_window& window = state.user->tenant->window;
    const std::int64_t used = window.count(now);
    const auto forced = [&state](fault_kind kind) { return state.fault && state.fault->kind == kind; };
    const std::optional<std::int64_t> retry_after = state.fault ? state.fault->retry_after : std::nullopt;
    if (used >= options_.request_threshold || forced(fault_kind::hourly_limit)) {
        ++counts_.threshold_refusals;
        state.decided = throttled(static_cast<unsigned>(options_.hourly_limit_status),
                                  fmt::format("The Autotask API external request threshold of {} requests per 60 "
                                              "minutes has been exceeded.",
                                              options_.request_threshold),
                                  now, retry_after);
    } else if (forced(fault_kind::thread_limit) || !slots_.take(state.slot, options_.thread_limit, now)) {
        ++counts_.thread_limit_refusals;
        state.decided = throttled(
            static_cast<unsigned>(options_.thread_limit_status),
            fmt::format("The Autotask API thread threshold of {} threads has been exceeded.", options_.thread_limit),
            now, retry_after);
    } else {
        state.slot_taken = true;
        if (options_.threshold_latency && used * 4 >= options_.request_threshold * 3)
            result.hold_back += std::chrono::seconds{1};
        else if (options_.threshold_latency && used * 2 >= options_.request_threshold)
            result.hold_back += std::chrono::milliseconds{500};
    }
    if (!state.decided || options_.throttled_calls_count)
        window.add(now, 1);
}

std::optional<http_response> autotask::authenticate(ticket_state& state) {
    if (auto refusal = log_in(state)) {
        ++counts_.failed_logins;
        return refusal;
    }
    const entity_access access = state.user->access_to(state.where.which);
    const route_kind kind = state.where.kind;
    const bool about_rows = kind != route_kind::version && kind != route_kind::threshold_information &&
                            kind != route_kind::entity_information && kind != route_kind::fields &&
                            kind != route_kind::user_defined_fields;
    if (!about_rows)
        return std::nullopt;
    const bool writing = is_write(kind);
    const bool impersonates = !writing && state.request.headers.find("ImpersonationResourceId").has_value();
    if (impersonates || !(writing ? access.write : access.query))
        return error_reply(options_.permission_status_403 ? 403 : 500,
                           fmt::format(fmt::runtime(permission_text), writing ? "update" : "query"));
    return std::nullopt;
}

std::optional<http_response> autotask::log_in(ticket_state& state) {
    const header_list& headers = state.request.headers;
    const auto name = headers.find("UserName");
    const auto secret = headers.find("Secret");
    const auto code = headers.find("ApiIntegrationCode");
    api_user* const known = name ? user(*name) : nullptr;
    if (known == nullptr || known->revoked || known->tenant->home != state.request.zone) {
        // A user of another zone is unknown to this one, but nobody calls the zone undeterminable.
        if (options_.legacy_auth_errors && known == nullptr && name)
            return error_reply(500, "Zone information could not be determined");
        return empty_reply(401);
    }
    if (known->locked)
        return empty_reply(401);
    if (!code || *code != known->tracking_identifier)
        return options_.legacy_auth_errors && code ? error_reply(500, "IntegrationCode is invalid.") : empty_reply(401);
    if (!secret || *secret != known->secret) {
        ++known->failed_logins;
        if (options_.lockout_threshold > 0 && known->failed_logins >= options_.lockout_threshold)
            known->locked = true;
        return empty_reply(401);
    }
    known->failed_logins = 0;
    state.user = known;
    return std::nullopt;
}

http_response autotask::throttled(unsigned status, std::string text, time_point now,
                                  std::optional<std::int64_t> retry_after) const {
    http_response reply = error_reply(status, std::move(text));
    const duration wait = options_.retry_after_delay;
    if (retry_after)
        reply.headers.add("Retry-After", std::to_string(*retry_after));
    else if (options_.retry_after == retry_after_style::seconds)
        reply.headers.add("Retry-After", std::to_string(std::chrono::ceil<std::chrono::seconds>(wait).count()));
    else if (options_.retry_after == retry_after_style::date)
        reply.headers.add("Retry-After", http_date(std::chrono::ceil<std::chrono::seconds>(now + wait)));
    return reply;
}

void autotask::end(std::uint64_t ticket, time_point now) {
    const auto found = tickets_.find(ticket);
    if (found == tickets_.end())
        return;
    const ticket_state& state = *found->second;
    if (state.slot_taken)
        slots_.release(state.slot, now + options_.slot_release_delay);
    if (state.entered)
        --in_progress_[state.slot];
    tickets_.erase(found);
}

} // namespace sandbox
