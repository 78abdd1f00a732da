#include "core/plan.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <optional>
#include <random>
#include <sqlite3.h>
#include <string>
#include <string_view>
#include <vector>

/// How many devices one core decides in a second, next to the same join done by SQLite. SQLite gets the easier job:
/// it looks at local parts alone, knows ASCII only and neither parses nor explains anything.
namespace {

struct sizes {
    std::int64_t devices = 1'000'000;
    std::int64_t companies = 5'000;
};

/// Contacts are as many as devices. The names are those of a real fleet: most plain, some that need more work.
class fleet_maker {
public:
    std::vector<core::snapshot> make(const sizes& wanted) {
        std::vector<core::snapshot> fleet(static_cast<std::size_t>(wanted.companies));
        for (std::int64_t company = 0; company < wanted.companies; ++company) {
            const auto first = wanted.devices * company / wanted.companies;
            const auto last = wanted.devices * (company + 1) / wanted.companies;
            fill(fleet[static_cast<std::size_t>(company)], company, first, last - first);
        }
        return fleet;
    }

private:
    void fill(core::snapshot& all, std::int64_t company, std::int64_t first, std::int64_t count) {
        all.company.id = core::company_id{company};
        all.company.name = "Company " + std::to_string(company);
        const auto domain = "company" + std::to_string(company) + ".example";
        std::vector<std::string> names;
        for (std::int64_t i = 0; i < count; ++i) {
            names.push_back(make_name(i));
            core::contact who;
            who.id = core::contact_id{first + i};
            who.company = all.company.id;
            who.first_name = "First";
            who.last_name = "Last";
            who.addresses = {names.back() + "@" + domain};
            all.contacts.push_back(std::move(who));
        }
        const auto authority = "COMPANY" + std::to_string(company);
        for (std::int64_t i = 0; i < count; ++i) {
            core::device one;
            one.id = core::device_id{first + i};
            one.company = all.company.id;
            one.type = 1;
            one.hostname = "PC-" + std::to_string(first + i);
            const auto owner = roll(static_cast<std::size_t>(count));
            one.last_user = make_last_user(authority, domain, names[owner]);
            if (roll(10) != 0) // most devices have a contact, most of them the right one
                one.contact = core::contact_id{
                    first + static_cast<std::int64_t>(roll(10) != 0 ? owner : roll(static_cast<std::size_t>(count)))};
            all.devices.push_back(std::move(one));
        }
    }

    std::string make_name(std::int64_t number) {
        static constexpr std::string_view first[]{"anna", "bernd", "carla", "david", "eva", "frank", "greta", "hans"};
        static constexpr std::string_view last[]{"smith", "jones", "meier", "schmidt", "garcia", "rossi", "novak"};
        static constexpr std::string_view accented[]{"m\xC3\xBCller",
                                                     "garc\xC3\xAD"
                                                     "a",
                                                     "d\xC3\xBC"
                                                     "rr"};
        const auto family = roll(20) == 0 ? accented[roll(std::size(accented))] : last[roll(std::size(last))];
        return std::string(first[roll(std::size(first))]) + "." + std::string(family) + std::to_string(number);
    }

    std::string make_last_user(const std::string& authority, const std::string& domain, const std::string& name) {
        const auto kind = roll(100);
        if (kind < 85)
            return authority + "\\" + (roll(2) == 0 ? name : shouted(name));
        if (kind < 92)
            return name + "@" + domain;
        if (kind < 94)
            return "";
        if (kind < 96)
            return "NT AUTHORITY\\SYSTEM";
        if (kind < 97)
            return ".\\Administrator";
        if (kind < 98)
            return authority + "\\" + name + " (Active)";
        return authority + "\\former.employee";
    }

    static std::string shouted(std::string name) {
        for (auto& c : name)
            if (c >= 'a' && c <= 'z')
                c = static_cast<char>(c - 'a' + 'A');
        return name;
    }

    std::size_t roll(std::size_t sides) { return static_cast<std::size_t>(engine_() % sides); }

    std::mt19937_64 engine_{1};
};

/// The processor time of this program. Wall time would measure the neighbours too, and there is only one thread.
double processor_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

struct measured {
    double seconds = 0;
    std::int64_t matches = 0; ///< Devices for which exactly one contact was found by local part.
    core::tally counts;
};

measured measure_core(const std::vector<core::snapshot>& fleet) {
    core::match_rules rules;
    rules.ladder = {core::rule::email, core::rule::local_part};
    rules.accounts = core::make_account_lists({}, {});
    rules.scope.types.values = {1};
    rules.scope.include.add("*");
    measured result;
    const auto start = processor_seconds();
    for (const auto& company : fleet) {
        const auto plan = core::make_plan(company, rules, core::policy{});
        result.counts.add(plan.counts());
        for (const auto& one : plan.decisions)
            result.matches += one.found.size() == 1 && one.matched_by == core::rule::local_part;
    }
    result.seconds = processor_seconds() - start;
    return result;
}

void must(sqlite3* database, int code) {
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW)
        return;
    std::fprintf(stderr, "SQLite: %s\n", sqlite3_errmsg(database));
    std::exit(1);
}

class statement {
public:
    statement(sqlite3* database, const char* sql) : database_(database) {
        must(database, sqlite3_prepare_v2(database, sql, -1, &raw_, nullptr));
    }
    ~statement() { sqlite3_finalize(raw_); }
    statement(const statement&) = delete;
    statement& operator=(const statement&) = delete;

