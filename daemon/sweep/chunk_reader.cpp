#include "daemon/sweep/chunk_reader.hpp"

#include "autotask/spawn.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace contactd {

namespace asio = boost::asio;

namespace {

using company_list = std::vector<core::company>;

/// A part of a chunk that was not asked for, and the failure of the larger part to which it belonged; or that was, and
/// its own failure.
struct open_part {
    failed_chunk what;
    bool was_asked = false;
};

void push_halves(std::vector<open_part>& to, const failed_chunk& of) {
    const auto& all = of.companies;
    const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
    // The last one is asked for first.
    to.push_back({{company_list(middle, all.end()), of.why}, false});
    to.push_back({{company_list(all.begin(), middle), of.why}, false});
}

/// The companies and their parents, each once.
std::vector<core::company_id> with_parents(const company_list& companies) {
    std::vector<core::company_id> ids;
    std::unordered_set<core::company_id> known;
    for (const auto& one : companies)
        known.insert(one.id);
    for (const auto& one : companies)
        ids.push_back(one.id);
    for (const auto& one : companies)
        if (one.parent && known.insert(*one.parent).second)
            ids.push_back(*one.parent);
    return ids;
}

} // namespace

/// Which companies of a chunk are asked for.
struct chunk_ids {
    std::vector<core::company_id> all;
    std::vector<core::company_id> people;   ///< With their parents, whose contacts are wanted as well.
    std::vector<core::company_id> devices;  ///< Those whose devices are.
    std::vector<core::company_id> contacts; ///< Those whose contacts are.
};

company_list chunk_reader::some_of(const company_list& all, std::size_t from, std::size_t wanted,
                                   std::size_t most_named) {
    company_list some;
    std::size_t named = 0;
    for (auto at = from; at < all.size() && some.size() < wanted; ++at) {
        named += all[at].parent ? 2 : 1;
        if (named > most_named)
            break;
        some.push_back(all[at]);
    }
    return some;
}

chunk_reader::chunk_reader(asio::any_io_executor on, autotask::reader& from, row_memory* memory,
                           std::function<bool(const autotask::error&)> ends_everything)
    : on_(std::move(on)), from_(from), memory_(memory), ends_everything_(std::move(ends_everything)) {}

asio::awaitable<std::expected<chunk_rows, failed_chunk>> chunk_reader::read(company_list companies) {
    chunk_ids ids;
    for (const auto& one : companies)
        ids.all.push_back(one.id);
    ids.people = with_parents(companies);
    ids.devices = memory_ ? memory_->devices.to_read(ids.all) : ids.all;
    ids.contacts = memory_ ? memory_->contacts.to_read(ids.people) : ids.people;
    autotask::result<autotask::rows<core::device>> devices;
    autotask::result<autotask::rows<core::contact>> contacts;
    // Named before they are started: a lambda's coroutine refers to the lambda.
    const auto read_devices = [this, &ids, &devices]() -> asio::awaitable<void> {
        devices = co_await from_.devices(ids.devices);
    };
    const auto read_contacts = [this, &ids, &contacts]() -> asio::awaitable<void> {
        contacts = co_await from_.contacts(ids.contacts);
    };
    autotask::task_group both(on_);
    if (!ids.devices.empty())
        both.start(read_devices());
    if (!ids.contacts.empty())
        both.start(read_contacts());
    co_await both.join();
    if (devices && contacts) {
        if (!ids.devices.empty() || !ids.contacts.empty())
            judge_.answered();
        chunk_rows rows;
        rows.companies = std::move(companies);
        rows.devices = std::move(*devices);
        rows.contacts = std::move(*contacts);
        if (memory_)
            remember(ids, rows);
        co_return std::move(rows);
    }
    // Of two failures, the one that concerns more than these companies.
    const bool devices_count = !devices && (contacts || !ends_everything_(contacts.error()));
    failed_chunk failed{std::move(companies), std::move(devices_count ? devices.error() : contacts.error())};
    if (!ends_everything_(failed.why))
        judge_.failed(failed.companies, failed.why);
    co_return std::unexpected(std::move(failed));
}

/// What was read goes into the memory, and what was not comes out of it.
void chunk_reader::remember(const chunk_ids& asked, chunk_rows& rows) {
    for (const auto& one : rows.companies)
        if (memory_->recalls_any(one.id) || (one.parent && memory_->contacts.recalls(*one.parent)))
            rows.remembered.insert(one.id);
    std::vector<core::device> devices;
    std::vector<core::contact> contacts;
    memory_->devices.recall(asked.all, devices);
    memory_->contacts.recall(asked.people, contacts);
    memory_->devices.learn(asked.devices, rows.devices);
    memory_->contacts.learn(asked.contacts, rows.contacts);
    std::ranges::move(devices, std::back_inserter(rows.devices.good));
    std::ranges::move(contacts, std::back_inserter(rows.contacts.good));
}

asio::awaitable<chunk_parts> chunk_reader::read_parts(failed_chunk chunk) {
    chunk_parts parts;
    auto in_one = chunk; // What is said where nothing at all was answered: the failure is not that of many parts.
    std::vector<open_part> open;
    open.push_back({std::move(chunk), true});
    while (!open.empty()) {
        auto next = std::move(open.back());
        open.pop_back();
        const bool over = ends_everything_(next.what.why) || judge_.is_hopeless();
        if (!next.was_asked && !over) {
            auto rows = co_await read(std::move(next.what.companies));
            if (rows) {
                parts.read.push_back(std::move(*rows));
                continue;
            }
            next.what = std::move(rows.error());
        }
        const bool is_the_end = ends_everything_(next.what.why);
        if (is_the_end) {
            in_one.why = next.what.why;
            for (auto& one : open)
                one.what.why = next.what.why; // So that none of them is asked for.
        }
        if (!is_the_end && judge_.may_split(next.what.companies, next.what.why))
            push_halves(open, next.what);
        else
            parts.failed.push_back(std::move(next.what));
    }
    if (parts.read.empty()) {
        parts.failed.clear();
        parts.failed.push_back(std::move(in_one));
    }
    co_return parts;
}

} // namespace contactd
