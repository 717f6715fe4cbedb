// Each check is a query that gives one row for each thing that is wrong, and a sentence for such a row. Sentences name ids and
// addresses, never what readers wrote or who they are (invariant 3).
#include "store/integrity.h"

#include <array>
#include <optional>
#include <set>
#include <vector>

#include "base/format.h"
#include "store/rows.h"
#include "store/thread_path.h"

namespace store {
namespace {

using Found = std::function<void(std::string)>;

// `sentence` has a {} for each of the first columns that it names.
struct Check {
  std::string_view sql;
  std::string_view sentence;
  int columns;
};

constexpr std::array checks{
    Check{"SELECT a.id FROM articles a LEFT JOIN threads t ON t.article_id = a.id WHERE t.article_id IS NULL",
          "Article {} has no counts of its comments.", 1},
    Check{"SELECT t.article_id, t.comment_count, count(c.id) FROM threads t "
          "LEFT JOIN comments c ON c.article_id = t.article_id AND c.status = 0 GROUP BY t.article_id HAVING t.comment_count <> "
          "count(c.id)",
          "Article {} says it has {} comments, but {} are published.", 3},
    Check{"SELECT t.article_id, t.shown_roots, count(c.id) FROM threads t "
          "LEFT JOIN comments c ON c.article_id = t.article_id AND c.depth = 0 AND c.shown = 1 "
          "GROUP BY t.article_id HAVING t.shown_roots <> count(c.id)",
          "Article {} says it shows {} top-level comments, but there are {}.", 3},
    Check{"SELECT t.article_id FROM threads t LEFT JOIN comments c ON c.article_id = t.article_id AND c.status = 0 "
          "GROUP BY t.article_id HAVING t.last_comment <> coalesce(max(c.created), 0)",
          "Article {} has a wrong time of its latest comment.", 1},
    // Counted first and then compared: nothing finds a comment by its reader, so a join of the two would read all comments for
    // each.
    Check{
        "SELECT r.id, r.published, coalesce(n.written, 0) FROM readers r "
        "LEFT JOIN (SELECT reader_id, count(*) AS written FROM comments WHERE status = 0 GROUP BY reader_id) n ON n.reader_id = "
        "r.id WHERE r.published <> coalesce(n.written, 0)",
        "Reader {} is said to have {} published comments, but has {}.", 3},
    Check{"SELECT c.id, c.reader_id FROM comments c LEFT JOIN readers r ON r.id = c.reader_id WHERE c.reader_id <> 0 AND r.id IS "
          "NULL",
          "Comment {} is by reader {}, who is not there.", 2},
    Check{"SELECT c.id, c.article_id FROM comments c LEFT JOIN articles a ON a.id = c.article_id WHERE a.id IS NULL",
          "Comment {} belongs to article {}, which is not there.", 2},
    Check{"SELECT max(c.id), n.value FROM comments c JOIN counters n ON n.name = 'comments' GROUP BY n.value HAVING max(c.id) > "
          "n.value",
          "The newest comment is number {}, but only {} were counted.", 2},
    Check{"SELECT c.kind, c.owner_id, c.count, count(e.article_id) FROM list_counts c "
          "LEFT JOIN list_entries e ON e.kind = c.kind AND e.owner_id = c.owner_id "
          "GROUP BY c.kind, c.owner_id HAVING c.count <> count(e.article_id)",
          "List {}/{} says it has {} articles, but holds {}.", 4},
    Check{"SELECT DISTINCT e.kind, e.owner_id FROM list_entries e LEFT JOIN list_counts c ON c.kind = e.kind AND c.owner_id = "
          "e.owner_id "
          "WHERE c.kind IS NULL",
          "List {}/{} holds articles, but was never counted.", 2},
    Check{"SELECT e.kind, e.owner_id, e.article_id FROM list_entries e LEFT JOIN articles a "
          "ON a.id = e.article_id AND a.kind = 0 AND a.status IN (2, 4) AND a.published = e.published WHERE a.id IS NULL",
          "List {}/{} holds article {}, which is not there, not published, or of another time.", 3},
    Check{"SELECT path, kind, object_id FROM addresses d WHERE "
          "(kind = 0 AND object_id NOT IN (SELECT id FROM articles)) OR (kind = 1 AND object_id NOT IN (SELECT id FROM "
          "sections)) OR "
          "(kind = 2 AND object_id NOT IN (SELECT id FROM tags)) OR (kind = 3 AND object_id NOT IN (SELECT id FROM authors)) OR "
          "(kind = 4 AND object_id NOT IN (SELECT id FROM media)) OR (kind = 5 AND target = '')",
          "The address {} leads nowhere (kind {}, object {}).", 3},
    Check{"SELECT a.id, a.revision FROM articles a LEFT JOIN revisions r ON r.article_id = a.id AND r.number = a.revision "
          "WHERE r.article_id IS NULL",
          "Article {} lacks its present revision, number {}.", 2},
    Check{"SELECT a.id FROM articles a WHERE a.status IN (2, 4) AND a.id NOT IN (SELECT rowid FROM article_search)",
          "Article {} is published, but search does not know it.", 1},
    Check{"SELECT s.rowid FROM article_search s LEFT JOIN articles a ON a.id = s.rowid AND a.status IN (2, 4) WHERE a.id IS NULL",
          "Search knows article {}, which is not published.", 1},
    Check{"SELECT s.id, s.parent_id FROM sections s LEFT JOIN sections p ON p.id = s.parent_id WHERE s.parent_id <> 0 AND p.id "
          "IS NULL",
          "Section {} stands below section {}, which is not there.", 2},
    Check{"SELECT a.id, a.parent_id FROM articles a LEFT JOIN articles p ON p.id = a.parent_id WHERE a.parent_id <> 0 AND p.id "
          "IS NULL",
          "Page {} stands below page {}, which is not there.", 2},
    Check{"SELECT a.id, a.lead_media_id FROM articles a LEFT JOIN media m ON m.id = a.lead_media_id "
          "WHERE a.lead_media_id <> 0 AND m.id IS NULL",
          "Article {} has the lead picture {}, which is not there.", 2},
};

void run_check(db::Connection& connection, const Check& check, const Found& found) {
  db::Query rows = connection.query(check.sql);
  while (rows.next()) {
    std::string sentence(check.sentence);
    for (int column = 0; column < check.columns; ++column) {
      sentence.replace(sentence.find("{}"), 2, rows.text(column));
    }
    found(std::move(sentence));
  }
}

void check_file(db::Connection& connection, const Found& found) {
  db::Query rows = connection.query("PRAGMA integrity_check(20)");
  while (rows.next()) {
    if (rows.text(0) != "ok") found(base::format("SQLite finds the database file damaged: {}. Restore a backup.", rows.text(0)));
  }
}

// Which lists each article should stand in, against those in which it does. The same rule as in listing.cpp, said once more in
// another way.
constexpr std::string_view missing_entries =
    "WITH RECURSIVE filed (article_id, section_id) AS (SELECT article_id, section_id FROM article_sections "
    "UNION SELECT f.article_id, s.parent_id FROM filed f JOIN sections s ON s.id = f.section_id WHERE s.parent_id <> 0), "
    "wanted (kind, owner_id, article_id) AS (SELECT 0, 0, id FROM articles UNION ALL SELECT 1, section_id, article_id FROM filed "
    "UNION ALL SELECT 2, tag_id, article_id FROM article_tags UNION ALL SELECT 3, author_id, article_id FROM article_authors) "
    "SELECT w.kind, w.owner_id, w.article_id FROM wanted w JOIN articles a ON a.id = w.article_id AND a.kind = 0 AND a.status IN "
    "(2, 4) "
    "EXCEPT SELECT kind, owner_id, article_id FROM list_entries";
constexpr std::string_view surplus_entries =
    "WITH RECURSIVE filed (article_id, section_id) AS (SELECT article_id, section_id FROM article_sections "
    "UNION SELECT f.article_id, s.parent_id FROM filed f JOIN sections s ON s.id = f.section_id WHERE s.parent_id <> 0), "
    "wanted (kind, owner_id, article_id) AS (SELECT 0, 0, id FROM articles UNION ALL SELECT 1, section_id, article_id FROM filed "
    "UNION ALL SELECT 2, tag_id, article_id FROM article_tags UNION ALL SELECT 3, author_id, article_id FROM article_authors) "
    "SELECT kind, owner_id, article_id FROM list_entries EXCEPT SELECT kind, owner_id, article_id FROM wanted";

void check_lists(db::Connection& connection, const Found& found) {
  run_check(connection, {missing_entries, "List {}/{} lacks article {}.", 3}, found);
  run_check(connection, {surplus_entries, "List {}/{} holds article {}, which is not filed there.", 3}, found);
}

// One object's own address, as its row says it, must lead to it.
struct Owner {
  std::string_view sql;  // id, address
  news::AddressKind kind;
  std::string_view name;
};

constexpr std::array owners{
    Owner{"SELECT id, address FROM articles", news::AddressKind::article, "article"},
    Owner{"SELECT id, address FROM sections", news::AddressKind::section, "section"},
    Owner{"SELECT id, address FROM tags", news::AddressKind::tag, "tag"},
    Owner{"SELECT id, address FROM authors", news::AddressKind::author, "author"},
    Owner{"SELECT id, address FROM media", news::AddressKind::media, "media file"},
};

void check_own_addresses(db::Connection& connection, const Owner& owner, const Found& found) {
  db::Query rows = connection.query(owner.sql);
  while (rows.next()) {
    db::Query row = connection.query("SELECT 1 FROM addresses WHERE path = $1 AND kind = $2 AND object_id = $3")
                        .with(key_of(rows.text(1)), static_cast<int>(owner.kind), rows.integer(0));
    if (!row.next())
      found(base::format("The address {} does not lead to its {}, number {}.", rows.text(1), owner.name, rows.integer(0)));
  }
}

struct Row {
  std::int64_t article = 0;
  std::int64_t id = 0;
  std::int64_t parent = 0;
  std::string path;
  std::int64_t depth = 0;
  bool is_published = false;
  bool is_shown = false;
  base::Time created{};
};

// The comment's ancestors, from the root, and itself: rows come in the order of their paths.
class ThreadWalk {
 public:
  explicit ThreadWalk(const Found& found) : found_(found) {}

