// An ordered map that grows onto the disk: what a long work has to remember and what memory is too small for. It has no name in
// any folder, so nothing of it stays when the process ends, however it ends. It is no database of the site's, and nothing in it
// survives.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "db/connection.h"

namespace db {

// Keys and values are bytes. Used by one thread at a time. Methods throw DatabaseError (a full disk).
class Scratch {
 public:
  Scratch();

  void put(std::string_view key, std::string_view value);      // replaces
  bool put_new(std::string_view key, std::string_view value);  // false if the key was there; then nothing changes
  std::optional<std::string> get(std::string_view key) const;
  bool contains(std::string_view key) const;
  void erase(std::string_view key);

  struct Entry {
    std::string key;
    std::string value;
  };
  // The first entry, in the order of bytes, that begins with `prefix` and is behind `after` (empty: the first of all).
  std::optional<Entry> next(std::string_view prefix, std::string_view after = {}) const;

 private:
  std::unique_ptr<Connection> connection_;
};

// Of sqlite.cpp, for scratch.cpp alone.
std::unique_ptr<Connection> open_nameless_sqlite();

}  // namespace db
