#pragma once

#include <string>
#include <string_view>

namespace contactd {

/// The text as one line of GitHub flavoured Markdown that shows it as it is, also in a cell of a table: no emphasis, no
/// code, no link, no HTML, no further cell. For use behind other text of its line; what only means something at the
/// beginning of one is left alone.
std::string markdown_text(std::string_view text);

} // namespace contactd
