#pragma once

#include "tests/sandbox/model/autotask.hpp"

namespace sandbox {

/// A request between its beginning and its end.
struct autotask::ticket_state {
    http_request request;
    route where;
    api_user* user = nullptr; ///< once the credentials were right
    std::optional<fault_rule> fault;
    std::optional<http_response> decided; ///< the reply, when it was clear at the beginning
    thread_slots::key slot;
    bool slot_taken = false;
    bool entered = false; ///< counted among the calls in progress
};

} // namespace sandbox
