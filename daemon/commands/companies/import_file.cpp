#include "daemon/commands/companies/import_file.hpp"

#include "daemon/config/read_file.hpp"
#include "daemon/printable.hpp"

namespace contactd {

std::optional<imported_table> read_import_file(const command_context& context, const std::string& path) {
    const auto text = read_whole_file(path, largest_list);
    if (!text) {
        context.messages.error(path + ": " + text.error().why.what);
        return std::nullopt;
    }
    auto table = read_import(*text, path);
    if (!table) {
        for (const auto& one : table.error())
            context.messages.error(one);
        return std::nullopt;
    }
    std::string unused;
    for (const auto& one : table->unused_columns)
        unused += (unused.empty() ? "" : ", ") + printable(one);
    if (!unused.empty())
        context.messages.warn(path + ": nothing is read from the columns " + unused);
    return std::move(*table);
}

} // namespace contactd
