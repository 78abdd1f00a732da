#include "daemon/config/not_yet.hpp"

#include "daemon/config/read_values.hpp"

#include <fmt/format.h>

namespace contactd {

namespace {

using namespace std::chrono_literals;

// `done` is whether this version does what the value asks for; `asked` is that in words.
template <class T>
void refuse(const section& from, std::string_view key, const setting<T>& read, bool done, std::string_view asked,
            std::string_view leave_it_at) {
    const toml_node* found = from.find(key);
    if (found == nullptr || done || read.origin != from.origin_of(*found))
        return;
    from.complain(
        *found, key,
        {fmt::format("This version of contactd does not {} yet.", asked), fmt::format("Leave it at {}.", leave_it_at)});
}

} // namespace

void refuse_not_yet(const section& from, const policy_settings& read) {
    refuse(from, "stable_sweeps", read.stable_sweeps, read.stable_sweeps.value == 1,
           "wait for the same contact in several sweeps", "1");
    refuse(from, "stable_for", read.stable_for, read.stable_for.value == 0s,
           "wait until a contact has been the same for a time", "\"0s\"");
    refuse(from, "shared_devices", read.shared, read.shared.value != shared_devices::skip, "leave shared devices alone",
           "\"assign\"");
    refuse(from, "manual_changes", read.manual, read.manual.value != manual_changes::always,
           "let a contact that a human set stand for good", "\"until_user_changes\"");
}

} // namespace contactd
