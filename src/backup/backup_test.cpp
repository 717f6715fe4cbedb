#include "backup/backup.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>
#include <functional>

#include "backup/restore.h"
#include "backup/tar_writer.h"
#include "base/hash.h"
#include "db/temporary_folder.h"

namespace backup {
namespace {

namespace fs = std::filesystem;
using base::Errc;
using testing::HasSubstr;

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& file, const std::string& content) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << content;
}

mode_t mode_of(const fs::path& file) {
  struct stat status {};
  ::stat(file.c_str(), &status);
  return status.st_mode & 0777;
}

// A site folder with a table of a thousand rows, in which somebody may go on writing.
struct Site : testing::Test {
  Site() {
    write(root / "broadsheet.toml", "[site]\ntitle = \"T\"\n");
    write(root / "secrets/site.key", "0123456789");
    write(root / "media/2026/Brücke.jpg", std::string(700'000, 'x'));
    write(root / "media/empty.txt", "");
    write(root / "themes/own/page.html", "<p>");
    writing->execute("CREATE TABLE t (n INTEGER PRIMARY KEY, words TEXT)");
    insert_many(1000);
  }
  void insert() { writing->query("INSERT INTO t (words) VALUES ($1)").with(std::string(200, 'w')).run(); }

  void insert_many(int count) {
    writing->execute("BEGIN IMMEDIATE");
    for (int i = 0; i < count; ++i) insert();
    writing->execute("COMMIT");
  }

  base::Result<Written> take(const fs::path& file, Secrets secrets = Secrets::included) {
    auto backup =
        Backup::begin({.root = root, .file = file, .secrets = secrets, .program = "1.2.3", .made = "2026-11-26T03:30:00Z"});
    if (!backup) return backup.error();
    db::Snapshot snapshot(root / "broadsheet.db");
    if (auto copied = (*backup)->copy_database(snapshot); !copied) return copied.error();
    return (*backup)->finish();
  }

  db::TemporaryFolder folder;
  const fs::path root = folder.path() / "site";
  const fs::path target = folder.path() / "again";
  std::unique_ptr<db::Connection> writing = [this] {
    fs::create_directories(root);
    return db::open_sqlite(root / "broadsheet.db", db::Access::write);
  }();
};

std::int64_t rows_in(const fs::path& database) {
  auto connection = db::open_sqlite(database, db::Access::read);
  db::Query row = connection->query("SELECT count(*) FROM t");
  row.next();
  return row.integer(0);
}

TEST_F(Site, What_is_restored_is_what_was_backed_up_whatever_the_compression) {
  for (const char* name : {"b.tar", "b.tar.gz", "b.tar.zst"}) {
    SCOPED_TRACE(name);
    ASSERT_TRUE(take(folder.path() / name));
    const auto manifest = restore(folder.path() / name, target);
    ASSERT_TRUE(manifest) << manifest.error().key;
    EXPECT_EQ(manifest->files.size(), 6U);
    for (const char* file :
         {"broadsheet.toml", "secrets/site.key", "media/2026/Brücke.jpg", "media/empty.txt", "themes/own/page.html"}) {
      EXPECT_EQ(content_of(target / file), content_of(root / file)) << file;
      EXPECT_EQ(std::chrono::floor<std::chrono::seconds>(fs::last_write_time(root / file)), fs::last_write_time(target / file))
          << file;
    }
    EXPECT_EQ(rows_in(target / "broadsheet.db"), 1000);
    fs::remove_all(target);
  }
}

TEST_F(Site, It_is_the_moment_of_the_snapshot_though_others_write_meanwhile) {
  auto backup = Backup::begin({.root = root, .file = folder.path() / "b.tar"});
  ASSERT_TRUE(backup);
  db::Snapshot snapshot(root / "broadsheet.db");
  insert_many(500);
  ASSERT_TRUE((*backup)->copy_database(snapshot));
  ASSERT_TRUE((*backup)->finish());
  ASSERT_TRUE(restore(folder.path() / "b.tar", target));
  EXPECT_EQ(rows_in(target / "broadsheet.db"), 1000);
  EXPECT_EQ(rows_in(root / "broadsheet.db"), 1500);
}

TEST_F(Site, A_writer_commits_while_the_database_is_being_copied) {
  db::Snapshot snapshot(root / "broadsheet.db");
  int written = 0;
  ASSERT_TRUE(snapshot.copy_to(folder.path() / "copy.db", [&](std::int64_t, std::int64_t) {
    insert();
    ++written;
    return true;
  }));
  EXPECT_GT(written, 0);
  EXPECT_EQ(rows_in(folder.path() / "copy.db"), 1000);
}

TEST_F(Site, A_database_of_the_snapshot_shows_that_moment_and_refuses_writes) {
  db::Snapshot snapshot(root / "broadsheet.db");
  insert();
  auto connection = snapshot.settings().connect({}, db::Access::write);
  db::Query row = connection->query("SELECT count(*) FROM t");
  row.next();
  EXPECT_EQ(row.integer(0), 1000);
  EXPECT_THROW(connection->query("DELETE FROM t").run(), db::DatabaseError);
  EXPECT_THROW(connection->execute("BEGIN IMMEDIATE"), db::DatabaseError);
}

TEST_F(Site, Only_its_owner_can_read_it_and_what_is_private_in_it) {
  ASSERT_TRUE(take(folder.path() / "b.tar.zst"));
  EXPECT_EQ(mode_of(folder.path() / "b.tar.zst"), 0600U);
  ASSERT_TRUE(restore(folder.path() / "b.tar.zst", target));
  EXPECT_EQ(mode_of(target / "secrets/site.key"), 0600U);
  EXPECT_EQ(mode_of(target / "secrets"), 0700U);
  EXPECT_EQ(mode_of(target / "broadsheet.db"), 0600U);
}

TEST_F(Site, Without_secrets_it_holds_none_and_says_so) {
  ASSERT_TRUE(take(folder.path() / "b.tar", Secrets::left_out));
  EXPECT_EQ(content_of(folder.path() / "b.tar").find("0123456789"), std::string::npos);
  const auto manifest = restore(folder.path() / "b.tar", target);
  ASSERT_TRUE(manifest);
  EXPECT_FALSE(manifest->has_secrets);
  EXPECT_FALSE(fs::exists(target / "secrets/site.key"));
}

TEST_F(Site, Links_are_left_out_and_named) {
  fs::create_symlink("/etc/passwd", root / "media/passwd");
  const auto written = take(folder.path() / "b.tar");
  ASSERT_TRUE(written);
  ASSERT_EQ(written->left_out.size(), 1U);
  EXPECT_THAT(written->left_out[0], HasSubstr("media/passwd"));
}

TEST_F(Site, A_media_folder_that_is_a_link_itself_is_taken_whole) {
  fs::rename(root / "media", folder.path() / "elsewhere");
  fs::create_symlink(folder.path() / "elsewhere", root / "media");
  ASSERT_TRUE(take(folder.path() / "b.tar"));
  ASSERT_TRUE(restore(folder.path() / "b.tar", target));
  EXPECT_EQ(content_of(target / "media/2026/Brücke.jpg").size(), 700'000U);
}

TEST_F(Site, A_file_that_is_there_is_never_written_over) {
  write(folder.path() / "b.tar", "mine");
  const auto refused = take(folder.path() / "b.tar");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::conflict);
  EXPECT_EQ(content_of(folder.path() / "b.tar"), "mine");
  EXPECT_EQ(take(folder.path() / "b.zip").error().code, Errc::invalid);
}

TEST_F(Site, Nothing_stays_of_a_backup_that_did_not_come_to_its_end) {
  {
    auto backup = Backup::begin({.root = root, .file = folder.path() / "b.tar"});
    ASSERT_TRUE(backup);
    db::Snapshot snapshot(root / "broadsheet.db");
    ASSERT_TRUE((*backup)->copy_database(snapshot));
    EXPECT_FALSE(fs::exists(folder.path() / "b.tar"));
    EXPECT_EQ(Backup::begin({.root = root, .file = folder.path() / "b.tar"}).error().code, Errc::conflict);
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1) << "only the site is left";
  EXPECT_TRUE(take(folder.path() / "b.tar")) << "and the name is free again";
}

TEST_F(Site, A_folder_that_is_not_empty_is_refused_and_left_as_it_is) {
  ASSERT_TRUE(take(folder.path() / "b.tar"));
  write(target / "note.txt", "mine");
  const auto refused = restore(folder.path() / "b.tar", target);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().key, HasSubstr("is not empty"));
  EXPECT_EQ(content_of(target / "note.txt"), "mine");
}

// Every byte of a plain tar belongs to a header, a content or the manifest; only the padding between them means nothing.
TEST_F(Site, Damage_anywhere_in_a_content_is_found_and_nothing_is_restored) {
  ASSERT_TRUE(take(folder.path() / "b.tar"));
  const std::string whole = content_of(folder.path() / "b.tar");
  for (const std::string mark : {"wwwwwwwwww", "xxxxxxxxxx", "0123456789", "title", "blake2b_256", "<p>"}) {
    std::string damaged = whole;
    damaged[damaged.find(mark) + 1] ^= 1;
    write(folder.path() / "damaged.tar", damaged);
    const auto refused = restore(folder.path() / "damaged.tar", target);
    ASSERT_FALSE(refused) << mark;
    EXPECT_EQ(refused.error().code, Errc::conflict);
    EXPECT_THAT(refused.error().key, HasSubstr("Use another backup."));
    EXPECT_TRUE(fs::is_empty(target)) << mark;
  }
}

TEST_F(Site, A_file_that_was_cut_at_any_place_is_refused) {
  for (const char* name : {"b.tar", "b.tar.gz", "b.tar.zst"}) {
    ASSERT_TRUE(take(folder.path() / name));
    const std::string whole = content_of(folder.path() / name);
    for (const std::size_t percent : {0U, 1U, 10U, 50U, 90U, 99U}) {
      write(folder.path() / "cut", whole.substr(0, whole.size() * percent / 100));
      EXPECT_FALSE(verify(folder.path() / "cut")) << name << " " << percent << " %";
    }
    EXPECT_TRUE(verify(folder.path() / name));
  }
}

struct Hostile : testing::Test {
  // A file with these entries and a manifest that agrees with them.
  base::Result<Manifest> restored(const std::vector<std::pair<std::string, std::string>>& entries,
                                  const std::string& manifest_text = {}) {
    const fs::path file = folder.path() / "hostile.tar";
    fs::remove(file);
    {
      auto tar = TarWriter::create(file);
      Manifest manifest;
      for (const auto& [path, content] : entries) {
        (*tar)->add_text(path, content, Mode::everybody_reads);
        manifest.files.push_back({path, content.size(), base::hash_of(content)});
      }
      (*tar)->add_text(std::string(manifest_name), manifest_text.empty() ? to_json(manifest) : manifest_text,
                       Mode::everybody_reads);
      (*tar)->finish();
    }
    return restore(file, folder.path() / "in" / "target");
  }
  std::vector<std::pair<std::string, std::string>> site_and(std::string path) {
    return {{"broadsheet.toml", ""}, {"broadsheet.db", ""}, {std::move(path), "evil"}};
  }
  db::TemporaryFolder folder;
};

TEST_F(Hostile, Names_that_lead_anywhere_but_into_a_site_are_refused) {
  for (const char* path : {"../evil", "/tmp/evil", "media/../../evil", "media/..", "media/./evil", "media//evil", "media/",
                           "evil", "broadsheet.toml/x", "secrets", "media\\evil", "media/e\nvil", "themes/../broadsheet.db",
                           "backup/evil", "./media/evil"}) {
    const auto refused = restored(site_and(path));
    ASSERT_FALSE(refused) << path;
    EXPECT_TRUE(fs::is_empty(folder.path() / "in" / "target")) << path;
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path() / "in"), {}), 1);
  EXPECT_TRUE(restored(site_and("media/good.jpg")));
}

