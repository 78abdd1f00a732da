#include "daemon/sweep/assemble.hpp"

#include <memory>
#include <unordered_map>

namespace contactd {
namespace {

/// What is wrong with each company of the chunk; empty where nothing is.
class chunk_of_companies {
public:
    explicit chunk_of_companies(const std::vector<core::company>& asked)
        : snapshots_(asked.size()), wrong_(asked.size()) {
        for (std::size_t i = 0; i < asked.size(); ++i) {
            snapshots_[i].company = asked[i];
            places_.emplace(asked[i].id, i);
            if (!asked[i].parent)
                continue;
            auto& family = families_[*asked[i].parent];
            if (!family.contacts)
                family.contacts = std::make_shared<std::vector<core::contact>>();
            family.children.push_back(i);
            snapshots_[i].parent_contacts = family.contacts;
        }
    }

    core::snapshot* find(core::company_id id) {
        const auto place = places_.find(id);
        return place == places_.end() ? nullptr : &snapshots_[place->second];
    }

    /// Gives a contact to whoever it concerns; false when that is nobody.
    bool take(core::contact one) {
        const auto family = families_.find(one.company);
        const bool is_of_parent = family != families_.end();
        auto* own = find(one.company);
        if (is_of_parent && own)
            family->second.contacts->push_back(one);
        else if (is_of_parent)
            family->second.contacts->push_back(std::move(one));
        if (own)
            own->contacts.push_back(std::move(one));
        return own || is_of_parent;
    }

    void spoil(const autotask::bad_row& row) {
        if (row.company) {
            if (const auto place = places_.find(*row.company); place != places_.end())
                note(place->second, row.what);
            if (const auto family = families_.find(*row.company); family != families_.end())
                for (const auto place : family->second.children)
                    note(place, row.what);
            return;
        }
        for (std::size_t i = 0; i < wrong_.size(); ++i)
            note(i, row.what);
    }

    void hand_over(assembled& to) {
        for (std::size_t i = 0; i < snapshots_.size(); ++i)
            if (wrong_[i].empty())
                to.complete.push_back(std::move(snapshots_[i]));
            else
                to.unreadable.push_back({std::move(snapshots_[i].company), std::move(wrong_[i])});
    }

private:
    void note(std::size_t place, const std::string& what) {
        if (wrong_[place].empty())
            wrong_[place] = what;
    }

    std::vector<core::snapshot> snapshots_;
    std::vector<std::string> wrong_;
    std::unordered_map<core::company_id, std::size_t> places_;
    struct family {
        std::vector<std::size_t> children;
        std::shared_ptr<std::vector<core::contact>> contacts; ///< Of the parent.
    };
    std::unordered_map<core::company_id, family> families_; ///< By the parent that the children look at.
};

std::string foreign(std::string_view entity, std::int64_t id, core::company_id company) {
    return "the reply holds " + std::string(entity) + " " + std::to_string(id) + " of company " +
           std::to_string(company.value) + ", which was not asked for";
}

} // namespace

assembled assemble(const std::vector<core::company>& asked, autotask::rows<core::device> devices,
                   autotask::rows<core::contact> contacts) {
    assembled result;
    chunk_of_companies companies(asked);
    for (auto& one : devices.good)
        if (auto* of = companies.find(one.company))
            of->devices.push_back(std::move(one));
        else
            result.ignored.push_back(foreign("configuration item", one.id.value, one.company));
    for (auto& one : contacts.good) {
        const auto id = one.id.value;
        const auto company = one.company;
        if (!companies.take(std::move(one)))
            result.ignored.push_back(foreign("contact", id, company));
    }
    for (const auto& row : contacts.bad)
        companies.spoil(row);
    for (auto& row : devices.bad)
        result.unread_devices.push_back("the reply holds " + row.what);
    companies.hand_over(result);
    return result;
}

} // namespace contactd
