#include "daemon/report/choice_words.hpp"

#include "daemon/printable.hpp"
#include "daemon/timestamp.hpp"

#include <fmt/format.h>

namespace contactd {

std::string choice_words(const core::contact_choice& choice) {
    const auto contact = choice.contact ? fmt::format("contact {}", choice.contact->value) : std::string("no contact");
    const auto when = fmt::format(
        "{} {}{}", choice.by == core::chooser::human ? "noticed" : "on", minute_words(choice.since),
        choice.person.empty() ? std::string() : fmt::format(", while {} used the device", printable(choice.person)));
    switch (choice.by) {
    case core::chooser::us:
        return fmt::format("contactd set {} ({})", contact, when);
    case core::chooser::human:
        return fmt::format("a person chose {} instead ({})", contact, when);
    case core::chooser::undo:
        break;
    }
    return fmt::format("{} was put back by undo ({})", contact, when);
}

} // namespace contactd
