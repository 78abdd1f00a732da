#include "daemon/printable.hpp"
#include "daemon/report/explain.hpp"
#include "daemon/timestamp.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace contactd {

namespace json = boost::json;

namespace {

json::array texts(const std::vector<std::string>& all) {
    json::array list;
    for (const auto& one : all)
        if (!one.empty())
            list.push_back(json::value(one));
    return list;
}

json::object contact_object(const core::contact& who) {
    json::object made;
    made["contact_id"] = who.id.value;
    made["company_id"] = who.company.value;
    made["name"] = who.name();
    made["addresses"] = texts(who.addresses);
    made["active"] = who.active;
    return made;
}

json::object device_object(const core::device& one) {
    json::object made;
    made["device_id"] = one.id.value;
    made["device"] = one.name();
    made["hostname"] = one.hostname;
    made["title"] = one.title;
    made["active"] = one.active;
    if (one.type)
        made["type"] = *one.type;
    if (one.category)
        made["category"] = *one.category;
    if (one.contact)
        made["contact_id"] = one.contact->value;
    if (one.has_last_user)
        made["last_user"] = one.last_user;
    return made;
}

json::object company_object(const explained_device& of) {
    const auto& company = of.rows->company.company;
    json::object made;
    made["company_id"] = company.id.value;
    made["company"] = company.name;
    made["standing"] = to_string(of.standing);
    if (!of.why_not_swept.empty())
        made["why_not_swept"] = of.why_not_swept;
    if (!of.organization.empty())
        made["organization"] = of.organization;
    return made;
}

json::object reading_object(const core::explanation& why) {
    json::object made;
    made["shown"] = revealed(why.subject->last_user);
    json::array steps;
    for (const auto& one : why.steps.all()) {
        json::object step;
        step["step"] = core::to_string(one.what);
        step["part"] = one.part;
        step["left"] = one.left;
        steps.push_back(std::move(step));
    }
    made["steps"] = std::move(steps);
    made["authority"] = why.reading.who.authority;
    made["account"] = why.reading.who.name;
    made["whole_address"] = why.reading.who.whole_address;
    made["local_account"] = why.reading.who.local;
    if (why.reading.skip)
        made["reason"] = core::to_string(*why.reading.skip);
    return made;
}

json::array settings_array(const std::vector<explained_setting>& all) {
    json::array list;
    for (const auto& one : all) {
        json::object made;
        made["key"] = one.key;
        made["value"] = one.value;
        made["origin"] = one.origin;
        list.push_back(std::move(made));
    }
    return list;
}

json::array rules_array(const core::explanation& why) {
    json::array list;
    for (const auto& step : why.ladder) {
        json::object made;
        made["rule"] = core::to_string(step.by);
        made["answer"] = core::to_string(step.what);
        json::array found;
        for (const auto& one : step.found) {
            auto who = contact_object(*one.who);
            who["matched"] = one.through;
            found.push_back(std::move(who));
        }
        made["candidates"] = std::move(found);
        list.push_back(std::move(made));
    }
    return list;
}

json::array near_array(const core::explanation& why) {
    json::array list;
    for (const auto& one : why.near_misses) {
        auto made = contact_object(*one.who);
        made["why_not"] = core::to_string(one.why);
        made["near"] = one.through;
        list.push_back(std::move(made));
    }
    return list;
}

json::object decision_object(const core::decision& one) {
    json::object made;
    made["event"] = core::to_string(one.what);
    if (one.why)
        made["reason"] = core::to_string(*one.why);
    if (one.matched_by)
        made["rule"] = core::to_string(*one.matched_by);
    if (one.found.size() == 1)
        made["contact_id"] = one.found.front()->id.value;
    if (one.found.size() > 1) {
        json::array ids;
        for (const auto* who : one.found)
            ids.push_back(who->id.value);
        made["candidates"] = std::move(ids);
    }
    if (one.subject->contact)
        made["previous_contact_id"] = one.subject->contact->value;
    return made;
}

json::object policy_object(const explained_device& of) {
    json::object made;
    made["write"] = of.limits.write == core::write_policy::fill_empty ? "fill-empty" : "reassign";
    made["dry_run"] = of.dry_run;
    made["would_reassign"] = of.why->brake.would_reassign;
    made["assigned_devices"] = of.why->brake.assigned_devices;
    made["held"] = of.why->held;
    return made;
}

json::object fix_object(const core::likely_fix& fix) {
    json::object made;
    made["kind"] = core::to_string(fix.kind);
    made["words"] = fix.words;
    json::array list;
    for (const auto& one : fix.contacts) {
        json::object who;
        who["contact_id"] = one.id.value;
        who["name"] = one.name;
        who["addresses"] = texts(one.addresses);
        who["active"] = one.active;
        if (!one.alias_line.empty())
            who["alias_line"] = one.alias_line;
        list.push_back(std::move(who));
    }
    made["contacts"] = std::move(list);
    return made;
}

json::object write_object(const recorded_write& one) {
    json::object made;
    made["sent"] = timestamp(one.sent);
    made["sweep"] = one.sweep;
    made["last_user"] = one.last_user;
    if (one.by)
        made["rule"] = core::to_string(*one.by);
    made["contact_id"] = one.contact.value;
    made["contact"] = one.contact_name;
    made["contact_email"] = one.contact_email;
    if (one.previous) {
        made["previous_contact_id"] = one.previous->value;
        made["previous_contact"] = one.previous_name;
    }
    made["event"] = one.outcome ? core::to_string(*one.outcome) : std::string_view("open");
    if (one.why)
        made["reason"] = core::to_string(*one.why);
    if (!one.error.empty())
        made["error"] = one.error;
    return made;
}

void add_past(json::object& to, const core::device_past& past) {
    to["pinned"] = past.pinned;
    if (const auto& choice = past.choice) {
        json::object made;
        made["by"] = core::to_string(choice->by);
        if (choice->contact)
            made["contact_id"] = choice->contact->value;
        made["account"] = choice->person;
        made["since"] = timestamp(choice->since);
        to["choice"] = std::move(made);
    }
    if (const auto& streak = past.streak) {
        json::object made;
        made["contact_id"] = streak->contact.value;
        made["sweeps"] = streak->sweeps;
        made["since"] = timestamp(streak->since);
        to["streak"] = std::move(made);
    }
    json::array people;
    for (const auto& one : past.people)
        people.push_back(json::object{{"account", one.person}, {"last_seen", timestamp(one.last_seen)}});
    to["people"] = std::move(people);
}

json::object history_object(const device_history& known) {
    json::object made;
    if (known.last) {
        const auto& last = *known.last;
        json::object decision;
        decision["event"] = core::to_string(last.what);
        if (last.why)
            decision["reason"] = core::to_string(*last.why);
        decision["since"] = timestamp(last.since);
        decision["last_user"] = last.last_user;
        decision["account"] = last.account;
        if (last.contact)
            decision["contact_id"] = last.contact->value;
        if (!last.error.empty())
            decision["error"] = last.error;
        made["last_decision"] = std::move(decision);
    }
    json::array writes;
    for (const auto& one : known.writes)
        writes.push_back(write_object(one));
    made["writes"] = std::move(writes);
    made["all_writes"] = known.all_writes;
    add_past(made, known.past);
    return made;
}

} // namespace

