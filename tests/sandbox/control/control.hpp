#pragma once

#include <functional>
#include <string>

#include <boost/json/object.hpp>

#include "tests/sandbox/model/autotask.hpp"

namespace sandbox {

/// The control interface: JSON in, JSON out, described in README.md. It changes the world behind the API's back.
/// Holds a reference to the world and lives no longer than it.
class control_interface {
public:
    /// `connections` describes what the transport has seen; it may be empty.
    control_interface(autotask& world, std::function<boost::json::object()> connections);

    [[nodiscard]] http_response handle(const http_request& request, time_point now);

private:
    autotask& world_;
    std::function<boost::json::object()> connections_;
};

} // namespace sandbox
