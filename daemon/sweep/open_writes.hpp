#pragma once

#include "autotask/reader.hpp"
#include "daemon/config/config.hpp"
#include "daemon/sweep/session_news.hpp"
#include "daemon/sweep/sweep_context.hpp"

#include <boost/asio/awaitable.hpp>

namespace contactd {

/// Finds out what became of the writes that earlier sweeps of the instance left open, and tells the listener. To be
/// awaited before anything is decided. Where nobody can tell, the sink is forbidden to write: to single devices, or at
/// all. The error concerns more than single devices; then nothing may be written either. Without records there is
/// nothing to find out.
boost::asio::awaitable<autotask::result<void>> find_out_open_writes(const sweep_context& context,
                                                                    const instance_settings& of,
                                                                    const session_news& news, autotask::reader& reader,
                                                                    change_sink& sink);

} // namespace contactd
