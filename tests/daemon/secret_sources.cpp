#include "daemon/secrets/secret_reference.hpp"
#include "daemon/secrets/secret_source.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <string>

#include <sys/stat.h>
#include <unistd.h>

using contactd::fixed_environment;
using contactd::secret_problem;

namespace {

// A directory with files, gone at the end of the test.
class folder {
public:
    folder() {
        char name[] = "/tmp/contactd-secret-XXXXXX";
        REQUIRE(::mkdtemp(name) != nullptr);
        path_ = name;
    }
    ~folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    folder(const folder&) = delete;
    folder& operator=(const folder&) = delete;

    std::string path(const std::string& name) const { return path_ + "/" + name; }

    std::string write(const std::string& name, const std::string& content, mode_t mode = 0600) const {
        std::ofstream(path(name), std::ios::binary) << content;
        REQUIRE(::chmod(path(name).c_str(), mode) == 0);
        return path(name);
    }

    contactd::environment credentials() const { return fixed_environment({{"CREDENTIALS_DIRECTORY", path_}}); }

private:
    std::string path_;
};

std::string error_of(const std::string& reference, const contactd::environment& variables = fixed_environment({})) {
    const auto resolved = contactd::resolve_secret("main", reference, variables);
    return resolved ? "resolved" : resolved.error().text;
}

secret_problem problem_of(const std::string& reference,
                          const contactd::environment& variables = fixed_environment({})) {
    const auto resolved = contactd::resolve_secret("main", reference, variables);
    REQUIRE_FALSE(resolved);
    return resolved.error().problem;
}

std::string secret_of(const std::string& reference, const contactd::environment& variables = fixed_environment({})) {
    const auto resolved = contactd::resolve_secret("main", reference, variables);
    REQUIRE(resolved);
    return std::string(resolved->value.reveal());
}

} // namespace

TEST_CASE("a reference says where a secret is, and nothing else passes for one") {
    for (const std::string text :
         {"credential:main", "credential:a.b-c_1", "file:/etc/secret", "file:/a b", "env:SECRET", "env:_x1"})
        CHECK(contactd::parse_secret_reference(text));
    for (const std::string text : {"",
                                   "main",
                                   "credential",
                                   "credential:",
                                   "credential:../x",
                                   "credential:a/b",
                                   "credential:.x",
                                   "credential:a b",
                                   "credential:ä",
                                   "file:",
                                   "file:/",
                                   "file:secret",
                                   "file:/dir/",
                                   "file:/a\n",
                                   "env:",
                                   "env:1X",
                                   "env:A-B",
                                   "env:A=B",
                                   "ENV:X",
                                   " env:X",
                                   "env :X",
                                   "vault:x"}) {
        INFO(text);
        CHECK_FALSE(contactd::parse_secret_reference(text));
    }
}

TEST_CASE("a secret comes from a credential, a file or a variable") {
    const folder directory;
    directory.write("main", "from-credential\n");
    CHECK(secret_of("credential:main", directory.credentials()) == "from-credential");
    CHECK(secret_of("file:" + directory.write("file", "from-file")) == "from-file");
    CHECK(secret_of("env:AT_SECRET", fixed_environment({{"AT_SECRET", "from-variable"}})) == "from-variable");
}

TEST_CASE("one newline at the end is taken off, and everything else is the secret") {
    struct row {
        std::string content;
        std::string expected;
    };
    const row rows[] = {
        {"secret", "secret"},
        {"secret\n", "secret"},
        {"secret\r\n", "secret"},
        {"s e$\"'\\#=\n", "s e$\"'\\#="},
        {"gehe\xc3\xafm", "gehe\xc3\xafm"},
        {std::string(4096, 'x'), std::string(4096, 'x')},
        {std::string(4096, 'x') + "\n", std::string(4096, 'x')},
        {std::string(4096, 'x') + "\r\n", std::string(4096, 'x')},
    };
    for (const row& each : rows) {
        const folder directory;
        CHECK(secret_of("file:" + directory.write("s", each.content)) == each.expected);
        CHECK(secret_of("env:X", fixed_environment({{"X", each.content}})) == each.expected);
    }
}

TEST_CASE("what cannot be a secret is refused without repeating it") {
    struct row {
        std::string content;
        std::string expected;
    };
    const row rows[] = {
        {"", "is empty."},
        {"\n", "is empty."},
        {"\r\n", "is empty."},
        {"Sup3r\n\n", "holds a control character or more than one line."},
        {"Sup3r\nS3cret\n", "holds a control character or more than one line."},
        {"Sup3r\tS3cret", "holds a control character or more than one line."},
        {"Sup3r\x7f", "holds a control character or more than one line."},
        {"Sup3r\r", "holds a control character or more than one line."},
        {" Sup3r", "begins or ends with a blank."},
        {"Sup3r \n", "begins or ends with a blank."},
        {"\xef\xbb\xbfSup3r", "begins with a byte order mark."},
        {std::string(4097, 'x'), "is longer than 4096 bytes."},
        {std::string(4097, 'x') + "\n", "is longer than 4096 bytes."},
        {std::string(1000000, 'x'), "is longer than 4096 bytes."},
    };
    for (const row& each : rows) {
        const std::string said = "The secret of the instance \"main\" (env:X) " + each.expected +
                                 " Put the secret of the API user there, alone on one line.";
        CHECK(error_of("env:X", fixed_environment({{"X", each.content}})) == said);
        CHECK(problem_of("env:X", fixed_environment({{"X", each.content}})) == secret_problem::unusable);
        const folder directory;
        const std::string from_file = error_of("file:" + directory.write("s", each.content));
        CHECK(from_file.find(each.expected) != std::string::npos);
        CHECK(from_file.find("Sup3r") == std::string::npos);
        CHECK(from_file.find("S3cret") == std::string::npos);
    }
}

