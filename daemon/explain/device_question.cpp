#include "daemon/explain/device_question.hpp"

#include "core/fold.hpp"
#include "core/read_id.hpp"
#include "daemon/explain/advice.hpp"
#include "daemon/explain/held_settings.hpp"
#include "daemon/sweep/assemble.hpp"
#include "daemon/sweep/swept_companies.hpp"
#include "daemon/sweep/trouble.hpp"

#include <algorithm>
#include <utility>

namespace contactd {

namespace asio = boost::asio;

namespace {

bool is_called(const core::device& one, const std::string& folded) {
    return core::fold(one.hostname) == folded || core::fold(one.title) == folded;
}

std::string all_conditions(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& one : words)
        text += (text.empty() ? "" : " and ") + one;
    return text;
}

} // namespace

std::optional<core::device_id> id_in(std::string_view name) {
    if (name.starts_with('#'))
        name.remove_prefix(1);
    if (const auto id = core::read_id(name))
        return core::device_id{*id};
    return std::nullopt;
}

device_question::device_question(instance& subject, autotask::session& session, const core::retrospect& past)
    : subject_(subject), session_(session), past_(past), reader_(session) {}

std::unexpected<trouble> device_question::failed(const autotask::error& why) const {
    return std::unexpected(make_trouble(subject_.settings, why));
}

asio::awaitable<std::expected<std::vector<core::device>, trouble>> device_question::find(std::string name) {
    auto opened = co_await session_.open();
    if (!opened)
        co_return failed(opened.error());
    auto labels = co_await translate(subject_.settings, subject_.clients, reader_, thoroughness::of_a_sweep);
    if (!labels)
        co_return std::unexpected(std::move(labels.error()));
    labels_ = std::move(*labels);
    rules_.emplace(subject_.settings, subject_.clients, *labels_);

    autotask::wanted_rows wanted;
    wanted.categories =
        std::ranges::any_of(labels_->categories, [](const auto& one) { return !one.second || !one.second->every; });
    reader_.want(std::move(wanted));
    const auto id = id_in(name);
    auto found = co_await reader_.devices_called(id, name);
    if (!found)
        co_return failed(found.error());
    auto& all = found->good;
    if (id && std::ranges::find(all, *id, &core::device::id) != all.end())
        std::erase_if(all, [&id](const core::device& one) { return one.id != *id; });
    else // What the server takes for equal may be more.
        std::erase_if(all, [folded = core::fold(name)](const core::device& one) { return !is_called(one, folded); });
    if (all.empty() && !found->bad.empty())
        co_return std::unexpected(make_trouble(subject_.settings, "the reply holds " + found->bad.front().what));
    co_return std::move(all);
}

asio::awaitable<std::expected<explained_device, trouble>> device_question::explain(core::device which) {
    explained_device made;
    made.instance = subject_.settings.name.value;
    made.rows = std::make_unique<explained_rows>();
    made.rows->device = std::move(which);
    auto company = co_await find_company(made);
    if (!company)
        co_return std::unexpected(std::move(company.error()));
    const auto id = made.rows->company.company.id;
    const auto* organization = subject_.clients.of(id);
    if (organization != nullptr)
        made.organization = organization->name.value;
    made.settings = settings_that_hold(subject_.settings, organization);
    const auto rules = rules_->of(id);
    if (rules) {
        made.dry_run = (*rules)->dry_run;
        made.limits = (*rules)->policy;
        auto read = co_await read_rows(made, **rules);
        if (!read)
            co_return std::unexpected(std::move(read.error()));
    } else if (made.standing == sweep_standing::swept) {
        made.standing = sweep_standing::settings_wrong;
        made.why_not_swept = rules.error();
    }
    made.advice = advice_for(made, subject_.settings, organization);
    made.requests = session_.requests();
    co_return std::move(made);
}

