#pragma once

#include "daemon/journal/entry.hpp"
#include "daemon/journal/sqlite.hpp"

namespace contactd {

/// Puts an entry into the tables. What fails is told by the transaction.
void record_entry(sqlite::transaction& to, const journal_entry& one);

} // namespace contactd
