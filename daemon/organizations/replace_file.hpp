#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace contactd {

/// Puts `text` in the place of the file, which must still hold `before` (nothing: it must not exist). Symbolic links
/// are followed; mode and owner are kept (a new one has `mode_of_new`), but not what goes beyond them, such as access
/// control lists.
///
/// The text is written to a file beside it, which then takes its name, so that whoever reads the file sees all of the
/// old text or all of the new one, even after a power cut. Where that fails, a sentence says why, and the file is as it
/// was; unless it says that the file has been written, and only that it is on the disk for good could not be made sure.
std::expected<void, std::string> replace_file(const std::string& path, std::optional<std::string_view> before,
                                              std::string_view text, mode_t mode_of_new = 0644);

} // namespace contactd
