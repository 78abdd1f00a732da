#include "daemon/memory/confirmation.hpp"

#include "core/ascii.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace contactd {

namespace asio = boost::asio;

namespace {

/// A piece of less would be in the addresses of half a company.
constexpr std::size_t shortest_text = 3;

char other_case(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : core::ascii_lower(c);
}

/// Signs that a server compares as we do. Others may be folded or mean something in a pattern; the underscore does, but
/// it finds more, not less.
bool is_plain(char c) {
    return core::is_ascii_letter(c) || core::is_ascii_digit(c) || c == '.' || c == '-' || c == '_' || c == '+' ||
           c == '@';
}

/// The part of a name that every server finds in an address that holds the name, whatever it makes of the rest.
std::string_view longest_plain_piece(std::string_view name) {
    std::string_view longest;
    for (std::size_t from = 0; from < name.size();) {
        std::size_t to = from;
        while (to < name.size() && is_plain(name[to]))
            ++to;
        if (to - from > longest.size())
            longest = name.substr(from, to - from);
        from = to + 1;
    }
    return longest;
}

/// One change of one of the companies, with what has to be asked for it.
struct item {
    std::size_t company;
    const unconfirmed_change* change;
    std::string text; ///< Empty where the contacts of the company were read in this sweep.
};

/// What was read to confirm some changes.
struct evidence {
    std::unordered_map<core::device_id, core::device> devices;
    std::unordered_map<core::company_id, std::vector<core::contact>> contacts;
};

const core::device* find_device(const core::snapshot& in, core::device_id id) {
    const auto found = std::ranges::find(in.devices, id, &core::device::id);
    return found == in.devices.end() ? nullptr : &*found;
}

const core::contact* find_contact(const core::snapshot& in, core::contact_id id) {
    const auto found = std::ranges::find(in.contacts, id, &core::contact::id);
    return found == in.contacts.end() ? nullptr : &*found;
}

bool is_same(const core::device& known, const core::device& now) {
    return now.active && known.company == now.company && known.contact == now.contact && known.type == now.type &&
           known.category == now.category && known.hostname == now.hostname && known.title == now.title &&
           known.last_user == now.last_user;
}

bool is_same(const core::contact& known, const core::contact& now) {
    return known.first_name == now.first_name && known.last_name == now.last_name && known.addresses == now.addresses;
}

/// True when everybody whom the account could mean has its name in one of the addresses that `email` and `local_part`
/// look at: up to the rule that decided, and for a name that may be cut in every rule, nothing else is looked at.
bool shows_in_addresses(const unconfirmed_change& change, const core::match_rules& rules) {
    for (const auto one : rules.ladder) {
        if (one != core::rule::email && one != core::rule::local_part)
            return false;
        if (one == change.by && !core::may_be_cut(change.who))
            return true;
    }
    return true;
}

class confirmer {
public:
    confirmer(std::span<const unconfirmed_company> companies, const row_memory& memory, autotask::reader& from)
        : companies_(companies), memory_(memory), from_(from), good_(companies.size(), true) {}

    asio::awaitable<autotask::result<std::vector<bool>>> run() {
        const auto items = list_items();
        const auto at_a_time = std::max<std::size_t>(1, confirmed_at_a_time / from_.wanted().address_fields.size());
        for (std::size_t from = 0; from < items.size(); from += at_a_time) {
            const auto some = std::span(items).subspan(from, std::min(at_a_time, items.size() - from));
            auto read = co_await gather(some);
            if (!read)
                co_return std::unexpected(std::move(read.error()));
            for (const auto& one : some)
                good_[one.company] = good_[one.company] && is_confirmed(one, *read);
        }
        co_return std::move(good_);
    }

private:
    core::company_id id_of(const item& one) const { return companies_[one.company].rows.company.id; }

    std::vector<item> list_items() {
        std::vector<item> items;
        for (std::size_t i = 0; i < companies_.size(); ++i)
            for (const auto& change : companies_[i].changes) {
                item one{i, &change, {}};
                if (remembers_people(one)) {
                    good_[i] = good_[i] && shows_in_addresses(change, *companies_[i].rules);
                    if (!good_[i])
                        break;
                    const auto* contact = find_contact(companies_[i].rows, change.contact);
                    one.text = text_to_look_for(change.who, contact->addresses);
                    good_[i] = good_[i] && !one.text.empty();
                }
                items.push_back(std::move(one));
            }
        std::erase_if(items, [this](const item& one) { return !good_[one.company]; });
        return items;
    }

