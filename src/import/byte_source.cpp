#include "import/byte_source.h"

#include <zlib.h>

#include <fstream>
#include <stdexcept>
#include <string>

#include "base/format.h"

namespace import_ {
namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr std::size_t piece_bytes = 64U << 10U;
// Text packs to a tenth, lists of one and the same to a hundredth; zlib's limit, which bombs reach, is a thousandth.
constexpr std::uint64_t most_ratio = 300;
constexpr std::uint64_t always_allowed = 64U << 20U;
constexpr int gzip_window = 16 + MAX_WBITS;

}  // namespace

// Invariants: stream_ is started while is_packed_; its input, what is read and not yet unpacked, lies in packed_.
struct ByteSource::State {
  ~State() {
    if (is_packed_) inflateEnd(&stream_);
  }

  Result<void> open(const std::filesystem::path& file);
  void fill();
  Result<std::string_view> unpack();
  bool next_member();
  Error refusal(std::string_view why) const;

  std::string name_;
  std::ifstream in_;
  std::uint64_t size_ = 0;
  std::uint64_t done_ = 0;
  std::uint64_t unpacked_ = 0;
  bool is_packed_ = false;
  bool is_ended_ = false;
  bool is_between_members_ = false;
  z_stream stream_{};
  std::string packed_;
  std::string piece_;
};

Error ByteSource::State::refusal(std::string_view why) const { return {Errc::invalid, base::format("{}: {}", name_, why), {}}; }

Result<void> ByteSource::State::open(const std::filesystem::path& file) {
  name_ = file.string();
  in_.open(file, std::ios::binary);
  std::error_code failure;
  size_ = std::filesystem::file_size(file, failure);
  if (!in_ || failure)
    return Error{Errc::not_found, base::format("{} can't be read. Check the name and that you may read it.", name_), {}};
  fill();
  if (!std::string_view(packed_).starts_with("\x1f\x8b")) return {};
  if (inflateInit2(&stream_, gzip_window) != Z_OK) throw std::runtime_error("zlib can't be started");
  is_packed_ = true;
  return {};
}

void ByteSource::State::fill() {
  packed_.resize(piece_bytes);
  in_.read(packed_.data(), static_cast<std::streamsize>(packed_.size()));
  packed_.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, in_.gcount())));
  done_ += packed_.size();
  stream_.next_in = reinterpret_cast<Bytef*>(packed_.data());
  stream_.avail_in = static_cast<uInt>(packed_.size());
}

// What follows the end of a member: another one, or (gzip itself ignores it) filling that is none.
bool ByteSource::State::next_member() {
  if (stream_.avail_in == 0) fill();
  if (stream_.avail_in == 0 || *stream_.next_in != 0x1f) return false;
  return inflateReset(&stream_) == Z_OK;
}

Result<std::string_view> ByteSource::State::unpack() {
  piece_.resize(piece_bytes);
  stream_.next_out = reinterpret_cast<Bytef*>(piece_.data());
  stream_.avail_out = static_cast<uInt>(piece_.size());
  while (stream_.avail_out > 0 && !is_ended_) {
    if (is_between_members_ && !next_member()) {
      is_ended_ = true;
      break;
    }
    is_between_members_ = false;
    if (stream_.avail_in == 0) fill();
    if (stream_.avail_in == 0) return refusal("the gzip file ends too early. Fetch it again.");
    const int code = inflate(&stream_, Z_NO_FLUSH);
    if (code == Z_STREAM_END) {
      is_between_members_ = true;
    } else if (code != Z_OK) {
      return refusal("the gzip file is damaged. Fetch it again.");
    }
  }
  piece_.resize(piece_bytes - stream_.avail_out);
  unpacked_ += piece_.size();
  if (unpacked_ > always_allowed && unpacked_ / most_ratio > done_)
    return refusal(
        "it unpacks to more than three hundred times its size, which no export does. Unpack it yourself if you trust it.");
  return std::string_view(piece_);
}

ByteSource::ByteSource(std::unique_ptr<State> state) : state_(std::move(state)) {}
ByteSource::ByteSource(ByteSource&&) noexcept = default;
ByteSource::~ByteSource() = default;

Result<ByteSource> ByteSource::open(const std::filesystem::path& file) {
  auto state = std::make_unique<State>();
  TRY(state->open(file));
  return ByteSource(std::move(state));
}

Result<std::string_view> ByteSource::read() {
  if (state_->is_packed_) return state_->unpack();
  // The first piece was read by open.
  if (!state_->is_ended_) {
    state_->is_ended_ = true;
    return std::string_view(state_->packed_);
  }
  state_->fill();
  return std::string_view(state_->packed_);
}

std::uint64_t ByteSource::done() const { return state_->done_; }
std::uint64_t ByteSource::size() const { return state_->size_; }

}  // namespace import_
