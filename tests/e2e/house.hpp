#pragma once

#include "tests/sandbox/model/world.hpp"
#include "tests/sandbox/server/sandbox_server.hpp"
#include "tests/support/process.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace e2e {

/// A local Autotask, a configuration for it and the real contactd beside it.
class house {
public:
    explicit house(std::unique_ptr<sandbox::autotask> world, sandbox::server_options options = {});

    /// The file contactd is started with; `instance` and `top` are lines to add to it.
    void configure(const std::string& instance = {}, const std::string& top = {});

    /// Runs contactd to its end.
    support::finished_process run(std::vector<std::string> arguments);

    /// Starts contactd and returns at once.
    std::unique_ptr<support::process> start(std::vector<std::string> arguments,
                                            std::map<std::string, std::string> variables = {});

    /// The lines of the audit log, parsed.
    std::vector<boost::json::object> audit() const;

    sandbox::sandbox_server& server() { return server_; }
    const std::string& directory() const { return directory_.path(); }
    std::string config_file() const { return directory_.path() + "/contactd.toml"; }
    std::string audit_file() const { return records_ + "/audit.jsonl"; }
    std::string journal_file() const { return records_ + "/journal.db"; }

    /// Where the audit log and the journal are, from the next configure() on.
    void keep_records_in(std::string directory) { records_ = std::move(directory); }
    void set_secret(const std::string& secret) { secret_ = secret; }

    /// The number of requests of this kind the server has seen, such as "patch".
    std::int64_t count(const std::string& operation);
    std::int64_t requests();

    /// The contact of a device, as the server has it; 0 is none.
    std::int64_t contact_of(std::int64_t device);

private:
    support::temporary_directory directory_;
    std::string records_ = directory_.path();
    sandbox::sandbox_server server_;
    std::string secret_ = sandbox::credentials{}.secret;
};

/// A world of exactly these rows: {"Companies":[...],"Contacts":[...],"ConfigurationItems":[...]}.
std::unique_ptr<sandbox::autotask> world_of(const std::string& rows);

/// The JSON a command printed.
boost::json::object parsed(const std::string& text);

} // namespace e2e
