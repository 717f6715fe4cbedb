// Brings a database to this program's schema: the files of migrations/sqlite in the order of their names, each once, each in a transaction.
#pragma once

#include <span>

#include "base/embedded_file.h"
#include "base/result.h"
#include "db/connection.h"

namespace db {

// Error{conflict, sentence with the remedy} if the database has a migration that this program does not know.
base::Result<void> migrate(Connection& connection, std::span<const base::EmbeddedFile> migrations);

// What is built in.
std::span<const base::EmbeddedFile> built_in_migrations();

}  // namespace db