    void insert(std::int64_t id, std::int64_t company, const std::string& text) {
        must(database_, sqlite3_bind_int64(raw_, 1, id));
        must(database_, sqlite3_bind_int64(raw_, 2, company));
        must(database_, sqlite3_bind_text(raw_, 3, text.data(), static_cast<int>(text.size()), SQLITE_STATIC));
        must(database_, sqlite3_step(raw_));
        must(database_, sqlite3_reset(raw_));
    }

    std::int64_t number() {
        must(database_, sqlite3_step(raw_));
        return sqlite3_column_int64(raw_, 0);
    }

private:
    sqlite3* database_;
    sqlite3_stmt* raw_ = nullptr;
};

struct measured_sqlite {
    double index_seconds = 0;
    double join_seconds = 0;
    std::int64_t matches = 0;
};

measured_sqlite measure_sqlite(const std::vector<core::snapshot>& fleet) {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open(":memory:", &opened);
    const std::unique_ptr<sqlite3, decltype([](sqlite3* p) { sqlite3_close(p); })> database(opened);
    must(opened, code);
    const auto run = [opened](const char* sql) { must(opened, sqlite3_exec(opened, sql, nullptr, nullptr, nullptr)); };
    run("PRAGMA journal_mode = OFF; PRAGMA threads = 0;"
        "CREATE TABLE device(id INTEGER PRIMARY KEY, company INTEGER, last_user TEXT);"
        "CREATE TABLE contact(id INTEGER PRIMARY KEY, company INTEGER, email TEXT); BEGIN");
    {
        statement add_device(opened, "INSERT INTO device VALUES(?, ?, ?)");
        statement add_contact(opened, "INSERT INTO contact VALUES(?, ?, ?)");
        for (const auto& company : fleet) {
            for (const auto& one : company.devices)
                add_device.insert(one.id.value, company.company.id.value, one.last_user);
            for (const auto& who : company.contacts)
                add_contact.insert(who.id.value, company.company.id.value, who.addresses.front());
        }
    }
    run("COMMIT");

    measured_sqlite result;
    auto start = processor_seconds();
    run("CREATE INDEX by_local_part ON contact(company, lower(substr(email, 1, instr(email, '@') - 1))); ANALYZE");
    result.index_seconds = processor_seconds() - start;

    // The devices come in the order of their key, so that grouping needs no sort.
    statement join(opened, "SELECT count(*) FROM (SELECT 1 FROM device d CROSS JOIN contact c"
                           " ON c.company = d.company"
                           " AND lower(substr(c.email, 1, instr(c.email, '@') - 1))"
                           "   = lower(substr(d.last_user, instr(d.last_user, '\\') + 1))"
                           " GROUP BY d.id HAVING count(*) = 1)");
    start = processor_seconds();
    result.matches = join.number();
    result.join_seconds = processor_seconds() - start;
    return result;
}

std::optional<std::int64_t> positive_number(const char* text) {
    char* end = nullptr;
    const auto number = std::strtoll(text, &end, 10);
    if (*text == '\0' || *end != '\0' || number <= 0)
        return std::nullopt;
    return number;
}

std::optional<sizes> read_arguments(int count, char** arguments) {
    sizes wanted;
    for (int i = 1; i < count; i += 2) {
        const std::string_view name = arguments[i];
        const auto number = i + 1 < count ? positive_number(arguments[i + 1]) : std::nullopt;
        if (!number || (name != "--devices" && name != "--companies"))
            return std::nullopt;
        (name == "--devices" ? wanted.devices : wanted.companies) = *number;
    }
    if (wanted.devices < wanted.companies)
        return std::nullopt;
    return wanted;
}

} // namespace

int main(int argc, char** argv) {
    const auto wanted = read_arguments(argc, argv);
    if (!wanted) {
        std::fputs("usage: bench_core [--devices N] [--companies N], at least one device a company\n", stderr);
        return 64;
    }
    const auto fleet = fleet_maker().make(*wanted);
    const auto devices = static_cast<double>(wanted->devices);
    std::printf("%lld devices and as many contacts in %lld companies\n", static_cast<long long>(wanted->devices),
                static_cast<long long>(wanted->companies));

    const auto core_result = measure_core(fleet);
    const auto number = [&core_result](auto what) { return static_cast<long long>(core_result.counts.of(what)); };
    std::printf("core:   %.3f s, %.0f decisions a second on one core, indexes included\n", core_result.seconds,
                devices / core_result.seconds);
    std::printf("        %lld in sync, %lld to assign, %lld to reassign, %lld left alone\n",
                number(core::event::in_sync), number(core::event::would_assign), number(core::event::would_reassign),
                number(core::event::skipped));

    const auto sqlite = measure_sqlite(fleet);
    std::printf("SQLite: %.3f s, %.0f devices a second, and %.3f s for its index (version %s, in memory)\n",
                sqlite.join_seconds, devices / sqlite.join_seconds, sqlite.index_seconds, sqlite3_libversion());
    std::printf("        unique matches by local part: core %lld, SQLite %lld\n",
                static_cast<long long>(core_result.matches), static_cast<long long>(sqlite.matches));
    std::printf("ratio:  core is %.2f times as fast as the join, %.2f times as fast as index and join\n",
                sqlite.join_seconds / core_result.seconds,
                (sqlite.join_seconds + sqlite.index_seconds) / core_result.seconds);
    return 0;
}
