// The text of a configuration file.

#include "autotask/url.hpp"
#include "daemon/config/config_file.hpp"
#include "daemon/config/config_text.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/fuzz/texts.hpp"

#include <algorithm>
#include <string>

namespace {

using fuzz::require;

const std::string file = "c.toml";
/// A secret that the seeds paste in places where it does not belong.
constexpr std::string_view secret = "Sup3r-S3cret";

bool is_sentence(std::string_view text) {
    return text.ends_with('.') || text.ends_with('?');
}

void check_messages(const std::vector<contactd::config_message>& messages, std::string_view text) {
    const auto lines = std::ranges::count(text, '\n') + 1;
    for (const auto& one : messages) {
        require(one.text().starts_with(file + ':'), "a message names the file");
        require(fuzz::is_one_line(one.text()), "a message is one line");
        // A file that is no UTF-8 is refused as such, and nothing of it repeated.
        require(fuzz::is_utf8(one.text()), "a message is UTF-8");
        require(is_sentence(one.what) && (one.remedy.empty() || is_sentence(one.remedy)),
                "a message is made of sentences");
        require(one.line >= 0 && one.line <= lines, "a message names a line of the file");
    }
}

void check_errors(const std::vector<contactd::config_error>& errors, std::string_view text) {
    require(!errors.empty(), "a refusal has a reason");
    check_messages(errors, text);
    require(std::ranges::is_sorted(errors, {}, &contactd::config_error::line), "errors come in the order of the lines");
    if (errors.front().column > 0)
        require(errors.size() == 1 && !errors.front().text().contains(secret),
                "what is no TOML is not repeated: it may be a secret");
}

std::string shown(const contactd::config& settings) {
    return contactd::effective_config_text(settings, {}, {});
}

/// The shown configuration without the comments that tell where each value comes from.
std::string without_origins(std::string_view shown) {
    std::string text;
    while (!shown.empty()) {
        const auto line = fuzz::take_line(shown);
        text += line.substr(0, line.rfind("  # "));
        text += '\n';
    }
    return text;
}

void check_accepted(const contactd::config_reading& read) {
    require(!read.settings.instances.empty(), "a configuration has an instance");
    for (const auto& instance : read.settings.instances) {
        require(autotask::parse_base_url(instance.zone_discovery_url.value).has_value(),
                "a URL that was accepted can be used");
        require(instance.zone.value == "auto" || autotask::parse_base_url(instance.zone.value),
                "a zone that was accepted can be used");
    }
    const auto text = shown(read.settings);
    const auto again =
        contactd::read_config_text(text, file, contactd::fixed_environment({}), contactd::no_other_files);
    require(again.has_value(), "what is shown of a configuration is accepted");
    require(without_origins(shown(again->settings)) == without_origins(text), "it reads back to the same values");
    require(again->warnings.size() == read.warnings.size(), "and to the same warnings");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    const auto read = contactd::read_config_text(text, file, contactd::fixed_environment({}), contactd::no_other_files);
    if (!read) {
        check_errors(read.error(), text);
        return 0;
    }
    check_messages(read->warnings, text);
    check_accepted(*read);
    return 0;
}
