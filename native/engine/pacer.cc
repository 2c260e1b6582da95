#include "pacer.h"

#include <algorithm>

namespace redoubt {
namespace {

constexpr double single_share = 0.22;       // of the time, for one prompt beside running streams
constexpr double longest_pause_us = 120e3;  // that a chunk may add to a step
constexpr int32_t least_chunk = 16;         // smaller ones waste the matrix kernels
constexpr int32_t first_chunk = 32;         // while a token's cost is not known

void blend(double &average, double value) { average = average == 0 ? value : average * 0.75 + value * 0.25; }

}  // namespace

double Pacer::expected_decode_us(int32_t generating) const {
  for (int32_t distance = 0; distance < static_cast<int32_t>(decode_us_.size()); distance++)
    for (const int32_t at : {generating - distance, generating + distance})
      if (at > 0 && at < static_cast<int32_t>(decode_us_.size()) && decode_us_[at] > 0) return decode_us_[at];
  return 0;
}

int32_t Pacer::budget(int32_t generating, int32_t reading, int64_t remaining) const {
  if (generating == 0 || reading == 0) return batch_;
  if (token_us_ <= 0 || expected_decode_us(generating) <= 0) return first_chunk;
  const int32_t most = std::clamp(static_cast<int32_t>(longest_pause_us / token_us_), least_chunk, batch_);
  const int32_t wanted = static_cast<int32_t>(std::min<int64_t>(most, remaining));
  return credit_us_ >= wanted * token_us_ ? wanted : 0;
}

void Pacer::observe(double us, int32_t generating, int32_t generated, int32_t read, int32_t reading) {
  if (generating == 0) {
    if (read >= least_chunk) blend(token_us_, us / read);
    credit_us_ = 0;
    return;
  }
  if (read == 0 && generated == generating) blend(decode_us_[generating], us);
  const double alone = expected_decode_us(generating);
  if (read > 0 && alone > 0) blend(token_us_, std::max(1.0, (us - alone) / read));
  const double fair = static_cast<double>(reading) / (reading + generating);
  const double share = reading > 1 ? std::max(single_share, fair) : single_share;
  // Streams lose `share` of their time when the prompts' part is share / (1 - share) of theirs.
  const double own = read > 0 && alone > 0 ? std::min(us, alone) : us;
  credit_us_ += own * share / (1 - share) - (us - own);
  credit_us_ = std::min(credit_us_, 2 * std::max(longest_pause_us, least_chunk * token_us_));
}

}  // namespace redoubt
