#include "core/shipped_lists.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/config/config_text.hpp"

#include <iostream>

namespace contactd {

exit_status show_config(const config& settings) {
    std::cout << effective_config_text(settings, core::shipped_ignored_accounts(), core::shipped_system_authorities());
    return exit_status::done;
}

exit_status print_default_config() {
    std::cout << default_config_text();
    return exit_status::done;
}

} // namespace contactd
