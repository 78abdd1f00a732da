#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "tests/sandbox/model/autotask.hpp"

namespace sandbox {

// What happens to a tenant besides the API: people at the web page, the RMM, the vendor. None of it counts as a
// request, asks for permissions or obeys the API's rules; any field can be set.

/// The RMM reports who is logged on. The text is cut at 50 characters, the length of the field; nothing means null.
/// False when there is no such device.
bool rmm_sync(database& tenant, const switches& options, std::int64_t device,
              const std::optional<std::string>& last_user, time_point now);

/// Whether a change of a row shows in its date of modification.
enum class traces : std::uint8_t { left, none };

/// Inserts a row, or changes the named fields of the one with that `id`; without `id` the next free one is taken.
/// Gives the id. A fresh row was created and modified now; an old one was modified now, unless it is to have no traces.
/// A date that the object names itself stays as it is named.
[[nodiscard]] std::expected<std::int64_t, std::string> put_row(database& tenant, entity which,
                                                               const boost::json::object& fields, time_point now,
                                                               traces change = traces::left);

/// The whole row as the API would show it, or nothing.
[[nodiscard]] std::optional<std::string> show_row(const database& tenant, entity which, std::int64_t id);

/// A cell as the API would show it, for tests; null when there is no such row.
[[nodiscard]] value cell(const database& tenant, entity which, std::int64_t id, std::string_view field);

/// Rows from a document `{"Companies":[{...}],"Contacts":[...],...}`.
[[nodiscard]] std::expected<std::size_t, std::string> load_rows(database& tenant, std::string_view document,
                                                                time_point now);

} // namespace sandbox
