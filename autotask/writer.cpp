#include "autotask/writer.hpp"

#include "autotask/rows.hpp"

#include <string>
#include <utility>

namespace autotask {

boost::asio::awaitable<result<void>> writer::set_contact(core::device_id device, core::contact_id contact,
                                                         precondition before_sending) {
    call what;
    what.method = http_method::patch;
    what.entity = "ConfigurationItems";
    what.body = "{\"id\":" + std::to_string(device.value) + ",\"contactID\":" + std::to_string(contact.value) + "}";
    what.doing =
        "assigning contact " + std::to_string(contact.value) + " to configuration item " + std::to_string(device.value);
    what.how = urgency::write;
    what.before_sending = std::move(before_sending);
    const auto doing = what.doing;
    auto body = co_await session_.send(std::move(what));
    if (!body)
        co_return std::unexpected(std::move(body.error()));
    if (read_item_id(*body) == device.value)
        co_return result<void>{};
    error failure;
    failure.kind = error_kind::protocol;
    failure.doing = doing + " at " + session_.zone().url.host;
    failure.said = "the answer does not name the item that was written";
    failure.maybe_done = true;
    co_return std::unexpected(std::move(failure));
}

} // namespace autotask
