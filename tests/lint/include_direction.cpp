#include "tests/lint/rules.hpp"

#include <algorithm>
#include <array>

namespace lint {

namespace {

using namespace std::string_view_literals;

/// A library that takes long to compile, or that only one place should know, and a file of what ships that may include
/// it.
struct kept_library {
    std::string_view headers; ///< What their names begin with.
    std::string_view name;
    std::string_view file;
};

constexpr std::array kept_libraries{
    kept_library{"boost/beast", "Beast", "autotask/https_connection.cpp"},
    kept_library{"boost/beast", "Beast", "autotask/boost_sources.cpp"},
    kept_library{"CLI/", "CLI11", "daemon/cli.cpp"},
    kept_library{"CLI/", "CLI11", "daemon/cli_audit.cpp"},
    kept_library{"CLI/", "CLI11", "daemon/cli_orders.cpp"},
    kept_library{"spdlog/", "spdlog", "daemon/log.cpp"},
    kept_library{"sqlite3", "SQLite", "daemon/journal/sqlite.cpp"},
    kept_library{"csv.h", "libcsv", "daemon/organizations/csv.cpp"},
    kept_library{"zlib.h", "zlib", "daemon/audit/reading/gzip_source.cpp"},
    kept_library{"toml++/", "toml++", "daemon/config/toml_tree.cpp"},
};

constexpr auto exceptions = [] {
    std::array<std::string_view, kept_libraries.size()> files;
    std::ranges::transform(kept_libraries, files.begin(), &kept_library::file);
    return files;
}();

bool begins_with_any(std::string_view text, std::initializer_list<std::string_view> prefixes) {
    return std::ranges::any_of(prefixes, [text](std::string_view one) { return text.starts_with(one); });
}

/// The local Autotask, and what its tests need besides. It speaks for the service: code that it shared with the client
/// could be wrong on both sides and pass.
bool is_local_autotask(std::string_view path) {
    return begins_with_any(path, {"tests/sandbox/", "tests/support/https_client."});
}

/// A sentence if a file in this place must not include this header.
std::string objection(const source_file& file, std::string_view header) {
    const bool ours = begins_with_any(header, {"core/", "autotask/", "daemon/", "tests/"});
    if (begins_with_any(header, {"../", "./"}) || header.find("/../") != std::string_view::npos)
        return "name the header from the root of the tree";
    if (is_local_autotask(file.path))
        return ours && !is_local_autotask(header) ? "the local Autotask shares no code with the client: do without"
                                                  : "";
    if (!file.ships())
        return "";
    if (begins_with_any(header, {"tests/", "catch2/"}))
        return "what ships includes nothing of the tests: move what is needed out of them";
    if (!file.is_in("daemon/") && header.starts_with("daemon/"))
        return "only daemon/ includes daemon/: pass in what is needed";
    if (file.is_in("core/")) {
        if (header.starts_with("autotask/"))
            return "core/ includes nothing but itself: pass in what is needed";
        const bool standard = header.find_first_of("/.") == std::string_view::npos;
        if (!standard && !header.starts_with("core/") && header != "utf8proc.h")
            return "core/ uses the standard library and utf8proc only: move this to autotask/ or daemon/";
    }
    const auto is_kept = [header](const kept_library& one) { return header.starts_with(one.headers); };
    const auto is_home = [header, &file](const kept_library& one) {
        return header.starts_with(one.headers) && one.file == file.path;
    };
    const auto kept = std::ranges::find_if(kept_libraries, is_kept);
    if (kept != kept_libraries.end() && std::ranges::none_of(kept_libraries, is_home))
        return std::string(kept->name) + " is the business of " + std::string(kept->file) + ": go through it";
    if (file.is_in("autotask/") && begins_with_any(header, {"fmt/", "systemd/", "utf8proc"}))
        return "autotask/ uses Boost and OpenSSL only: move this to core/ or daemon/";
    return "";
}

std::vector<finding> check_includes(const source_file& file) {
    std::vector<finding> found;
    for (const auto& one : file.lexemes) {
        if (one.kind != lexeme_kind::header)
            continue;
        auto sentence = objection(file, one.text);
        if (!sentence.empty())
            found.push_back({std::string(file.path), one.line, std::string(one.text) + ": " + sentence});
    }
    return found;
}

} // namespace

constinit const rule include_direction{check_includes, exceptions};

} // namespace lint
