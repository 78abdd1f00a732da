#pragma once

#include "core/wall_time.hpp"
#include "daemon/report/sweep_report.hpp"

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace contactd {

/// Which Autotask database an instance of a plan was, as far as that can be told from outside.
struct planned_database {
    std::string instance;
    std::string zone;     ///< Where it answers: "https://webservices5.autotask.net/ATServicesRest".
    std::string username; ///< Of the API user, who belongs to one database.
};

/// A plan as it is saved: what it found, and what each of its changes assumes. A change assumes that the device still
/// has the `last_user` and the `previous_contact_id` of its outcome, both as received.
struct saved_plan {
    std::string contactd; ///< The version of the program that made it.
    core::wall_time made;
    std::vector<planned_database> databases;
    sweep_report report; ///< Only what a plan has: no change was made, no write failed.
};

/// The form of the file. Another one has another number.
inline constexpr std::int64_t plan_version = 1;

/// The largest file that is taken for a plan.
inline constexpr std::size_t largest_plan = std::size_t{256} << 20;

/// The object of `plan --format json` with what apply needs beside it: JSON, a line for every device, so that a plan
/// can be compared and edited with what compares and edits lines.
std::string plan_text(const saved_plan& plan);

/// Reads a plan back. Further members are allowed anywhere; everything else has to be as plan_text() writes it. Each
/// device is changed once at the most, in an instance whose database is named. The error is one sentence that begins
/// with the name of the file, and names the change where it is about one.
std::expected<saved_plan, std::string> read_plan(std::string_view text, const std::string& file);

/// True of a text that was meant to be a plan, readable or not.
bool is_meant_to_be_a_plan(std::string_view text);

} // namespace contactd
