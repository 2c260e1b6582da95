// One step of the scheduler: what takes part in the batch, the batch itself, and what comes of it.
#include <algorithm>
#include <utility>

#include "scheduler.h"

namespace redoubt {
namespace {

constexpr int32_t tokens_worth_drafting = 24;  // larger batches make wrong guesses expensive
constexpr int32_t steps_worth_a_move = 16;

}  // namespace

void Scheduler::step() {
  working_.clear();
  if (!context_.options().unified) close_gap();
  build();
  if (batch_.size() == 0) return;
  const int64_t began = now_us();
  if (step_ended_us_ != 0) statistics_.outside_us += static_cast<double>(began - step_ended_us_);
  int32_t status;
  try {
    status = context_.decode(batch_, read_ > 0);
  } catch (const std::exception &) {
    status = -3;
  }
  const int64_t ended = now_us();
  statistics_.decode_us += static_cast<double>(ended - began);
  statistics_.steps++;
  if (settle(status, ended - began)) take_results();
  step_ended_us_ = ended;
}

/**
 * With a buffer for each slot the library computes together only sequences that follow each other. Where a stream between
 * others has ended and nobody takes its slot for a while, the last stream moves there; its copy costs about two steps.
 */
void Scheduler::close_gap() {
  Slot *gap = nullptr, *last = nullptr;
  bool begun = false;
  for (auto &slot : slots_) {
    if (slot.run) {
      begun = true;
      if (gap) last = &slot;
    } else if (begun && !gap) {
      gap = &slot;
    }
  }
  if (!last || !last->run->generating()) gap_steps_ = 0;
  if (!last || !last->run->generating() || ++gap_steps_ < steps_worth_a_move) return;
  gap_steps_ = 0;
  copied_ = true;
  context_.copy(last->sequence, gap->sequence, static_cast<int32_t>(last->tokens.size()));
  gap->tokens = last->tokens;
  gap->adapters = last->adapters;
  gap->run = std::move(last->run);
  last->used_us = now_us();
}

/** Streams in the order of their sequences, so that the library need not split the batch; then chunks of prompts. */
void Scheduler::build() {
  batch_.clear();
  generated_ = generating_ = reading_ = read_ = 0;
  // One set of adapters holds for a whole batch: where requests differ in them, they take turns.
  const std::vector<AdapterUse> *adapters = nullptr;
  size_t active = 0;
  for (size_t i = 0; i < slots_.size(); i++) {
    const Slot &slot = slots_[(turn_ + i) % slots_.size()];
    if (!slot.run) continue;
    active++;
    if (!adapters) adapters = &slot.adapters;
    else if (!(slot.adapters == *adapters)) {
      turn_ = static_cast<size_t>(slot.sequence);
      break;
    }
  }
  if (active == 0) return;
  for (auto &slot : slots_)
    if (slot.run && slot.adapters == *adapters) working_.push_back(&slot);
  context_.use_adapters(*adapters);

  for (Slot *slot : working_) {
    slot->run->chunk = 0;
    slot->run->first_row = -1;
    if (slot->run->generating() && make_room(*slot)) generating_++;
    else if (slot->run && !slot->run->generating()) reading_++;
  }
  working_.erase(std::remove_if(working_.begin(), working_.end(), [](const Slot *slot) { return !slot->run; }), working_.end());
  for (Slot *slot : working_) {
    ActiveRequest &run = *slot->run;
    if (!run.generating()) continue;
    const int32_t position = static_cast<int32_t>(slot->tokens.size());
    const auto &options = context_.options();
    const int32_t room = std::min({tokens_worth_drafting / generating_ - 1, options.context_per_slot - position - 1,
                                   run.request().max_tokens - run.output_tokens() - 1, options.max_draft});
    run.draft.clear();
    if (room > 0 && context_.can_trim()) run.guess(slot->tokens, room);
    run.first_row = batch_.add(run.next, position, slot->sequence, true);
    for (size_t i = 0; i < run.draft.size(); i++) batch_.add(run.draft[i], position + 1 + static_cast<int32_t>(i), slot->sequence, true);
    generated_ += 1 + static_cast<int32_t>(run.draft.size());
  }
  if (reading_ > 0) add_prompts(generating_);
}

/** Who came first reads first: the sooner one prompt is done, the sooner its stream shares the steps. */
void Scheduler::add_prompts(int32_t generating) {
  std::vector<Slot *> readers;
  int64_t remaining = 0;
  for (Slot *slot : working_)
    if (!slot->run->generating()) readers.push_back(slot), remaining += slot->run->unread();
  std::sort(readers.begin(), readers.end(), [](const Slot *a, const Slot *b) {
    const ActiveRequest &left = *a->run, &right = *b->run;
    if (left.request().priority != right.request().priority) return left.request().priority > right.request().priority;
    return left.started_us != right.started_us ? left.started_us < right.started_us : a->sequence < b->sequence;
  });
  int32_t budget = std::min(pacer_.budget(generating, reading_, remaining), batch_.room());
  for (Slot *slot : readers) {
    ActiveRequest &run = *slot->run;
    run.chunk = std::min(budget, run.unread());
    for (int32_t i = 0; i < run.chunk; i++) {
      const bool last = run.read + i + 1 == static_cast<int32_t>(run.request().tokens.size());
      const int32_t row = batch_.add(run.request().tokens[run.read + i], run.read + i, slot->sequence, last && !run.request().on_saved);
      if (last) run.first_row = row;
    }
    budget -= run.chunk;
    read_ += run.chunk;
  }
}

/** Room for one more token: by dropping the older half where the request allows it, else the request ends. */
bool Scheduler::make_room(Slot &slot) {
  const int32_t size = static_cast<int32_t>(slot.tokens.size());
  if (size < context_.options().context_per_slot) return true;
  const int32_t keep = slot.run->request().context_shift;
  if (keep < 0 || keep + 2 > size || !context_.can_shift()) {
    finish(slot, EndReason::length);
    return false;
  }
  const int32_t dropped = (size - keep + 1) / 2;
  context_.shift(slot.sequence, keep, dropped);
  slot.tokens.erase(slot.tokens.begin() + keep, slot.tokens.begin() + keep + dropped);
  statistics_.shifts++;
  return true;
}

/** What llama_decode answered. True when there are results. */
bool Scheduler::settle(int32_t status, int64_t us) {
  if (status == 0) {
    if (!std::exchange(copied_, false)) pacer_.observe(static_cast<double>(us), generating_, generated_, read_, reading_);
    return true;
  }
  if (status == 1 && evict_idle()) return false;  // nothing was computed; tried again with more room
  if (status == 2) {
    // Everyone in it was cancelled or late. What was computed of it is forgotten: the slots hold what they held before.
    for (Slot *slot : working_) forget(*slot, slot->tokens.size());
    statistics_.aborted_steps++;
    return false;
  }
  const auto lines = log_->lines();
  const std::string error = status == 1 ? "The context has no room left for this request."
                                        : "The library failed to compute: " + (lines.empty() ? std::to_string(status) : lines.back());
  for (Slot *slot : working_) {
    forget(*slot, 0);
    finish(*slot, EndReason::error, error);
  }
  return false;
}

void Scheduler::take_results() {
  for (Slot *slot : working_) {
    ActiveRequest &run = *slot->run;
    try {
      if (run.chunk > 0) read_prompt(*slot);
      else if (run.generating()) generate(*slot);
      if (run.ended) finish(*slot, *run.ended, run.error);
    } catch (const GrammarError &error) {
      finish(*slot, EndReason::error, error.what());
    } catch (const std::exception &error) {
      finish(*slot, EndReason::error, error.what());
    }
  }
}

void Scheduler::read_prompt(Slot &slot) {
  ActiveRequest &run = *slot.run;
  const auto &prompt = run.request().tokens;
  slot.tokens.insert(slot.tokens.end(), prompt.begin() + run.read, prompt.begin() + run.read + run.chunk);
  run.read += run.chunk;
  statistics_.prompt_tokens += run.chunk;
  if (run.unread() > 0) {
    GenerationEvent progress;
    progress.id = run.request().id;
    progress.kind = GenerationEvent::Kind::progress;
    progress.prompt_done = run.read;
    outbox_.push_back(std::move(progress));
    return;
  }
  if (run.request().on_saved) return save(slot);
  run.next = run.choose(context_.logits(run.first_row));
  statistics_.generated_tokens += run.output_tokens();
  run.first_us = now_us();
}

/** Takes the chosen tokens as long as the guesses were right. */
void Scheduler::generate(Slot &slot) {
  ActiveRequest &run = *slot.run;
  slot.tokens.push_back(run.next);
  const int32_t before = run.output_tokens();
  size_t right = 0;
  for (int32_t row = run.first_row;; row++) {
    run.next = run.choose(context_.logits(row));
    if (run.ended || right == run.draft.size() || run.next != run.draft[right]) break;
    slot.tokens.push_back(run.next);
    right++;
  }
  if (right < run.draft.size()) context_.trim(slot.sequence, static_cast<int32_t>(slot.tokens.size()));
  statistics_.generated_tokens += run.output_tokens() - before;
  statistics_.drafted_tokens += static_cast<int64_t>(run.draft.size());
  statistics_.accepted_tokens += static_cast<int64_t>(right);
  run.learn(static_cast<int32_t>(right));
}

/** The slot holds its first `from` tokens afterwards, or none where the memory cannot go back. */
void Scheduler::forget(Slot &slot, size_t from) {
  if (!context_.trim(slot.sequence, static_cast<int32_t>(from))) {
    context_.trim(slot.sequence, 0);
    from = 0;
  }
  slot.tokens.resize(from);
  if (slot.run && !slot.run->generating()) slot.run->read = static_cast<int32_t>(from);
}

/** Empties the idle slot that was used the longest ago; false when there is nothing to empty. */
bool Scheduler::evict_idle() {
  Slot *oldest = nullptr;
  for (auto &slot : slots_)
    if (!slot.run && !slot.tokens.empty() && (!oldest || slot.used_us < oldest->used_us)) oldest = &slot;
  if (oldest) forget(*oldest, 0);
  return oldest != nullptr;
}

/** A step ends early only when nobody in it wants its result. Asked hundreds of times per step: the clock is read only where it matters. */
bool Scheduler::should_abort() const {
  for (const Slot *slot : working_) {
    const ActiveRequest &run = *slot->run;
    if (run.control().cancelled) continue;
    if (run.request().deadline_us == 0 || !run.past_deadline(now_us())) return false;
  }
  return !working_.empty();
}

}  // namespace redoubt
