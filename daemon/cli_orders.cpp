#include "daemon/cli_orders.hpp"

#include <CLI/CLI.hpp>

namespace contactd {

namespace {

std::string text_check(const std::string& text) {
    return text.find_first_not_of(" \t") == std::string::npos ? "is empty" : "";
}

void add_instance(CLI::App& to, command_line& line) {
    to.add_option_function<std::string>(
          "--instance", [&line](const std::string& name) { line.chosen.instances = {name}; }, "Only this instance")
        ->type_name("NAME")
        ->check(CLI::Validator(text_check, "", "instance"));
}

} // namespace

void add_orders(CLI::App& app, command_line& line) {
    auto& options = line.orders;
    auto* pins = app.add_subcommand("pins", "Devices whose contact is left alone");
    pins->require_subcommand(1);
    pins->fallthrough();
    const auto add = [pins, &line](const char* name, const char* help, command what) {
        auto* sub = pins->add_subcommand(name, help);
        sub->callback([&line, what] { line.what = what; });
        sub->fallthrough();
        add_instance(*sub, line);
        return sub;
    };
    const auto add_device = [&options](CLI::App& to) {
        to.add_option("DEVICE", options.device, "Its id, or its name if that is unique")
            ->required()
            ->check(CLI::Validator(text_check, "", "device"));
    };
    add("list", "Those that were pinned, and those whose contact a person chose", command::pins_list);
    auto* pin = add("add", "Leave its contact alone, whoever uses it", command::pins_add);
    add_device(*pin);
    pin->add_option("--note", options.note, "Why, for whoever comes next")->type_name("TEXT");
    add_device(*add("remove", "Decide it like any other again, whatever was chosen before", command::pins_remove));

    auto* approve = app.add_subcommand("approve", "Lets go, once, the changes of a company that the brake holds");
    approve->callback([&line] { line.what = command::approve; });
    approve->fallthrough();
    approve->footer("Without --company it lists the companies that are held.");
    add_instance(*approve, line);
    approve->add_option("--company", options.company, "The company")
        ->type_name("ID-or-NAME")
        ->check(CLI::Validator(text_check, "", "company"));
    approve->add_flag("--yes", options.yes, "Approve without asking");
}

} // namespace contactd
