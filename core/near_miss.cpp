#include "core/near_miss.hpp"

#include "core/address.hpp"
#include "core/decide.hpp"
#include "core/fold.hpp"
#include "core/login_field.hpp"
#include "core/name_forms.hpp"
#include "core/near_spelling.hpp"
#include "core/plain_letters.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <tuple>
#include <unordered_map>

namespace core {
namespace {

constexpr std::array every_form{rule::first_dot_last, rule::firstlast, rule::flast, rule::firstl};

/// No login name is longer; of a longer text nobody made a slip of a finger.
constexpr std::size_t longest_login = 64;

std::string_view local_part_of(std::string_view name) {
    return name.substr(0, name.rfind('@'));
}

bool has_readable_address(const contact& who) {
    return std::ranges::any_of(who.addresses, [](const std::string& one) { return read_address(one).has_value(); });
}

/// Calls `use` with the text and with each text that has one of its bytes less.
template <class Use>
void each_worn(std::string_view text, Use use) {
    use(std::hash<std::string_view>{}(text));
    std::string shorter;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i > 0 && text[i] == text[i - 1])
            continue; // The same text once more.
        shorter.assign(text.substr(0, i)).append(text.substr(i + 1));
        use(std::hash<std::string_view>{}(shorter));
    }
}

} // namespace

std::string_view to_string(near_miss_kind why) {
    static constexpr std::array<std::string_view, near_miss_kind_count> names{
        "inactive",      "no_rule",     "other_domain",  "no_address",
        "other_address", "longer_name", "near_spelling", "other_company"};
    return names[static_cast<std::size_t>(why)];
}

/// Keeps of each contact the first reason, which is the strongest.
class near_miss_index::collector {
public:
    explicit collector(std::span<const contact* const> except) {
        for (const auto* who : except)
            known_.emplace(who->id, none);
    }

    void add(const contact& who, near_miss_kind why, std::string_view through) {
        if (known_.emplace(who.id, found_.size()).second)
            found_.push_back({&who, why, std::string(through)});
    }

    std::vector<near_miss> take() {
        std::ranges::sort(found_, [](const near_miss& a, const near_miss& b) {
            return std::tie(a.why, a.who->id) < std::tie(b.why, b.who->id);
        });
        return std::move(found_);
    }

private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    std::unordered_map<contact_id, std::size_t> known_;
    std::vector<near_miss> found_;
};

near_miss_index::near_miss_index(std::span<const contact> contacts, std::span<const contact> more) {
    for (const auto list : {contacts, more})
        for (const auto& who : list)
            add(who);
    for (auto* table : {&local_parts_, &addresses_, &logins_, &names_})
        table->sort();
    std::ranges::sort(worn_, {}, &worn_spelling::hash);
}

void near_miss_index::add(const contact& who) {
    for (const auto& field : who.addresses)
        if (auto read = read_address(field)) {
            if (who.active)
                add_near_spellings(read->local_part, who);
            local_parts_.add(std::move(read->local_part), who);
            addresses_.add(std::move(read->whole), who);
        }
    for (const auto& field : who.logins)
        if (auto login = login_in(field); !login.empty())
            logins_.add(std::move(login), who);
    for (const auto form : every_form)
        for (auto& one : name_forms(form, who.first_name, who.last_name))
            names_.add(std::move(one), who);
}

void near_miss_index::add_near_spellings(std::string_view local_part, const contact& who) {
    if (local_part.size() > longest_login)
        return;
    for (auto& one : plain_spellings(local_part)) {
        const auto place = static_cast<std::uint32_t>(spellings_.size());
        each_worn(one, [this, place](std::size_t hash) { worn_.push_back({hash, place}); });
        spellings_.push_back({std::move(one), &who});
    }
}

std::vector<near_miss> near_miss_index::find(const account& who, std::span<const contact* const> except) const {
    collector found(except);
    const auto folded = fold(who.name);
    if (folded.empty())
        return {};
    find_exact(found, who, folded);
    const std::string login(local_part_of(folded));
    if (!who.whole_address)
        find_by_name(found, folded);
    else
        find_by_name(found, login);
    if (may_be_cut(who))
        find_longer(found, folded);
    find_near(found, who, folded);
    return found.take();
}

void near_miss_index::find_exact(collector& to, const account& who, const std::string& folded) const {
    const auto& addresses = who.whole_address ? addresses_ : local_parts_;
    for (const auto* table : {&addresses, &logins_})
        for (const auto* one : table->find(folded))
            to.add(*one, one->active ? near_miss_kind::no_rule : near_miss_kind::inactive, folded);
    if (!who.whole_address)
        return;
    const std::string local(local_part_of(folded));
    for (const auto* one : local_parts_.find(local))
        if (one->active)
            to.add(*one, near_miss_kind::other_domain, local);
}

/// Some agents report the name that people see: "Anna Berg".
void near_miss_index::find_by_name(collector& to, std::string folded) const {
    std::erase(folded, ' ');
    for (const auto& text : comparable_with_name_forms(folded))
        for (const auto* one : names_.find(text)) {
            const auto why = !one->active                 ? near_miss_kind::inactive
                             : has_readable_address(*one) ? near_miss_kind::other_address
                                                          : near_miss_kind::no_address;
            to.add(*one, why, text);
        }
}

void near_miss_index::find_longer(collector& to, const std::string& folded) const {
    const auto add = [&to, &folded](const std::vector<const contact*>& all) {
        for (const auto* one : all)
            if (one->active)
                to.add(*one, near_miss_kind::longer_name, folded);
    };
    add(local_parts_.find_longer(folded));
    add(logins_.find_longer(folded));
    for (const auto& text : comparable_with_name_forms(folded))
        add(names_.find_longer(text));
}

/// Two texts that differ by one letter more or less share one of them with a letter left out; so do two that differ in
/// one letter, or in two that changed places. What shares one is then compared in full.
void near_miss_index::find_near(collector& to, const account& who, const std::string& folded) const {
    const auto login = who.whole_address ? local_part_of(folded) : std::string_view(folded);
    if (login.size() > longest_login)
        return;
    const auto domain = who.whole_address ? std::string_view(folded).substr(login.size()) : std::string_view();
    const auto has_domain = [domain](const contact& one) {
        return domain.empty() || std::ranges::any_of(one.addresses, [domain](const std::string& field) {
                   const auto read = read_address(field);
                   return read && std::string_view(read->whole).ends_with(domain);
               });
    };
    for (const auto& text : plain_spellings(login))
        each_worn(text, [&](std::size_t hash) {
            for (const auto& worn : std::ranges::equal_range(worn_, hash, {}, &worn_spelling::hash)) {
                const auto& [other, whose] = spellings_[worn.place];
                if ((other == text || is_near_login(other, text)) && has_domain(*whose))
                    to.add(*whose, near_miss_kind::near_spelling, other);
            }
        });
}

} // namespace core
