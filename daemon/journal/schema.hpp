#pragma once

#include "daemon/journal/sqlite.hpp"

namespace contactd {

/// Brings a database of an older version, or an empty one, up to date, in one transaction. Of one that is newer, or of
/// another program, nothing is touched: see `kind_of`.
sqlite::result<void> migrate(sqlite::database& to);

/// What an opened file is.
enum class journal_kind { ours, newer, foreign };

sqlite::result<journal_kind> kind_of(sqlite::database& file);

/// Whether it is ours and of this version, so that its tables are those that this program knows.
sqlite::result<bool> is_current(sqlite::database& file);

} // namespace contactd
