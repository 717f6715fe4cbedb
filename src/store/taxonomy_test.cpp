#include "store/taxonomy.h"

#include <gmock/gmock.h>

#include "store/addresses.h"
#include "store/imported.h"
#include "store/site_fixture.h"

namespace store {
namespace {

using news::Source;
using news::SourceKind;

struct Taxonomy : SiteFixture {};

TEST_F(Taxonomy, Sections_come_parents_first_and_siblings_in_order) {
  const auto news = section("news");
  section("sport");
  section("town", news);
  Strings slugs;
  for (const news::Section& found : read([](db::Connection& connection) { return list_sections(connection); }))
    slugs.push_back(found.slug);
  EXPECT_EQ(slugs, (Strings{"news", "town", "sport"}));
}

TEST_F(Taxonomy, Sections_in_a_loop_are_all_listed_once) {
  const auto one = section("one");
  const auto two = section("two", one);
  sql("UPDATE sections SET parent_id = " + std::to_string(two.value) + " WHERE id = " + std::to_string(one.value));
  EXPECT_EQ(read([](db::Connection& connection) { return list_sections(connection); }).size(), 2U);
  news::NewArticle filed = draft_of("a");
  filed.sections = {two};
  article(filed);  // ends
}

TEST_F(Taxonomy, A_section_is_found_by_its_name_below_its_parent_only) {
  const auto news = section("news");
  const auto town = section("town", news);
  const auto found = [&](news::SectionId parent) {
    return read([&](db::Connection& connection) { return find_section_by_name(connection, parent, "town"); });
  };
  EXPECT_EQ(found(news)->id, town);
  EXPECT_FALSE(found({}));
}

TEST_F(Taxonomy, A_section_that_moves_leaves_a_redirect_and_makes_every_page_stale) {
  const auto news = section("news");
  const auto town = section("town", news);
  const auto touched = touched_by([&] { write([&](db::Transaction& tx) { set_parent(tx, town, {}, "/category/other/"); }); });
  EXPECT_THAT(touched, testing::IsSupersetOf({Source{SourceKind::frame, 0}, Source{SourceKind::addresses, 0},
                                              Source{SourceKind::list_section, news.value},
                                              Source{SourceKind::list_section, town.value}}));
  EXPECT_EQ(read([](db::Connection& connection) { return find_address(connection, "/category/town"); })->target,
            "/category/other/");
}

TEST_F(Taxonomy, The_main_menu_is_the_first_that_has_items_in_reading_order) {
  write([](db::Transaction& tx) {
    insert_menu(tx, "empty", "Empty");
    const std::int64_t menu = insert_menu(tx, "main", "Main");
    EXPECT_EQ(insert_menu(tx, "main", "Main again"), menu);
    insert(tx, NewMenuItem{menu, {}, 2, "Sport", "/sport/"});
    const auto news = insert(tx, NewMenuItem{menu, {}, 1, "News", "/news/"});
    insert(tx, NewMenuItem{menu, news, 3, "Town", "/town/"});
  });
  Strings labels;
  for (const auto& entry : read([](db::Connection& connection) { return main_menu(connection); })) {
    labels.push_back(std::string(static_cast<std::size_t>(entry.depth), '-') + entry.label);
  }
  EXPECT_EQ(labels, (Strings{"News", "-Town", "Sport"}));
}

TEST_F(Taxonomy, A_setting_touches_everything_when_it_changes_and_nothing_when_it_does_not) {
  const auto set = [&] { write([](db::Transaction& tx) { set_setting(tx, "permalink.article", "/%postname%/"); }); };
  EXPECT_EQ(touched_by(set), (std::vector<Source>{{SourceKind::everything, 0}}));
  EXPECT_TRUE(touched_by(set).empty());
  EXPECT_EQ(read([](db::Connection& connection) { return find_setting(connection, "permalink.article"); }), "/%postname%/");
}

TEST_F(Taxonomy, What_was_imported_is_found_again_by_its_foreign_key) {
  write([](db::Transaction& tx) { remember_imported(tx, {"wordpress:x", "post", "17"}, 5); });
  const auto found = [&](std::string_view kind) {
    return read([&](db::Connection& connection) { return find_imported(connection, {"wordpress:x", kind, "17"}); });
  };
  EXPECT_EQ(found("post"), 5);
  EXPECT_EQ(found("comment"), std::nullopt);
}

}  // namespace
}  // namespace store
