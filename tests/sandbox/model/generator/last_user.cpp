#include "tests/sandbox/model/generator/last_user.hpp"

#include <string_view>

#include "tests/sandbox/model/generator/names.hpp"
#include "tests/sandbox/model/text.hpp"

namespace sandbox {
namespace {

/// {D} NetBIOS name, {d} domain, {h} host, {u} login, {U} login in capitals, {F} first name, {L} last name,
/// {F20} and {F50} the login made exactly that long.
constexpr std::string_view odd_forms[] = {
    // nobody, in many spellings
    "", "None", "(none)", "N/A", "-", "--", "null", "nil", "Unknown", "(unknown)", "undefined", "Nobody", "no user",
    "Error: access denied", "ERROR 0x80070005",
    // accounts of the system itself
    "NT AUTHORITY\\SYSTEM", "NT-AUTORITÄT\\SYSTEM", "AUTORITE NT\\Système", "NT SERVICE\\MSSQLSERVER",
    "NT VIRTUAL MACHINE\\6F9619FF-8B86-D011-B42D-00C04FC964FF", "Window Manager\\DWM-3", "Font Driver Host\\UMFD-0",
    "IIS APPPOOL\\DefaultAppPool", "BUILTIN\\Administrators", "VORDEFINIERT\\Administratoren", "SYSTEM",
    "{D}\\LOCAL SERVICE", "NETWORK SERVICE", "{D}\\{h}$", "{h}$@{d}",
    // built-in and technical accounts
    "{h}\\Administrator", "{h}\\Administrateur", ".\\Administrador", "{D}\\Администратор", "{h}\\Guest",
    "{h}\\DefaultAccount", "{h}\\WDAGUtilityAccount", "{h}\\defaultuser0", "defaultuser1", "root", "_mbsetupuser",
    "loginwindow", "_windowserver", "{D}\\svc-backup", "{D}\\admin", "Administrator@{d}",
    // local accounts of a person
    "{h}\\{u}", ".\\{u}",
    // cloud accounts
    "AzureAD\\{F}{L}", "{u}@AzureAD", "{u}@{D}", "{D}\\{u}@{h}", "{u}_partner.example#EXT#@contoso.onmicrosoft.com",
    "nobody.here@{d}", "AzureAD\\{u}@{d}",
    // identifiers instead of names
    "S-1-5-21-3623811015-3361044348-30300820-1013", "{D}\\S-1-12-1-2048566543-1234567890",
    // several at once
    "{D}\\{u}, {D}\\mmuster", "{u}; mmuster", "{u}|mmuster", "{u}\nmmuster", "{D}/{u}", "{u}/mmuster",
    // a state behind the name
    "{D}\\{u} (Active)", "{u} [Disc]", "{D}\\{u} (RDP-Tcp#12)", "{u} (console)", "{u} (LOCKED)", "{u} (Idle)",
    // mangled names
    "{u} (3f2a1b)", "{D}\\{u} (Buchhaltung)", "{D}\\{u}.000", "{D}\\{u}=1",
    // blanks, quotes and invisible signs
    "\xC2\xA0{D}\\{u} ", "\"{u}\"", "{D}\\‘{u}’", "«{u}»", "{D}\\{u}\xE2\x80\x8B", "\xEF\xBB\xBF{u}",
    // spelling
    "{D}\\{U}", "{D}.LOCAL\\{U}", "{F} {L}", "{D}\\{F} {L}", "\\{u}", "{D}\\\\{u}", "{D}\\", "{u}+it", "{~}",
    // cut off
    "{D}\\{F20}", "{F50}"};

void replace(std::string& text, std::string_view what, std::string_view by) {
    for (auto place = text.find(what); place != std::string::npos; place = text.find(what, place + by.size()))
        text.replace(place, what.size(), by);
}

std::string padded(std::string text, std::size_t length) {
    while (text.size() < length)
        text += text.empty() ? "x" : "von";
    return text.substr(0, length);
}

std::string upper(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
    return text;
}

} // namespace

std::size_t count_odd_forms() {
    return std::size(odd_forms);
}

std::string odd_last_user(std::size_t form, const planned_company& company, const planned_contact& person,
                          const std::string& host) {
    std::string text{odd_forms[form % std::size(odd_forms)]};
    if (text == "{~}") // the other composition of a name with accents
        return company.netbios + "\\" + decomposed(person.last);
    replace(text, "{F20}", padded(person.login, 20));
    replace(text, "{F50}", padded(company.netbios + "\\" + person.login, 50));
    replace(text, "{D}", company.netbios);
    replace(text, "{d}", company.domain);
    replace(text, "{h}", host);
    replace(text, "{u}", person.login);
    replace(text, "{U}", upper(person.login));
    replace(text, "{F}", person.first);
    replace(text, "{L}", person.last);
    return first_characters(text, 50);
}

std::string common_last_user(const planned_company& company, const planned_contact& person, random_source& random) {
    const auto share = random.below(100);
    std::string text;
    if (share < 72)
        text = company.netbios + "\\" + person.login;
    else if (share < 80)
        text = company.netbios + ".LOCAL\\" + person.login;
    else if (share < 87)
        text = person.login;
    else if (share < 94)
        text = person.login + "@" + company.domain;
    else
        text = "AzureAD\\" + person.login + "@" + company.domain;
    return first_characters(text, 50);
}

} // namespace sandbox