TEST_CASE("a byte of zero in a file is no secret either") {
    const folder directory;
    const std::string path = directory.write("s", std::string("a\0b", 3));
    CHECK(problem_of("file:" + path) == secret_problem::unusable);
}

TEST_CASE("a credential outside of systemd is told apart from a missing one") {
    CHECK(problem_of("credential:main") == secret_problem::no_credentials_directory);
    CHECK(problem_of("credential:main", fixed_environment({{"CREDENTIALS_DIRECTORY", ""}})) ==
          secret_problem::no_credentials_directory);
    CHECK(error_of("credential:main") ==
          "The secret of the instance \"main\" (credential:main) is handed over by systemd, but contactd is not "
          "running as a "
          "service with credentials ($CREDENTIALS_DIRECTORY is not set). Start it with systemctl, or set "
          "CREDENTIALS_DIRECTORY to a folder with this file when running it by hand.");
    const folder directory;
    CHECK(problem_of("credential:main", directory.credentials()) == secret_problem::missing);
    CHECK(error_of("credential:main", directory.credentials()) ==
          "The secret of the instance \"main\" (credential:main) does not exist. Add LoadCredential= or "
          "LoadCredentialEncrypted= with that name to the unit of contactd.");
}

TEST_CASE("a missing file or variable says what to do") {
    CHECK(error_of("file:/nonexistent/secret") == "The secret of the instance \"main\" (file:/nonexistent/secret) does "
                                                  "not exist. Create the file with the secret of "
                                                  "the API user in it.");
    CHECK(problem_of("file:/nonexistent/secret") == secret_problem::missing);
    CHECK(error_of("env:AT_SECRET") ==
          "The secret of the instance \"main\" (env:AT_SECRET) is not set. Set this environment "
          "variable, or use \"credential:\" or \"file:\".");
    CHECK(problem_of("env:AT_SECRET") == secret_problem::missing);
}

TEST_CASE("only a regular file holds a secret") {
    const folder directory;
    REQUIRE(::mkdir(directory.path("d").c_str(), 0700) == 0);
    REQUIRE(::mkfifo(directory.path("f").c_str(), 0600) == 0);
    for (const std::string& path : {directory.path("d"), directory.path("f"), std::string("/dev/zero")}) {
        CHECK(error_of("file:" + path) ==
              "The secret of the instance \"main\" (file:" + path +
                  ") is not a regular file. Name a file with the secret of the API user in it.");
        CHECK(problem_of("file:" + path) == secret_problem::unreadable);
    }
}

TEST_CASE("a file that may not be read says so") {
    if (::geteuid() == 0)
        return; // Nothing is out of reach for root.
    const folder directory;
    const std::string path = directory.write("s", "Sup3r", 0000);
    CHECK(error_of("file:" + path) ==
          "The secret of the instance \"main\" (file:" + path +
              ") cannot be read: Permission denied. Give the user that contactd runs as the right "
              "to read it.");
}

TEST_CASE("a file that others can read works, with a warning") {
    struct row {
        mode_t mode;
        std::string readers;
    };
    const row rows[] = {{0600, ""}, {0400, ""}, {0640, "its group"}, {0644, "everyone"}, {0604, "everyone"}};
    for (const row& each : rows) {
        const folder directory;
        const std::string path = directory.write("s", "Sup3r", each.mode);
        const auto resolved = contactd::resolve_secret("main", "file:" + path, fixed_environment({}));
        REQUIRE(resolved);
        CHECK(resolved->value.reveal() == "Sup3r");
        CHECK(resolved->warning == (each.readers.empty()
                                        ? ""
                                        : "The secret of the instance \"main\" (file:" + path + ") can be read by " +
                                              each.readers + ". Run \"chmod 600 " + path + "\" as its owner."));
    }
}

TEST_CASE("a link to a file is followed, as secrets are often handed over that way") {
    const folder directory;
    const std::string path = directory.write("s", "Sup3r");
    std::filesystem::create_symlink(path, directory.path("link"));
    CHECK(secret_of("file:" + directory.path("link")) == "Sup3r");
}

TEST_CASE("a reference that slipped through is not repeated") {
    CHECK(error_of("Sup3r-S3cret") ==
          "The secret of the instance \"main\" cannot be found from what its configuration says. "
          "Write \"credential:NAME\", \"file:/absolute/path\" or \"env:NAME\".");
}
