#pragma once

#include "daemon/config/config.hpp"
#include "daemon/config/environment.hpp"
#include "daemon/log.hpp"
#include "daemon/sweep/instance.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <expected>
#include <memory>
#include <string>
#include <vector>

namespace contactd {

using instance_list = std::vector<std::unique_ptr<instance>>;

/// Makes the instances of a configuration ready to be asked: their secrets and trust anchors are read. `only` limits
/// them to these names; empty is all. The errors are sentences, all of them at once. How a secret is kept may be worth
/// a warning, which goes to `messages`.
std::expected<instance_list, std::vector<std::string>> make_instances(const config& settings,
                                                                      const std::vector<std::string>& only,
                                                                      const boost::asio::any_io_executor& on,
                                                                      const environment& variables, log& messages);

} // namespace contactd
