#pragma once

#include "daemon/config/config_file.hpp"

#include <catch2/catch.hpp>

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

inline contactd::config_result read_text(std::string_view text,
                                         const contactd::environment& variables = contactd::fixed_environment({})) {
    return contactd::read_config_text(text, "c.toml", variables);
}

/// The messages of a text that must not be accepted, one a line.
inline std::string errors_of(std::string_view text) {
    const auto read = read_text(text);
    std::string result;
    if (read)
        return "accepted";
    for (const auto& error : read.error())
        result.append(result.empty() ? "" : "\n").append(error.text());
    return result;
}

/// The configuration of a text that must be accepted.
inline contactd::config config_of(std::string_view text) {
    auto read = read_text(text);
    if (!read) {
        INFO(errors_of(text));
        FAIL("the configuration was refused");
    }
    return read->settings;
}
