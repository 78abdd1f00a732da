#pragma once

#include "autotask/reader.hpp"
#include "daemon/config/config.hpp"
#include "daemon/sweep/client_list.hpp"
#include "daemon/sweep/listener.hpp"
#include "daemon/sweep/rule_book.hpp"
#include "daemon/sweep/selection.hpp"
#include "daemon/sweep/translation.hpp"

#include <boost/asio/awaitable.hpp>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace contactd {

/// What has to be known before the first company is read.
struct prepared_sweep {
    std::vector<core::company>
        companies;                  ///< To sweep, by ascending id. A parent is only named where a rule looks there.
    std::vector<core::company> all; ///< Every active company that passes the filter.
    std::unique_ptr<rule_book> rules;
    std::vector<trouble> troubles; ///< What is to be told although the sweep goes on.
};

/// Finds the zone, translates labels and lists the companies to sweep. One request at a time: if the credentials are
/// refused, nothing else has been sent with them. `labels` are those of an earlier sweep, or become those of this one.
/// `found` learns what of the selection exists. The settings, the clients and the session live until the end; the rules
/// refer to the clients.
boost::asio::awaitable<std::expected<prepared_sweep, trouble>>
prepare_sweep(const instance_settings& settings, const client_list& clients, autotask::session& session,
              const selection& chosen, selection_found& found, std::optional<translation>& labels);

} // namespace contactd
