#pragma once

#include "autotask/session.hpp"
#include "core/ids.hpp"

#include <boost/asio/awaitable.hpp>

namespace autotask {

/// Writes to one instance. Whoever has no writer cannot write: a plan and a dry run are made without one. Lives no
/// longer than the session.
class writer {
public:
    explicit writer(session& on) : session_(on) {}

    /// PATCHes {id, contactID} and nothing else. Success is the server's word, not yet a proof: it has been seen to
    /// accept a value and keep another. An error with `maybe_done` leaves open whether the value was stored. Both are
    /// settled by a read-back. Source: developer help, "Updating data (PATCH)". `before_sending` is awaited before
    /// every attempt, see `call`.
    boost::asio::awaitable<result<void>> set_contact(core::device_id device, core::contact_id contact,
                                                     precondition before_sending);

private:
    session& session_;
};

} // namespace autotask
