#include "daemon/commands/companies/company_directory.hpp"

#include "autotask/reader.hpp"
#include "daemon/sweep/translation.hpp"
#include "daemon/sweep/trouble.hpp"

#include <algorithm>

namespace contactd {

namespace asio = boost::asio;

namespace {

using outcome = std::expected<instance_companies, trouble>;

asio::awaitable<outcome> read_companies(instance& subject, autotask::session& session, directory_request request) {
    const auto& settings = subject.settings;
    instance_companies made;
    made.instance = settings.name.value;
    auto opened = co_await session.open();
    if (!opened)
        co_return std::unexpected(make_trouble(settings, opened.error()));
    autotask::reader reader(session);
    const auto names = co_await translate(settings, subject.clients, reader, thoroughness::of_a_check);
    if (!names)
        co_return std::unexpected(names.error());
    made.filter_words = names->filter_words;
    for (std::size_t conditions = 0; request.count_conditions && conditions < names->filter.size(); ++conditions) {
        std::vector<autotask::condition> some(names->filter.begin(),
                                              names->filter.begin() + static_cast<std::ptrdiff_t>(conditions));
        const auto count = co_await reader.count_companies(std::move(some));
        if (!count)
            co_return std::unexpected(make_trouble(settings, count.error()));
        made.left.push_back(*count);
    }
    auto passing = co_await reader.companies(names->filter);
    if (!passing)
        co_return std::unexpected(make_trouble(settings, passing.error()));
    if (!passing->bad.empty())
        co_return std::unexpected(make_trouble(settings, "the list of companies holds " + passing->bad.front().what));
    made.passing = std::move(passing->good);
    made.left.push_back(static_cast<std::int64_t>(made.passing.size()));

    std::vector<core::company_id> missing;
    for (const auto id : request.wanted)
        if (!made.passes(id))
            missing.push_back(id);
    auto now = co_await reader.companies_now(std::move(missing));
    if (!now)
        co_return std::unexpected(make_trouble(settings, now.error()));
    made.others = std::move(now->good);
    co_return made;
}

} // namespace

const core::company* instance_companies::find(core::company_id id) const {
    for (const auto* list : {&passing, &others}) {
        const auto found = std::ranges::lower_bound(*list, id, {}, &core::company::id);
        if (found != list->end() && found->id == id)
            return &*found;
    }
    return nullptr;
}

bool instance_companies::passes(core::company_id id) const {
    return std::ranges::binary_search(passing, id, {}, &core::company::id);
}

const instance_companies* company_directory::find(const std::string& instance) const {
    const auto found = std::ranges::find(instances, instance, &instance_companies::instance);
    return found == instances.end() ? nullptr : &*found;
}

company_directory read_directory(const command_context& context, one_shot& once,
                                 const std::function<directory_request(const std::string&)>& request) {
    company_directory made;
    const auto ask = [&](instance& subject, autotask::session& session) -> asio::awaitable<bool> {
        auto wanted = request(subject.settings.name.value);
        auto read = co_await read_companies(subject, session, std::move(wanted));
        if (read) {
            std::ranges::sort(read->others, {}, &core::company::id);
            made.instances.push_back(std::move(*read));
        } else {
            context.messages.error("instance " + read.error().instance + ": " + read.error().message);
        }
        co_return read.has_value();
    };
    made.complete = once.check_each(ask) == exit_status::done;
    return made;
}

} // namespace contactd
