#pragma once

#include "autotask/json_check.hpp"
#include "autotask/json_value.hpp"
#include "autotask/rows.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/fuzz/texts.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fuzz {

/// The objects of a page's "items" as they stand in the body; only of a body that was read as a page.
class items_of {
public:
    explicit items_of(std::string_view body) {
        require(autotask::is_one_json_document(body), "a page is one whole JSON document");
        boost::system::error_code failed;
        parsed_ = boost::json::parse(body, failed);
        const auto* object = failed ? nullptr : parsed_.if_object();
        const auto* list = object ? object->if_contains("items") : nullptr;
        require(list && list->is_array(), "a page has items");
        items_ = &list->get_array();
    }

    std::size_t size() const { return items_->size(); }

    /// The one with this id. Ids ascend, so there is one at most.
    const boost::json::object& with_id(std::int64_t id) const {
        const boost::json::object* found = nullptr;
        for (const auto& item : *items_)
            if (const auto* object = item.if_object())
                if (number(*object, "id") == id)
                    found = object;
        require(found != nullptr, "no id is made up");
        return *found;
    }

    static std::optional<std::int64_t> number(const boost::json::object& of, std::string_view name) {
        const auto* value = autotask::json_value::member(of, name);
        return value ? autotask::json_value::integer(*value) : std::nullopt;
    }

    /// True when the member is this text, or the text is empty and there is no member.
    static bool holds(const boost::json::object& of, std::string_view name, std::string_view text) {
        const auto* value = autotask::json_value::member(of, name);
        return value ? value->is_string() && std::string_view(value->get_string()) == text : text.empty();
    }

private:
    boost::json::value parsed_;
    const boost::json::array* items_ = nullptr;
};

/// Checks what is promised of the pages of every entity, `check_row` what is promised of a row beside the object it
/// comes from.
template <class Read, class CheckRow>
void check_pages(std::string_view body, std::string_view entity, Read read, CheckRow check_row) {
    const auto whole = read(body, std::optional<std::int64_t>{});
    if (!whole) {
        require(!whole.error().empty() && is_one_line(whole.error()), "an error is a phrase on one line");
        return;
    }
    const items_of items(body);
    require(whole->received == items.size(), "every row of the answer is counted");
    require(whole->received == whole->rows.size() + whole->bad.size(), "a row is good or bad, never both or neither");
    require(whole->received == 0 || whole->last_id, "a page with rows has a last id");
    std::optional<std::int64_t> last;
    for (const auto& row : whole->rows) {
        require(!last || *last < row.id.value, "rows come by ascending id");
        require(row.id.value <= *whole->last_id, "no row comes behind the last id");
        last = row.id.value;
        check_row(items.with_id(row.id.value), row);
    }
    for (const auto& bad : whole->bad)
        require(bad.what.starts_with("a " + std::string(entity) + ' ') && is_one_line(bad.what),
                "a bad row is called by its entity, on one line");

    // The same page asked for behind some id: refused when a row does not come behind it, else the same.
    const std::int64_t after = last ? *last - 1 : 100;
    const auto behind = read(body, std::optional(after));
    if (behind) {
        require(behind->rows.size() == whole->rows.size() && behind->bad.size() == whole->bad.size(),
                "where a query goes on makes no difference to what is read");
        for (const auto& row : behind->rows)
            require(row.id.value > after, "no row comes again");
    }
    require(behind.has_value() || whole->received > 0, "an empty page is never out of order");
}

} // namespace fuzz
