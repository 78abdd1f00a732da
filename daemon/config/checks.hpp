#pragma once

#include "daemon/config/fault.hpp"

#include <optional>
#include <string_view>

namespace contactd {

/// A test of one text value: what is wrong with it, or nothing.
using text_check = std::optional<fault> (*)(std::string_view);

/// The name of an instance: up to 64 letters, digits, "-", "_" and ".", the first a letter or digit. It becomes part of
/// file names, metric labels and command lines.
std::optional<fault> check_instance_name(std::string_view text);

/// A value that is sent as an HTTP header: printable ASCII without blanks at the ends. The value is not repeated.
std::optional<fault> check_header_value(std::string_view text);

/// The reference of a secret. The value is never repeated: it may be the secret itself.
std::optional<fault> check_secret_reference(std::string_view text);

/// An https URL with a host and a path, and nothing else; without the version, which contactd appends. The value is not
/// repeated, because people paste credentials into URLs.
std::optional<fault> check_base_url(std::string_view text);

/// "auto" or a base URL.
std::optional<fault> check_zone(std::string_view text);

std::optional<fault> check_absolute_path(std::string_view text);

/// An absolute path, or nothing at all.
std::optional<fault> check_optional_path(std::string_view text);

/// A path that may be given from the folder of the configuration.
std::optional<fault> check_path(std::string_view text);

/// The same, or nothing at all.
std::optional<fault> check_optional_file(std::string_view text);

/// "host:port" or "[IPv6]:port", or nothing at all. Port 0 lets the system choose a free one.
std::optional<fault> check_listen_address(std::string_view text);

/// A name, label or glob: not empty, no control characters, no blanks at the ends.
std::optional<fault> check_plain_name(std::string_view text);

/// The same, or nothing at all.
std::optional<fault> check_optional_name(std::string_view text);

} // namespace contactd
