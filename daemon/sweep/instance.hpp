#pragma once

#include "autotask/credentials.hpp"
#include "autotask/session.hpp"
#include "autotask/transport.hpp"
#include "core/parking.hpp"
#include "core/schedule.hpp"
#include "daemon/config/config.hpp"
#include "daemon/sweep/chunk_sizer.hpp"

#include <cstdint>
#include <memory>
#include <optional>

namespace contactd {

/// One configured instance of Autotask, from the reading of the configuration to the next. Keeps its connections and
/// what it learned from one sweep to the next.
struct instance {
    instance_settings settings;
    autotask::credentials login;
    std::unique_ptr<autotask::transport> network;
    autotask::session_options reached;
    chunk_sizer chunks;
    std::int64_t sweeps = 0; ///< How many were begun, the present one included.
    core::parked_devices parked_devices;
    std::optional<core::wall_time> refused_at; ///< When the credentials were refused: not asked again for a while.
};

/// How the instance is reached, from its settings. The settings have been checked.
autotask::session_options make_session_options(const instance_settings& settings);

} // namespace contactd