std::string explain_json(const explained_device& one) {
    json::object made;
    made["instance"] = one.instance;
    made["device"] = device_object(one.rows->device);
    made["company"] = company_object(one);
    made["settings"] = settings_array(one.settings);
    if (one.why) {
        const auto& why = *one.why;
        made["reading"] = reading_object(why);
        made["rules"] = rules_array(why);
        made["near_misses"] = near_array(why);
        made["policy"] = policy_object(one);
        if (why.outside)
            made["out_of_scope"] = core::to_string(*why.outside);
        // What a sweep would make is told apart from what it would make if it looked.
        const bool is_decided = one.standing == sweep_standing::swept && why.decided;
        made[is_decided ? "decision" : "decision_if_looked_at"] = decision_object(why.outcome());
        made["fix"] = fix_object(why.fix);
    }
    made["advice"] = texts(one.advice);
    if (one.history)
        made["history"] = history_object(*one.history);
    else
        made["history_error"] = one.history.error();
    made["requests"] = one.requests;
    return json::serialize(made) + '\n';
}

std::string explain_json(const recorded_explanation& one) {
    json::object device;
    device["device_id"] = one.device.id.value;
    device["device"] = one.device.name;
    json::object company;
    company["company_id"] = one.device.company_id.value;
    company["company"] = one.device.company;
    json::object made;
    made["instance"] = one.device.instance;
    made["device"] = std::move(device);
    made["company"] = std::move(company);
    made["offline"] = true;
    if (!one.unreachable.empty())
        made["error"] = one.unreachable;
    made["history"] = history_object(one.history);
    made["requests"] = 0;
    return json::serialize(made) + '\n';
}

} // namespace contactd
