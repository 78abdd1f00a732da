#pragma once

#include "autotask/reader.hpp"
#include "daemon/explain/explained_device.hpp"
#include "daemon/sweep/instance.hpp"
#include "daemon/sweep/listener.hpp"
#include "daemon/sweep/rule_book.hpp"

#include <boost/asio/awaitable.hpp>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace contactd {

/// The id that a command names a device by: "4711", or "#4711" as a device without a name is called.
std::optional<core::device_id> id_in(std::string_view name);

/// Asks one instance everything that leads to the decision of one device: what a sweep would ask of its company, and a
/// little more. One request at a time; cannot write. Refers to the instance and the session.
class device_question {
public:
    /// `past` is what a sweep would know of the devices of the instance from before; it lives longer.
    device_question(instance& subject, autotask::session& session, const core::retrospect& past);

    /// The devices of this id or, where there is none, of this hostname or title. To be awaited first.
    boost::asio::awaitable<std::expected<std::vector<core::device>, trouble>> find(std::string name);

    /// Explains one of those that were found. The history is left to whoever has the journal.
    boost::asio::awaitable<std::expected<explained_device, trouble>> explain(core::device which);

private:
    using asked = boost::asio::awaitable<std::expected<void, trouble>>;

    std::unexpected<trouble> failed(const autotask::error& why) const;
    asked find_company(explained_device& into);
    asked read_rows(explained_device& into, const company_rules& rules);
    boost::asio::awaitable<void> read_bystanders(explained_device& into, const company_rules& rules);

    instance& subject_;
    autotask::session& session_;
    core::retrospect past_;
    autotask::reader reader_;
    std::optional<translation> labels_;
    std::optional<rule_book> rules_;
};

} // namespace contactd
