#pragma once

#include "autotask/credentials.hpp"
#include "autotask/session.hpp"
#include "autotask/transport.hpp"
#include "core/parking.hpp"
#include "daemon/config/config.hpp"
#include "daemon/memory/row_memory.hpp"
#include "daemon/sweep/chunk_sizer.hpp"
#include "daemon/sweep/client_list.hpp"
#include "daemon/sweep/company_order.hpp"
#include "daemon/sweep/instance_pause.hpp"
#include "daemon/sweep/translation.hpp"

#include <cstdint>
#include <memory>
#include <optional>

namespace contactd {

/// One configured instance of Autotask, from the reading of the configuration to the next. Keeps its connections and
/// what it learned from one sweep to the next.
struct instance {
    instance_settings settings;
    client_list clients;
    autotask::credentials login;
    std::unique_ptr<autotask::transport> network;
    autotask::session_options reached; ///< Its `limits` are set by the first sweep.
    chunk_sizer chunks;
    std::int64_t sweeps = 0; ///< How many were begun, the present one included.
    core::parked_devices parked_devices;
    core::parked_companies parked_companies;
    unreached_companies unreached; ///< By its last sweep.
    std::optional<autotask::zone>
        zone;                          ///< Where its last sweep was let in; a sweep that reads in part begins there ...
    std::optional<translation> labels; ///< ... and with these.
    instance_pause pause;              ///< For the daemon only.
    std::unique_ptr<row_memory> memory; ///< For the daemon only; null remembers nothing.
};

/// How the instance is reached, from its settings. The settings have been checked.
autotask::session_options make_session_options(const instance_settings& settings);

/// True when both, one after the other, ask the same place, so that the rows that one of them has read are as good as
/// if the other had. Which companies, devices and fields they look at may differ.
bool reads_the_same(const instance& one, const instance& other);

/// True when both log in as the same API user: slots and requests are counted by the server for both together.
bool is_same_user(const instance& one, const instance& other);

} // namespace contactd
