// Where a secret is, and what is found there. The first line is a reference, the rest the content of a variable.

#include "daemon/secrets/secret_reference.hpp"
#include "daemon/secrets/secret_source.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/fuzz/texts.hpp"

#include <set>
#include <string>

namespace {

using fuzz::require;

std::expected<contactd::resolved_secret, contactd::secret_error> resolved(const std::string& content) {
    return contactd::resolve_secret("main", "env:SECRET", contactd::fixed_environment({{"SECRET", content}}));
}

/// What is said of contents that hold no secret, one for each fault.
const std::set<std::string>& messages() {
    static const auto said = [] {
        std::set<std::string> texts;
        for (const auto& content : {std::string(), std::string(5000, 'x'), std::string("\x01"),
                                    std::string("\xef\xbb\xbfx"), std::string(" x")})
            texts.insert(resolved(content).error().text);
        return texts;
    }();
    return said;
}

void check_reference(std::string_view text) {
    const auto read = contactd::parse_secret_reference(text);
    if (!read)
        return;
    const auto& name = read->name;
    require(!name.empty() && fuzz::is_one_line(name), "a secret is somewhere");
    switch (read->place) {
    case contactd::secret_place::credential:
        require(text == "credential:" + name && !name.contains('/') && !name.starts_with('.'),
                "no credential is outside of its directory");
        break;
    case contactd::secret_place::file:
        require(text == "file:" + name && name.starts_with('/'), "a path is absolute");
        break;
    case contactd::secret_place::env:
        require(text == "env:" + name && !name.contains('='), "a variable has a name");
        break;
    }
}

void check_content(const std::string& content) {
    const auto read = resolved(content);
    if (!read) {
        const auto& text = read.error().text;
        require(read.error().problem == contactd::secret_problem::unusable && fuzz::is_one_line(text) &&
                    text.contains("\"main\"") && text.ends_with('.'),
                "an error is one line that names the instance");
        require(messages().contains(text), "an error depends on the fault alone, so it repeats nothing of the content");
        return;
    }
    const auto secret = read->value.reveal();
    require(!secret.empty() && secret.size() <= 4096 && fuzz::is_one_line(secret) && !secret.starts_with(' ') &&
                !secret.ends_with(' '),
            "a secret can be sent in a header");
    const auto rest = std::string_view(content).substr(secret.size());
    require(content.starts_with(secret) && (rest.empty() || rest == "\n" || rest == "\r\n"),
            "a secret is the content but for one newline");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto rest = fuzz::text_of(data, size);
    check_reference(fuzz::take_line(rest));
    check_content(std::string(rest));
    return 0;
}
