#include "daemon/report/company_words.hpp"

#include "daemon/printable.hpp"

#include <fmt/format.h>

namespace contactd {

namespace {

std::string renamed_words(const core::company_change& change) {
    return change.old_name.empty() ? std::string() : fmt::format(" (before: {})", printable(change.old_name));
}

std::string what_became(const core::company_change& change) {
    using enum core::standing;
    switch (change.how) {
    case inactive:
        return change.is_new ? "is inactive" : "became inactive";
    case filtered:
        return change.is_new ? "does not pass company_filter" : "no longer passes company_filter";
    case gone:
        return change.is_new ? "cannot be found" : "cannot be found any more (deleted, or hidden from the API user)";
    case passes:
        break;
    }
    if (change.is_new)
        return "is new";
    return change.is_back ? "passes company_filter again" : "was renamed";
}

} // namespace

std::string company_words(const told_company& what, bool only_mapped) {
    const auto& change = what.change;
    const bool is_left = change.how != core::standing::passes;
    auto words = fmt::format("company {} {}{} {}", change.id.value, printable(change.name), renamed_words(change),
                             what_became(change));
    if (is_left && !what.organization.empty())
        words += fmt::format(", so organization {} is not swept{}", printable(what.organization),
                             change.is_new ? "" : " any more");
    if (!is_left && what.organization.empty() && only_mapped)
        words += change.is_new ? "; it is not swept until an organization is mapped to it: contactd companies map" : "";
    return words;
}

bool needs_attention(const told_company& what) {
    return what.change.how != core::standing::passes && !what.organization.empty();
}

} // namespace contactd
