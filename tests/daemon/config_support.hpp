#pragma once

#include "daemon/config/config_file.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

/// An instance with nothing but what every instance needs; seven lines, the heading first.
inline const std::string small_instance = "[[instance]]\n"
                                          "name = \"main\"\n"
                                          "username = \"api@msp.example\"\n"
                                          "tracking_identifier = \"TRACKING\"\n"
                                          "secret = \"credential:main\"\n"
                                          "companies = \"all\"\n"
                                          "\n";

/// Further files, by their paths.
using other_files = std::map<std::string, std::string>;

inline contactd::config_result read_text(std::string_view text,
                                         const contactd::environment& variables = contactd::fixed_environment({}),
                                         const other_files& others = {}) {
    return contactd::read_config_text(
        text, "c.toml", variables,
        [&others](const std::string& path) -> std::expected<std::string, contactd::unreadable_file> {
            if (const auto found = others.find(path); found != others.end())
                return found->second;
            return contactd::no_other_files(path);
        });
}

/// The messages of a text that must not be accepted, one a line.
inline std::string errors_of(std::string_view text, const other_files& others = {}) {
    const auto read = read_text(text, contactd::fixed_environment({}), others);
    std::string result;
    if (read)
        return "accepted";
    for (const auto& error : read.error())
        result.append(result.empty() ? "" : "\n").append(error.text());
    return result;
}

/// The configuration of a text that must be accepted.
inline contactd::config config_of(std::string_view text, const other_files& others = {}) {
    auto read = read_text(text, contactd::fixed_environment({}), others);
    if (!read) {
        INFO(errors_of(text, others));
        FAIL("the configuration was refused");
    }
    return read->settings;
}
