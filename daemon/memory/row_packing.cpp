#include "daemon/memory/row_packing.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace contactd {
namespace {

/// Seven bits a byte, the lowest first; the eighth says that more follow.
class packer {
public:
    void number(std::uint64_t value) {
        for (; value > 0x7f; value >>= 7)
            made_.push_back(static_cast<char>(value | 0x80));
        made_.push_back(static_cast<char>(value));
    }

    /// Ids are seldom negative, but nothing forbids it.
    void id(std::int64_t value) { number(static_cast<std::uint64_t>(value)); }

    void maybe(std::optional<std::int64_t> value) {
        number(value ? 1 : 0);
        if (value)
            id(*value);
    }

    void text(std::string_view value) {
        number(value.size());
        made_ += value;
    }

    void texts(const std::vector<std::string>& values) {
        number(values.size());
        for (const auto& one : values)
            text(one);
    }

    std::string take() {
        made_.shrink_to_fit();
        return std::move(made_);
    }

private:
    std::string made_;
};

class unpacker {
public:
    explicit unpacker(std::string_view packed) : rest_(packed) {}

    bool at_end() const { return rest_.empty(); }

    std::uint64_t number() {
        std::uint64_t value = 0;
        for (int shift = 0; !rest_.empty(); shift += 7) {
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
            if (byte < 0x80)
                break;
        }
        return value;
    }

    std::int64_t id() { return static_cast<std::int64_t>(number()); }

    std::optional<std::int64_t> maybe() { return number() == 1 ? std::optional(id()) : std::nullopt; }

    std::string text() {
        const auto size = number();
        std::string value(rest_.substr(0, size));
        rest_.remove_prefix(value.size());
        return value;
    }

    std::vector<std::string> texts() {
        std::vector<std::string> values;
        for (auto count = number(); count > 0 && !at_end(); --count)
            values.push_back(text());
        return values;
    }

private:
    std::string_view rest_;
};

} // namespace

std::string pack(std::span<const core::device> rows) {
    packer to;
    for (const auto& one : rows) {
        to.id(one.id.value);
        to.maybe(one.contact ? std::optional(one.contact->value) : std::nullopt);
        to.maybe(one.type);
        to.maybe(one.category);
        to.text(one.hostname);
        to.text(one.title);
        to.text(one.last_user);
    }
    return to.take();
}

std::string pack(std::span<const core::contact> rows) {
    packer to;
    for (const auto& one : rows) {
        to.id(one.id.value);
        to.text(one.first_name);
        to.text(one.last_name);
        to.number((one.has_address ? 1U : 0U) + (one.active ? 2U : 0U));
        to.texts(one.addresses);
        to.texts(one.logins);
    }
    return to.take();
}

void unpack(const std::string& packed, core::company_id of, std::vector<core::device>& into) {
    for (unpacker from(packed); !from.at_end();) {
        auto& one = into.emplace_back();
        one.company = of;
        one.id.value = from.id();
        if (const auto contact = from.maybe())
            one.contact = core::contact_id{*contact};
        one.type = from.maybe();
        one.category = from.maybe();
        one.hostname = from.text();
        one.title = from.text();
        one.last_user = from.text();
    }
}

void unpack(const std::string& packed, core::company_id of, std::vector<core::contact>& into) {
    for (unpacker from(packed); !from.at_end();) {
        auto& one = into.emplace_back();
        one.company = of;
        one.id.value = from.id();
        one.first_name = from.text();
        one.last_name = from.text();
        const auto flags = from.number();
        one.has_address = (flags & 1U) != 0;
        one.active = (flags & 2U) != 0;
        one.addresses = from.texts();
        one.logins = from.texts();
    }
}

} // namespace contactd