TEST_F(Hostile, A_name_that_comes_twice_is_refused) {
  auto entries = site_and("media/a");
  entries.push_back({"media/a", "other"});
  EXPECT_FALSE(restored(entries));
}

TEST_F(Hostile, A_manifest_that_says_less_or_more_than_there_is_is_refused) {
  EXPECT_FALSE(restored({{"broadsheet.toml", ""}}));
  EXPECT_FALSE(restored(site_and("media/a"), to_json(Manifest{})));
  Manifest more;
  for (const char* path : {"broadsheet.toml", "broadsheet.db", "media/a", "media/b"})
    more.files.push_back({path, 0, base::hash_of("")});
  EXPECT_FALSE(restored({{"broadsheet.toml", ""}, {"broadsheet.db", ""}, {"media/a", ""}}, to_json(more)));
  EXPECT_FALSE(restored(site_and("media/a"), "{\"format\": 2}"));
  EXPECT_FALSE(restored(site_and("media/a"), "[]"));
}

// Made by the system's tar, as somebody would who wants to write through a link.
TEST_F(Hostile, Links_are_refused) {
  const fs::path making = folder.path() / "making";
  write(making / "broadsheet.toml", "");
  fs::create_directories(making / "media");
  fs::create_symlink("/tmp", making / "media" / "out");
  const std::string command =
      "tar -cf '" + (folder.path() / "links.tar").string() + "' -C '" + making.string() + "' broadsheet.toml media/out";
  ASSERT_EQ(std::system(command.c_str()), 0);
  const auto refused = restore(folder.path() / "links.tar", folder.path() / "target");
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().key, HasSubstr("media/out"));
}

TEST_F(Site, The_systems_tar_reads_it) {
  ASSERT_TRUE(take(folder.path() / "b.tar.gz"));
  fs::create_directories(target);
  const std::string command = "tar -xf '" + (folder.path() / "b.tar.gz").string() + "' -C '" + target.string() + "'";
  ASSERT_EQ(std::system(command.c_str()), 0);
  EXPECT_EQ(content_of(target / "media/2026/Brücke.jpg"), content_of(root / "media/2026/Brücke.jpg"));
  EXPECT_TRUE(fs::exists(target / "manifest.json"));
}

}  // namespace
}  // namespace backup
