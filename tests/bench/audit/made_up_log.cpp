#include "tests/bench/audit/made_up_log.hpp"

#include "daemon/timestamp.hpp"

#include <array>
#include <fmt/format.h>
#include <fstream>
#include <random>
#include <stdexcept>
#include <vector>

namespace bench {

namespace {

using namespace std::chrono_literals;

constexpr std::int64_t companies = 300;
constexpr std::int64_t devices = 20'000;
constexpr std::int64_t first_device = 40'000;

constexpr std::array<const char*, 8> trades{"Druckerei",      "Immobilien",   "Catering", "Architekten",
                                            "Steuerberatung", "Maschinenbau", "Logistik", "Gärtnerei"};
constexpr std::array<const char*, 6> forms{"GmbH", "SE", "GmbH & Co. KG", "AG", "e. K.", "\\\"Nord\\\" GmbH"};
constexpr std::array<const char*, 8> names{"jane.doe",    "ben",    "claudia.becker", "uwe",
                                           "udo.lindner", "hélène", "m.petrova",      "thomas.müller"};
constexpr std::array<const char*, 4> skips{"no_match", "ambiguous", "unparseable", "system_account"};

std::string company_of(std::int64_t n) {
    return fmt::format("Falke {} {} {}", n, trades[static_cast<std::size_t>(n) % trades.size()],
                       forms[static_cast<std::size_t>(n) % forms.size()]);
}

class writer {
public:
    explicit writer(const std::string& file) : out_(file, std::ios::binary) {}

    void sweep(core::wall_time when) {
        now_ = when;
        id_ = contactd::sweep_id(when, static_cast<double>(dice_() % 65536) / 65536);
        put("sweep_started", "");
        for (std::int64_t n = 0; n < companies; ++n) {
            if (n % 12 == 0)
                told();
            const auto of = devices / companies;
            put("company_finished",
                fmt::format(
                    R"(,"company_id":{},"company":"{}","events":{{"assigned":0,"reassigned":0,"would_assign":0,)"
                    R"("would_reassign":0,"in_sync":{},"skipped":{},"failed":0}},"reasons":{{"no_last_user":{},)"
                    R"("no_match":{}}})",
                    170 + n, company_of(n), of - 9, 9, 6, 3));
        }
        put("sweep_finished",
            fmt::format(R"(,"events":{{"assigned":3,"reassigned":4,"would_assign":0,"would_reassign":0,"in_sync":{},)"
                        R"("skipped":{},"failed":0}},"reasons":{{"no_match":900}},"companies":{},)"
                        R"("only_modified":["devices","contacts"],"requests":29,"seconds":2.449)",
                        17'293, 2'700, companies));
        ++made.sweeps;
    }

    void flush() { out_.flush(); }
    bool good() const { return out_.good(); }
    made_up_log made;

private:
    void told() {
        const auto n = static_cast<std::int64_t>(dice_() % devices);
        const auto company = n % companies;
        const auto* const name = names[dice_() % names.size()];
        const auto what = dice_() % 10;
        const auto begin = fmt::format(R"(,"company_id":{},"company":"{}","device_id":{},"device":"FALKE-PC{:05}",)"
                                       R"("last_user":"FALKE\\{}","account":"{}")",
                                       170 + company, company_of(company), first_device + n, n, name, name);
        const auto contact = fmt::format(R"(,"rule":"local_part","contact_id":{},"contact_email":"{}@falke{}.example")",
                                         30'000'000 + n, name, company);
        if (what < 6)
            put("skipped", begin + fmt::format(R"(,"reason":"{}")", skips[dice_() % skips.size()]));
        else if (what < 8)
            put("assigned", begin + contact);
        else
            put("reassigned", begin + contact + fmt::format(R"(,"previous_contact_id":{})", 30'020'000 + n));
    }

    void put(const char* event, const std::string& rest) {
        now_ += std::chrono::milliseconds{dice_() % 20};
        const auto line = fmt::format("{{\"ts\":\"{}\",\"event\":\"{}\",\"sweep\":\"{}\",\"instance\":\"main\"{}}}\n",
                                      contactd::timestamp(now_), event, id_, rest);
        out_ << line;
        made.bytes += line.size();
        ++made.lines;
    }

    std::ofstream out_;
    std::mt19937 dice_{20'261'124};
    core::wall_time now_;
    std::string id_;
};

} // namespace

made_up_log write_made_up_log(const std::string& file, std::uint64_t bytes) {
    writer to(file);
    core::wall_time when = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};
    for (; to.made.bytes < bytes && to.good(); when += 30min)
        to.sweep(when);
    to.flush();
    if (!to.good())
        throw std::runtime_error(file + " cannot be written");
    auto made = to.made;
    made.devices = devices;
    made.a_device = first_device + 3'210;
    made.a_company = "falke 77 maschinenbau \"NORD\" gmbh"; // As somebody types it.
    made.late = contactd::timestamp(when - std::chrono::days{3});
    return made;
}

} // namespace bench
