#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace simulation {

/// What a run came to.
struct verdict {
    std::uint64_t seed = 0;
    std::int64_t steps = 0; ///< Of contactd, from one await to the next.
    std::int64_t sweeps = 0;
    std::int64_t writes = 0;            ///< Stored by the servers.
    std::int64_t writes_of_clients = 0; ///< Of these, in companies of organizations.
    std::int64_t crashes = 0;
    std::int64_t instances = 0;
    std::int64_t changes = 0;       ///< Of the configuration, that contactd took over.
    std::vector<std::string> wrong; ///< What must not happen and did; empty when all is well.
    std::vector<std::string> diary; ///< Everything that happened, in its order: the same for the same seed.
};

/// Some hours of an MSP in virtual time: people, the RMM, servers and a network that do all they can, operators who
/// change their minds, and a contactd of one to three instances that is killed now and then. At the end the faults
/// stop, and three sweeps have to put everything right. The same seed runs the same way, step by step.
verdict simulate(std::uint64_t seed);

} // namespace simulation
