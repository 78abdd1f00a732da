// An e-mail field as people fill it.

#include "core/address.hpp"
#include "core/contact_index.hpp"
#include "core/fold.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/fuzz/texts.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace {

void check_address(const core::address& read) {
    const auto at = read.whole.rfind('@');
    fuzz::require(at != std::string::npos && at > 0 && at + 1 < read.whole.size(), "an address has both parts");
    fuzz::require(read.whole.substr(0, at) == read.local_part, "the local part stands before the last at sign");
    fuzz::require(core::fold(read.whole) == read.whole, "an address is folded");
    if (fuzz::is_utf8(read.whole))
        fuzz::require(core::fold(read.local_part) == read.local_part, "its local part is folded");
}

/// A contact is found by exactly the address that was read out of its field.
void check_index(std::string_view field, const std::optional<core::address>& read) {
    core::contact who;
    who.id.value = 1;
    who.addresses = {std::string(field)};
    const std::array contacts{who};
    const core::contact_index index(contacts);
    fuzz::require(index.unreadable() == (read ? 0 : 1), "a contact can be read when its address can");
    if (!read)
        return;
    fuzz::require(index.with_address(read->whole).size() == 1, "a contact is found by its address");
    fuzz::require(index.with_local_part(read->local_part).size() == 1, "a contact is found by its local part");
    fuzz::require(index.local_part_has_one_address(read->local_part), "one address is one address");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto field = fuzz::text_of(data, size);
    const auto read = core::read_address(field);
    check_index(field, read);
    if (read)
        check_address(*read);
    const auto other = core::read_address(fuzz::with_other_case(field));
    fuzz::require(other.has_value() == read.has_value() && (!read || other->whole == read->whole),
                  "case makes no difference");
    const auto padded = core::read_address(" \t" + std::string(field) + "\r\n");
    fuzz::require(padded.has_value() == read.has_value() && (!read || padded->whole == read->whole),
                  "blanks around make no difference");
    // Of one plain address, every form of RFC 5322 reads the same. The Greek question mark folds to a semicolon, and
    // out of halves of a character around one without width another can come to be; no JSON lets these in.
    if (read && read->whole.find_first_of("\"'\\<>:?;") == std::string::npos && fuzz::is_utf8(field))
        for (const auto& form : {read->whole, "Jane Smith <" + read->whole + ">", "mailto:" + read->whole}) {
            const auto again = core::read_address(form);
            fuzz::require(again && again->whole == read->whole, "an address reads the same in each of its forms");
        }
    return 0;
}
