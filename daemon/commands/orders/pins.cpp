#include "core/read_id.hpp"
#include "daemon/commands/orders/open_orders.hpp"
#include "daemon/commands/orders/orders.hpp"
#include "daemon/printable.hpp"
#include "daemon/report/choice_words.hpp"
#include "daemon/timestamp.hpp"

#include <fmt/format.h>
#include <iostream>

namespace contactd {

namespace {

constexpr std::size_t name_columns = 24;
constexpr std::size_t id_columns = 10;

std::string title(const known_device& one) {
    const auto name = one.name.empty() ? std::string("a device that no sweep has seen yet") : printable(one.name);
    return fmt::format("{} (device {}, {}instance {})", name, one.id.value,
                       one.company.empty() ? "" : printable(one.company) + ", ", one.instance);
}

/// Why its contact is left alone.
std::string why(const pinned_device& one) {
    if (one.by_pin)
        return "pinned " + minute_words(one.since) + (one.note.empty() ? "" : ": " + printable(one.note));
    return choice_words(*one.choice);
}

/// The one device that is meant, or nothing; then that has been said.
std::expected<known_device, exit_status> one_device(const command_context& context, operator_orders& orders) {
    const auto& wanted = context.line.orders.device;
    const auto instance = chosen_instance(context);
    auto found = orders.find_devices(wanted, instance);
    if (!found)
        return std::unexpected(complain(context, found.error()));
    if (found->size() == 1)
        return std::move(found->front());
    if (found->size() > 1) {
        for (const auto& one : *found)
            std::cout << "  " << title(one) << '\n';
        return std::unexpected(complain(
            context, fmt::format("{} is the name of {} devices: give the id of one, and --instance where it is needed",
                                 printable(wanted), found->size())));
    }
    const auto id = core::read_id(wanted);
    const auto& all = context.settings.instances;
    if (!id || (instance.empty() && all.size() > 1))
        return std::unexpected(
            complain(context, fmt::format("no sweep has seen a device {}; give its id{}", printable(wanted),
                                          all.size() > 1 ? " and --instance" : "")));
    known_device unseen;
    unseen.instance = instance.empty() ? all.front().name.value : instance;
    unseen.id.value = *id;
    return unseen;
}

} // namespace

exit_status run_pins_list(const command_context& context) {
    auto orders = open_orders(context, journal_use::look);
    if (!orders)
        return orders.error();
    const auto pinned = (*orders)->pinned(chosen_instance(context));
    if (!pinned)
        return complain(context, pinned.error());
    for (const auto& one : *pinned)
        std::cout << padded(std::to_string(one.device.id.value), id_columns)
                  << padded(printable(one.device.name), name_columns) << "  "
                  << padded(printable(one.device.company), name_columns) << "  " << why(one)
                  << (context.settings.instances.size() > 1 ? " (instance " + one.device.instance + ")" : "") << '\n';
    std::cout << counted(static_cast<std::int64_t>(pinned->size()), "device is", "devices are")
              << " left alone because a person said so\n";
    return exit_status::done;
}

exit_status run_pins_add(const command_context& context) {
    auto orders = open_orders(context, journal_use::change);
    if (!orders)
        return orders.error();
    const auto device = one_device(context, **orders);
    if (!device)
        return device.error();
    const auto made = (*orders)->pin(device->instance, device->id, context.line.orders.note, wall_now());
    if (!made)
        return complain(context, made.error());
    std::cout << title(*device) << (*made ? " is pinned" : " was pinned already")
              << ": its contact is left alone from the next sweep on\n";
    return exit_status::done;
}

exit_status run_pins_remove(const command_context& context) {
    auto orders = open_orders(context, journal_use::change);
    if (!orders)
        return orders.error();
    const auto device = one_device(context, **orders);
    if (!device)
        return device.error();
    const auto gone = (*orders)->unpin(device->instance, device->id);
    if (!gone)
        return complain(context, gone.error());
    if (!*gone)
        return complain(context, title(*device) + " is not pinned, and nobody chose its contact");
    std::cout << title(*device) << " is pinned no longer: the next sweep decides it like any other\n";
    return exit_status::done;
}

} // namespace contactd
