#include "tests/sandbox/model/table.hpp"

#include <algorithm>

#include "tests/sandbox/model/text.hpp"

namespace sandbox {
namespace {

const std::vector<std::int64_t> no_ids;
const value null_value;

} // namespace

row::row(std::int64_t id) : id_{id} {
    cells_.push_back({value::integer(id), 0});
}

const value& row::get(field_index field) const {
    const auto place = std::ranges::lower_bound(cells_, field, {}, &cell::field);
    return place != cells_.end() && place->field == field ? place->content : null_value;
}

void row::set(field_index field, value content) {
    const auto place = std::ranges::lower_bound(cells_, field, {}, &cell::field);
    const bool present = place != cells_.end() && place->field == field;
    if (present && content.is_null())
        cells_.erase(place);
    else if (present)
        place->content = std::move(content);
    else if (!content.is_null())
        cells_.insert(place, {std::move(content), field});
}

table::table(entity which) : which_{which}, shape_{&schema_of(which)}, company_field_{shape_->find("companyID")} {}

const row* table::find(std::int64_t id) const {
    const auto place = std::ranges::lower_bound(rows_, id, {}, &row::id);
    return place != rows_.end() && place->id() == id ? &*place : nullptr;
}

row* table::find_mutable(std::int64_t id) {
    return const_cast<row*>(std::as_const(*this).find(id));
}

std::size_t table::position_after(std::int64_t id) const {
    return static_cast<std::size_t>(std::ranges::upper_bound(rows_, id, {}, &row::id) - rows_.begin());
}

void table::insert(row fresh) {
    fresh.shrink();
    erase(fresh.id());
    index(fresh);
    const auto place = std::ranges::lower_bound(rows_, fresh.id(), {}, &row::id);
    rows_.insert(place, std::move(fresh));
}

bool table::erase(std::int64_t id) {
    const row* old = find(id);
    if (old == nullptr)
        return false;
    unindex(*old);
    rows_.erase(rows_.begin() + (old - rows_.data()));
    return true;
}

bool table::set(std::int64_t id, field_index field, value content) {
    row* changed = find_mutable(id);
    if (changed == nullptr)
        return false;
    if (company_field_ == field) {
        unindex(*changed);
        changed->set(field, std::move(content));
        index(*changed);
    } else {
        changed->set(field, std::move(content));
    }
    return true;
}

std::int64_t table::next_id() const {
    return rows_.empty() ? 1 : rows_.back().id() + 1;
}

const std::vector<std::int64_t>* table::of_company(std::int64_t company) const {
    if (!company_field_)
        return nullptr;
    const auto found = by_company_.find(company);
    return found == by_company_.end() ? &no_ids : &found->second;
}

std::optional<field_index> table::find_user_defined(std::string_view name) const {
    for (std::size_t i = 0; i < udfs_.size(); ++i)
        if (equal_ignoring_case(udfs_[i].name, name))
            return static_cast<field_index>(shape_->fields.size() + i);
    return std::nullopt;
}

void table::index(const row& fresh) {
    if (!company_field_)
        return;
    auto& ids = by_company_[fresh.get(*company_field_).as_integer()];
    ids.insert(std::ranges::lower_bound(ids, fresh.id()), fresh.id());
}

void table::unindex(const row& old) {
    if (!company_field_)
        return;
    auto& ids = by_company_[old.get(*company_field_).as_integer()];
    const auto place = std::ranges::lower_bound(ids, old.id());
    if (place != ids.end() && *place == old.id())
        ids.erase(place);
}

} // namespace sandbox
