// Rows of every shape through the memory. The input is taken apart into their fields, so that each can hold any text.

#include "daemon/memory/row_packing.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/require.hpp"

#include <algorithm>
#include <string_view>

namespace {

using fuzz::require;

constexpr core::company_id company{7};

/// Numbers and texts out of the bytes of the input.
class fields {
public:
    explicit fields(std::string_view bytes) : rest_(bytes) {}

    bool at_end() const { return rest_.empty(); }

    std::size_t small() {
        if (rest_.empty())
            return 0;
        const auto byte = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        return byte;
    }

    /// Of one byte to eight: small numbers are as likely as large ones.
    std::int64_t number() {
        std::uint64_t value = 0;
        for (auto bytes = small() % 9; bytes > 0; --bytes)
            value = value << 8 | small();
        return static_cast<std::int64_t>(value);
    }

    std::optional<std::int64_t> maybe() { return small() % 2 ? std::optional(number()) : std::nullopt; }

    std::string text() {
        const auto size = std::min(small(), rest_.size());
        std::string value(rest_.substr(0, size));
        rest_.remove_prefix(size);
        // Lengths that need two bytes or three, without an input as long.
        if (small() % 16 == 1)
            value.append(small() * 80, 'x');
        return value;
    }

private:
    std::string_view rest_;
};

core::device device_in(fields& from) {
    core::device made;
    made.company = company;
    made.id.value = from.number();
    if (const auto contact = from.maybe())
        made.contact = core::contact_id{*contact};
    made.type = from.maybe();
    made.hostname = from.text();
    made.title = from.text();
    made.last_user = from.text();
    made.category = from.maybe();
    return made;
}

core::contact contact_in(fields& from) {
    core::contact made;
    made.company = company;
    made.id.value = from.number();
    made.first_name = from.text();
    made.last_name = from.text();
    for (auto count = from.small() % 4; count > 0; --count)
        made.addresses.push_back(from.text());
    for (auto count = from.small() % 3; count > 0; --count)
        made.logins.push_back(from.text());
    made.has_address = from.small() % 2 == 0;
    made.active = from.small() % 2 == 0;
    return made;
}

bool is_same(const core::device& a, const core::device& b) {
    return a.id == b.id && a.company == b.company && a.contact == b.contact && a.type == b.type &&
           a.hostname == b.hostname && a.title == b.title && a.last_user == b.last_user && a.category == b.category &&
           a.active == b.active;
}

bool is_same(const core::contact& a, const core::contact& b) {
    return a.id == b.id && a.company == b.company && a.first_name == b.first_name && a.last_name == b.last_name &&
           a.addresses == b.addresses && a.logins == b.logins && a.has_address == b.has_address && a.active == b.active;
}

template <class Row>
void check(std::string_view input, Row (*row_in)(fields&)) {
    std::vector<Row> rows;
    for (fields from(input); !from.at_end();)
        rows.push_back(row_in(from));
    const auto packed = contactd::pack(rows);
    std::vector<Row> again;
    contactd::unpack(packed, company, again);
    require(std::ranges::equal(again, rows, [](const Row& a, const Row& b) { return is_same(a, b); }),
            "rows come out of the memory as they went in");
    require(contactd::pack(again) == packed, "packed again they are the same bytes");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = fuzz::text_of(data, size);
    check(input, device_in);
    check(input, contact_in);
    return 0;
}
