// Lists that people bring: organizations to import, and aliases. Whatever the file, it is read or refused with
// sentences that name a line.

#include "daemon/config/alias_file.hpp"
#include "daemon/organizations/import_table.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/require.hpp"

#include <set>

using fuzz::require;

namespace {

std::vector<contactd::instance_settings> one_instance() {
    std::vector<contactd::instance_settings> made(1);
    made.front().name.value = "main";
    return made;
}

void check_import(std::string_view text) {
    const auto read = contactd::read_import(text, "list");
    if (!read) {
        require(!read.error().empty(), "what is refused has a reason");
        for (const auto& one : read.error())
            require(one.starts_with("list"), "every sentence names the file");
        return;
    }
    for (const auto& one : read->organizations) {
        require(!one.name.empty(), "every organization has a name");
        require(one.line > 1, "and stands behind the header");
        require(!one.company_id || one.company_id->value >= 0, "no id is negative");
        require(!one.tags || !one.tags->empty(), "tags are some or not said");
    }
}

void check_aliases(std::string_view text) {
    const auto instances = one_instance();
    const auto read = contactd::read_aliases(text, "aliases", instances);
    if (!read) {
        require(!read.error().empty(), "what is refused has a reason");
        return;
    }
    for (const auto& [instance, companies] : *read) {
        require(instance == "main", "aliases belong to an instance of the configuration");
        for (const auto& [company, all] : companies) {
            std::set<std::pair<std::string, std::string>> names;
            for (const auto& one : all) {
                require(!one.name.empty(), "every alias has a name");
                require(one.contact.has_value() != !one.address.empty(), "and one way to its contact");
                require(names.insert({one.authority, one.name}).second, "and no second one");
            }
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    check_import(text);
    check_aliases(text);
    return 0;
}
