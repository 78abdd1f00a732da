#include "daemon/plan_file/plan_storage.hpp"

#include "daemon/config/read_file.hpp"
#include "daemon/organizations/replace_file.hpp"

#include <cerrno>
#include <cstring>
#include <unistd.h>
#include <utility>

namespace contactd {

namespace {

constexpr mode_t for_the_owner_only = 0600;

/// "plan.json: The file cannot be read: ...": as the messages about other files.
std::string in_words(const std::string& file, const unreadable_file& failure) {
    return file + ": " + failure.why.what + (failure.why.remedy.empty() ? "" : ' ' + failure.why.remedy);
}

std::string directory_of(const std::string& file) {
    const auto slash = file.rfind('/');
    return slash == std::string::npos ? "." : file.substr(0, slash + 1);
}

} // namespace

std::expected<stored_plan, std::string> load_plan(const std::string& file) {
    auto text = read_whole_file(file, largest_plan);
    if (!text)
        return std::unexpected(in_words(file, text.error()));
    auto plan = read_plan(*text, file);
    if (!plan)
        return std::unexpected(std::move(plan.error()));
    return stored_plan{std::move(*plan), std::move(*text)};
}

std::expected<plan_place, std::string> plan_place::find(const std::string& file) {
    auto before = read_whole_file(file, largest_plan);
    if (!before && !before.error().is_missing)
        return std::unexpected(in_words(file, before.error()));
    if (before && !is_meant_to_be_a_plan(*before))
        return std::unexpected(file + ": this file is no plan, and is not overwritten by one: remove it, or give the "
                                      "plan another name");
    const auto directory = directory_of(file);
    if (::access(directory.c_str(), W_OK | X_OK) != 0)
        return std::unexpected(file + ": no plan can be saved in " + directory + ": " + std::strerror(errno));
    return plan_place(file, before ? std::optional(std::move(*before)) : std::nullopt);
}

std::expected<void, std::string> plan_place::save(const saved_plan& plan) const {
    const auto text = plan_text(plan);
    if (text.size() > largest_plan)
        return std::unexpected(file_ + ": the plan is larger than 256 MiB, and would not be read again: limit it with "
                                       "--instance or --company");
    return replace_file(file_, before_, text, for_the_owner_only);
}

} // namespace contactd