    bool remembers_people(const item& one) const {
        const auto parent = companies_[one.company].rows.company.parent;
        return memory_.contacts.recalls(id_of(one)) || (parent && memory_.contacts.recalls(*parent));
    }

    bool is_as_it_is_now(const item& one) const {
        return !memory_.devices.recalls(id_of(one)) || memory_.devices.is_fresh(one.change->device);
    }

    asio::awaitable<autotask::result<evidence>> gather(std::span<const item> items) {
        std::vector<core::device_id> devices;
        std::vector<core::company_id> companies;
        std::vector<std::string> texts;
        for (const auto& one : items) {
            if (!is_as_it_is_now(one))
                devices.push_back(one.change->device);
            if (one.text.empty())
                continue;
            texts.push_back(one.text);
            if (companies.empty() || companies.back() != id_of(one))
                companies.push_back(id_of(one));
        }
        evidence made;
        if (!devices.empty()) {
            auto rows = co_await from_.devices_now(std::move(devices));
            if (!rows)
                co_return std::unexpected(std::move(rows.error()));
            for (auto& row : rows->good)
                made.devices.emplace(row.id, std::move(row));
        }
        if (!texts.empty()) {
            std::ranges::sort(texts);
            const auto again = std::ranges::unique(texts);
            texts.erase(again.begin(), again.end());
            auto rows = co_await from_.contacts_with(std::move(companies), std::move(texts));
            if (!rows)
                co_return std::unexpected(std::move(rows.error()));
            for (auto& row : rows->good)
                made.contacts[row.company].push_back(std::move(row));
            for (const auto& bad : rows->bad)
                spoil(bad);
        }
        co_return std::move(made);
    }

    /// A contact that cannot be read could be a second one that matches.
    void spoil(const autotask::bad_row& bad) {
        for (std::size_t i = 0; i < companies_.size(); ++i)
            if (!bad.company || companies_[i].rows.company.id == *bad.company)
                good_[i] = false;
    }

    bool is_confirmed(const item& one, const evidence& read) const {
        const auto& known = companies_[one.company].rows;
        const auto& device = *find_device(known, one.change->device);
        if (!is_as_it_is_now(one)) {
            const auto now = read.devices.find(device.id);
            if (now == read.devices.end() || !is_same(device, now->second))
                return false;
        }
        if (one.text.empty())
            return true; // The contacts were read in this sweep, and the device is as it was decided on.
        const auto found = read.contacts.find(known.company.id);
        if (found == read.contacts.end())
            return false;
        const core::contact_lookup lookup(found->second, *companies_[one.company].rules);
        const auto again = core::decide(device, lookup);
        return again.what == one.change->what && again.target()->id == one.change->contact &&
               is_same(*find_contact(known, one.change->contact), *again.target());
    }

    std::span<const unconfirmed_company> companies_;
    const row_memory& memory_;
    autotask::reader& from_;
    std::vector<bool> good_;
};

} // namespace

std::vector<unconfirmed_change> changes_of(const core::company_plan& plan) {
    std::vector<unconfirmed_change> changes;
    for (const auto& one : plan.decisions)
        if (one.is_change())
            changes.push_back({one.subject->id, one.what, one.target()->id, one.who, *one.matched_by});
    return changes;
}

std::string text_to_look_for(const core::account& who, std::span<const std::string> stored) {
    const auto name = who.whole_address || core::may_be_cut(who) ? who.name : who.name + '@';
    const auto text = longest_plain_piece(name);
    if (text.size() < shortest_text)
        return {};
    for (const auto& address : stored) {
        const auto found = std::ranges::search(address, text, {}, core::ascii_lower, core::ascii_lower);
        if (found.empty())
            continue;
        std::string turned(found.begin(), found.end());
        std::ranges::transform(turned, turned.begin(), other_case);
        return turned;
    }
    return {};
}

asio::awaitable<autotask::result<std::vector<bool>>> confirm(std::span<const unconfirmed_company> companies,
                                                             const row_memory& memory, autotask::reader& from) {
    confirmer work(companies, memory, from);
    auto done = co_await work.run();
    co_return done;
}

} // namespace contactd
