// Brings a database to this program's schema: the files of migrations/sqlite in the order of their names, each once, each in a
// transaction together with its row in schema_migrations. It never goes back: a newer database is refused.
#pragma once

#include <span>

#include "base/embedded_file.h"
#include "base/result.h"
#include "db/connection.h"

namespace db {

// Paths as in migrations/ ("sqlite/0001_site.sql"), sorted. Error{conflict, sentence with the remedy} if the database has a
// migration that this program does not know. Throws DatabaseError; then all of the failing file is undone. Two processes may call
// it at once.
base::Result<void> migrate(Connection& connection, std::span<const base::EmbeddedFile> migrations);

// What is built in.
std::span<const base::EmbeddedFile> built_in_migrations();

}  // namespace db
