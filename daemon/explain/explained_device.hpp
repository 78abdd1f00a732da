#pragma once

#include "core/explanation.hpp"
#include "daemon/journal/device_history.hpp"

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace contactd {

/// Whether a sweep looks at a company, and if not, why.
enum class sweep_standing : std::uint8_t {
    swept,
    gone,           ///< Autotask does not have it.
    inactive,       ///< It is inactive.
    filtered,       ///< It does not pass company_filter.
    left_out,       ///< The settings leave it out: not mapped, disabled, a tag, excluded.
    settings_wrong, ///< Its settings cannot be applied.
    unreadable,     ///< A contact of it came in a form that cannot be read.
};
inline constexpr int sweep_standing_count = 7;

/// The public, snake_case name.
std::string_view to_string(sweep_standing how);

/// One of the settings that hold for the device, and where it comes from.
struct explained_setting {
    std::string key;
    std::string value;  ///< As TOML.
    std::string origin; ///< "line 12", "organizations.toml line 3" or "default".
};

/// The rows an explanation was made from, in a place of their own: it refers to them.
struct explained_rows {
    core::snapshot company;
    core::device device;
    std::vector<core::contact> rest;      ///< Of the company, which a sweep does not read.
    std::vector<core::contact> elsewhere; ///< Of other companies, with a similar address.
};

/// What `explain` has to tell of one device; complete in itself.
struct explained_device {
    std::string instance;
    std::unique_ptr<explained_rows> rows;
    std::string organization; ///< That the company is mapped to; may be empty.
    sweep_standing standing = sweep_standing::swept;
    std::string why_not_swept; ///< A phrase that completes "it is not swept: ..."; empty where it is.
    std::vector<explained_setting> settings;
    bool dry_run = false;
    core::policy limits;
    std::optional<core::explanation> why; ///< Nothing where there are no rules to decide by.
    std::vector<std::string> advice;      ///< What would change the decision: sentences, the likeliest first.
    std::expected<device_history, std::string> history;
    std::int64_t requests = 0;
};

/// What the journal alone can tell.
struct recorded_explanation {
    recorded_device device;
    device_history history;
    std::string unreachable; ///< Why Autotask was not asked; empty where nobody wanted it to be.
};

} // namespace contactd
