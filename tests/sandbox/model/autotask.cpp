#include "tests/sandbox/model/autotask.hpp"

#include <algorithm>

#include "tests/sandbox/model/dates.hpp"
#include "tests/sandbox/model/ticket.hpp"

namespace sandbox {

autotask::autotask(std::uint64_t seed) : faults_{seed} {}

autotask::~autotask() = default;

std::size_t autotask::add_zone(zone described) {
    zones_.push_back(std::move(described));
    return zones_.size() - 1;
}

database& autotask::add_database() {
    databases_.push_back(std::make_unique<database>());
    databases_.back()->ci += static_cast<std::int64_t>(databases_.size()) - 1;
    return *databases_.back();
}

api_user& autotask::add_user(api_user fresh, database& tenant) {
    users_.push_back(std::move(fresh));
    users_.back().tenant = &tenant;
    return users_.back();
}

http_response autotask::serve(http_request request, time_point now) {
    const admission admitted = begin(std::move(request), now);
    http_response reply = execute(admitted.ticket, now);
    end(admitted.ticket, now);
    return reply;
}

void autotask::stamp(http_response& reply, time_point now) const {
    if (options_.date_header)
        reply.headers.add("Date", http_date(now));
}

void autotask::settle(time_point now) {
    std::erase_if(reverts_, [now](const revert& each) {
        if (each.due > now)
            return false;
        table& rows = each.tenant->rows(each.before.which);
        rows.set(each.before.id, each.before.field, each.before.content);
        for (const std::string_view name : dates_of_modification) // a rule of the service writes as anybody does
            if (const auto index = rows.shape().find(name))
                rows.set(each.before.id, *index, value::integer(to_milliseconds(each.due)));
        return true;
    });
}

} // namespace sandbox
