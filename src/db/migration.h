// Brings a database to this program's schema: the files of migrations/sqlite in the order of their names, each once, all that are
// missing in one transaction, so that a failure leaves the database to the program that served it before. It never goes back: a
// newer database is refused.
#pragma once

#include <span>

#include "base/embedded_file.h"
#include "base/result.h"
#include "db/connection.h"

namespace db {

// Paths as in migrations/ ("sqlite/0001_site.sql"), sorted. Error{conflict, sentence with the remedy} if the database has a
// migration that this program does not know. Throws DatabaseError, which names the file that failed; then nothing is changed. Two
// processes may call it at once.
base::Result<void> migrate(Connection& connection, std::span<const base::EmbeddedFile> migrations);

// What is built in.
std::span<const base::EmbeddedFile> built_in_migrations();

}  // namespace db
