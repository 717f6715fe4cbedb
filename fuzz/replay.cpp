// Runs a fuzz target without libFuzzer, with any compiler: every file of its corpus as it is, then some mutations of them that
// are the same in every run.  fuzz_replay TARGET CORPUS [ROUNDS]
//
// Each target is compiled with its entry function named after it (fuzz/CMakeLists.txt); the generated table knows them.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz_targets.h"

namespace {

using Bytes = std::string;

// The same numbers everywhere, unlike those of <random>'s distributions.
class Dice {
 public:
  std::size_t below(std::size_t limit) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>((state_ >> 33) % std::max<std::size_t>(limit, 1));
  }

 private:
  std::uint64_t state_ = 20261123;
};

constexpr std::string_view odd[] = {"\r\n",
                                    "\n",
                                    "\r",
                                    std::string_view("\0", 1),
                                    "%00",
                                    "%zz",
                                    "..",
                                    "/",
                                    "//",
                                    "\"",
                                    "'",
                                    "<",
                                    ">",
                                    "&",
                                    "&amp;",
                                    "&#0;",
                                    "<script>",
                                    "</title>",
                                    "javascript:",
                                    "{{",
                                    "}}",
                                    "{{#",
                                    "\xff",
                                    "\xc0\xae",
                                    "\xe2\x80\xae",
                                    "\xef\xbb\xbf",
                                    "99999999999999999999",
                                    "-1",
                                    "0",
                                    "+",
                                    ",",
                                    ";",
                                    ":",
                                    "=",
                                    "W/",
                                    "*",
                                    "q=0",
                                    "bytes=",
                                    "-",
                                    "[",
                                    "]",
                                    "{",
                                    "}",
                                    "\\",
                                    "\\u0000",
                                    "\\ud800",
                                    "---\n",
                                    "\t",
                                    " ",
                                    "chunked",
                                    "Content-Length: 3\r\n"};

std::vector<Bytes> read_corpus(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<Bytes> corpus;
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return corpus;
}

void mutate(Bytes& bytes, const std::vector<Bytes>& corpus, Dice& dice) {
  const std::size_t at = dice.below(bytes.size() + 1);
  switch (dice.below(7)) {
    case 0: bytes.insert(at, odd[dice.below(std::size(odd))]); break;
    case 1: bytes.erase(at, dice.below(8)); break;
    case 2:
      if (at < bytes.size()) bytes[at] = static_cast<char>(dice.below(256));
      break;
    case 3: bytes.insert(at, bytes.substr(dice.below(bytes.size() + 1), dice.below(64))); break;
    case 4: bytes.resize(at); break;
    case 5: bytes.insert(at, dice.below(40), static_cast<char>(dice.below(128))); break;
    default: {
      const Bytes& other = corpus[dice.below(corpus.size())];
      bytes.replace(at, Bytes::npos, other.substr(dice.below(other.size() + 1)));
    }
  }
}

}  // namespace

// Where a target aborts, the input lies in a file of this name.
constexpr const char* last_input = "fuzz-replay-input";

int main(int count, char** arguments) {
  const auto* const target = std::find_if(std::begin(fuzz_targets), std::end(fuzz_targets), [&](const FuzzTarget& one) {
    return count > 2 && one.name == std::string_view(arguments[1]);
  });
  if (target == std::end(fuzz_targets)) {
    std::fputs("fuzz_replay TARGET CORPUS [ROUNDS]\n", stderr);
    return 2;
  }
  const std::vector<Bytes> corpus = read_corpus(arguments[2]);
  if (corpus.empty()) {
    std::fprintf(stderr, "%s holds no input\n", arguments[2]);
    return 1;
  }
  const std::string file = (std::filesystem::temp_directory_path() / (std::string(last_input) + "-" + arguments[1])).string();
  const auto run = [&](const Bytes& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
    target->run(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  };
  for (const Bytes& seed : corpus) run(seed);
  Dice dice;
  const int rounds = count > 3 ? std::atoi(arguments[3]) : 0;
  for (int i = 0; i < rounds; ++i) {
    Bytes bytes = corpus[dice.below(corpus.size())];
    for (std::size_t steps = 1 + dice.below(4); steps > 0; --steps) mutate(bytes, corpus, dice);
    run(bytes);
  }
  std::filesystem::remove(file);
  std::printf("%s: %zu inputs and %d mutations\n", arguments[1], corpus.size(), rounds);
  return 0;
}
