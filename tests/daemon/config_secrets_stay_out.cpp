#include "config_support.hpp"

// Somebody will paste the secret itself into the file. Whatever else is wrong then, no message may repeat it.

namespace {

const std::string pasted[] = {
    "Sup3r-S3cret!", "credential:Sup3r-S3cret!", "env:Sup3r-S3cret",       "file:Sup3r-S3cret",
    "Sup3r-S3cret",  "hunter2-Sup3r-S3cret-#1",  "0123456789Sup3r-S3cret", "trueSup3r-S3cret"};

} // namespace

TEST_CASE("a secret in the place of its reference is not repeated") {
    for (const std::string& secret : pasted) {
        INFO(secret);
        const std::string said =
            errors_of("[[instance]]\nname = \"main\"\nusername = \"u\"\ntracking_identifier = \"t\"\n"
                      "secret = \"" +
                      secret + "\"\n");
        CHECK(said ==
              "c.toml:5: instance.secret: This does not say where the secret is (the value is not repeated here, in "
              "case it is the secret). Write \"credential:NAME\", \"file:/absolute/path\" or \"env:NAME\"; if the "
              "secret itself stood here, replace it in Autotask as well.");
    }
}

TEST_CASE("a secret is not repeated however its line is broken") {
    const std::string before = "[[instance]]\nname = \"main\"\nusername = \"u\"\ntracking_identifier = \"t\"\n";
    for (const std::string& secret : pasted) {
        for (const std::string& line :
             {"secret = " + secret, "secret = '" + secret, "secret = \"" + secret, "secret = \"" + secret + "\" x",
              "secret = \"\\" + secret + "\"", "secret " + secret, "secret: " + secret, "secret == " + secret,
              "secret = [\"" + secret + "\"]", "secret = { value = \"" + secret + "\" }", "secret = \"\"\"" + secret,
              "secret = \"\n" + secret + "\"", "password = \"" + secret + "\"", "zone = \"" + secret + "\"",
              "zone = \"https://me:" + secret + "@host/x/\"", "username = \"" + secret + "\\n\"",
              "secret = \"x\"\nsecret = \"" + secret + "\"", "hourly_share = \"" + secret + "\""}) {
            INFO(line);
            const std::string said = errors_of(before + line + "\n");
            CHECK(said != "accepted");
            CHECK(said.find("Sup3r") == std::string::npos);
            CHECK(said.find("S3cret") == std::string::npos);
            CHECK(said.find("hunter") == std::string::npos);
        }
    }
}
