#include "daemon/memory/refresh.hpp"

#include "autotask/query.hpp"
#include "autotask/spawn.hpp"

#include <algorithm>
#include <utility>

namespace contactd {

namespace asio = boost::asio;

namespace {

using ids = std::vector<core::company_id>;

/// The companies to name in the question; none where there are more than a question may name, which then is for all.
template <class Row>
ids named_companies(const table_memory<Row>& of) {
    auto all = of.companies();
    if (all.size() > autotask::longest_list)
        all.clear();
    return all;
}

template <class Row>
void take_over(table_memory<Row>& into, autotask::result<autotask::rows<Row>> modified,
               const question_listener& listener) {
    if (modified) {
        listener.answered();
        return into.apply(std::move(*modified));
    }
    into.read_all_for_a_while();
    listener.failed(modified.error());
}

/// A contact that was deleted left no date, and two that were merged have become one. Where the numbers do not agree,
/// the companies are read.
asio::awaitable<void> count_contacts(table_memory<core::contact>& memory, asio::any_io_executor on,
                                     autotask::reader& from, const question_listener& listener) {
    auto all = memory.companies();
    std::ranges::sort(all);
    const auto check = [&memory, &from, &listener](ids some) -> asio::awaitable<void> {
        const auto counted = co_await from.count_contacts(some);
        if (counted)
            listener.answered();
        else
            listener.failed(counted.error());
        if (counted && *counted == memory.count(some))
            co_return;
        for (const auto id : some)
            memory.doubt_count(id);
    };
    autotask::task_group side_by_side(on);
    const auto at_a_time = from.wanted().most_companies();
    for (std::size_t first = 0; first < all.size(); first += at_a_time) {
        const auto size = std::min(at_a_time, all.size() - first);
        const auto begin = all.begin() + static_cast<std::ptrdiff_t>(first);
        side_by_side.start(check(ids(begin, begin + static_cast<std::ptrdiff_t>(size))));
    }
    co_await side_by_side.join();
}

} // namespace

asio::awaitable<void> refresh(row_memory& memory, asio::any_io_executor on, autotask::reader& from,
                              const question_listener& listener) {
    const auto devices = [&memory, &from, &listener]() -> asio::awaitable<void> {
        auto of = named_companies(memory.devices);
        auto modified = co_await from.devices_modified(std::move(of), memory.devices.since());
        take_over(memory.devices, std::move(modified), listener);
    };
    const auto contacts = [&memory, &from, &listener]() -> asio::awaitable<void> {
        auto of = named_companies(memory.contacts);
        auto modified = co_await from.contacts_modified(std::move(of), memory.contacts.since());
        take_over(memory.contacts, std::move(modified), listener);
    };
    if (memory.devices.companies().empty())
        memory.devices.read_all();
    if (memory.contacts.companies().empty())
        memory.contacts.read_all();
    autotask::task_group both(on);
    if (memory.devices.in_part())
        both.start(devices());
    if (memory.contacts.in_part())
        both.start(contacts());
    co_await both.join();
    if (memory.contacts.in_part())
        co_await count_contacts(memory.contacts, std::move(on), from, listener);
}

asio::awaitable<void> look_after_vanished(row_memory& memory, autotask::reader& from,
                                          const question_listener& listener) {
    if (auto ids = memory.devices.vanished(); !ids.empty()) {
        const auto now = co_await from.devices_now(std::move(ids));
        if (now)
            memory.devices.look_after(now->good);
        else
            listener.failed(now.error());
    }
    if (auto ids = memory.contacts.vanished(); !ids.empty()) {
        const auto now = co_await from.contacts_now(std::move(ids));
        if (now)
            memory.contacts.look_after(now->good);
        else
            listener.failed(now.error());
    }
}

} // namespace contactd
