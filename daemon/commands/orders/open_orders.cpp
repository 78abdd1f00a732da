#include "daemon/commands/orders/open_orders.hpp"

#include "daemon/commands/one_shot.hpp"

namespace contactd {

std::expected<std::unique_ptr<operator_orders>, exit_status> open_orders(const command_context& context,
                                                                         journal_use how) {
    if (auto good = check_instances(context); !good)
        return std::unexpected(good.error());
    auto opened = operator_orders::open(context.settings.daemon.state_dir.value, how == journal_use::change);
    if (!opened)
        return std::unexpected(complain(context, opened.error()));
    return std::move(*opened);
}

exit_status complain(const command_context& context, const std::string& sentence) {
    context.messages.error(sentence);
    return exit_status::failed;
}

std::string chosen_instance(const command_context& context) {
    const auto& chosen = context.line.chosen.instances;
    return chosen.empty() ? std::string() : chosen.front();
}

core::wall_time wall_now() {
    return autotask::real_clock().wall();
}

} // namespace contactd
