#pragma once

#include "autotask/query.hpp"
#include "autotask/wanted_rows.hpp"
#include "core/entities.hpp"
#include "core/scope.hpp"
#include "core/wall_time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace autotask {

// Which rows the reader asks for, as the conditions that the API knows. None of these queries names fields yet.

/// Ids as the values of a condition.
template <class Id>
std::vector<filter_value> values_of(const std::vector<Id>& ids) {
    std::vector<filter_value> values;
    values.reserve(ids.size());
    for (const auto id : ids)
        values.emplace_back(id.value);
    return values;
}

/// The rows of these ids.
template <class Id>
query with_ids(const std::vector<Id>& ids) {
    query what;
    what.where.push_back(is_one_of("id", values_of(ids)));
    return what;
}

/// A query has to have a condition; this one holds for every row.
condition any_id();

/// The active companies that meet every condition.
query active_companies(std::vector<condition> filter);

/// The devices of these companies that are wanted and have a last user.
query devices_in_scope(const std::vector<core::company_id>& of, const wanted_rows& wanted);

/// The active devices of these companies, types and categories that have none.
query devices_without_last_user(const std::vector<core::company_id>& of, const core::device_types& types,
                                const core::device_categories& categories);

/// The contacts of these companies who can be a candidate.
query contacts_in_scope(const std::vector<core::company_id>& of, const wanted_rows& wanted);

/// The active contacts of these companies with one of the texts in one of the fields.
query contacts_with_text(const std::vector<core::company_id>& of, const std::vector<std::string>& fields,
                         const std::vector<std::string>& texts);

/// The devices of this id or, be it as hostname or title, of this name.
query devices_of_name(std::optional<core::device_id> id, const std::string& name);

/// The contacts of the company that `contacts_in_scope` leaves out, and perhaps some that it does not.
query contacts_out_of_scope(core::company_id of, const wanted_rows& wanted);

/// The active contacts of other companies with an address that begins with the text.
query contacts_of_others(core::company_id than, const std::vector<std::string>& fields, const std::string& text);

/// What was modified since then, by the field that says so; of every company where none is named.
/// Expendable.
query modified(const std::vector<core::company_id>& of, std::string_view field, core::wall_time since);

} // namespace autotask
