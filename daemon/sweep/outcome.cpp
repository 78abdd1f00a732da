#include "daemon/sweep/outcome.hpp"

#include "core/address.hpp"
#include "core/fold.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace contactd {
namespace {

/// The address of the contact through which the account matched, as it is stored.
std::string matching_address(const core::contact& who, const core::decision& decided) {
    const auto name = core::fold(decided.who.name);
    for (const auto& field : who.addresses)
        if (const auto read = core::read_address(field); read && (read->whole == name || read->local_part == name))
            return std::string(core::trim_blanks(field));
    return {};
}

const core::contact* find_contact(const core::snapshot& company, std::optional<core::contact_id> id) {
    const auto found = std::ranges::find_if(company.contacts, [id](const core::contact& one) { return one.id == id; });
    return found == company.contacts.end() ? nullptr : &*found;
}

} // namespace

core::event once_done(core::event planned) {
    return planned == core::event::would_assign ? core::event::assigned : core::event::reassigned;
}

std::string contact_words(const core::device& now) {
    return now.contact ? "contact " + std::to_string(now.contact->value) : std::string("no contact");
}

std::string read_back_words(const core::device* now) {
    if (now == nullptr)
        return "the read-back does not find the configuration item";
    return "the read-back shows " + contact_words(*now);
}

device_outcome make_outcome(const std::string& instance, const core::snapshot& company, const core::decision& decided) {
    const auto& subject = *decided.subject;
    device_outcome made;
    made.instance = instance;
    made.company_id = company.company.id;
    made.company = company.company.name;
    made.device_id = subject.id;
    made.device = subject.name();
    made.what = decided.what;
    made.why = decided.why;
    made.last_user = subject.last_user;
    made.account = decided.who.name;
    made.local_account = decided.who.local;
    made.rule = decided.matched_by;
    if (decided.found.size() == 1) {
        const auto& who = *decided.found.front();
        made.contact_id = who.id;
        made.contact_email = matching_address(who, decided);
        made.contact_name = who.name();
        made.previous_contact_id = subject.contact;
        if (const auto* previous = find_contact(company, subject.contact))
            made.previous_contact_name = previous->name();
    } else {
        for (const auto* who : decided.found)
            made.candidates.push_back(who->id);
    }
    return made;
}

} // namespace contactd