  void visit(Row row) {
    if (line_.empty() || line_.back().row.article != row.article) end();
    while (!line_.empty() && !row.path.starts_with(line_.back().row.path)) leave();
    check_place(row);
    line_.push_back({std::move(row), false});
    if (!line_.back().row.is_published) return;
    for (Level& level : line_) level.has_published = true;
  }
  void end() {
    while (!line_.empty()) leave();
  }

 private:
  struct Level {
    Row row;
    bool has_published = false;
  };

  void check_place(const Row& row) const {
    const std::string parent_path = line_.empty() ? std::string() : line_.back().row.path;
    const std::int64_t parent = line_.empty() ? 0 : line_.back().row.id;
    const std::string expected = thread_path(parent_path, row.created, {row.id});
    if (row.path == expected && row.parent == parent && row.depth == static_cast<std::int64_t>(line_.size())) return;
    found_(base::format("Comment {} of article {} is out of its place in the thread.", row.id, row.article));
  }
  void leave() {
    const Level& level = line_.back();
    if (level.row.is_shown != level.has_published) {
      found_(base::format("Comment {} of article {} is {}, and should not be.", level.row.id, level.row.article,
                          level.row.is_shown ? "shown" : "hidden"));
    }
    line_.pop_back();
  }

  const Found& found_;
  std::vector<Level> line_;
};

void check_threads(db::Connection& connection, const Found& found) {
  ThreadWalk walk(found);
  db::Query rows = connection.query(
      "SELECT article_id, id, parent_id, thread_path, depth, status, shown, created FROM comments ORDER BY article_id, "
      "thread_path");
  while (rows.next()) {
    walk.visit({rows.integer(0), rows.integer(1), rows.integer(2), std::string(rows.blob(3)), rows.integer(4),
                rows.integer(5) == 0, rows.integer(6) != 0, stored_time(rows, 7)});
  }
  walk.end();
}

}  // namespace

void check_integrity(db::Connection& connection, const std::function<void(std::string)>& found) {
  check_file(connection, found);
  for (const Check& check : checks) run_check(connection, check, found);
  check_lists(connection, found);
  for (const Owner& owner : owners) check_own_addresses(connection, owner, found);
  check_threads(connection, found);
}

}  // namespace store
