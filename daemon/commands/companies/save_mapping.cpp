#include "daemon/commands/companies/save_mapping.hpp"

#include "daemon/config/organizations_file.hpp"
#include "daemon/organizations/organizations_text.hpp"
#include "daemon/organizations/replace_file.hpp"
#include "daemon/printable.hpp"

#include <iostream>
#include <optional>
#include <string>
#include <unistd.h>

namespace contactd {

namespace {

enum class answer { yes, no, nobody_to_ask };

answer ask(const command_context& context) {
    if (context.line.companies.yes)
        return answer::yes;
    if (::isatty(STDIN_FILENO) == 0 || ::isatty(STDOUT_FILENO) == 0)
        return answer::nobody_to_ask;
    std::cout << "Save this to " << context.settings.organizations_file << "? [y/N] " << std::flush;
    std::string said;
    std::getline(std::cin, said);
    return said == "y" || said == "Y" || said == "yes" ? answer::yes : answer::no;
}

exit_status fail(const command_context& context, const std::string& sentence) {
    context.messages.error(context.settings.organizations_file + ": " + sentence);
    return exit_status::failed;
}

} // namespace

exit_status save_mapping(const command_context& context, std::span<const wanted_organization> wanted) {
    const auto& path = context.settings.organizations_file;
    const auto change = change_mapping(context.settings, wanted);
    if (change.edits.empty()) {
        std::cout << "Nothing to save: " << path << " says so already\n";
        return exit_status::done;
    }
    // What was shown and decided is about the file as it was at the beginning; if somebody saves it meanwhile, this
    // does not.
    const auto* before = context.settings.organizations_text.get();
    auto after = edit_organizations(before ? std::string_view(*before) : std::string_view(), change.edits);
    if (!after)
        return fail(context, after.error());
    config then = context.settings;
    if (const auto wrong = read_organizations(*after, path, then); !wrong.empty()) {
        for (const auto& one : wrong)
            context.messages.error("not saved: " + one.text());
        return exit_status::failed;
    }
    for (const auto& line : change.words)
        std::cout << line << '\n';
    std::cout << counted(static_cast<std::int64_t>(change.edits.size()), "organization differs", "organizations differ")
              << '\n';
    switch (ask(context)) {
    case answer::yes:
        break;
    case answer::no:
        std::cout << "Nothing was saved\n";
        return exit_status::failed;
    case answer::nobody_to_ask:
        context.messages.error("nothing was saved: there is no terminal to ask on; add --yes");
        return exit_status::usage;
    }
    const auto text_before = before ? std::optional<std::string_view>(*before) : std::nullopt;
    if (auto written = replace_file(path, text_before, *after); !written) {
        context.messages.error(written.error());
        return exit_status::failed;
    }
    std::cout << "Saved to " << path << "; a running contactd takes it over when it reloads (SIGHUP)\n";
    return exit_status::done;
}

} // namespace contactd
