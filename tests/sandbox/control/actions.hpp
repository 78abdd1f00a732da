#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/value.hpp>

#include "tests/sandbox/model/autotask.hpp"

namespace sandbox {

/// One call of the control interface, taken apart.
struct control_call {
    autotask& world;
    database& tenant; ///< `?tenant=N`, by default the first
    time_point now;
    std::string_view method;
    std::vector<std::string> path; ///< segments
    boost::json::value body;       ///< null when there was none

    [[nodiscard]] const boost::json::object& object() const;
};

/// JSON text, or a sentence that says what was wrong.
using control_result = std::expected<std::string, std::string>;

[[nodiscard]] control_result control_switches(const control_call& call);
[[nodiscard]] control_result control_faults(const control_call& call);
[[nodiscard]] control_result control_rows(const control_call& call);
[[nodiscard]] control_result control_user_defined_fields(const control_call& call);
[[nodiscard]] control_result control_rmm_sync(const control_call& call);
[[nodiscard]] control_result control_users(const control_call& call);
[[nodiscard]] control_result control_zone(const control_call& call);
[[nodiscard]] control_result control_window(const control_call& call);
[[nodiscard]] control_result control_products(const control_call& call);
[[nodiscard]] boost::json::object describe_counters(const counters& counts);

} // namespace sandbox
