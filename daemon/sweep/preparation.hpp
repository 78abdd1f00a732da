#pragma once

#include "autotask/reader.hpp"
#include "core/scope.hpp"
#include "daemon/config/config.hpp"
#include "daemon/sweep/listener.hpp"
#include "daemon/sweep/selection.hpp"

#include <boost/asio/awaitable.hpp>
#include <expected>
#include <optional>
#include <string>
#include <vector>

namespace contactd {

/// What has to be known before the first company is read.
struct prepared_sweep {
    std::vector<core::company> companies; ///< To sweep, by ascending id.
    core::device_types types;
    std::vector<trouble> troubles; ///< What is to be told although the sweep goes on.
};

/// What the labels of a configuration mean in an instance.
struct translation {
    std::vector<autotask::condition> filter;
    core::device_types types;
};

/// Finds the zone, translates labels and lists the companies to sweep. One request at a time: if the credentials are
/// refused, nothing else has been sent with them. `labels` are those of an earlier sweep, or become those of this one.
/// `found` learns what of the selection exists. The settings and the
/// session live until the end.
boost::asio::awaitable<std::expected<prepared_sweep, trouble>>
prepare_sweep(const instance_settings& settings, autotask::session& session, const selection& chosen,
              selection_found& found, std::optional<translation>& labels);

} // namespace contactd