/// The company, and whether it is swept. One question, or a second one where the first does not find it.
device_question::asked device_question::find_company(explained_device& into) {
    const auto id = into.rows->device.company;
    auto& company = into.rows->company.company;
    company.id = id;
    auto filter = labels_->filter;
    filter.push_back(autotask::equals("id", id.value));
    auto passing = co_await reader_.companies(std::move(filter));
    if (!passing)
        co_return failed(passing.error());
    if (!passing->good.empty()) {
        company = std::move(passing->good.front());
        if (const auto why = why_left_out(company, subject_.settings, subject_.clients)) {
            into.standing = sweep_standing::left_out;
            into.why_not_swept = to_words(*why);
        }
        co_return std::expected<void, trouble>{};
    }
    std::vector<core::company_id> one{id};
    auto now = co_await reader_.companies_now(std::move(one));
    if (!now)
        co_return failed(now.error());
    if (now->good.empty()) {
        into.standing = sweep_standing::gone;
        into.why_not_swept = "Autotask has no company " + std::to_string(id.value) + " that this API user may see";
        co_return std::expected<void, trouble>{};
    }
    company = std::move(now->good.front());
    into.standing = company.active ? sweep_standing::filtered : sweep_standing::inactive;
    into.why_not_swept = company.active ? "company_filter (" + subject_.settings.company_filter.origin + ") wants " +
                                              all_conditions(labels_->filter_words)
                                        : std::string("the company is inactive in Autotask");
    co_return std::expected<void, trouble>{};
}

/// As a sweep reads them, and in the same form.
device_question::asked device_question::read_rows(explained_device& into, const company_rules& rules) {
    auto company = into.rows->company.company;
    if (!core::any_rule(rules.match, core::is_of_parent))
        company.parent.reset();
    const std::vector<core::company> asked_for{company};
    reader_.want(rules_->wanted(asked_for));
    std::vector<core::company_id> own{company.id};
    auto people = own;
    if (company.parent && *company.parent != company.id)
        people.push_back(*company.parent);
    auto devices = co_await reader_.devices(std::move(own));
    if (!devices)
        co_return failed(devices.error());
    auto contacts = co_await reader_.contacts(std::move(people));
    if (!contacts)
        co_return failed(contacts.error());
    auto rows = assemble(asked_for, std::move(*devices), std::move(*contacts));
    if (rows.complete.empty()) {
        if (into.standing == sweep_standing::swept) {
            into.standing = sweep_standing::unreadable;
            into.why_not_swept =
                "the reply holds " + rows.unreadable.front().what + ", so that a match could not be trusted";
        }
        co_return std::expected<void, trouble>{};
    }
    into.rows->company = std::move(rows.complete.front());
    auto& snapshot = into.rows->company;
    snapshot.aliases = rules_->aliases(company.id);
    const auto& subject = into.rows->device;
    const bool is_read = std::ranges::find(snapshot.devices, subject.id, &core::device::id) != snapshot.devices.end();
    // It may have come into scope between two questions.
    if (!is_read && reader_.wanted().wants(subject))
        snapshot.devices.push_back(subject);
    co_await read_bystanders(into, rules);
    const core::bystanders others{into.rows->rest, into.rows->elsewhere};
    into.why.emplace(core::explain_device(snapshot, rules.match, rules.policy, subject, others, past_));
    co_return std::expected<void, trouble>{};
}

/// Only a hint: what cannot be asked is not told.
asio::awaitable<void> device_question::read_bystanders(explained_device& into, const company_rules& rules) {
    const auto& snapshot = into.rows->company;
    const auto first = core::explain_device(snapshot, rules.match, rules.policy, into.rows->device);
    if (first.ladder.empty() || first.matched.what == core::event::in_sync)
        co_return;
    auto rest = co_await reader_.contacts_left_out(snapshot.company.id);
    if (rest) {
        std::erase_if(rest->good, [&snapshot](const core::contact& one) {
            return std::ranges::find(snapshot.contacts, one.id, &core::contact::id) != snapshot.contacts.end();
        });
        into.rows->rest = std::move(rest->good);
    }
    if (!first.matched.found.empty())
        co_return;
    const auto& who = first.matched.who;
    auto begin = who.whole_address ? who.name : who.name + '@';
    auto elsewhere = co_await reader_.contacts_elsewhere(snapshot.company.id, std::move(begin));
    if (elsewhere)
        into.rows->elsewhere = std::move(elsewhere->good);
}

} // namespace contactd
