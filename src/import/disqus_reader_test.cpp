// Disqus's format as records; what becomes of them on a site is in tests/golden/moving_test.cpp.
#include <gtest/gtest.h>

#include <fstream>

#include "base/format.h"
#include "db/temporary_folder.h"
#include "import/comment_records.h"
#include "import/xml_cleaner.h"

namespace import_ {
namespace {

class Listing final : public RecordVisitor {
 public:
  void on_source(const std::string&) override {}
  void on_thread(const ThreadRecord& thread) override { text += base::format("thread {} {}\n", thread.id, thread.link); }
  void on_person(const PersonRecord&) override {}
  void on_comment(CommentRecord comment) override {
    text += base::format("comment {} in {}: {}\n", comment.id, comment.thread, comment.text);
  }
  void on_broken(const std::string& kind, const std::string& id, const std::string& why) override {
    text += base::format("broken {} {}: {}\n", kind, id, why);
  }
  void on_note(const std::string& sentence) override { text += "note " + sentence.substr(sentence.rfind('/') + 1) + "\n"; }
  void on_progress(std::uint64_t, std::uint64_t) override {}

  std::string text;
};

class DisqusReader : public testing::Test {
 protected:
  std::string read(const std::string& xml) {
    const std::filesystem::path file = folder_.path() / "export.xml";
    std::ofstream(file, std::ios::binary) << xml;
    Listing listing;
    const auto result = read_disqus(file, text::TimeZone::utc(), listing);
    return result ? listing.text : listing.text + "refused " + result.error().key.substr(result.error().key.rfind('/') + 1);
  }
  static std::string post(const std::string& id, const std::string& inside) {
    return base::format("<post dsq:id=\"{}\"><message>{}</message><thread dsq:id=\"1\"/></post>", id, inside);
  }

  db::TemporaryFolder folder_;
};

TEST_F(DisqusReader, Bytes_that_no_XML_may_hold_become_a_mark_and_break_nothing) {
  EXPECT_EQ(read("<disqus>" +
                 post("1",
                      "a\x08"
                      "b\xff"
                      "c\xED\xA0\x80"
                      "d") +
                 "</disqus>"),
            "comment 1 in 1: a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD"
            "c\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
            "d\n");
}

TEST_F(DisqusReader, One_broken_post_does_not_stop_the_others) {
  EXPECT_EQ(read("<disqus>\n" + post("1", "one") + "\n" + post("2", "<b>two") + "\n" + post("3", "three &#1; four") + "\n" +
                 post("4", "four") + "</disqus>"),
            "comment 1 in 1: one\n"
            "broken comments 2: the XML is broken in line 3 (mismatched tag)\n"
            "broken comments 3: the XML is broken in line 4 (reference to invalid character number)\n"
            "comment 4 in 1: four\n");
}

TEST_F(DisqusReader, A_post_that_quotes_the_format_stays_one_post) {
  EXPECT_EQ(read("<disqus>" + post("1", "<![CDATA[</message></post><post dsq:id=\"2\">]]>") + "</disqus>"),
            "comment 1 in 1: </message></post><post dsq:id=\"2\">\n");
}

TEST_F(DisqusReader, A_file_that_ends_too_early_gives_what_it_holds) {
  const std::string whole = "<disqus>" + post("1", "one") + post("2", "two");
  EXPECT_EQ(read(whole.substr(0, whole.size() - 10)),
            "comment 1 in 1: one\nbroken comments 2: the XML is broken in line 1 (the file ends too early)\n");
}

TEST_F(DisqusReader, The_same_is_read_wherever_the_pieces_of_the_file_are_cut) {
  // Records all around the end of the first piece of 65,536 bytes, and one broken just there.
  const std::string filling(65'000, 'x');
  for (std::size_t shift = 380; shift < 520; ++shift) {
    const std::string text =
        read("<disqus>" + post("1", filling + std::string(shift, 'y')) + post("2", "<b>") + post("3", "Grüße") + "</disqus>");
    EXPECT_NE(text.find("broken comments 2"), std::string::npos) << shift;
    EXPECT_NE(text.find("comment 3 in 1: Grüße\n"), std::string::npos) << shift;
  }
}

TEST_F(DisqusReader, What_is_no_export_is_refused_with_a_remedy) {
  EXPECT_EQ(read("<html></html>"),
            "refused export.xml: this is not a Disqus export (line 1: its outermost element is <html>). Ask for one on "
            "disqus.com under Moderate, Community, Export, and give the file that comes by mail.");
  EXPECT_NE(read("").find("refused"), std::string::npos);
  EXPECT_NE(read("{\"version\":1}").find("refused"), std::string::npos);
}

TEST(XmlCleaner, A_letter_that_is_cut_comes_with_the_next_piece) {
  XmlCleaner cleaner;
  const std::string text = "aß€😀";
  std::string cleaned;
  for (const char c : text) cleaned += cleaner.clean({&c, 1});
  EXPECT_EQ(cleaned + cleaner.finish(), text);
  const std::string begun = cleaner.clean("\xF0\x9F");
  EXPECT_EQ(begun + cleaner.finish(), "\xEF\xBF\xBD\xEF\xBF\xBD");
}

}  // namespace
}  // namespace import_
