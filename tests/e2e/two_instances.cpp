#include "tests/e2e/house.hpp"
#include "tests/e2e/rows.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

using namespace e2e;

TEST_CASE("an instance with a wrong secret does not keep another from its sweep") {
    house home(world_of(known_rows));
    const sandbox::credentials login;
    home.configure("[[instance]]\nname = \"other\"\nusername = \"" + login.username + "\"\ntracking_identifier = \"" +
                   login.tracking_identifier + "\"\nsecret = \"file:" + home.directory() +
                   "/wrong\"\nzone_discovery_url = \"" + home.server().base_url() + "\"\nca_file = \"" +
                   home.server().ca_file() + "\"\ncompanies = \"all\"\n");
    std::ofstream(home.directory() + "/wrong") << "wrong\n";
    std::filesystem::permissions(home.directory() + "/wrong", std::filesystem::perms::owner_read);

    const auto swept = home.run({"sweep"});
    CHECK(swept.status == 1);
    CHECK(swept.err.find("instance other: Autotask refuses user") != std::string::npos);
    CHECK(home.contact_of(1001) == 101);
    CHECK(home.run({"sweep", "--instance", "main"}).status == 0);
}
