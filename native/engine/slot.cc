#include "slot.h"

#include <algorithm>
#include <limits>

namespace redoubt {

ActiveRequest::ActiveRequest(const Submission &submission, const VocabularyTable &vocabulary)
    : request_(submission.request),
      control_(submission.control),
      vocabulary_(vocabulary),
      sampler_(request_->sampling, vocabulary.size(),
               request_->sampling.dry.multiplier > 0 ? vocabulary.tokens_with(request_->sampling.dry.breakers) : std::vector<bool>()),
      stop_(request_->stops),
      grammar_(request_->grammar ? std::make_unique<GrammarState>(request_->grammar) : nullptr),
      lookup_(request_->speculation) {
  if (sampler_.looks_back())
    for (const int32_t token : request_->tokens) sampler_.accept(token);
}

int32_t ActiveRequest::choose(float *logits) {
  if (request_->probabilities > 0) log_sum_ = best_tokens(logits, vocabulary_.size(), request_->probabilities, best_);
  if (request_->ignore_end)
    for (const int32_t token : vocabulary_.vocabulary.end_tokens) logits[token] = -std::numeric_limits<float>::infinity();
  const int32_t token = pick(logits);
  if (token < 0) {
    ended = EndReason::error;
    error = "grammar/dead-end";
    return token;
  }
  if (vocabulary_.is_end(token)) {
    ended = EndReason::end;
    return token;
  }
  if (grammar_ && !grammar_->accept(token)) {
    ended = EndReason::error;
    error = "grammar/dead-end";
    return -1;
  }
  sampler_.accept(token);
  output_++;
  pending.tokens.push_back(token);
  if (request_->probabilities > 0) note_probabilities();
  if (stop_.push(vocabulary_.piece(token), pending.bytes))
    ended = EndReason::stop;
  else if (grammar_ && grammar_->finished())
    ended = EndReason::end;
  else if (output_ >= request_->max_tokens)
    ended = EndReason::length;
  return token;
}

/** Greedy choices mostly fit the grammar anyway: then no mask is made. */
int32_t ActiveRequest::pick(float *logits) {
  sampler_.prepare(logits);
  if (!grammar_) return sampler_.pick(logits, nullptr);
  if (sampler_.greedy()) {
    const int32_t best = best_token(logits, vocabulary_.size(), nullptr);
    if (best >= 0 && grammar_->allows(best)) return best;
  }
  return sampler_.pick(logits, grammar_->mask());
}

void ActiveRequest::note_probabilities() {
  auto &told = pending.probabilities;
  told.count = request_->probabilities;
  for (const auto &[logit, token] : best_) {
    told.tokens.push_back(token);
    told.logits.push_back(logit);
  }
  told.log_sums.push_back(log_sum_);
}

void ActiveRequest::learn(int32_t right) {
  const int32_t guessed = static_cast<int32_t>(draft.size());
  drafted += guessed;
  accepted += right;
  lookup_.learn(guessed, right);
  draft.clear();
}

}  // namespace redoubt
