#include "tests/sandbox/model/admin.hpp"

#include <span>

#include "tests/sandbox/model/convert.hpp"
#include "tests/sandbox/model/dates.hpp"
#include "tests/sandbox/model/json_access.hpp"
#include "tests/sandbox/model/render.hpp"
#include "tests/sandbox/model/text.hpp"

namespace sandbox {
namespace {

using problem = std::optional<std::string>;

problem set_user_defined(const table& rows, row& target, const boost::json::value& list) {
    if (!list.is_array())
        return "userDefinedFields is a list of objects with name and value";
    for (const boost::json::value& entry : list.get_array()) {
        const auto name = entry.is_object() ? text_member(entry.get_object(), "name") : std::nullopt;
        const auto index = name ? rows.find_user_defined(*name) : std::nullopt;
        if (!index)
            return "there is no user-defined field \"" + name.value_or("") + "\"";
        const boost::json::value* content = find_member(entry.get_object(), "value");
        target.set(*index, content == nullptr || content->is_null() ? value{} : value::text(scalar_text(*content)));
    }
    return std::nullopt;
}

problem set_fields(const table& rows, row& target, const boost::json::object& fields) {
    for (const auto& member : fields) {
        const std::string_view name{member.key().data(), member.key().size()};
        if (equal_ignoring_case(name, "userDefinedFields")) {
            if (auto error = set_user_defined(rows, target, member.value()))
                return error;
            continue;
        }
        const auto index = rows.shape().find(name);
        if (!index)
            return std::string{rows.shape().name} + " has no field \"" + std::string{name} + "\"";
        if (*index == 0)
            continue;
        auto content = to_storable(member.value(), rows.shape().fields[*index]);
        if (!content)
            return content.error();
        target.set(*index, *std::move(content));
    }
    return std::nullopt;
}

/// Sets those of the dates that the entity has and `given` does not name.
void set_dates(const table& rows, row& target, std::span<const std::string_view> names,
               const boost::json::object& given, time_point now) {
    for (const std::string_view name : names)
        if (const auto index = rows.shape().find(name); index && find_member(given, name) == nullptr)
            target.set(*index, value::integer(to_milliseconds(now)));
}

} // namespace

bool rmm_sync(database& tenant, const switches& options, std::int64_t device,
              const std::optional<std::string>& last_user, time_point now) {
    table& rows = tenant.rows(entity::configuration_items);
    const schema& shape = rows.shape();
    const field_index field = shape.at("rmmDeviceAuditLastUser");
    const bool absent = !last_user || (last_user->empty() && options.empty_last_user_is_null);
    value content = absent ? value{} : value::text(first_characters(*last_user, shape.fields[field].length));
    if (!rows.set(device, field, std::move(content)))
        return false;
    if (options.rmm_sync_touches_last_modified)
        rows.set(device, shape.at("lastModifiedTime"), value::integer(to_milliseconds(now)));
    return true;
}

std::expected<std::int64_t, std::string> put_row(database& tenant, entity which, const boost::json::object& fields,
                                                 time_point now, traces change) {
    table& rows = tenant.rows(which);
    std::int64_t id = rows.next_id();
    if (const boost::json::value* given = find_member(fields, "id")) {
        const auto number = to_integer(scalar_text(*given));
        if (!number || *number < 0)
            return std::unexpected{"an id is a whole number from 0 on"};
        id = *number;
    }
    const row* old = rows.find(id);
    row changed = old != nullptr ? *old : row{id};
    if (auto error = set_fields(rows, changed, fields))
        return std::unexpected{*std::move(error)};
    static constexpr std::string_view date_of_creation[] = {"createDate"};
    if (old == nullptr)
        set_dates(rows, changed, date_of_creation, fields, now);
    if (old == nullptr || change == traces::left)
        set_dates(rows, changed, dates_of_modification, fields, now);
    rows.insert(std::move(changed));
    return id;
}

std::optional<std::string> show_row(const database& tenant, entity which, std::int64_t id) {
    const table& rows = tenant.rows(which);
    const row* found = rows.find(id);
    if (found == nullptr)
        return std::nullopt;
    std::string out;
    append_row(out, rows, *found, {});
    return out;
}

value cell(const database& tenant, entity which, std::int64_t id, std::string_view field) {
    const table& rows = tenant.rows(which);
    const row* found = rows.find(id);
    return found == nullptr ? value{} : found->get(rows.shape().at(field));
}

std::expected<std::size_t, std::string> load_rows(database& tenant, std::string_view document, time_point now) {
    const auto parsed = parse_json(document);
    if (!parsed)
        return std::unexpected{"this is no JSON: " + parsed.error()};
    if (!parsed->is_object())
        return std::unexpected{"the document must be an object with lists of rows, named like the entities"};
    std::size_t count = 0;
    for (const auto& member : parsed->get_object()) {
        const std::string_view name{member.key().data(), member.key().size()};
        const auto which = entity_named(name);
        if (!which || !member.value().is_array())
            return std::unexpected{"\"" + std::string{name} + "\" is no list of a known entity"};
        for (const boost::json::value& each : member.value().get_array()) {
            if (!each.is_object())
                return std::unexpected{"every row of " + std::string{name} + " must be an object"};
            if (const auto stored = put_row(tenant, *which, each.get_object(), now); !stored)
                return std::unexpected{stored.error()};
            ++count;
        }
    }
    return count;
}

} // namespace sandbox
